import { useState } from 'preact/hooks'
import {
  type Invited,
  invitedSchema,
  type ListedPerson,
  type PeopleList,
} from '../../../../shared/domain/people.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { sayFailure } from '../failure.tsx'
import { LinksShown } from './links-shown.tsx'

/** Invites those who were not, or those who are chosen; says how far the mails have come. */
export const Inviting = ({
  list,
  shown,
  chosen,
  done,
}: {
  list: PeopleList
  shown: readonly ListedPerson[]
  chosen: readonly ListedPerson[]
  done(): Promise<void>
}) => {
  const t = strings('adminPeople')
  const ask = useAsk()
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const [invited, setInvited] = useState<Invited | null>(null)
  // Whoever has no address is invited one at a time, by a link.
  const left = shown.filter(({ email, invitation }) => email && invitation.progress === 'none')
  const people = chosen.length > 0 ? chosen : left
  const isAgain = chosen.some(({ invitation }) => invitation.progress !== 'none')
  const invite = async (): Promise<void> => {
    setBusy(true)
    setFailed(null)
    const body = { people: people.map(({ id }) => id) }
    const asked = await ask(paths.invitations, { method: 'POST', body, answer: invitedSchema })
    setBusy(false)
    if (!asked.ok) return setFailed(asked)
    setInvited(asked.value)
    await done()
  }
  return (
    <div class="inviting">
      {people.length > 0 && (
        <div class="row">
          <button type="button" class="btn lamp" disabled={isBusy} onClick={() => void invite()}>
            {isBusy
              ? t('inviting')
              : t(isAgain ? 'inviteAgain' : 'invite', { count: people.length })}
          </button>
          <p class="hint">{t(list.mail ? 'inviteByMail' : 'inviteByLink')}</p>
        </div>
      )}
      {failed?.ok === false && (
        <p class="note err" role="alert">
          {sayFailure(failed)}
        </p>
      )}
      {invited && invited.links.length > 0 && (
        <LinksShown links={invited.links} people={list.people} close={() => setInvited(null)} />
      )}
      <MailProgress people={list.people} asked={invited?.mails ?? 0} />
    </div>
  )
}

/** «148 av 200 sende», until all are; then only what went wrong stays. */
const MailProgress = ({ people, asked }: { people: readonly ListedPerson[]; asked: number }) => {
  const t = strings('adminPeople')
  const count = (wanted: string): number =>
    people.filter(({ invitation }) => invitation.progress === wanted).length
  const [waiting, failed] = [count('waiting'), count('failed')]
  // Of those that were asked for here. After a reload nobody knows how many that were.
  const of = Math.max(asked, waiting)
  return (
    <div role="status">
      {waiting > 0 && (
        <p>
          <progress max={of} value={of - waiting} /> {t('sending', { sent: of - waiting, of })}
        </p>
      )}
      {failed > 0 && <p class="note">{t('failedMails', { count: failed })}</p>}
    </div>
  )
}
