import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Cue } from '../../../shared/domain/article.ts'
import { formatTime } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { lastStartedAt } from './cues.ts'
import type { Playback } from './playback.ts'

/** All that is said. A press on a line goes there; the spoken line follows the film within the list. */
export const Transcript = ({ playback, cues }: { playback: Playback; cues: readonly Cue[] }) => {
  const t = strings('item')
  const list = useRef<HTMLOListElement>(null)
  const lines = useSignal(cues)
  useLayoutEffect(() => {
    lines.value = cues
  }, [lines, cues])
  // Time moves ten times a second, the spoken line seldom.
  const spoken = useComputed(() =>
    playback.begun.value || playback.time.value > 0
      ? lastStartedAt(lines.value, playback.time.value)
      : -1,
  ).value
  useEffect(() => {
    const line = list.current?.children[spoken]
    // Whoever reads or tabs in the list is not pulled away.
    if (!list.current || !line || list.current.matches(':hover, :focus-within')) return
    keepInView(list.current, line as HTMLElement)
  }, [spoken])
  if (cues.length === 0) return null
  return (
    <section class="tr" aria-labelledby="transcript">
      <h2 id="transcript" class="h-s">
        {t('transcript')}
      </h2>
      <p class="hint">{t('voiceIsBokmal')}</p>
      <ol ref={list}>
        {cues.map(({ start, text }, index) => (
          <li key={start} class={index === spoken ? 'on' : undefined}>
            <button
              type="button"
              aria-current={index === spoken ? 'true' : undefined}
              onClick={() => playback.seek(start)}
            >
              <span class="num">{formatTime(start)}</span>
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

const keepInView = (list: HTMLElement, line: HTMLElement): void => {
  const above = line.offsetTop // the list is positioned
  if (above >= list.scrollTop && above + line.offsetHeight <= list.scrollTop + list.clientHeight)
    return
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  list.scrollTo({ top: above - list.clientHeight / 3, behavior: calm ? 'instant' : 'smooth' })
}
