import { useEffect, useState } from 'preact/hooks'
import { Icon, type IconName } from './icon.tsx'

export type StateTone = 'saving' | 'saved' | 'unsent' | 'sent' | 'bad'

/**
 * Where the words are. Screen readers hear it once when it changes kind, not at each key: the figures of the visible
 * line may change as they like.
 */
export const StateLine = ({
  tone,
  icon,
  text,
  href,
}: {
  tone: StateTone
  icon: IconName
  text: string
  href: string
}) => {
  const [said, setSaid] = useState('')
  const [kind, setKind] = useState(tone)
  useEffect(() => {
    if (tone === kind) return
    setKind(tone)
    setSaid(text)
  }, [tone, kind, text])
  return (
    <>
      <a class={`state ${tone}`} href={href}>
        <Icon name={icon} small />
        <span>{text}</span>
      </a>
      <span class="sr" role="status">
        {said}
      </span>
    </>
  )
}
