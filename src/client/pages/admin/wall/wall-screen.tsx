import type { RefObject } from 'preact'
import type { Wall } from '../../../../shared/domain/wall.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { WallAnswerView } from './wall-answer.tsx'

/** A question and every group's answer as large as they go. Arrows move between questions, Escape closes it. */
export const WallScreen = ({
  dialog,
  questions,
  question,
  setQuestion,
  groups,
}: {
  dialog: RefObject<HTMLDialogElement | null>
  questions: readonly string[]
  question: number
  setQuestion(question: number): void
  groups: Wall['groups']
}) => {
  const t = strings('adminReadiness')
  const step = (by: number): void =>
    setQuestion(Math.max(0, Math.min(questions.length - 1, question + by)))
  return (
    <dialog
      class="wall-screen"
      ref={dialog}
      aria-label={t('screen')}
      onKeyDown={({ key }) => {
        if (key === 'ArrowRight') step(1)
        if (key === 'ArrowLeft') step(-1)
      }}
    >
      <header>
        <h2>{questions[question]}</h2>
        <p class="mute num">{t('questionOf', { number: question + 1, count: questions.length })}</p>
      </header>
      <div class="wall-cards">
        {groups.map(({ id, name, answers }) => (
          <article key={id}>
            <h3>{name}</h3>
            <WallAnswerView answer={answers[question]} brief />
          </article>
        ))}
      </div>
      <footer class="row">
        <button
          type="button"
          class="btn line"
          aria-disabled={question === 0}
          onClick={() => step(-1)}
        >
          <Icon name="back" />
          {t('previous')}
        </button>
        <button
          type="button"
          class="btn line"
          aria-disabled={question === questions.length - 1}
          onClick={() => step(1)}
        >
          {t('next')}
          <Icon name="next" />
        </button>
        <span class="gap" />
        <button type="button" class="btn line" onClick={() => dialog.current?.close()}>
          <Icon name="x" />
          {t('closeScreen')}
        </button>
      </footer>
    </dialog>
  )
}
