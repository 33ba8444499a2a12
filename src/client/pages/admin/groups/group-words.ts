import type { SizeClass } from '../../../../shared/domain/field.ts'
import type { ServiceArea } from '../../../../shared/domain/service-area.ts'
import type { CohortGroups, GroupMember } from '../../../../shared/domain/working-group.ts'
import { formatSpan, parseDay } from '../../../i18n/format.ts'
import { strings } from '../../../i18n/i18n.ts'
import type { Missed } from './wishes.ts'

/** What a new group is called: its area, two areas, or that it is mixed. */
export const nameOfAreas = (areas: readonly ServiceArea[]): string => {
  const t = strings('adminGroups')
  const names = strings('serviceAreas')
  const [one, other, ...more] = areas
  if (!one || more.length > 0) return t('mixed')
  return other ? listOf([names(one), lowered(names(other))]) : names(one)
}

/** `Oppvekst og kultur, små og mellomstore kommunar` */
export const sayMakeUp = (
  areas: readonly ServiceArea[],
  sizes: readonly SizeClass[],
): string | null => {
  const t = strings('adminGroups')
  const names = strings('serviceAreas')
  const told = areas.map((area, index) => (index === 0 ? names(area) : lowered(names(area))))
  const places =
    sizes.length > 0 &&
    t('municipalitiesOf', { sizes: listOf(sizes.map((size) => t(`size_${size}`))) })
  const parts = [told.length > 0 && listOf(told), places].filter((text) => text !== false)
  return parts.length > 0 ? parts.join(', ') : null
}

/** Why somebody sits otherwise than wished. */
export const sayMissed = (missed: Missed): string => {
  const t = strings('adminGroups')
  const names = strings('serviceAreas')
  switch (missed.wish) {
    case 'no-area':
      return t('missedNoArea')
    case 'no-municipality':
      return t('missedNoMunicipality')
    case 'area':
      return missed.few
        ? t(missed.count === 1 ? 'missedAreaOne' : 'missedAreaFew', {
            count: missed.count,
            area: names(missed.area),
          })
        : t('missedArea')
    case 'size':
      return missed.few
        ? t(missed.count === 1 ? 'missedSizeOne' : 'missedSizeFew', {
            count: missed.count,
            size: t(`size_${missed.size}`),
          })
        : t('missedSize')
  }
}

/** `Stord, Oppvekst` */
export const sayFrom = ({ municipality, serviceArea }: GroupMember): string =>
  [municipality?.name, serviceArea && strings('serviceAreas')(serviceArea)]
    .filter(Boolean)
    .join(', ') || strings('adminGroups')('nothingKnown')

export const countPeople = (count: number): string =>
  strings('adminGroups')(count === 1 ? 'peopleOne' : 'peopleMany', { count })
export const countGroups = (count: number): string =>
  strings('adminGroups')(count === 1 ? 'groupsOne' : 'groupsMany', { count })

/** `Førde, 9.–10. desember`, or null. */
export const sayWhen = ({
  starts,
  ends,
  place,
}: CohortGroups['gatherings'][number]): string | null => {
  const days = starts && formatSpan(parseDay(starts), parseDay(ends ?? starts), new Date())
  return [place, days].filter(Boolean).join(', ') || null
}

/** `a, b og c` */
export const listOf = (words: readonly string[]): string => {
  const last = words.at(-1) ?? ''
  if (words.length < 2) return last
  return `${words.slice(0, -1).join(', ')} ${strings('adminGroups')('and')} ${last}`
}

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
