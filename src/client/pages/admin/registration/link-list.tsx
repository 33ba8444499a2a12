import { useState } from 'preact/hooks'
import {
  type CohortRegistration,
  longestLinkDays,
  madeLinkSchema,
  usualLinkDays,
} from '../../../../shared/domain/registration.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { formatDate } from '../../../i18n/format.ts'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { links } from '../../links.ts'
import { Entry, Selection } from '../entry.tsx'
import { sayFailure } from '../failure.tsx'
import { CopyLink } from './copy-link.tsx'

type Link = CohortRegistration['links'][number]

/** The links of municipalities; a new one is shown once. */
export const LinkList = ({ all, again }: { all: CohortRegistration; again(): Promise<void> }) => {
  const t = strings('adminRegistration')
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const ask = useAsk()
  const close = async (link: Link): Promise<void> => {
    const asked = await ask(paths.registrationLink(link.id), { method: 'DELETE' })
    setFailed(asked.ok ? null : asked)
    if (asked.ok) await again()
  }
  return (
    <section class="group-part">
      <h2>{t('links')}</h2>
      {all.links.length === 0 && <p class="mute">{t('noLinks')}</p>}
      {failed?.ok === false && (
        <p class="note err" role="alert">
          {sayFailure(failed)}
        </p>
      )}
      <ul class="waiting-list">
        {all.links.map((link) => (
          <LinkRow key={link.id} link={link} close={close} />
        ))}
      </ul>
      <NewLink all={all} again={again} />
    </section>
  )
}

const LinkRow = ({ link, close }: { link: Link; close(link: Link): Promise<void> }) => {
  const t = strings('adminRegistration')
  const [asks, setAsks] = useState(false)
  const isOpen = link.closedAt === null && link.expiresAt > Date.now()
  const day = formatDate(new Date(link.expiresAt), new Date())
  const { municipality } = link
  const state = link.closedAt !== null ? t('closed') : t(isOpen ? 'openUntil' : 'expired', { day })
  return (
    <li>
      <div>
        <b>{municipality}</b>
        <span class="meta">
          {state} · {t('sent', { count: link.sent })}
        </span>
      </div>
      {isOpen &&
        (asks ? (
          <div class="row">
            <button type="button" class="btn small" onClick={() => void close(link)}>
              {t('closeYes', { municipality })}
            </button>
            <button type="button" class="btn line small" onClick={() => setAsks(false)}>
              {strings('admin')('cancel')}
            </button>
          </div>
        ) : (
          <button
            type="button"
            class="txt-btn"
            aria-label={t('closeWhose', { municipality })}
            onClick={() => setAsks(true)}
          >
            {t('close')}
          </button>
        ))}
    </li>
  )
}

const NewLink = ({ all, again }: { all: CohortRegistration; again(): Promise<void> }) => {
  const t = strings('adminRegistration')
  const ask = useAsk()
  const [municipality, setMunicipality] = useState('')
  const [lastDay, setLastDay] = useState(() => dayIn(usualLinkDays))
  const [made, setMade] = useState<{ municipality: string; url: string } | null>(null)
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const make = async (): Promise<void> => {
    const name = all.municipalities.find(({ number }) => number === municipality)?.name
    if (!name) return
    const body = { municipality, lastDay }
    const path = paths.registrationLinks(all.cohort.id)
    const asked = await ask(path, { method: 'POST', body, answer: madeLinkSchema })
    setFailed(asked.ok ? null : asked)
    if (!asked.ok) return
    setMade({ municipality: name, url: location.origin + links.registration(asked.value.token) })
    setMunicipality('')
    await again()
  }
  return (
    <>
      {made && <CopyLink key={made.url} {...made} />}
      <form
        class="admin-form"
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <h3>{t('newLink')}</h3>
        <div class="entries">
          <Selection
            label={t('municipality')}
            value={municipality}
            change={setMunicipality}
            options={[
              { value: '', label: t('choose') },
              ...all.municipalities.map(({ number, name }) => ({ value: number, label: name })),
            ]}
          />
          <Entry
            label={t('lastDay')}
            type="date"
            required
            min={dayIn(0)}
            max={dayIn(longestLinkDays)}
            value={lastDay}
            change={setLastDay}
          />
        </div>
        {failed?.ok === false && (
          <p class="note err" role="alert">
            {sayFailure(failed)}
          </p>
        )}
        <button type="submit" class="btn" disabled={municipality === ''}>
          {t('make')}
        </button>
      </form>
    </>
  )
}

/** `yyyy-mm-dd` so many days from now. */
const dayIn = (days: number): string => {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
