import { isGroupTask, type Line, type LineItem, type LineStop } from './line.ts'

/** What the group writes together, and whatever lies inside a gathering's or a home day's own hours. */
export const isDoneTogether = ({ kind }: LineStop, { item }: LineItem): boolean =>
  kind !== 'own' || isGroupTask(item)

/** What one can do on one's own before people next meet: required, open, and not done. A group's tablet brings the group. */
export const dueItems = (line: Line, withGroup: boolean): LineItem[] =>
  line.stops
    .slice(0, line.ahead?.stop ?? 0)
    .filter(({ opens, kind, state }) => opens === null && (kind === 'own' || state !== 'done'))
    .flatMap((stop) => stop.items.filter((one) => withGroup || !isDoneTogether(stop, one)))
    .filter(({ item, state }) => item.depth === 'required' && state !== 'done')
