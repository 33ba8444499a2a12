import { request } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { decodeAnswer, type ScopeAnswer } from '../../src/shared/protocol/frames.ts'
import { paths, principalHeader } from '../../src/shared/protocol/paths.ts'
import { createDocument, wholeState, writeText } from '../../src/shared/words/document.ts'
import { documentId } from '../../src/shared/words/scope.ts'
import { codes, frame, push } from '../server/sync/sync-client.ts'
import type { Note } from './notes.ts'
import { type Person, sessionCookie } from './people.ts'

const zip = promisify(gzip)
const unzip = promisify(gunzip)

export interface Prepared {
  path: string
  headers: Record<string, string>
  body: Buffer
}

/** A sync that pushes these notes, each a document of its own, as the page would send it. */
export const syncRequest = (person: Person, notes: readonly Note[]): Promise<Prepared> =>
  syncFrame(person, {
    pushes: notes.map(({ task, text }) => {
      const doc = createDocument()
      writeText(doc, 'f/notat', text)
      const update = wholeState(doc)
      doc.destroy()
      return { doc: documentId(person.scope, task), update }
    }),
  })

/** Any sync of a person about their own scope. */
export const syncFrame = async (
  { id, scope, token }: Person,
  asked: {
    pushes: readonly { doc: string; update: Uint8Array }[]
    epoch?: number
    cursor?: number
    budget?: number
  },
): Promise<Prepared> => {
  const { epoch = 0, cursor = 0, budget } = asked
  const pushes = asked.pushes.map(({ doc, update }) => push(doc, update))
  return {
    path: paths.sync,
    headers: {
      'content-type': 'application/octet-stream',
      'content-encoding': 'gzip',
      'accept-encoding': 'gzip',
      cookie: `${sessionCookie}=${token}`,
      [principalHeader]: id,
    },
    body: await zip(frame([{ id: scope, epoch, cursor, pushes }], budget)),
  }
}

/** The same notes for the limit's server. */
export const limitRequest = async (notes: readonly Note[]): Promise<Prepared> => ({
  path: '/notes',
  headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  body: await zip(JSON.stringify(notes)),
})

/** One POST on a connection of its own, as from a device that wakes up. */
export const post = (
  port: number,
  { path, headers, body }: Prepared,
): Promise<{ status: number; body: Buffer }> =>
  new Promise((resolve, reject) => {
    const asked = request(
      { port, host: '127.0.0.1', path, method: 'POST', agent: false, headers },
      async (answer) => {
        try {
          const chunks: Buffer[] = []
          for await (const chunk of answer) chunks.push(chunk)
          const bytes = Buffer.concat(chunks)
          const isZipped = answer.headers['content-encoding'] === 'gzip'
          resolve({
            status: answer.statusCode ?? 0,
            body: isZipped ? await unzip(bytes) : bytes,
          })
        } catch (error) {
          reject(error)
        }
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })

export const answerOf = (body: Buffer): ScopeAnswer => {
  const [answer] = decodeAnswer(new Uint8Array(body)).scopes
  if (!answer) throw new Error('no answer about the scope')
  return answer
}

/** How many of the pushes have their receipt. */
export const accepted = (body: Buffer): number =>
  codes(answerOf(body)).filter((code) => code === 'accepted').length
