import { useState } from 'preact/hooks'
import type { Invited, ListedPerson } from '../../../../shared/domain/people.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { saveAsFile } from '../../device/save-as-file.ts'
import { asCsv } from './as-csv.ts'

/** Where no mail is sent: the links, which nobody can be shown again. */
export const LinksShown = ({
  links,
  people,
  close,
}: {
  links: Invited['links']
  people: readonly ListedPerson[]
  close(): void
}) => {
  const t = strings('adminPeople')
  const [copied, setCopied] = useState<string | null>(null)
  const rows = links.map(({ person, code }) => {
    const { name = '', email = null } = people.find(({ id }) => id === person) ?? {}
    return { person, name, email: email ?? '', link: location.origin + paths.signIn(code) }
  })
  const save = (): void => {
    const header = [t('fileName'), t('fileEmail'), t('fileLink')]
    const text = asCsv([header, ...rows.map(({ name, email, link }) => [name, email, link])])
    saveAsFile('loft-invitasjonar.csv', text, 'text/csv')
  }
  const copy = async ({ person, link }: (typeof rows)[number]): Promise<void> => {
    await navigator.clipboard.writeText(link).then(
      () => setCopied(person),
      () => setCopied(null), // not allowed here: the link stands beside, and can be marked
    )
  }
  return (
    <section class="note links-shown" aria-labelledby="links-shown">
      <h2 id="links-shown">{t('linksTitle', { count: links.length })}</h2>
      <p>{t('linksText')}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.person}>
            <b>{row.name}</b>
            <code translate={false}>{row.link}</code>
            <button
              type="button"
              class="txt-btn"
              aria-label={t('copyOf', { name: row.name })}
              onClick={() => void copy(row)}
            >
              {t(copied === row.person ? 'copied' : 'copy')}
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        <button type="button" class="btn" onClick={save}>
          <Icon name="down" />
          {t('saveLinks')}
        </button>
        <button type="button" class="btn line" onClick={close}>
          {t('closeLinks')}
        </button>
      </div>
    </section>
  )
}
