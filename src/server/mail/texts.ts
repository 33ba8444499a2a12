import nb from '../../../locales/nb/mail.json' with { type: 'json' }
import nn from '../../../locales/nn/mail.json' with { type: 'json' }
import type { LocalText } from '../../shared/domain/text.ts'
import { oneLine } from './address.ts'
import type { Mail } from './mailer.ts'

export interface InvitationWords {
  to: string
  /** Such as "Administrator, Vestland"; null = whoever runs the server. */
  by: string | null
  programme: LocalText
  cohort: string
  /** The whole address. */
  link: string
  days: number
}

export const invitationMail = ({ to, by, programme, cohort, link, days }: InvitationWords): Mail =>
  inBoth(to, 'invitationSubject', 'invitationBody', (language) => ({
    by: by ?? textIn(language, 'invitationNobody'),
    programme: programme[language],
    cohort,
    link,
    days: String(days),
  }))

export const newLinkMail = ({
  to,
  programme,
  link,
  days,
}: Pick<InvitationWords, 'to' | 'programme' | 'link' | 'days'>): Mail =>
  inBoth(to, 'newLinkSubject', 'newLinkBody', (language) => ({
    programme: programme[language],
    link,
    days: String(days),
  }))

export interface RegistrationWords {
  to: string
  municipality: string
  programme: LocalText
  cohort: string
}

export const registeredMail = (words: RegistrationWords): Mail =>
  inBoth(words.to, 'registeredSubject', 'registeredBody', registration(words))

export const waitingMail = (words: RegistrationWords): Mail =>
  inBoth(words.to, 'waitingSubject', 'waitingBody', registration(words))

/** What somebody writes to contact persons: their words stand as they wrote them. */
export const reminderMail = ({
  to,
  by,
  cohort,
  message,
}: {
  to: string
  by: string
  cohort: string
  message: string
}): Mail => inBoth(to, 'reminderSubject', 'reminderBody', () => ({ by, cohort }), { message })

const texts = { nn, nb }
type Language = keyof typeof texts
type Key = keyof typeof nn

const textIn = (language: Language, key: Key): string => texts[language][key]

const registration =
  ({ municipality, programme, cohort }: RegistrationWords) =>
  (language: Language): Record<string, string> => ({
    municipality,
    programme: programme[language],
    cohort,
  })

/** Nynorsk first, the same in bokmål below. */
const inBoth = (
  to: string,
  subject: Key,
  body: Key,
  valuesIn: (language: Language) => Record<string, string>,
  prose: Record<string, string> = {},
): Mail => {
  const say = (language: Language, key: Key) =>
    filled(textIn(language, key), valuesIn(language), prose)
  const subjects = new Set([say('nn', subject), say('nb', subject)])
  const bodies = (['nn', 'nb'] as const).map(
    (language) => `${say(language, body)}\n\n${textIn(language, 'doNotReply')}`,
  )
  return { to, subject: [...subjects].join(' / '), text: `${bodies.join('\n\n---\n\n')}\n` }
}

// The values are names that people gave: one line each, so that they cannot look like text of ours.
// `prose` is what somebody was asked to write, in as many lines as they like.
const filled = (
  text: string,
  values: Record<string, string>,
  prose: Record<string, string>,
): string =>
  text.replaceAll(
    /\{\{(\w+)\}\}/g,
    (_all, name: string) => prose[name] ?? oneLine(values[name] ?? ''),
  )
