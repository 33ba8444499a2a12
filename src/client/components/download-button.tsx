import { useState } from 'preact/hooks'
import { formatBytes, formatNumber } from '../i18n/format.ts'
import { strings } from '../i18n/i18n.ts'
import { Icon } from './icon.tsx'

/** How far a file has come onto the device; the same shape as the page's `KeepState`. */
export type Keeping =
  | { kind: 'absent'; bytes: number }
  | { kind: 'waiting' | 'loading' | 'paused'; bytes: number; of: number }
  | { kind: 'stopped'; reason: 'network' | 'full' | 'damaged'; bytes: number; of: number }
  | { kind: 'kept' }

/** Keeps a film or sound on the device. The size is told before, the way in figures, what went wrong in words. */
export const DownloadButton = ({
  size,
  keeping,
  keep,
  cancel,
  remove,
}: {
  size: number
  keeping: Keeping
  keep(): void
  cancel(): void
  remove(): void
}) => {
  const t = strings('item')
  const [asking, setAsking] = useState(false)
  switch (keeping.kind) {
    case 'absent':
      return (
        <div class="dl-box">
          <button type="button" class="btn line" onClick={keep}>
            <Icon name="down" />
            {t('keep', { size: formatBytes(size) })}
          </button>
          <p class="hint">{t('keepHint')}</p>
        </div>
      )
    case 'waiting':
    case 'loading':
      return (
        <div class="dl-box">
          <button
            type="button"
            class="btn line dl"
            style={{ '--p': `${Math.round((keeping.bytes / Math.max(1, keeping.of)) * 100)}%` }}
            aria-label={t('stopKeeping', { progress: bytesOf(keeping) })}
            onClick={cancel}
          >
            <Icon name="pause" />
            <span class="num">{bytesOf(keeping)}</span>
          </button>
          <p class="hint">{t('keepingHint')}</p>
        </div>
      )
    case 'paused':
      return (
        <div class="dl-box">
          <button type="button" class="btn line" onClick={keep}>
            <Icon name="down" />
            {t('keepStopped', { size: formatBytes(keeping.bytes) })}
          </button>
        </div>
      )
    case 'stopped':
      return (
        <div class="dl-box">
          <button type="button" class="btn line" onClick={keep}>
            <Icon name="warn" />
            {t('keepStopped', { size: formatBytes(keeping.bytes) })}
          </button>
          <p class="hint bad" role="status">
            {
              {
                network: t('stoppedNetwork'),
                full: t('stoppedFull', { size: formatBytes(size) }),
                damaged: t('stoppedDamaged'),
              }[keeping.reason]
            }
          </p>
        </div>
      )
    case 'kept':
      return (
        <div class="dl-box">
          <button
            type="button"
            class="btn line"
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            <Icon name="kept" />
            {t('keptSize', { size: formatBytes(size) })}
          </button>
          {asking ? (
            <div class="row ask">
              <button
                type="button"
                class="txt-btn"
                onClick={(event) => {
                  event.currentTarget.closest('.dl-box')?.querySelector('button')?.focus()
                  setAsking(false)
                  remove()
                }}
              >
                <Icon name="trash" small />
                {t('removeKept')}
              </button>
              <button
                type="button"
                class="txt-btn"
                onClick={(event) => {
                  event.currentTarget.closest('.dl-box')?.querySelector('button')?.focus()
                  setAsking(false)
                }}
              >
                {t('leaveKept')}
              </button>
            </div>
          ) : (
            <p class="hint">{t('keptHint')}</p>
          )}
        </div>
      )
  }
}

/** `1,2 av 3,4 MB`: both in the unit of the whole. */
export const bytesOf = ({ bytes, of }: { bytes: number; of: number }): string => {
  const unit = of >= 1e9 ? 1e9 : 1e6
  const digits = of / unit < 10 ? 1 : 0
  return strings('item')('bytesOf', {
    bytes: formatNumber(bytes / unit, digits),
    of: formatBytes(of),
  })
}
