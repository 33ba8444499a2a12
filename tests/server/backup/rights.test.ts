import { join } from 'node:path'
import { expect, test } from 'vitest'
import { restoreBackup } from '../../../src/server/backup/restore.ts'
import { writeBackup } from '../../../src/server/backup/write-backup.ts'
import { createSender } from '../../../src/server/mail/sender.ts'
import { invite } from '../../../src/server/people/invitations.ts'
import {
  makeDeviceCode,
  readSession,
  signIn,
  signOut,
} from '../../../src/server/people/sessions.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { restoreMembership, revokeMembership } from '../../../src/server/words/membership.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { day } from '../test-app.ts'
import { createWriter, group, own, person, tablet, worldOf } from '../words/words-world.ts'

eachStore(({ newStore }) => {
  /** A server, and how its present state is backed up and restored. */
  const setUp = async () => {
    const store = await newStore()
    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    mine.write('visjon', 'mitt')
    theirs.write('visjon', 'vårt')
    for (const writer of [mine, theirs]) await writer.sync()
    const sessions = { db: store.db, now: world.now, ledger: world.ledger }
    let epoch = 1000
    const newEpoch = () => {
      epoch += 1
      return epoch
    }
    const file = join(temporaryFolder(), 'loft.ndjson.gz')
    return {
      ...world,
      mine,
      theirs,
      sessions,
      backUp: () => writeBackup(store, file, { version: '1', now: world.now }),
      restore: async () =>
        (await restoreBackup({ ...world, newEpoch }, file, { replace: true })).takenAway,
      open: async () => {
        const session = await signIn(sessions, 'demo-deltakar-stord', true)
        if (typeof session === 'string') throw new Error(session)
        return session.token
      },
      words: async () => {
        const reader = createWriter(world, person, 'mine-new', own)
        await reader.sync()
        return reader.plain('visjon').texts
      },
    }
  }

  test('who has been put out since the backup is out of what is restored, with their own words', async () => {
    const world = await setUp()
    await world.backUp()
    world.mine.write('visjon', 'mitt, seinare')
    await world.mine.sync()
    await revokeMembership(world, group, person)
    expect(await world.restore()).toMatchObject({ left: 1 })
    world.mine.write('visjon', 'mitt, etterpå')
    expect(await world.mine.sync()).toMatchObject({ status: 'left', items: [], acks: ['held'] })
    expect(await world.words()).toEqual({ 'f/visjon/mine': 'mitt' })
    expect((await world.theirs.sync()).status).toBe('ok')
    // Out already: nothing is done once more.
    await world.backUp()
    expect(await world.restore()).toMatchObject({ left: 0 })
    expect((await world.mine.sync()).status).toBe('left')
  })

  test('who has been let in again since keeps the right', async () => {
    const world = await setUp()
    await world.backUp()
    await revokeMembership(world, group, person)
    await restoreMembership(world, group, person)
    expect(await world.restore()).toMatchObject({ left: 0 })
    expect((await world.mine.sync()).status).toBe('ok')
  })

  test('a letting in that was not committed gives no right back', async () => {
    const world = await setUp()
    await world.backUp()
    await revokeMembership(world, group, person)
    const { store } = world
    const broken = {
      ...store,
      write: () => Promise.reject(new Error('the power went')),
    }
    await expect(restoreMembership({ ...world, store: broken }, group, person)).rejects.toThrow()
    expect(await world.restore()).toMatchObject({ left: 1 })
  })

  test('a session that was signed out of since is not open again, and others are', async () => {
    const world = await setUp()
    const [stays, ends] = [await world.open(), await world.open()]
    await world.backUp()
    await signOut(world.sessions, ends)
    await signOut(world.sessions, 'ingen')
    expect(world.ledger.signedOutSessions()).toHaveLength(1)
    expect(await world.restore()).toMatchObject({ signedOut: 1 })
    expect(await readSession(world.sessions, ends)).toBeNull()
    expect((await readSession(world.sessions, stays))?.person).toBe(person)
  })

  test('a code for one use may have been used since: it is used up', async () => {
    const world = await setUp()
    const { code } = await makeDeviceCode(world.sessions, person)
    await world.backUp()
    expect(await signIn(world.sessions, code, true)).toMatchObject({ person })
    expect(await world.restore()).toMatchObject({ codes: 1 })
    expect(await signIn(world.sessions, code, true)).toBe('code-expired')
    await world.open() // any number of uses
  })

  test('mails that waited when the backup was made are not sent again, those asked for since are', async () => {
    const world = await setUp()
    const { store, now } = world
    const mails: string[] = []
    const send = async ({ to }: { to: string }) => {
      mails.push(to)
      return mails.length % 2 === 0 ? ('unreachable' as const) : ('sent' as const)
    }
    const sender = createSender({ store, mailer: { send }, origin: () => 'https://l', now })
    const people = [person, 'deltakar-sunnfjord']
    const inviteAll = () =>
      store.write((db) =>
        invite(db, { network: 'vestland', by: 'administrator', people, byMail: true }, now()),
      )
    for (const id of people) {
      const email = `${id}@stord.example`
      await store.db.updateTable('person').set({ email }).where('id', '=', id).execute()
    }
    const restoreLater = async () => {
      world.clock.now += 60 * day
      const { codes } = await world.restore()
      await sender.round()
      return codes
    }
    await inviteAll()
    await world.backUp() // both wait
    await sender.round()
    expect(mails).toHaveLength(2)
    expect(await restoreLater()).toBe(2)
    expect(mails).toHaveLength(2)

    await inviteAll()
    await sender.round()
    expect(mails).toHaveLength(4)
    await world.backUp() // one is sent, the other one waits for its second try
    expect(await restoreLater()).toBe(2)
    expect(mails).toHaveLength(4)
  })

  test('who was put out and then erased is erased', async () => {
    const world = await setUp()
    await world.backUp()
    await revokeMembership(world, group, person)
    await erasePerson(world, person)
    expect(await world.restore()).toMatchObject({ erased: 1, left: 0 })
    expect((await world.mine.sync()).status).toBe('gone')
  })
})
