import { useEffect, useState } from 'preact/hooks'
import type { ItemText } from '../../../shared/domain/article.ts'
import type { OutlineActivity } from '../../../shared/domain/outline.ts'
import { ArticleText } from '../../components/article-text/article-text.tsx'
import { language, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

/** The guides of these activities in the language of the page, by activity; null = neither the device nor the network has it. */
export const useGuides = (
  activities: readonly OutlineActivity[],
): ReadonlyMap<string, ItemText | null> => {
  const { content } = useServices()
  const wanted = language.value
  const [guides, setGuides] = useState<ReadonlyMap<string, ItemText | null>>(new Map())
  const [attempt, setAttempt] = useState(0)
  const key = activities.map(({ id, guide }) => `${id} ${guide.nn} ${guide.nb}`).join(' ')

  useEffect(() => {
    let gone = false
    const read = async (): Promise<void> => {
      // Both languages, since the other one may be chosen where there is no network.
      const hashes = new Set(activities.flatMap(({ guide }) => [guide.nn, guide.nb]))
      await content.bring([...hashes]).catch(() => {})
      const texts = await Promise.all(
        activities.map(async ({ id, guide }) => {
          const text = await content.text({ text: guide }, wanted).catch(() => null)
          return [id, text] as const
        }),
      )
      if (!gone) setGuides(new Map(texts))
    }
    void read()
    return () => {
      gone = true
    }
  }, [content, key, wanted, attempt])

  const isMissing = [...guides.values()].includes(null)
  useEffect(() => {
    if (!isMissing) return
    const again = (): void => setAttempt((before) => before + 1)
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [isMissing])
  return guides
}

/** How to lead one activity. `undefined` = on its way. */
export const Guide = ({ text }: { text: ItemText | null | undefined }) => {
  const { framework } = useServices().outline
  const t = strings('day')
  if (text === undefined) return <p class="mute late">{t('guideLoading')}</p>
  if (text === null) return <p class="mute">{t('guideMissing')}</p>
  const termOf = (id: string) => {
    const found = framework.glossary.find((one) => one.id === id)
    const { value } = language
    return found ? { title: found.title[value], text: found.text[value], framework: null } : null
  }
  return (
    <div class="day-guide">
      <ArticleText blocks={text.blocks} lede={false} termOf={termOf} />
    </div>
  )
}
