import { useState } from 'preact/hooks'
import type { ListedPerson } from '../../../../shared/domain/people.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { sayPersonFailure } from './person-failure.ts'

/** The way out of the network, which has no way back. */
export const ErasePerson = ({
  person,
  close,
}: {
  person: ListedPerson
  close(stored: boolean): Promise<void>
}) => {
  const t = strings('adminPeople')
  const common = strings('admin')
  const ask = useAsk()
  const [isAsking, setAsking] = useState(false)
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const erase = async (): Promise<void> => {
    const asked = await ask(paths.person(person.id), { method: 'DELETE' })
    setFailed(asked.ok ? null : asked)
    if (asked.ok) await close(true)
  }
  if (!isAsking) {
    return (
      <button type="button" class="txt-btn" onClick={() => setAsking(true)}>
        <Icon name="trash" small />
        {t('erase')}
      </button>
    )
  }
  return (
    <div class="note" role="alert">
      <p class="note-h">{t('eraseSure', { name: person.name })}</p>
      <p>{t('eraseText')}</p>
      {failed?.ok === false && <p class="bad">{sayPersonFailure(failed)}</p>}
      <div class="row">
        <button type="button" class="btn small" onClick={() => void erase()}>
          {t('eraseNow')}
        </button>
        <button type="button" class="btn line small" onClick={() => setAsking(false)}>
          {common('cancel')}
        </button>
      </div>
    </div>
  )
}
