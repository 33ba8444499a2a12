import type { AgendaEntry } from '../../../shared/domain/gathering.ts'
import { strings } from '../../i18n/i18n.ts'
import { agendaDays } from './agenda-days.ts'

/** What happens when, day by day. */
export const Agenda = ({ agenda }: { agenda: readonly AgendaEntry[] }) => {
  const t = strings('gathering')
  const days = agendaDays(agenda)
  return (
    <section>
      <h2>{t('agenda')}</h2>
      {days.length === 0 && <p class="mute">{t('noAgenda')}</p>}
      {days.map((entries, day) => (
        <div key={day}>
          {days.length > 1 && <h3>{t('nextDay', { number: day + 1 })}</h3>}
          <ol class="agenda">
            {entries.map(({ time, title, who }, index) => (
              <li key={index}>
                <span class="num">{time.replace(':', '.')}</span>
                <span>
                  {title}
                  {who && <span class="mute">{t('ledBy', { who })}</span>}
                </span>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  )
}
