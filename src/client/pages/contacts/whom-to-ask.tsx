import { useEffect, useState } from 'preact/hooks'
import type { Contact } from '../../../shared/domain/contact.ts'
import { strings } from '../../i18n/i18n.ts'
import { readContacts } from '../../state/contacts.ts'
import { useServices } from '../../state/services.ts'
import { ContactWays } from './contact-ways.tsx'

/** «Kven kan eg spørje?»: left out while there is nobody. What was last told stays on the device. */
export const WhomToAsk = () => {
  const { server, me } = useServices()
  const [contacts, setContacts] = useState<readonly Contact[]>([])
  useEffect(() => {
    let shown = true
    void readContacts({ ...server, principal: me.principal }).then((read) => {
      if (shown) setContacts(read)
    })
    return () => {
      shown = false
    }
  }, [server, me.principal])
  const t = strings('account')
  if (contacts.length === 0) return null
  return (
    <section class="part whom-to-ask">
      <h2 class="h-s">{t('whomToAsk')}</h2>
      <ul>
        {contacts.map((contact) => (
          <li key={contact.id}>
            <b>{contact.name}</b>
            <p>{contact.task}</p>
            <ContactWays contact={contact} />
          </li>
        ))}
      </ul>
    </section>
  )
}
