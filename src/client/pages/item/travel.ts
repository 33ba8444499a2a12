import { isGroupTask, isMetBy } from '../../../shared/domain/line.ts'
import type { Outline, OutlineItem } from '../../../shared/domain/outline.ts'
import type { Me } from '../../../shared/domain/person.ts'
import type { LocalText } from '../../../shared/domain/text.ts'
import { links } from '../links.ts'

/** The item after this one in the order of travel, among those that this person meets; null at the end of the line. */
export const itemAfter = (outline: Outline, me: Me, item: OutlineItem): OutlineItem | null => {
  const order = travelOrder(outline, me, item)
  const at = order.findIndex(({ id }) => id === item.id)
  return at < 0 ? null : (order[at + 1] ?? null)
}

const travelOrder = (outline: Outline, me: Me, item: OutlineItem): OutlineItem[] => {
  const track = outline.tracks.find(({ items }) => items.some(({ id }) => id === item.id))
  if (track) return track.items
  const met = outline.modules
    .flatMap(({ items }) => items)
    .filter(isMetBy(me.audience, me.moreAudiences))
    .filter((one) => me.role !== 'group-tablet' || isGroupTask(one))
  return outline.stops.flatMap(({ id }) => met.filter(({ stop }) => stop === id))
}

export interface Section {
  title: LocalText
  href: string
}

/** The module of an item, or its track, whose page is the line itself. */
export const sectionOf = (outline: Outline, item: OutlineItem): Section | null => {
  const has = ({ items }: { items: OutlineItem[] }): boolean =>
    items.some(({ id }) => id === item.id)
  const module = outline.modules.find(has)
  if (module) return { title: module.title, href: links.module(module.id) }
  const track = outline.tracks.find(has)
  return track ? { title: track.title, href: links.line } : null
}
