import type { Field, Sees } from '../../../shared/domain/field.ts'
import { strings } from '../../i18n/i18n.ts'
import { Icon, type IconName } from '../icon.tsx'
import { SaveStateLine, type Saving } from '../save-state.tsx'

/** Under a field: where the words are, and who sees them. */
export const FieldFoot = ({ field, saving, id }: { field: Field; saving: Saving; id: string }) => (
  <div class="field-foot">
    <SaveStateLine saving={saving} />
    <WhoSees sees={field.sees} id={id} />
  </div>
)

export const WhoSees = ({ sees, id }: { sees: Sees | 'note'; id?: string }) => {
  const t = strings('task')
  const said = {
    me: t('seesMe'),
    group: t('seesGroup'),
    facilitator: t('seesFacilitator'),
    aggregate: t('seesAggregate'),
    note: t('seesNote'),
  }
  return (
    <span class="who small" id={id}>
      <Icon name={icons[sees]} small />
      <span>{said[sees]}</span>
    </span>
  )
}

const icons: Record<Sees | 'note', IconName> = {
  me: 'me',
  note: 'me',
  group: 'group',
  facilitator: 'eye',
  aggregate: 'eye',
}
