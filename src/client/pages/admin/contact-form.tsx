import { useState } from 'preact/hooks'
import { madeSchema } from '../../../shared/domain/administration.ts'
import type { AllContacts, Contact } from '../../../shared/domain/contact.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { strings } from '../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../state/admin-api.ts'
import { Entry, Selection } from './entry.tsx'
import { Outcome } from './failure.tsx'

/** A contact person that is there, or a new one. */
export const ContactForm = ({
  contact,
  municipalities,
  close,
}: {
  contact: Contact | null
  municipalities: AllContacts['municipalities']
  close(stored: boolean): Promise<void>
}) => {
  const t = strings('admin')
  const ask = useAsk()
  const [place, setPlace] = useState(contact?.municipality?.number ?? '')
  const [name, setName] = useState(contact?.name ?? '')
  const [task, setTask] = useState(contact?.task ?? '')
  const [email, setEmail] = useState(contact?.email ?? '')
  const [phone, setPhone] = useState(contact?.phone ?? '')
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  const store = async (): Promise<void> => {
    const body = {
      municipality: place || null,
      name,
      task,
      email: email.trim() || null,
      phone: phone.trim() || null,
    }
    const asked = contact
      ? await ask(paths.contact(contact.id), { method: 'PUT', body })
      : await ask(paths.allContacts, { method: 'POST', body, answer: madeSchema })
    setResult(asked)
    if (asked.ok) await close(true)
  }
  return (
    <form
      class="admin-form"
      onSubmit={(event) => {
        event.preventDefault()
        void store()
      }}
    >
      <h2>{contact ? t('changeWhom', { name: contact.name }) : t('newContact')}</h2>
      <Selection
        label={t('contactFor')}
        value={place}
        change={setPlace}
        options={[
          { value: '', label: t('wholeNetwork') },
          ...municipalities.map((one) => ({ value: one.number, label: one.name })),
        ]}
      />
      <Entry label={t('name')} value={name} change={setName} required maxLength={120} />
      <Entry
        label={t('task')}
        hint={t('taskHint')}
        value={task}
        change={setTask}
        required
        maxLength={200}
      />
      <div class="entries">
        <Entry label={t('email')} type="email" maxLength={254} value={email} change={setEmail} />
        <Entry label={t('phone')} type="tel" maxLength={30} value={phone} change={setPhone} />
      </div>
      <Outcome result={result} />
      <div class="row">
        <button type="submit" class="btn">
          {t('store')}
        </button>
        <button type="button" class="btn line" onClick={() => void close(false)}>
          {t('cancel')}
        </button>
      </div>
    </form>
  )
}
