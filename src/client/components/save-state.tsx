import { useEffect, useState } from 'preact/hooks'
import { formatMoment } from '../i18n/format.ts'
import { strings } from '../i18n/i18n.ts'
import { Icon, type IconName } from './icon.tsx'

/** Where a word is on its way from the key to the server's receipt; the same shape as the page's `SaveState`. */
export type Saving =
  | { kind: 'empty' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number; refused?: 'refused' | 'too-large' } // ms since 1970
  | { kind: 'held' }
  | { kind: 'sent'; at: number | null } // null: on an earlier visit
  | { kind: 'failed'; rescued: boolean }

const icons: Record<Exclude<Saving['kind'], 'empty'>, IconName> = {
  saving: 'saving',
  saved: 'kept',
  held: 'lock',
  sent: 'sent2',
  failed: 'warn',
}

/** The line under a field. Green only with a receipt. */
export const SaveStateLine = ({ saving }: { saving: Saving }) => (
  <span class={`state small ${toneOf(saving)}`}>
    {saving.kind !== 'empty' && (
      <>
        <Icon name={isRefused(saving) ? 'unsent' : icons[saving.kind]} />
        <span>{savingText(saving)}</span>
      </>
    )}
    <Announcement saving={saving} />
  </span>
)

const isRefused = (saving: Saving): boolean => saving.kind === 'saved' && Boolean(saving.refused)

const toneOf = (saving: Saving): string => {
  if (saving.kind === 'failed') return 'bad'
  return isRefused(saving) || saving.kind === 'held' ? 'unsent' : saving.kind
}

/** Said once when the state has come to rest in another kind, not at each key. */
const Announcement = ({ saving }: { saving: Saving }) => {
  const [said, setSaid] = useState<{ kind: Saving['kind']; text: string }>(() => ({
    kind: saving.kind,
    text: '',
  }))
  useEffect(() => {
    if (saving.kind === 'saving' || saving.kind === said.kind) return
    const timer = setTimeout(
      () => setSaid({ kind: saving.kind, text: savingText(saving) }),
      restMilliseconds,
    )
    return () => clearTimeout(timer)
  }, [saving, said.kind])
  return (
    <span class="sr" role="status">
      {said.text}
    </span>
  )
}

const restMilliseconds = 1500

const savingText = (saving: Saving): string => {
  const t = strings('words')
  switch (saving.kind) {
    case 'empty':
      return ''
    case 'saving':
      return t('saving')
    case 'saved':
      if (saving.refused)
        return strings('task')(saving.refused === 'too-large' ? 'tooLarge' : 'refused')
      return t('saved', { clock: formatMoment(saving.at) })
    case 'held':
      return t('held')
    case 'sent':
      return saving.at === null ? t('sentBefore') : t('sent', { clock: formatMoment(saving.at) })
    case 'failed':
      return t(saving.rescued ? 'failedRescued' : 'failed')
  }
}
