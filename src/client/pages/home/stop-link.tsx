import type { LineStop } from '../../../shared/domain/line.ts'
import { links } from '../links.ts'

/** What a stop is called; one where people meet leads to its page. */
export const StopLink = ({ stop, title }: { stop: LineStop; title: string }) =>
  stop.kind === 'own' ? title : <a href={links.gathering(stop.id)}>{title}</a>
