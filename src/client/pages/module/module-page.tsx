import type { Line } from '../../../shared/domain/line.ts'
import { seedOf } from '../../components/chart/noise.ts'
import { StandingFjord } from '../../components/chart/standing-fjord.tsx'
import { formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { keptAmong } from '../home/kept.ts'
import { stopName } from '../home/stop-words.ts'
import { useLine } from '../home/use-line.ts'
import { links } from '../links.ts'
import { NotFound } from '../shell/not-found.tsx'
import { TopBar } from '../shell/top-bar.tsx'
import { Abilities } from './abilities.tsx'
import { KeepModule } from './keep-module.tsx'
import { type ModulePhase, modulePhases, moduleStops, moduleTraveller } from './module-line.ts'
import { Phase } from './phase.tsx'

/** One module: its phases and items in the order of travel, and the abilities it builds. */
export const ModulePage = ({ id }: { id?: string }) => {
  const services = useServices()
  const { outline, me } = services
  const line = useLine()
  const number = outline.modules.findIndex((one) => one.id === id)
  const module = outline.modules[number]
  if (!module || line.track) return <NotFound />

  const t = strings('module')
  const phases = modulePhases(module, line)
  const stops = moduleStops(phases)
  const items = phases.flatMap((phase) => phase.items.map(({ item }) => item))
  const { begun, all } = keptAmong(services, items)
  return (
    <>
      <TopBar back={{ href: links.line, label: strings('common')('line') }} />
      <main id="content" class="p-modul">
        <div class="wrap mod-h">
          <p class="kick">{t('moduleOf', { number: number + 1, of: outline.modules.length })}</p>
          <h1>{local(module.title)}</h1>
          <p class="lede">{local(module.summary)}</p>
          <TimeLeft line={line} phases={phases} />
          <KeepModule items={items} />
        </div>
        <StandingFjord
          label={t('steps', { title: local(module.title) })}
          seed={seedOf(`${outline.id}/${module.id}`)}
          stops={stops}
          {...moduleTraveller(stops, line)}
          goesOn
        >
          <ol class="stops">
            {phases.map((phase) => (
              <Phase
                key={phase.phase}
                phase={phase}
                group={me.role === 'group-tablet'}
                mixed={begun && !all}
              />
            ))}
          </ol>
        </StandingFjord>
        <Abilities module={module} />
      </main>
    </>
  )
}

const TimeLeft = ({ line, phases }: { line: Line; phases: readonly ModulePhase[] }) => {
  const t = strings('module')
  const { ahead } = line
  const place = ahead && line.stops[ahead.stop]
  const open = phases.filter(({ state }) => state !== 'later')
  const sum = (of: readonly ModulePhase[], figure: 'left' | 'total'): number =>
    of.reduce((minutes, phase) => minutes + phase[figure], 0)
  const now = sum(open, 'left')
  const total = formatMinutes(sum(phases, 'total'))
  if (now === 0) {
    return (
      <p class="big-left">
        <b>{total}</b> {t(sum(phases, 'left') === 0 ? 'moduleDone' : 'moduleNothingNow')}
      </p>
    )
  }
  return (
    <p class="big-left">
      <b>{formatMinutes(now)}</b>{' '}
      {place ? t('leftBefore', { place: stopName(place), total }) : t('leftNow', { total })}
    </p>
  )
}
