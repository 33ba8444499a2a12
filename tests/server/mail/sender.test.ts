import { expect, test } from 'vitest'
import type { Mail, Mailer, MailOutcome } from '../../../src/server/mail/mailer.ts'
import { createSender } from '../../../src/server/mail/sender.ts'
import { createSmtpMailer } from '../../../src/server/mail/smtp-mailer.ts'
import { invitationStates } from '../../../src/server/people/invitation-state.ts'
import { invite } from '../../../src/server/people/invitations.ts'
import { askNewLinks } from '../../../src/server/people/new-link.ts'
import { signIn } from '../../../src/server/people/sessions.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { erase, type InvitedNetwork, invitedNetwork } from '../people/invited-network.ts'
import { eachStore } from '../stores.ts'
import { day, minute } from '../test-app.ts'
import { startSmtp } from './smtp.ts'

const start = Date.UTC(2026, 10, 25, 8)

/** Answers each mail with the next of these outcomes, the last one for ever. */
const scripted = (...outcomes: MailOutcome[]): Mailer & { mails: Mail[] } => {
  const mails: Mail[] = []
  return {
    mails,
    send: async (mail) => {
      mails.push(mail)
      return outcomes[Math.min(mails.length, outcomes.length) - 1] ?? 'sent'
    },
  }
}

const office = async (store: Store, mailer: Mailer = scripted('sent')) => {
  const clock = { now: start }
  const network = await invitedNetwork(store)
  const newSender = (by = mailer) =>
    createSender({ store, mailer: by, origin: () => 'https://loft.example', now: () => clock.now })
  const sender = newSender()
  return {
    clock,
    network,
    sender,
    /** As another process, or this one after a restart, has it. */
    newSender,
    invite: (people: string[], of: InvitedNetwork = network) =>
      store.write((db) =>
        invite(db, { network: of.id, by: of.administrator, people, byMail: true }, clock.now),
      ),
    progress: async (person: string) =>
      (await invitationStates(store.db, [person], clock.now)).get(person)?.progress,
    enter: (mail: { text?: string | undefined } | undefined) =>
      signIn({ db: store.db, now: () => clock.now }, codeIn(mail), false),
  }
}

const codeIn = (mail: { text?: string | undefined } | undefined): string =>
  /https:\/\/loft\.example\/inn\/([0-9a-f]{32})\n/.exec(mail?.text ?? '')?.[1] ?? ''

eachStore(({ newStore }) => {
  test('an invitation comes by mail, and its link lets its person in once', async () => {
    const store = await newStore()
    const smtp = await startSmtp()
    const { sender, network, invite, progress, enter } = await office(
      store,
      createSmtpMailer(smtp.settings),
    )
    const person = await network.person('hr@stord.example')
    await invite([person])
    expect(await sender.round()).toBe(1)
    const [mail] = smtp.mails
    expect(mail?.subject).toBe('Invitasjon til Kompetanseløft Vestland')
    expect(mail?.to).toMatchObject({ value: [{ address: 'hr@stord.example' }] })
    expect(mail?.text).toContain('Administrator, Vestland inviterer deg')
    expect(await progress(person)).toBe('sent')
    expect(await sender.round()).toBe(0)

    const stored = JSON.stringify([
      await store.db.selectFrom('invitation').selectAll().execute(),
      await store.db.selectFrom('sign_in_code').selectAll().execute(),
    ])
    expect(stored).not.toContain(codeIn(mail))
    expect(await enter(mail)).toMatchObject({ person })
    expect(await progress(person)).toBe('opened')
    expect(await enter(mail)).toBe('code-expired')
  })

  test('a mail server that is down and comes back costs nobody their invitation', async () => {
    const store = await newStore()
    const smtp = await startSmtp()
    const { clock, sender, network, invite, progress } = await office(
      store,
      createSmtpMailer(smtp.settings),
    )
    const people = [await network.person(), await network.person(), await network.person()]
    await invite(people)
    await smtp.stop()
    expect(await sender.round()).toBe(0)
    expect(await sender.round()).toBe(0) // it is left alone for a minute
    const back = await startSmtp({}, {}, smtp.settings.port)
    clock.now += minute
    expect(await sender.round()).toBe(2)
    clock.now += 5 * minute
    expect(await sender.round()).toBe(1)
    expect(back.mails).toHaveLength(3)
    expect(await Promise.all(people.map(progress))).toEqual(['sent', 'sent', 'sent'])
  })

  test('after three tries, with pauses, a mail has failed', async () => {
    const store = await newStore()
    const mailer = scripted('later')
    const { clock, sender, network, invite, progress, enter } = await office(store, mailer)
    const person = await network.person()
    await invite([person])
    await sender.round()
    await sender.round()
    expect(mailer.mails).toHaveLength(1)
    clock.now += 5 * minute
    await sender.round()
    await sender.round()
    expect(mailer.mails).toHaveLength(2)
    expect(await progress(person)).toBe('waiting')
    clock.now += 30 * minute
    await sender.round()
    expect(await progress(person)).toBe('failed')
    clock.now += day
    await sender.round()
    expect(mailer.mails).toHaveLength(3)
    for (const mail of mailer.mails) expect(await enter(mail)).toBe('wrong-code')
  })

  test('tries are counted through restarts', async () => {
    const store = await newStore()
    const mailer = scripted('later')
    const { clock, newSender, network, invite, progress } = await office(store, mailer)
    const person = await network.person()
    await invite([person])
    for (let tries = 0; tries < 5; tries++) {
      await newSender().round()
      clock.now += 30 * minute
    }
    expect(mailer.mails).toHaveLength(3)
    expect(await progress(person)).toBe('failed')
  })

  test('each try has a new link, which ends the one before', async () => {
    const store = await newStore()
    const mailer = scripted('unreachable', 'sent')
    const { clock, sender, network, invite, enter } = await office(store, mailer)
    const person = await network.person()
    await invite([person])
    await sender.round()
    clock.now += 5 * minute
    await sender.round()
    const [first, second] = mailer.mails
    expect(codeIn(first)).not.toBe(codeIn(second))
    expect(await enter(first)).toBe('wrong-code')
    expect(await enter(second)).toMatchObject({ person })
  })

  test('who has come in by a mail that nobody confirmed gets no second one', async () => {
    const store = await newStore()
    const mailer = scripted('unreachable', 'sent')
    const { clock, sender, network, invite, enter, progress } = await office(store, mailer)
    const person = await network.person()
    await invite([person])
    await sender.round()
    expect(await enter(mailer.mails[0])).toMatchObject({ person })
    clock.now += 5 * minute
    expect(await sender.round()).toBe(0)
    expect(mailer.mails).toHaveLength(1)
    expect(await progress(person)).toBe('opened')
  })

  test('a recipient whom nobody takes mail for fails at once, and the next one gets theirs', async () => {
    const store = await newStore()
    const smtp = await startSmtp({
      onRcptTo: ({ address }, _session, done) =>
        done(
          address === 'borte@stord.example'
            ? Object.assign(new Error('no such box'), { responseCode: 550 })
            : null,
        ),
    })
    const { sender, network, invite, progress } = await office(
      store,
      createSmtpMailer(smtp.settings),
    )
    const [gone, there] = [await network.person('borte@stord.example'), await network.person()]
    await invite([gone, there])
    expect(await sender.round()).toBe(1)
    expect([await progress(gone), await progress(there)]).toEqual(['failed', 'sent'])
  })

  test('two nodes send each mail once', async () => {
    const store = await newStore()
    const mailer = scripted('sent')
    const { network, invite, newSender } = await office(store, mailer)
    const people = await Promise.all(Array.from({ length: 12 }, () => network.person()))
    await invite(people)
    const sent = await Promise.all(
      [newSender(), newSender(), newSender()].map((one) => one.round()),
    )
    expect(sent.reduce((sum, count) => sum + count)).toBe(12)
    expect(new Set(mailer.mails.map(({ to }) => to)).size).toBe(12)
    expect(mailer.mails).toHaveLength(12)
  })

  test('a mail whose sender was killed on the way is sent by another, when its time is up', async () => {
    const store = await newStore()
    let reached = () => {}
    const isSending = new Promise<void>((done) => {
      reached = done
    })
    const killed: Mailer = {
      send: () => {
        reached()
        return new Promise(() => undefined)
      },
    }
    const mailer = scripted('sent')
    const { clock, network, invite, newSender, enter } = await office(store, mailer)
    const person = await network.person()
    await invite([person])
    void newSender(killed).round()
    await isSending
    expect(await newSender().round()).toBe(0)
    clock.now += 10 * minute
    expect(await newSender().round()).toBe(1)
    expect(await enter(mailer.mails[0])).toMatchObject({ person })
  })

  test('whoever is erased, or has no address any more, gets no mail', async () => {
    const store = await newStore()
    const mailer = scripted('sent')
    const { sender, network, invite } = await office(store, mailer)
    const [erased, silent] = [await network.person(), await network.person()]
    await invite([erased, silent])
    await erase(store, erased, start)
    await store.db.updateTable('person').set({ email: null }).where('id', '=', silent).execute()
    expect(await sender.round()).toBe(0)
    expect(mailer.mails).toEqual([])
    expect(await store.db.selectFrom('sign_in_code').selectAll().execute()).toEqual([])
  })

  test('to invite again while a mail waits sends one mail', async () => {
    const store = await newStore()
    const mailer = scripted('sent')
    const { clock, sender, network, invite } = await office(store, mailer)
    const person = await network.person()
    await invite([person])
    clock.now += 1
    await invite([person])
    expect(await sender.round()).toBe(1)
  })

  test('who asks for a new link gets one mail for each network that has invited them', async () => {
    const store = await newStore()
    const mailer = scripted('sent')
    const { clock, sender, network, invite, enter, progress } = await office(store, mailer)
    const other = await invitedNetwork(store, 'Rogaland')
    const email = 'hr@stord.example'
    const [here, there] = [await network.person(email), await other.person(email)]
    await invite([here])
    await invite([there], other)
    await sender.round()
    const old = mailer.mails.find(({ subject }) => subject.includes('Vestland'))
    clock.now += 20 * day
    expect(await enter(old)).toBe('code-expired')
    expect(await progress(here)).toBe('expired')

    sender.newLink(' HR@Stord.example ')
    expect(await sender.round()).toBe(2)
    const mails = mailer.mails.slice(2)
    expect(mails.map(({ to }) => to)).toEqual([email, email])
    expect(mails[0]?.subject).toBe('Ny lenkje til Løft / Ny lenke til Løft')
    const people = await Promise.all(mails.map(enter))
    expect(people.map((one) => (typeof one === 'string' ? one : one.person)).sort()).toEqual(
      [here, there].sort(),
    )
  })

  test('a new link ends the old one when it has been sent, and not before', async () => {
    const store = await newStore()
    const mailer = scripted('sent', 'rejected', 'sent')
    const { clock, sender, network, invite, enter } = await office(store, mailer)
    const person = await network.person('hr@stord.example')
    await invite([person])
    await sender.round()
    sender.newLink('hr@stord.example')
    await sender.round()
    clock.now += day
    const rows = await store.db.selectFrom('sign_in_code').selectAll().execute()
    expect(rows).toHaveLength(1) // the first one: the new one was never sent
    sender.newLink('hr@stord.example')
    await sender.round()
    expect(await enter(mailer.mails[0])).toBe('wrong-code')
    expect(await enter(mailer.mails[2])).toMatchObject({ person })
  })

  test('nobody gets a mail who has not been invited, has been erased, or is not asked for', async () => {
    const store = await newStore()
    const mailer = scripted('sent')
    const { sender, network, invite } = await office(store, mailer)
    await network.person('aldri@stord.example')
    const erased = await network.person('sletta@stord.example')
    await invite([erased])
    await sender.round()
    await erase(store, erased, start)
    for (const email of [
      'aldri@stord.example',
      'sletta@stord.example',
      'ukjend@stord.example',
      'ikkje ei adresse',
      "' or 1=1 --",
    ]) {
      sender.newLink(email)
    }
    expect(await sender.round()).toBe(0)
    expect(mailer.mails).toHaveLength(1)
  })

  test('a person gets one new link in a quarter of an hour, and five in a day', async () => {
    const store = await newStore()
    const mailer = scripted('sent')
    const { clock, sender, network, invite } = await office(store, mailer)
    const email = 'hr@stord.example'
    await invite([await network.person(email)])
    await sender.round()
    const ask = async (): Promise<number> => {
      sender.newLink(email)
      return sender.round()
    }
    expect(await ask()).toBe(1)
    clock.now += 15 * minute - 1
    expect(await ask()).toBe(0)
    clock.now += 1
    const later: number[] = []
    for (let times = 0; times < 6; times++) {
      later.push(await ask())
      clock.now += 15 * minute
    }
    expect(later).toEqual([1, 1, 1, 1, 0, 0])
    clock.now = start + day
    expect(await ask()).toBe(1)
  })

  test('asking at many nodes at once makes one mail', async () => {
    const store = await newStore()
    const { network, invite, sender, clock } = await office(store)
    const email = 'hr@stord.example'
    await invite([await network.person(email)])
    await sender.round()
    const made = await Promise.all(
      Array.from({ length: 12 }, () => askNewLinks(store, email, clock.now)),
    )
    expect(made.reduce((sum, mails) => sum + mails)).toBe(1)
    expect(await sender.round()).toBe(1)
  })

  test('a mail without a secret is tried three times', async () => {
    const store = await newStore()
    const mailer = scripted('later')
    const { clock, sender } = await office(store, mailer)
    sender.tell({ to: 'hr@stord.example', subject: 'Hei', text: 'Hei' })
    for (let rounds = 0; rounds < 5; rounds++) {
      await sender.round()
      clock.now += 30 * minute
    }
    expect(mailer.mails).toHaveLength(3)
  })

  test('started, it sends when it is wanted; stopped, it sends no more', async () => {
    const store = await newStore()
    let reached = () => {}
    const arrived = new Promise<void>((done) => {
      reached = done
    })
    const mails: Mail[] = []
    const { sender, network, invite, newSender, progress } = await office(store, {
      send: async (mail) => {
        mails.push(mail)
        reached()
        return 'sent'
      },
    })
    const [one, two] = [await network.person(), await network.person()]
    sender.start(day)
    await invite([one])
    sender.wanted()
    await arrived
    await sender.stop()
    expect(await progress(one)).toBe('sent')
    await invite([two])
    sender.wanted()
    expect(await sender.round()).toBe(0)
    expect(await newSender().round()).toBe(1)
  })
})
