import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sha256 } from '../../../src/server/store/hash.ts'
import { decodeAnswer, encodeRequest, type Push } from '../../../src/shared/protocol/frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  createDocument,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { documentId, groupScope, personScope } from '../../../src/shared/words/scope.ts'
import type { TestServer } from './server.ts'

export const hallCohort = 'vestland-1-kull-1'
const run = 'vestland-1'

export interface Voter {
  id: string
  /** The scope of one's own words, and of one's group's. */
  own: string
  group: string
  cookie: string
}

/**
 * A hall of people in groups, straight in the database of the running server, with a session each; those of the demonstration have no
 * vote. `facilitator` = the cookie of one.
 */
export const seatHall = (
  { data }: Pick<TestServer, 'data'>,
  { people, groups }: { people: number; groups: number },
): { voters: Voter[]; facilitator: string } => {
  const db = new DatabaseSync(join(data, 'loft.sqlite'))
  db.exec('pragma busy_timeout = 5000')
  db.exec('begin immediate')
  db.prepare(`update person set audience = 'folkevalde' where role = 'participant'`).run()
  const session = (person: string): string => {
    const token = randomBytes(24).toString('base64url')
    db.prepare(
      'insert into session (hash, person, created_at, expires_at) values (?, ?, ?, ?)',
    ).run(sha256(token), person, Date.now(), Date.now() + 86_400_000)
    return `loft_session=${token}`
  }
  const member = db.prepare('insert into membership (scope, person) values (?, ?)')
  for (let index = 0; index < groups; index++) {
    db.prepare('insert into working_group (id, name, cohort) values (?, ?, ?)').run(
      `bord-${index}`,
      `Bord ${index + 1}`,
      hallCohort,
    )
  }
  const voters = Array.from({ length: people }, (_, index) => {
    const id = `deltakar-${index}`
    const scopes = { own: personScope(id, run), group: groupScope(`bord-${index % groups}`) }
    db.prepare(
      `insert into person (id, name, role, audience, cohort) values (?, 'Deltakar', 'participant', 'leiargruppe', ?)`,
    ).run(id, hallCohort)
    member.run(scopes.own, id)
    member.run(scopes.group, id)
    return { id, ...scopes, cookie: session(id) }
  })
  const facilitator = session('fasilitator')
  db.exec('commit')
  db.close()
  return { voters, facilitator }
}

/** One sync as a device would send it; false if it was refused, or a word has no receipt. */
export const pushAs = async (
  { origin }: Pick<TestServer, 'origin'>,
  { id, cookie }: Voter,
  scopes: readonly { scope: string; pushes: Push[] }[],
): Promise<boolean> => {
  const answer = await fetch(`${origin}${paths.sync}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body: encodeRequest({
      device: `${id}-nettbrett`,
      budget: 100_000,
      scopes: scopes.map(({ scope, pushes }) => ({ id: scope, epoch: 0, cursor: 0, pushes })),
    }) as Uint8Array<ArrayBuffer>,
  })
  const body = new Uint8Array(await answer.arrayBuffer())
  return (
    answer.ok &&
    decodeAnswer(body).scopes.every(({ acks }) => acks.every((ack) => ack === 'accepted'))
  )
}

/** A vote's answers: scales by their number, words as they are typed. */
export const ballot = (
  voter: Voter,
  vote: string,
  answers: Readonly<Record<string, number | string>>,
): Push => {
  const doc = createDocument()
  for (const [field, answer] of Object.entries(answers)) {
    if (typeof answer === 'number') writeScalars(doc, [[field, answer]])
    else writeText(doc, `f/${field}`, answer)
  }
  const update = wholeState(doc)
  doc.destroy()
  return { doc: documentId(voter.own, vote), writtenAt: Date.now(), update }
}
