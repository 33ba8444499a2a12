import type { WallAnswer } from '../../../../shared/domain/wall.ts'
import { writerName } from '../../../components/fields/seal.tsx'
import { strings } from '../../../i18n/i18n.ts'

/** One group's answer to one question; `brief` = what they agree on alone, where there is such a thing. */
export const WallAnswerView = ({
  answer,
  brief = false,
}: {
  answer: WallAnswer | undefined
  brief?: boolean
}) => {
  const t = strings('adminReadiness')
  if (!answer || isEmpty(answer)) return <p class="mute">{t('noAnswer')}</p>
  switch (answer.kind) {
    case 'texts': {
      const { agreed, texts } = answer
      return (
        <>
          {agreed.map(({ text }) => (
            <p class="wall-agreed written" dir="auto" key={text}>
              {text}
            </p>
          ))}
          {(!brief || agreed.length === 0) &&
            texts.map(({ writer, text }) => (
              <blockquote key={`${writer?.label} ${writer?.role} ${text}`}>
                <p class="written" dir="auto">
                  {text}
                </p>
                <footer>{writerName(writer)}</footer>
              </blockquote>
            ))}
        </>
      )
    }
    case 'choices':
      return (
        <ul class="wall-choices">
          {answer.choices.map(({ writer, chosen }) => (
            <li key={`${writer?.label} ${writer?.role}`}>
              {answer.ordered
                ? chosen.map((text, index) => `${index + 1}. ${text}`).join(' ')
                : chosen.join(', ')}
              <footer>{writerName(writer)}</footer>
            </li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <ol class="wall-rows">
          {answer.rows.map((row) => (
            <li key={JSON.stringify(row)}>
              <dl>
                {row.map((cell, column) =>
                  cell.length === 0 ? null : (
                    <div key={answer.columns[column]}>
                      <dt>{answer.columns[column]}</dt>
                      {cell.map(({ text }) => (
                        <dd class="written" dir="auto" key={text}>
                          {text}
                        </dd>
                      ))}
                    </div>
                  ),
                )}
              </dl>
            </li>
          ))}
        </ol>
      )
  }
}

const isEmpty = (answer: WallAnswer): boolean => {
  switch (answer.kind) {
    case 'texts':
      return answer.agreed.length + answer.texts.length === 0
    case 'choices':
      return answer.choices.length === 0
    case 'table':
      return answer.rows.length === 0
  }
}
