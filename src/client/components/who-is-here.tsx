import { useEffect, useState } from 'preact/hooks'
import { strings } from '../i18n/i18n.ts'
import { Seal, type Writer, writerName } from './fields/seal.tsx'

/** Comings and goings of a moment are not said. */
const settledMs = 2000

/** Who else has a group's sheet open now; nothing when nobody has. */
export const WhoIsHere = ({
  writers,
  ownName,
}: {
  writers: readonly Writer[]
  ownName: string
}) => {
  const t = strings('task')
  const byName = new Map(writers.map((writer) => [writerName(writer), writer]))
  const people = [...byName].map(([name, writer]) => ({
    name: name === ownName ? t('hereElsewhere', { name }) : name,
    writer,
  }))
  const names = people.map(({ name }) => name).join(', ')
  return (
    <>
      {people.length > 0 && (
        <div class="here-now">
          <span class="hint">{t('hereNow')}</span>
          <ul>
            {people.map(({ name, writer }, index) => (
              <li key={name}>
                <Seal writer={writer} index={index} />
                <span>{name}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <span class="sr" role="status">
        {useSettled(names === '' ? '' : `${t('hereNow')} ${names}`)}
      </span>
    </>
  )
}

/** The text once it has stayed the same for a while; an empty one at once. */
const useSettled = (text: string): string => {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (text === '') return setSaid('')
    const timer = setTimeout(() => setSaid(text), settledMs)
    return () => clearTimeout(timer)
  }, [text])
  return said
}
