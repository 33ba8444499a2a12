import { useLocation } from 'preact-iso'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { Me } from '../../../shared/domain/person.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'

export type OwnGroup = Me['groups'][number]

/** The groups that write in a sheet: the leaders' always, those of a gathering at its own stop. */
export const groupsFor = (
  groups: readonly OwnGroup[],
  { stop }: Pick<OutlineItem, 'stop'>,
): OwnGroup[] => groups.filter((group) => group.kind !== 'service-area' || group.stop === stop)

/** The one whose sheet is open: named by the address, else the first. */
export const useGroup = (
  item: Pick<OutlineItem, 'stop'>,
): { group: OwnGroup | undefined; groups: OwnGroup[] } => {
  const { query } = useLocation()
  const groups = groupsFor(useServices().me.groups, item)
  return { group: groups.find(({ scope }) => scope === query.gruppe) ?? groups[0], groups }
}

/** A sheet as this group writes it. */
export const sheetOf = (item: Pick<OutlineItem, 'path'>, { scope, kind }: OwnGroup): string =>
  kind === 'service-area'
    ? `${links.item(item.path)}?gruppe=${encodeURIComponent(scope)}`
    : links.item(item.path)
