import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { links } from '../links.ts'
import { type Reading, useEarlierVersions } from './use-earlier-versions.ts'
import { VersionList } from './version-list.tsx'
import type { VersionsProps } from './versions-props.ts'

/** What a text was before, and the way back to it. The browser keeps the focus inside and gives it back. */
export const VersionsDialog = ({ document, asked }: VersionsProps) => {
  const t = strings('task')
  const dialog = useRef<HTMLDialogElement>(null)
  const { reading, retry } = useEarlierVersions(document.id)
  const close = (): void => dialog.current?.close()
  const restoreCaret = useRef<() => void>(() => undefined)
  useLayoutEffect(() => {
    restoreCaret.current = keepCaret()
    dialog.current?.showModal()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the panel closes; for the keyboard Escape does
    <dialog
      ref={dialog}
      class="menu versions"
      aria-labelledby="versions-title"
      onClose={() => {
        restoreCaret.current()
        asked.close()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close() // beside the panel
      }}
    >
      <div class="menu-panel">
        <button
          type="button"
          class="icon-btn menu-close"
          aria-label={strings('common')('close')}
          onClick={close}
        >
          <Icon name="x" />
        </button>
        <h2 id="versions-title">{t('earlierVersions')}</h2>
        <p class="hint">{asked.question}</p>
        <p class="sr" role="status">
          {said(reading)}
        </p>
        {reading.kind === 'versions' ? (
          <VersionList
            document={document}
            versions={reading.versions}
            asked={asked}
            bringBack={(text) => {
              close()
              asked.bringBack(text)
            }}
          />
        ) : (
          <Waiting reading={reading} retry={retry} close={close} />
        )}
      </div>
    </dialog>
  )
}

/** Chromium gives the focus back to a text without its caret, and swallows every key. */
const keepCaret = (): (() => void) => {
  const { activeElement: area } = document
  if (!(area instanceof HTMLTextAreaElement)) return () => undefined
  const { selectionStart, selectionEnd, selectionDirection } = area
  return () => area.setSelectionRange(selectionStart, selectionEnd, selectionDirection)
}

/** All that is shown when there are no versions to show: why, and the way on. */
const Waiting = ({
  reading,
  retry,
  close,
}: {
  reading: Exclude<Reading, { kind: 'versions' }>
  retry(): void
  close(): void
}) => {
  const t = strings('task')
  if (reading.kind === 'loading') {
    return (
      <div class="versions-wait">
        <p class="state saving">
          <Icon name="clock" />
          <span>{loadingText(reading.changes)}</span>
        </p>
        <button type="button" class="btn line small" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    )
  }
  return (
    <div class={reading.kind === 'failed' ? 'note err' : 'note'}>
      <div class="row">
        <Icon name={reading.kind === 'failed' ? 'warn' : 'offline'} />
        <div>
          <p>{troubleText(reading.kind)}</p>
          {reading.kind === 'offline' && <p class="s2">{t('versionsOfflineSafe')}</p>}
          {reading.kind === 'signed-out' ? (
            <a class="btn line small" href={links.signIn}>
              {strings('task')('signIn')}
            </a>
          ) : (
            <button type="button" class="btn line small" onClick={retry}>
              {strings('common')('tryAgain')}
            </button>
          )}
        </div>
      </div>
    </div>
  )
}

const said = (reading: Reading): string => {
  if (reading.kind === 'versions') return ''
  return reading.kind === 'loading' ? loadingText(0) : troubleText(reading.kind)
}

const loadingText = (changes: number): string => {
  const t = strings('task')
  return changes === 0 ? t('versionsLoading') : t('versionsLoadingMore', { count: changes })
}

const troubleText = (kind: 'offline' | 'signed-out' | 'failed'): string => {
  const t = strings('task')
  if (kind === 'offline') return t('versionsOffline')
  return t(kind === 'signed-out' ? 'versionsSignedOut' : 'versionsFailed')
}
