import { ShipHold } from '../../components/ship-hold.tsx'
import { formatBytes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'

/** The ship's hold, and what is in it. The figures are bytes; `texts` holds the page itself too. */
export const Hold = ({
  films,
  texts,
  words,
  quota,
}: {
  films: number
  texts: number
  words: number
  /** Null where the browser does not say. */
  quota: number | null
}) => {
  const t = strings('device')
  const cargo = [
    { key: 'films', colour: 'var(--deep)', name: t('filmsAndSound'), bytes: films },
    { key: 'texts', colour: 'var(--lichen)', name: t('texts'), bytes: texts },
    { key: 'words', colour: 'var(--lamp)', name: t('words'), bytes: words },
  ]
  return (
    <>
      <div class="hold">
        <ShipHold cargo={cargo} quota={quota ?? 0} />
        <p>
          <b class="num">{formatBytes(films + texts + words)}</b>{' '}
          {quota !== null && (
            <span class="mute">{t('ofQuota', { quota: formatBytes(quota) })}</span>
          )}
        </p>
      </div>
      <ul class="legend">
        {cargo.map(({ key, colour, name, bytes }) => (
          <li key={key}>
            <i style={{ background: colour }} />
            <span>{name}</span>
            <span class="gap" />
            <span class="num">{small(bytes)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** A page of text takes less than the figures show. */
const small = (bytes: number): string =>
  bytes > 0 && bytes < 50_000
    ? strings('device')('under', { size: formatBytes(100_000) })
    : formatBytes(bytes)
