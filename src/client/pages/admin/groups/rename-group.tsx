import { useState } from 'preact/hooks'
import { paths } from '../../../../shared/protocol/paths.ts'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { Entry } from '../entry.tsx'
import { Outcome } from '../failure.tsx'

/** A group that is stored gets another name. */
export const RenameGroup = ({
  group,
  close,
}: {
  group: { id: string; name: string }
  close(changed: boolean): Promise<void>
}) => {
  const t = strings('admin')
  const ask = useAsk()
  const [name, setName] = useState(group.name)
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  return (
    <form
      class="rename-form"
      onSubmit={async (event) => {
        event.preventDefault()
        const asked = await ask(paths.group(group.id), { method: 'PATCH', body: { name } })
        setResult(asked)
        if (asked.ok) await close(true)
      }}
    >
      <Entry
        label={strings('adminGroups')('groupName')}
        value={name}
        change={setName}
        required
        maxLength={120}
      />
      <Outcome result={result} />
      <div class="row">
        <button type="submit" class="btn small">
          {t('store')}
        </button>
        <button type="button" class="btn line small" onClick={() => void close(false)}>
          {t('cancel')}
        </button>
      </div>
    </form>
  )
}
