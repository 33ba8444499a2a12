import { useComputed, useSignal } from '@preact/signals'
import { Fragment } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Cue } from '../../../shared/domain/article.ts'
import { formatTime } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { inChapters } from './chapters.ts'
import { lastStartedAt } from './cues.ts'
import type { Playback } from './playback.ts'

/**
 * All that is said, under its chapters. A press on a line or a chapter goes there; the spoken line follows the film within the
 * list.
 */
export const Transcript = ({
  playback,
  cues,
  chapters,
}: {
  playback: Playback
  cues: readonly Cue[]
  chapters: readonly Cue[]
}) => {
  const t = strings('item')
  const list = useRef<HTMLDivElement>(null)
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
    const line = list.current?.querySelectorAll('li')[spoken]
    // Whoever reads or tabs in the list is not pulled away.
    if (!list.current || !line || list.current.matches(':hover, :focus-within')) return
    keepInView(list.current, line)
  }, [spoken])
  if (cues.length === 0) return null
  return (
    <section class="tr" aria-labelledby="transcript">
      <h2 id="transcript" class="h-s">
        {t('transcript')}
      </h2>
      <p class="hint">{t('voiceIsBokmal')}</p>
      <div ref={list} class="lines">
        {inChapters(cues, chapters).map(({ chapter, first, lines: said }) => (
          <Fragment key={chapter?.start ?? -1}>
            {chapter && (
              <h3>
                <button type="button" class="chapter" onClick={() => playback.seek(chapter.start)}>
                  <svg class="mark-stop" viewBox="0 0 14 14" aria-hidden="true">
                    <circle class="st" cx="7" cy="7" r="5" />
                  </svg>
                  <span>{chapter.text}</span>
                  <span class="num">{formatTime(chapter.start)}</span>
                </button>
              </h3>
            )}
            <ol>
              {said.map(({ start, text }, at) => (
                <li key={start} class={first + at === spoken ? 'on' : undefined}>
                  <button
                    type="button"
                    aria-current={first + at === spoken ? 'true' : undefined}
                    onClick={() => playback.seek(start)}
                  >
                    <span class="num">{formatTime(start)}</span>
                    <span>{text}</span>
                  </button>
                </li>
              ))}
            </ol>
          </Fragment>
        ))}
      </div>
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
