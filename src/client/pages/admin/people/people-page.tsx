import { useEffect, useState } from 'preact/hooks'
import {
  type ListedPerson,
  type PeopleList,
  peopleListSchema,
} from '../../../../shared/domain/people.ts'
import { reachOf } from '../../../../shared/domain/policy.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { useServices } from '../../../state/services.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { Missing } from '../failure.tsx'
import { useAsked } from '../use-asked.ts'
import { Filters, noFilter, passes } from './filters.tsx'
import { Inviting } from './inviting.tsx'
import { PeopleTable } from './people-table.tsx'
import { PersonForm } from './person-form.tsx'

/** Who is in the network, how far their invitations have come, and the ways in. */
export const PeoplePage = () => {
  const t = strings('adminPeople')
  useTitle(t('title'))
  const answered = useAsked(paths.people, peopleListSchema)
  const list = answered.asked?.ok ? answered.asked.value : null
  useMailProgress(list, answered.again)
  return (
    <main id="content">
      <h1>{list ? headline(list) : t('title')}</h1>
      <Missing {...answered} />
      {list && <People list={list} again={answered.again} />}
    </main>
  )
}

const People = ({ list, again }: { list: PeopleList; again(): Promise<void> }) => {
  const { me } = useServices()
  const t = strings('adminPeople')
  const [filter, setFilter] = useState(noFilter)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<ListedPerson | 'new' | null>(null)
  const mayChange = reachOf(me.roles ?? [me.role], ['person', 'change']) !== null
  const shown = list.people.filter((person) => passes(person, filter))
  const close = async (stored: boolean): Promise<void> => {
    setOpen(null)
    if (stored) await again()
  }
  return (
    <>
      {mayChange && (
        <div class="row people-ways">
          <a class="btn line" href={links.adminImport}>
            <Icon name="down" />
            {t('import')}
          </a>
          <button type="button" class="btn line" onClick={() => setOpen('new')}>
            <Icon name="plus" />
            {t('add')}
          </button>
        </div>
      )}
      {open === 'new' && <PersonForm person={null} list={list} close={close} />}
      {list.people.length === 0 ? (
        <p class="lede">{t('nobody')}</p>
      ) : (
        <>
          <Filters list={list} filter={filter} change={setFilter} shown={shown.length} />
          {mayChange && (
            <Inviting
              list={list}
              shown={shown}
              chosen={list.people.filter(({ id }) => chosen.has(id))}
              done={async () => {
                setChosen(new Set())
                await again()
              }}
            />
          )}
          <PeopleTable
            list={list}
            people={shown}
            choice={mayChange ? { chosen, choose: setChosen } : null}
            open={open === 'new' ? null : open}
            setOpen={setOpen}
            close={close}
          />
        </>
      )}
    </>
  )
}

/** «203 personar. Tolv er ikkje inviterte.» */
const headline = ({ people }: PeopleList): string => {
  const t = strings('adminPeople')
  const left = people.filter(({ email, invitation }) => email && invitation.progress === 'none')
  const all = t('count', { count: people.length })
  return left.length === 0 ? all : `${all} ${t('notInvited', { count: left.length })}`
}

/** While mails are on their way the list is asked again: the figures are the progress. */
const useMailProgress = (list: PeopleList | null, again: () => Promise<void>): void => {
  const waiting = list?.people.some(({ invitation }) => invitation.progress === 'waiting') ?? false
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => void again(), 3000)
    return () => clearTimeout(timer)
  }, [waiting, list, again])
}
