import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { personScope } from '../../src/shared/words/scope.ts'

export interface Person {
  id: string
  /** Their own. */
  scope: string
  /** Of a session. */
  token: string
}

const model = 'deltakar-stord'
const run = 'vestland-1'
export const sessionCookie = 'loft_session'

/** Signed-in people, put straight into the server's database: what is measured is not the signing in. */
export const addPeople = (dataDir: string, ids: readonly string[]): Person[] => {
  const db = new DatabaseSync(join(dataDir, 'loft.sqlite'))
  db.exec('PRAGMA busy_timeout = 5000')
  const person = db.prepare('SELECT * FROM person WHERE id = ?').get(model)
  const member = db
    .prepare('SELECT * FROM membership WHERE person = ? AND scope = ?')
    .get(model, personScope(model, run))
  if (!person || !member) throw new Error('the demonstration has no such person')
  const insert = (table: string, row: Record<string, unknown>): void => {
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    const values = Object.values(row) as (string | number | null)[]
    db.prepare(`INSERT INTO "${table}" (${names.join(', ')}) VALUES (${marks})`).run(...values)
  }
  db.exec('BEGIN IMMEDIATE')
  const people = ids.map((id) => {
    const token = randomBytes(32).toString('base64url')
    const scope = personScope(id, run)
    insert('person', { ...person, id })
    insert('membership', { ...member, person: id, scope })
    const now = Date.now()
    insert('session', {
      hash: createHash('sha256').update(token).digest('hex'),
      person: id,
      created_at: now,
      expires_at: now + 90 * 24 * 60 * 60 * 1000,
    })
    return { id, scope, token }
  })
  db.exec('COMMIT')
  db.close()
  return people
}
