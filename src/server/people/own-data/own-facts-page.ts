import type { Language } from '../../../shared/domain/languages.ts'
import type { OwnFacts } from '../../../shared/domain/own-data.ts'
import { type Html, html } from './html.ts'
import { type ExportKey, moment, textsIn } from './own-data-texts.ts'

type Texts = ReturnType<typeof textsIn>

/** Who somebody is, and everything else but their words. */
export const factsPart = (facts: OwnFacts, language: Language): Html => {
  const t = textsIn(language)
  const lists: [ExportKey, string[]][] = [
    ['exportDevices', facts.devices.map((device) => deviceLine(device, t))],
    ['exportWaysIn', waysIn(facts, t)],
    [
      'exportCertificates',
      facts.certificates.map(
        ({ code, issuedAt, body }) =>
          `${t('exportCertificate', { code, time: moment(issuedAt) })}: ${inPlain(body)}`,
      ),
    ],
    ['exportReports', facts.reports.map((report) => reportLine(report, t))],
    ['exportCounted', facts.countedIn.map(({ item, field }) => `${item}: ${field}`)],
    [
      'exportWaiting',
      facts.waitingLists.map(({ cohort, name, audience, serviceArea, askedAt }) =>
        [t('exportWaitingSince', { cohort, time: moment(askedAt) }), name, audience, serviceArea]
          .filter(Boolean)
          .join(' · '),
      ),
    ],
    [
      'exportContacts',
      facts.contacts.map(({ name, task, phone }) =>
        [name, task, phone].filter(Boolean).join(' · '),
      ),
    ],
    [
      'exportActs',
      facts.acts.map(({ at, act, subject, detail }) =>
        [moment(at), act, subject, inPlain(detail)].filter(Boolean).join(' · '),
      ),
    ],
    [
      'exportActsAbout',
      facts.actsAbout.map(({ at, act, detail }) =>
        [moment(at), act, inPlain(detail)].filter(Boolean).join(' · '),
      ),
    ],
  ]
  return html`${personPart(facts.person, t)}
${lists.filter(([, lines]) => lines.length > 0).map(([title, lines]) => listPart(t(title), lines))}`
}

const personPart = (person: OwnFacts['person'], t: Texts): Html => {
  const groups = person.groups.map(({ id, name, leftAt }) =>
    leftAt ? `${name ?? id} (${t('exportLeft', { time: moment(leftAt) })})` : (name ?? id),
  )
  const { municipality } = person
  const rows: [ExportKey, string | null][] = [
    ['exportName', person.name],
    ['exportEmail', person.email],
    ['exportMunicipality', municipality && `${municipality.name} (${municipality.number})`],
    ['exportServiceArea', person.serviceArea],
    ['exportRoles', person.roles.map((role) => t(`exportRole_${role}` as ExportKey)).join(', ')],
    ['exportAudiences', person.audiences.join(', ')],
    ['exportNetwork', person.network],
    ['exportRun', person.run],
    ['exportCohort', person.cohort],
    ['exportGroups', groups.join(', ')],
    ['exportWorksWith', person.worksWith.join(', ')],
    [
      'exportResourceFor',
      person.resourceFor.map((one) => `${one.municipality} (${one.audience})`).join(', '),
    ],
    ['exportId', person.id],
  ]
  const shown = rows.flatMap(([key, value]) =>
    value ? [html`<dt>${t(key)}</dt><dd>${value}</dd>\n`] : [],
  )
  return html`<h2>${t('exportWho')}</h2>
${person.anonymous ? html`<p>${t('exportAnonymous')}</p>` : null}
<dl>${shown}</dl>`
}

const listPart = (title: string, lines: readonly string[]): Html => html`<h2>${title}</h2>
<ul>${lines.map((line) => html`<li dir="auto">${line}</li>\n`)}</ul>
`

const deviceLine = ({ label, signedInAt, usedAt }: OwnFacts['devices'][number], t: Texts): string =>
  `${label ?? t('exportUnknownDevice')}: ${t('exportDevice', { signedIn: moment(signedInAt), used: moment(usedAt) })}`

const waysIn = (
  { invitations, codes, identities, calendarFeeds }: OwnFacts,
  t: Texts,
): string[] => [
  ...invitations.map(({ madeAt, expiresAt, usedAt, mail, mailAt }) =>
    [
      t('exportInvitation', { made: moment(madeAt), expires: moment(expiresAt) }),
      t(`exportInvitationMail_${mail}` as ExportKey) + (mailAt ? ` ${moment(mailAt)}` : ''),
      usedAt && t('exportInvitationUsed', { time: moment(usedAt) }),
    ]
      .filter(Boolean)
      .join(', '),
  ),
  ...codes.map(({ expiresAt }) =>
    expiresAt ? t('exportCode', { time: moment(expiresAt) }) : t('exportCodeOpen'),
  ),
  ...identities.map(({ issuer, subject, boundAt }) =>
    t('exportIdentity', { issuer, subject, time: moment(boundAt) }),
  ),
  ...calendarFeeds.map(({ madeAt }) => t('exportCalendar', { time: moment(madeAt) })),
]

const reportLine = (
  { item, text, sentAt, closedAt }: OwnFacts['reports'][number],
  t: Texts,
): string => {
  const closed = closedAt ? ` (${t('exportReportClosed', { time: moment(closedAt) })})` : ''
  return `${t('exportReport', { time: moment(sentAt), item })}${closed}: ${text}`
}

/** Stored values as they are, without JSON's brackets where there is nothing in them. */
const inPlain = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return String(value ?? '')
  const entries = Object.entries(value)
  return entries
    .map(([key, one]) => `${key}: ${typeof one === 'object' ? JSON.stringify(one) : String(one)}`)
    .join(', ')
}
