import type { Line, LineItem } from '../../../shared/domain/line.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { Services } from '../../state/services.ts'

/** What a film or sound takes on the device, with its described version, bytes. */
export const mediaSize = ({ media }: OutlineItem): number =>
  media ? media.file.size + (media.described?.size ?? 0) : 0

/** Its text is here, and its film or sound if it has one: without network nothing of it is missing. */
export const isKept = ({ media, content }: Services, item: OutlineItem): boolean =>
  content.has(item) &&
  (item.media === null || media.states.value[item.media.file.sha256]?.kind === 'kept')

/** For its mark. */
export const keptOf = (
  services: Services,
  item: OutlineItem,
): { kept: boolean; size: number; here: number } => {
  const state = services.media.states.value[item.media?.file.sha256 ?? '']
  const size = mediaSize(item)
  return {
    kept: isKept(services, item),
    size,
    here: state?.kind === 'kept' ? size : (state?.bytes ?? 0),
  }
}

/** Films and sound among these items. `all` = everything lies here, the texts too. */
export const keptAmong = (
  services: Services,
  items: readonly OutlineItem[],
): { kept: number; of: number; all: boolean; size: number; begun: boolean } => {
  const files = items.filter(({ media }) => media !== null).map((item) => keptOf(services, item))
  return {
    kept: files.filter(({ kept }) => kept).length,
    of: files.length,
    all: items.length > 0 && items.every((item) => isKept(services, item)),
    size: files.reduce((sum, { size }) => sum + size, 0),
    begun: files.some(({ kept, here }) => kept || here > 0),
  }
}

export interface Packed {
  files: number
  kept: number
  /** Bytes kept, and bytes still to fetch. */
  size: number
  missing: number
}

/** Films and sound of the required items that are left until people next meet, or until the end. */
export const packed = (services: Services, line: Line): Packed => {
  const until = line.ahead ? line.ahead.stop + 1 : line.stops.length
  const files = line.stops
    .slice(0, until)
    .flatMap(({ items }) => items)
    .filter(isLeft)
    .map(({ item }) => item)
    .filter(({ media }) => media !== null)
  const here = files.filter((item) => isKept(services, item))
  const sum = (items: readonly OutlineItem[]): number =>
    items.reduce((total, item) => total + mediaSize(item), 0)
  return {
    files: files.length,
    kept: here.length,
    size: sum(here),
    missing: sum(files) - sum(here),
  }
}

/** Required and not done. */
export const isLeft = ({ item, state }: LineItem): boolean =>
  item.depth === 'required' && state !== 'done'
