import { useState } from 'preact/hooks'
import {
  type AllContacts,
  allContactsSchema,
  type Contact,
} from '../../../shared/domain/contact.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../state/admin-api.ts'
import { ContactWays } from '../contacts/contact-ways.tsx'
import { useTitle } from '../item/use-title.ts'
import { ContactForm } from './contact-form.tsx'
import { Missing, sayFailure } from './failure.tsx'
import { useAsked } from './use-asked.ts'

/** Whom people can ask: of the whole network, and of each municipality. */
export const ContactsPage = () => {
  const t = strings('admin')
  useTitle(t('contacts'))
  const answered = useAsked(paths.allContacts, allContactsSchema)
  const all = answered.asked?.ok ? answered.asked.value : null
  const [adds, setAdds] = useState(false)
  return (
    <main id="content">
      <h1>{t('contacts')}</h1>
      <p class="lede">{t('contactsLede')}</p>
      <Missing {...answered} />
      {all && <ContactList all={all} again={answered.again} />}
      {all && !adds && (
        <button type="button" class="btn line after-rows" onClick={() => setAdds(true)}>
          <Icon name="plus" />
          {t('newContact')}
        </button>
      )}
      {all && adds && (
        <ContactForm
          contact={null}
          municipalities={all.municipalities}
          close={async (stored) => {
            setAdds(false)
            if (stored) await answered.again()
          }}
        />
      )}
    </main>
  )
}

const ContactList = ({ all, again }: { all: AllContacts; again(): Promise<void> }) => {
  const t = strings('admin')
  if (all.contacts.length === 0) return <p class="mute">{t('noContacts')}</p>
  const byPlace = Map.groupBy(all.contacts, ({ municipality }) => municipality?.name ?? '')
  const places = [...byPlace.keys()].filter((name) => name !== '')
  return (
    <>
      {[
        ...(byPlace.has('') ? [''] : []),
        ...places.toSorted((a, b) => a.localeCompare(b, 'nb')),
      ].map((place) => (
        <section key={place} class="contact-place">
          <h2>{place || t('wholeNetwork')}</h2>
          <ul>
            {byPlace.get(place)?.map((contact) => (
              <Row key={contact.id} contact={contact} all={all} again={again} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

const Row = ({
  contact,
  all,
  again,
}: {
  contact: Contact
  all: AllContacts
  again(): Promise<void>
}) => {
  const t = strings('admin')
  const ask = useAsk()
  const [doing, setDoing] = useState<'change' | 'remove' | null>(null)
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const remove = async (): Promise<void> => {
    const asked = await ask(paths.contact(contact.id), { method: 'DELETE' })
    setFailed(asked.ok ? null : asked)
    if (asked.ok || asked.error === 'not-found') await again()
  }
  if (doing === 'change') {
    return (
      <li>
        <ContactForm
          contact={contact}
          municipalities={all.municipalities}
          close={async (stored) => {
            setDoing(null)
            if (stored) await again()
          }}
        />
      </li>
    )
  }
  return (
    <li class="contact-row">
      <div>
        <b>{contact.name}</b>
        <p>{contact.task}</p>
        <ContactWays contact={contact} />
      </div>
      {failed?.ok === false && (
        <p class="note err" role="alert">
          {sayFailure(failed)}
        </p>
      )}
      {doing === 'remove' ? (
        <div class="row">
          <button type="button" class="btn small" onClick={() => void remove()}>
            {t('removeYes', { name: contact.name })}
          </button>
          <button type="button" class="btn line small" onClick={() => setDoing(null)}>
            {t('cancel')}
          </button>
        </div>
      ) : (
        <div class="row">
          <button
            type="button"
            class="txt-btn"
            aria-label={t('changeWhom', { name: contact.name })}
            onClick={() => setDoing('change')}
          >
            {t('change')}
          </button>
          <button
            type="button"
            class="txt-btn"
            aria-label={t('removeWhom', { name: contact.name })}
            onClick={() => setDoing('remove')}
          >
            {t('remove')}
          </button>
        </div>
      )}
    </li>
  )
}
