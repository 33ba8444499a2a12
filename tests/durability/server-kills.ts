import { createHash } from 'node:crypto'
import type { ScopeAnswer } from '../../src/shared/protocol/frames.ts'
import {
  applyUpdates,
  createDocument,
  onLocalUpdate,
  readPlain,
  writeText,
} from '../../src/shared/words/document.ts'
import { documentId } from '../../src/shared/words/scope.ts'
import { answerOf, post, syncFrame } from '../bench/clients.ts'
import { addPeople, type Person } from '../bench/people.ts'
import type { Program } from '../bench/programs.ts'
import { codes } from '../server/sync/sync-client.ts'

export interface ServerKills {
  kills: number
  acknowledged: number
  /** Were in a request when the server died, and were sent again. */
  inDoubt: number
  /** Acknowledged words that the server did not have afterwards. */
  lost: string[]
  /** Words that stand twice in their text, and updates that came twice. */
  doubled: string[]
}

interface Written {
  doc: string
  word: string
  update: Uint8Array
}

/** A protocol client that writes one word an update, and remembers what was promised. */
interface Client {
  person: Person
  cursor: number
  epoch: number
  unsent: Written[]
  acknowledged: Written[]
  /** Everything the server gave, by document. */
  pulled: Map<string, Uint8Array[]>
}

/**
 * Clients push without a pause; SIGKILL comes at a random moment, every other time in the very turn in which an acknowledgement
 * arrives. After each restart every acknowledged word must be there, once, and what is in doubt is sent again.
 */
export const killServer = async (
  server: Program,
  { kills, clients, random }: { kills: number; clients: number; random: () => number },
): Promise<ServerKills> => {
  const ids = Array.from({ length: clients }, (_, index) => `writer-${index}`)
  const all = addPeople(server.dataDir, ids).map(
    (person): Client => ({
      person,
      cursor: 0,
      epoch: 0,
      unsent: [],
      acknowledged: [],
      pulled: new Map(),
    }),
  )
  const result: ServerKills = { kills: 0, acknowledged: 0, inDoubt: 0, lost: [], doubled: [] }
  for (; result.kills < kills; result.kills++) {
    await pushUntilKilled(server, all, result.kills, random)
    await server.restart()
    for (const client of all) {
      result.inDoubt += client.unsent.length
      await pullAll(server, client)
      check(client, result)
    }
  }
  // What was in doubt at the last kill goes in too, and nothing has come twice by it.
  for (const client of all) {
    while (client.unsent.length > 0) await push(server, client)
    await pullAll(server, client)
    check(client, result)
    result.acknowledged += client.acknowledged.length
  }
  return result
}

const pushUntilKilled = async (
  server: Program,
  clients: readonly Client[],
  kill: number,
  random: () => number,
): Promise<void> => {
  let isKilled = false
  const die = (): void => {
    isKilled = true
    server.kill()
  }
  const atReceipt = kill % 2 === 1
  let receiptsLeft = 1 + Math.floor(random() * 40)
  // At a receipt the clock is only a net, for a server that gives none.
  const timer = setTimeout(die, atReceipt ? 20_000 : 20 + random() * 300)
  await Promise.all(
    clients.map(async (client) => {
      const write = writer(client, documentId(client.person.scope, `runde-${kill}`), random)
      while (!isKilled) {
        while (client.unsent.length < 1 + random() * 6) write()
        try {
          await push(server, client, () => {
            receiptsLeft--
            if (atReceipt && receiptsLeft === 0) die()
          })
        } catch {
          return // the server is gone: what was under way stays unsent
        }
      }
    }),
  )
  clearTimeout(timer)
  if (!isKilled) throw new Error('the server ended by itself')
}

/** Each call writes one more word behind the text of a new document. */
const writer = (client: Client, doc: string, random: () => number): (() => void) => {
  const document = createDocument()
  let text = ''
  let word = ''
  onLocalUpdate(document, (update) => client.unsent.push({ doc, word, update }))
  return () => {
    word = `${doc.slice(doc.indexOf('/') + 1)}.${client.acknowledged.length}.${client.unsent.length}`
    text += `${word}${'x'.repeat(Math.floor(random() ** 4 * 2000))} `
    writeText(document, 'f/tekst', text)
  }
}

/** One request with everything unsent; `acknowledged` is called before anything else can happen. */
const push = async (
  server: Program,
  client: Client,
  acknowledged: () => void = () => {},
): Promise<void> => {
  const sent = [...client.unsent]
  const answer = await trip(server, client, sent)
  acknowledged()
  const taken = new Set(sent.filter((_, index) => codes(answer)[index] === 'accepted'))
  if (taken.size !== sent.length) throw new Error(`refused: ${codes(answer).join(' ')}`)
  client.acknowledged.push(...taken)
  client.unsent = client.unsent.filter((one) => !taken.has(one))
}

const trip = async (
  server: Program,
  client: Client,
  pushes: readonly Written[],
): Promise<ScopeAnswer> => {
  const { cursor, epoch, person } = client
  // Pushing takes nothing in, as far as the protocol lets it: what came is read after the restart.
  const budget = pushes.length > 0 ? 1 : 200_000
  const request = await syncFrame(person, { epoch, cursor, pushes, budget })
  const { status, body } = await post(server.port, request)
  if (status !== 200) throw new Error(`status ${status}`)
  const answer = answerOf(body)
  if (client.epoch !== 0 && answer.epoch !== client.epoch) throw new Error('another epoch')
  client.epoch = answer.epoch
  return answer
}

const pullAll = async (server: Program, client: Client): Promise<void> => {
  for (let more = true; more; ) {
    const answer = await trip(server, client, [])
    for (const item of answer.items) {
      const updates = client.pulled.get(item.doc) ?? []
      client.pulled.set(item.doc, [...updates, item.update])
    }
    more = answer.more
    client.cursor = answer.cursor
  }
}

const check = (client: Client, result: ServerKills): void => {
  const wordsByDoc = new Map<string, string[]>()
  for (const { doc, word } of client.acknowledged)
    wordsByDoc.set(doc, [...(wordsByDoc.get(doc) ?? []), word])
  for (const [doc, words] of wordsByDoc) {
    const updates = client.pulled.get(doc) ?? []
    const document = createDocument()
    applyUpdates(document, updates)
    const stands = (readPlain(document).texts['f/tekst'] ?? '').split(' ')
    document.destroy()
    const found = new Map<string, number>()
    for (const one of stands) {
      const word = one.replace(/x+$/, '')
      found.set(word, (found.get(word) ?? 0) + 1)
    }
    for (const word of words) {
      if (!found.has(word)) result.lost.push(`${doc} ${word}`)
      if ((found.get(word) ?? 0) > 1) result.doubled.push(`${doc} ${word}`)
    }
    const hashes = updates.map((update) => createHash('sha256').update(update).digest('hex'))
    if (new Set(hashes).size < hashes.length) result.doubled.push(`${doc}: an update came twice`)
  }
}
