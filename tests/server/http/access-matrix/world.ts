import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { AppDeps } from '../../../../src/server/app-deps.ts'
import { listDevices } from '../../../../src/server/people/devices.ts'
import { makeLink } from '../../../../src/server/people/municipality-link.ts'
import { makeNetwork } from '../../../../src/server/people/network.ts'
import { endSession, openSession } from '../../../../src/server/people/sessions.ts'
import { sha256 } from '../../../../src/server/store/hash.ts'
import type { Database } from '../../../../src/server/store/schema.ts'
import { createDocument, wholeState, writeScalars } from '../../../../src/shared/words/document.ts'
import { encodeHandingIn, handedInKey } from '../../../../src/shared/words/handing-in.ts'
import { groupScope, personScope } from '../../../../src/shared/words/scope.ts'
import { groupTask, item, outlineOf, text } from '../../../shared/domain/sample-outline.ts'
import { frame, post, push } from '../../sync/sync-client.ts'
import { testApp } from '../../test-app.ts'

/** Who asks. The first three are nobody that the server answers. */
export const callers = [
  'nobody',
  'ended',
  'erased',
  'participant',
  'politician',
  'resource',
  'tablet',
  'facilitator',
  'administrator',
  'editor',
] as const
export type Caller = (typeof callers)[number]

/**
 * What is asked about: something of the caller's own, of their group, elsewhere in their cohort, elsewhere in their network, of
 * another network; or nothing at all.
 */
export const places = ['own', 'group', 'cohort', 'network', 'other', 'missing'] as const
export type Place = (typeof places)[number]

/** One thing of each kind at a place. Ids. */
export interface Things {
  person: string
  personScope: string
  group: string
  groupScope: string
  cohort: string
  run: string
  stop: string
  contact: string
  report: string
  device: string
  lecturer: string
  waiting: string
  registration: string
  tablet: string
  card: string
}

export interface MatrixWorld {
  app: FastifyInstance
  db: Database
  /** The Cookie header; none for nobody. */
  cookies: Record<Caller, string | undefined>
  /** What is at a place, seen from a caller. */
  things(caller: Caller, place: Place): Things
  /** The server's clock, ms since 1970. */
  now(): number
  /** Of a municipality, with places left. */
  linkToken: string
}

const personOf: Partial<Record<Caller, string>> = {
  participant: 'deltakar-stord',
  politician: 'politikar-stord',
  resource: 'ressursperson-stord',
  tablet: 'gruppe-stord',
  facilitator: 'fasilitator',
  administrator: 'administrator',
  editor: 'redaktor',
}
/** In which everybody has written. */
export const task = 'base.strategi.oppgave'
/** That every group but the caller's own has handed in. */
export const sheet = 'base.strategi.ark'
export const vote = 'base.strategi.rost'
const poll = item(vote, {
  kind: 'task',
  stop: 'g1',
  fields: [{ id: 'ord', kind: 'words', sees: 'aggregate', label: text('Tre ord') }],
})
const home = { network: 'vestland', run: 'vestland-1', cohort: 'vestland-1-kull-1' }

/** The demonstration's network with a second cohort, and another network beside it. */
export const openMatrixWorld = async (changes: Partial<AppDeps> = {}): Promise<MatrixWorld> => {
  const { app, db, store, clock } = await testApp(changes)
  const deps = { db, now: () => clock.now }
  await publish(db)

  // 1. Sessions. Everybody has two, so that one can be ended.
  const cookies = { nobody: undefined } as MatrixWorld['cookies']
  const cookieOf = async (person: string): Promise<{ cookie: string; token: string }> => {
    const { token } = await openSession(deps, db, person, null)
    return { cookie: `loft_session=${token}`, token }
  }
  const devices = new Map<string, string>()
  for (const [caller, person] of Object.entries(personOf)) {
    const { cookie, token } = await cookieOf(person)
    cookies[caller as Caller] = cookie
    await openSession(deps, db, person, 'Firefox, Windows')
    const { devices: all } = await listDevices(deps, person, token)
    devices.set(person, all.find(({ isThis }) => !isThis)?.id ?? '')
  }
  const gone = await cookieOf('deltakar-sunnfjord')
  cookies.erased = gone.cookie
  await db
    .updateTable('person')
    .set({ name: '', erased_at: clock.now })
    .where('id', '=', 'deltakar-sunnfjord')
    .execute()
  const ended = await cookieOf('deltakar-stord')
  cookies.ended = ended.cookie
  await endSession(db, sha256(ended.token))

  // 2. Words of everybody's, for history is told of documents that are there. And somebody who administers after the first.
  for (const [caller, person] of Object.entries(personOf)) {
    const scopes = [
      ...(caller === 'tablet' ? [] : [personScope(person, home.run)]),
      ...(caller === 'participant' ? [groupScope('leiargruppa-stord')] : []),
    ]
    for (const id of scopes) {
      const pushes = [push(`${id}/${task}`, 'ord')]
      await post(app, cookies[caller as Caller] ?? '', frame([{ id, pushes }]))
    }
  }
  await db
    .insertInto('person')
    .values({ id: 'nummer-to', name: 'Administrator', role: 'administrator', cohort: home.cohort })
    .execute()

  // 3. Things at every place.
  const at = {
    cohort: await furnish(db, home, clock.now),
    network: await furnish(db, { ...home, cohort: 'det-andre-kullet' }, clock.now),
    other: await (async () => {
      await store.write((tx) =>
        makeNetwork(tx, { name: 'Ein annan stad', package: 'base', version: '1.0.0' }, clock.now),
      )
      const { id: network } = await db
        .selectFrom('network')
        .select('id')
        .where('name', '=', 'Ein annan stad')
        .executeTakeFirstOrThrow()
      const { id: run } = await db
        .selectFrom('programme_run')
        .select('id')
        .where('network', '=', network)
        .executeTakeFirstOrThrow()
      return furnish(db, { network, run, cohort: 'annan-stad-kull-2' }, clock.now)
    })(),
    missing: {
      ...empty(),
      stop: 'samling-9',
      personScope: 'u:ingen:vestland-1',
      groupScope: 'g:ingen',
    },
  }
  const stordsTablet = empty().tablet
  await layTablet(db, stordsTablet, 'leiargruppa-stord', home.cohort, clock.now)
  const stordsCard = randomUUID()
  await share(db, stordsCard, { ...home, group: 'leiargruppa-stord' }, clock.now)
  return {
    app,
    db,
    cookies,
    now: () => clock.now,
    linkToken: await makeLink(db, {
      cohort: home.cohort,
      municipality: '4614',
      audience: 'folkevalde',
      expiresAt: null,
    }),
    things: (caller, place) => {
      const person = personOf[caller] ?? 'deltakar-stord'
      const own = {
        ...at.cohort,
        person,
        personScope: personScope(person, home.run),
        device: devices.get(person) ?? '',
      }
      if (place === 'own') return own
      if (place === 'group')
        return {
          ...own,
          group: 'leiargruppa-stord',
          groupScope: groupScope('leiargruppa-stord'),
          tablet: stordsTablet,
          card: stordsCard,
        }
      return at[place]
    },
  }
}

const empty = (): Things => ({
  person: randomUUID(),
  personScope: '',
  group: randomUUID(),
  groupScope: '',
  cohort: randomUUID(),
  run: randomUUID(),
  stop: 'samling-1',
  contact: randomUUID(),
  report: randomUUID(),
  device: '0'.repeat(24),
  lecturer: randomUUID(),
  waiting: randomUUID(),
  registration: randomUUID(),
  tablet: `bord-${randomUUID().replaceAll('-', '').slice(0, 20)}`,
  card: randomUUID(),
})

/** A cohort with a participant, a group that they are in, and one of everything else. */
const furnish = async (
  db: Database,
  { network, run, cohort }: typeof home,
  now: number,
): Promise<Things> => {
  const made = { ...empty(), run, cohort }
  const things = {
    ...made,
    personScope: personScope(made.person, run),
    groupScope: groupScope(made.group),
  }
  const municipality = '4614'
  await db
    .insertInto('cohort')
    .values({ id: cohort, run, name: cohort, package: 'base', version: '1.0.0' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('cohort_stop')
    .values(
      // g1 is of the programme that they follow.
      ['samling-1', 'g1'].map((stop) => {
        return { cohort, stop, starts: '2026-12-09', ends: '2026-12-10', place: 'Førde' }
      }),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('person')
    .values({
      id: things.person,
      name: 'IKT-leiar, Stord',
      role: 'participant',
      audience: 'ikt',
      municipality,
      cohort,
      email: `${things.person}@stord.example`,
    })
    .execute()
  await db
    .insertInto('working_group')
    .values({ id: things.group, name: 'Ei gruppe', cohort, municipality: null })
    .execute()
  for (const scope of [things.personScope, things.groupScope]) {
    await db.insertInto('membership').values({ scope, person: things.person }).execute()
  }
  await layTablet(db, things.tablet, things.group, cohort, now)
  await handIn(db, things, now)
  await share(db, things.card, { network, cohort, group: things.group }, now)
  await db
    .insertInto('contact_person')
    .values({ id: things.contact, network, municipality: null, name: 'Prosjektleiar', task: 'Alt' })
    .execute()
  const item = 'base.strategi.artikkel'
  await db
    .insertInto('content_report')
    .values({
      id: things.report,
      network,
      person: things.person,
      package: 'base',
      version: '1.0.0',
      item,
      language: 'nn',
      body: 'Ein skrivefeil.',
      sent_at: now,
    })
    .execute()
  await db
    .insertInto('lecturer')
    .values({
      id: things.lecturer,
      cohort,
      stop: 'samling-1',
      name: 'Rådgjevar',
      topic: 'Skisser',
      about: '',
    })
    .execute()
  await db
    .insertInto('waiting_person')
    .values({
      id: things.waiting,
      cohort,
      municipality,
      name: 'HR-leiar, Stord',
      email: `ventar-${things.waiting}@stord.example`,
      audience: 'hr',
      asked_at: now,
    })
    .execute()
  await db
    .insertInto('registration_link')
    .values({
      hash: sha256(things.registration),
      id: things.registration,
      cohort,
      municipality,
      made_at: now,
      expires_at: now + 86_400_000,
    })
    .execute()
  const deps = { db, now: () => now }
  await openSession(deps, db, things.person, null)
  const [device] = (await listDevices(deps, things.person, '')).devices
  return { ...things, device: device?.id ?? '' }
}

/** The group's sheet, as its person has handed it in. */
const handIn = async (
  db: Database,
  { groupScope: scope, person }: Things,
  now: number,
): Promise<void> => {
  const words = createDocument()
  writeScalars(words, [[handedInKey, encodeHandingIn({ id: 'x', at: now, label: 'Ei gruppe' })]])
  const bytes = wholeState(words)
  await db.insertInto('scope').values({ id: scope, epoch: 1, head: 1, status: 'ok' }).execute()
  await db
    .insertInto('update')
    .values({
      ...{ scope, seq: 1, doc: `${scope}/${sheet}`, hash: sha256(scope), bytes },
      ...{ size: bytes.length, person, device: 'a-device', written_at: now, received_at: now },
    })
    .execute()
}

/** A card for the group's own cohort. */
const share = async (
  db: Database,
  id: string,
  { network, cohort, group }: { network: string; cohort: string; group: string },
  now: number,
): Promise<void> => {
  const card = { title: 'Nattevakt', what: 'Sensorar', gives: '', takes: '', contact: '' }
  await db
    .insertInto('shared_card')
    .values({
      ...{ id, network, cohort, working_group: group, reach: 'cohort', published_at: now },
      body: JSON.stringify({ ...card, modules: [] }),
    })
    .execute()
}

/** A device that has joined a group's table. */
const layTablet = async (
  db: Database,
  person: string,
  group: string,
  cohort: string,
  now: number,
): Promise<void> => {
  await db
    .insertInto('person')
    .values({ id: person, name: 'Ei gruppe', role: 'group-tablet', cohort })
    .execute()
  await db
    .insertInto('membership')
    .values({ scope: groupScope(group), person })
    .execute()
  const times = { joined_at: now, seen_at: now, expires_at: now + 86_400_000 }
  await db
    .insertInto('tablet')
    .values({ person, working_group: group, label: 'Chrome, Android', unsent: 0, ...times })
    .execute()
}

const meeting = {
  stop: 'g1',
  activities: [
    {
      id: 'opning',
      minutes: 20,
      title: text('Opning'),
      text: text('Kom'),
      item: null,
      guide: { nn: 'a'.repeat(64), nb: 'b'.repeat(64) },
    },
  ],
}

const publish = async (db: Database): Promise<void> => {
  const audiences = ['leiargruppe', 'hr', 'ikt', 'tillitsvalde', 'folkevalde'].map((id, index) => ({
    id,
    number: index + 1,
    title: text(id),
  }))
  await db
    .insertInto('package_version')
    .values({
      id: 'base',
      version: '1.0.0',
      hash: '0'.repeat(64),
      outline: JSON.stringify({
        ...outlineOf([groupTask(sheet, 'g1'), poll]),
        audiences,
        gatherings: [meeting],
      }),
      published_at: 0,
    })
    .execute()
}
