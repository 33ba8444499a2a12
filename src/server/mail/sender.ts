import { paths } from '../../shared/protocol/paths.ts'
import { askNewLinks } from '../people/new-link.ts'
import type { Store } from '../store/store.ts'
import { mailAddress } from './address.ts'
import type { Mail, Mailer, MailOutcome } from './mailer.ts'
import { claimNext, closeTry } from './queue.ts'
import { invitationMail, newLinkMail } from './texts.ts'

const minute = 60 * 1000

export interface SenderParts {
  store: Store
  mailer: Mailer
  /** Where links lead, such as `https://loft.example`. */
  origin: () => string
  /** ms since 1970. */
  now: () => number
  /** Told of a round that failed; the next one tries again. */
  onError?: (error: unknown) => void
}

export interface Sender {
  /** Somebody asks for a new link. Returns before anything is looked up, so that no time tells who is known. */
  newLink(email: string): void
  /** A mail without a secret. It is kept in memory alone: three tries, and a restart loses it. */
  tell(mail: Mail): void
  /** There is something to send: a round begins soon. */
  wanted(): void
  /** Returns how many mails were sent. */
  round(): Promise<number>
  start(everyMs: number): void
  /** Resolves when the mail under way has ended. */
  stop(): Promise<void>
}

/** Before the second and the third try. */
const pauses = [5 * minute, 30 * minute]
const mostTries = pauses.length + 1
/** Longer than a mailer may take: by then whoever held a mail is gone. */
const lease = 10 * minute
/** When the mail server is away no mail loses a try to it, but the one that found out. */
const quiet = minute
/** Of what is kept in memory. */
const mostKept = 1000

/**
 * Sends what waits, one mail after another and never in a request. Any number of nodes may do so on one database: a mail is sent
 * by whoever has claimed it, and twice only if the first was stopped between handing it over and noting so, or stood still for
 * longer than the lease. Then the second mail's link is the one that opens.
 */
export const createSender = ({
  store,
  mailer,
  origin,
  now,
  onError = () => undefined,
}: SenderParts): Sender => {
  const askers = new Set<string>()
  let told: { mail: Mail; tries: number; notBefore: number }[] = []
  let quietUntil = 0
  let stopped = false

  const send = async (mail: Mail): Promise<MailOutcome> => {
    const outcome = await mailer.send(mail)
    if (outcome === 'unreachable') quietUntil = now() + quiet
    return outcome
  }
  const mayGoOn = (): boolean => !stopped && now() >= quietUntil

  const sendInvitations = async (): Promise<number> => {
    let sent = 0
    while (mayGoOn()) {
      const claimed = await claimNext(store, { now: now(), lease, mostTries })
      if (!claimed) break
      const { code, tries, isAsked, ...words } = claimed
      const link = `${origin()}${paths.signIn(code)}`
      const outcome = await send(
        isAsked ? newLinkMail({ ...words, link }) : invitationMail({ ...words, link }),
      )
      const pause = pauses[tries - 1]
      const again = outcome !== 'rejected' && pause !== undefined ? now() + pause : null
      await closeTry(store, claimed, outcome === 'sent' ? 'sent' : { again }, now())
      if (outcome === 'sent') sent++
    }
    return sent
  }

  const sendTold = async (): Promise<number> => {
    let sent = 0
    const due = told.filter(({ notBefore }) => notBefore <= now())
    for (const one of due) {
      if (!mayGoOn()) break
      const outcome = await send(one.mail)
      if (outcome === 'sent') sent++
      const pause = pauses[one.tries]
      one.tries++
      if (outcome === 'sent' || outcome === 'rejected' || pause === undefined) {
        told = told.filter((other) => other !== one)
      } else one.notBefore = now() + pause
    }
    return sent
  }

  const round = async (): Promise<number> => {
    for (const email of askers) {
      await askNewLinks(store, email, now())
      askers.delete(email)
    }
    return (await sendInvitations()) + (await sendTold())
  }

  let timer: NodeJS.Timeout | null = null
  let period: number | null = null
  let underWay: Promise<unknown> | null = null
  let again = false
  const startAfter = (ms: number): void => {
    if (stopped) return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(run, ms)
    timer.unref()
  }
  const run = (): void => {
    again = false
    underWay = round()
      .catch(onError)
      .finally(() => {
        underWay = null
        if (period !== null) startAfter(again ? 0 : period)
      })
  }
  const wanted = (): void => {
    if (period === null) return
    if (underWay === null) startAfter(0)
    else again = true
  }
  return {
    newLink: (email) => {
      const address = mailAddress(email)
      if (address !== null && askers.size < mostKept) askers.add(address)
      wanted()
    },
    tell: (mail) => {
      if (told.length < mostKept) told.push({ mail, tries: 0, notBefore: 0 })
      wanted()
    },
    wanted,
    round,
    start: (everyMs) => {
      period = everyMs
      startAfter(everyMs)
    },
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await underWay
    },
  }
}
