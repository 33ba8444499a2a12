import type { ItemText } from '../../../../shared/domain/article.ts'
import type { DayPlan } from '../../../../shared/domain/day.ts'
import { formatMinutes } from '../../../i18n/format.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import { Guide } from '../../day/guide.tsx'

/** The whole day with its guides, shown on paper alone. */
export const DayPaper = ({
  plan,
  when,
  guides,
}: {
  plan: DayPlan
  when: string | null
  guides: ReadonlyMap<string, ItemText | null>
}) => {
  const t = strings('adminDay')
  return (
    <div class="day-paper">
      <h1>{local(plan.title)}</h1>
      <p>{[plan.cohort.name, when, plan.place].filter(Boolean).join(' · ')}</p>
      {plan.agenda.length > 0 && (
        <>
          <h2>{t('agenda')}</h2>
          <table>
            <tbody>
              {plan.agenda.map(({ time, title, who }, index) => (
                <tr key={index}>
                  <td class="num">{time.replace(':', '.')}</td>
                  <td>{title}</td>
                  <td>{who}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <h2>{t('plan')}</h2>
      <table>
        <tbody>
          {plan.activities.map(({ id, title, minutes }, index) => (
            <tr key={id}>
              <td class="num">{index + 1}</td>
              <td>{local(title)}</td>
              <td class="num">{formatMinutes(minutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.activities.map(({ id, title, text, minutes }, index) => (
        <section key={id} class="activity-paper">
          <h2>
            {index + 1}. {local(title)}
          </h2>
          <p class="num">{formatMinutes(minutes)}</p>
          <p>{t('toldAs', { text: local(text) })}</p>
          <Guide text={guides.get(id)} />
        </section>
      ))}
    </div>
  )
}
