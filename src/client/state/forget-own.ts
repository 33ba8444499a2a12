import type { Me } from '../../shared/domain/person.ts'

/** Kinds of keys whose files come later: what somebody was told of sums, contacts, cards, gatherings and their days. */
const kinds = [
  'table',
  'sums',
  'contacts',
  'cards',
  'gatherings',
  'gatherings-seen',
  'day',
  'day-plan',
  'day-wish',
  'local-day',
  'journey',
] as const

/** What lies beside the words of whoever leaves the device, and how far they live from each place. */
export const forgetOwn = (
  storage: Pick<Storage, 'removeItem'> | null,
  { principal }: Pick<Me, 'principal'>,
): void => {
  for (const kind of kinds) storage?.removeItem(`loft-${kind}:${principal}`)
}
