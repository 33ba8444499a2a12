import type { PaperAnswer, PaperText } from '../../../shared/domain/paper.ts'
import { documentId } from '../../../shared/words/scope.ts'
import { writerName } from '../../components/fields/seal.tsx'
import { currentLanguageTag } from '../../i18n/format.ts'
import { language, local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { type OwnGroup, sheetOf } from '../task/use-group.ts'
import { basisOf } from './basis.ts'

/** What the group has found out before it plans, to read beside the plan; from what lies on the device. */
export const BasisSheets = ({ group }: { group: OwnGroup }) => {
  const { outline, words } = useServices()
  const plainOf = (item: string) =>
    words.documents.value.find(({ id }) => id === documentId(group.scope, item))?.plain ?? null
  const sheets = basisOf(outline, plainOf, language.value)
  if (sheets.length === 0) return null
  const t = strings('plan')
  return (
    <details class="basis">
      <summary>{t('basis')}</summary>
      <p class="hint">{t('basisHint')}</p>
      {sheets.map(({ item, questions }) => (
        <section key={item.id}>
          <h2 class="h-s">{local(item.title)}</h2>
          <dl lang={currentLanguageTag()}>
            {questions.map(({ question, answer }) => (
              <div key={question}>
                <dt>{question}</dt>
                <Answer answer={answer} />
              </div>
            ))}
          </dl>
          <p>
            <a href={sheetOf(item, group)}>{t('basisSheet', { sheet: local(item.title) })}</a>
          </p>
        </section>
      ))}
    </details>
  )
}

const Answer = ({ answer }: { answer: PaperAnswer }) => {
  switch (answer.kind) {
    case 'texts':
      // What is agreed on says it for all; the single answers stand in the sheet.
      return answer.agreed.length > 0 ? (
        <>
          <dd class="mute s2">{strings('plan')('agreed')}</dd>
          {answer.agreed.map((text, index) => (
            <Written key={index} text={text} />
          ))}
        </>
      ) : (
        answer.texts.map((text, index) => <Written key={index} text={text} />)
      )
    case 'choices':
      return (
        <>
          {answer.choices.map(({ writer, chosen }, index) => (
            <Written
              key={index}
              text={{ writer, text: numbered(chosen, answer.ordered).join(', ') }}
            />
          ))}
        </>
      )
    case 'table':
      return (
        <>
          {answer.rows.map((row, index) => (
            <dd key={index} class="written" dir="auto">
              {row
                .map((cell, column) => {
                  const text = cell.map((one) => one.text.trim()).join(' / ')
                  return text && `${answer.columns[column]}: ${text}`
                })
                .filter(Boolean)
                .join(' · ')}
            </dd>
          ))}
        </>
      )
  }
}

const Written = ({ text: { writer, text } }: { text: PaperText }) => (
  <dd>
    <span class="mute s2">{writerName(writer)}: </span>
    <span class="written" dir="auto">
      {text}
    </span>
  </dd>
)

const numbered = (chosen: readonly string[], ordered: boolean): string[] =>
  chosen.map((one, index) => (ordered ? `${index + 1}. ${one}` : one))
