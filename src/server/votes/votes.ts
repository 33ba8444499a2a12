import { isMetBy } from '../../shared/domain/line.ts'
import type { OutlineItem } from '../../shared/domain/outline.ts'
import { sumStep } from '../../shared/domain/sum-step.ts'
import {
  cloudOf,
  isVote,
  isVoteField,
  rankingOf,
  type VoteField,
  votesToTell,
} from '../../shared/domain/vote.ts'
import type { ToldVote, VoteResult, VoteSight } from '../../shared/domain/vote-answer.ts'
import { personScope } from '../../shared/words/scope.ts'
import type { Store } from '../store/store.ts'
import { type VoteKey, voteStore } from '../store/vote-store.ts'
import { isSummed, sumOf } from '../sums/sum-rule.ts'
import { type Answers, answersIn } from './read-answers.ts'
import { readSum, toldOf, type VoteSum } from './vote-sum.ts'

export interface VoteDeps {
  store: Store
  now: () => number
}

export interface Votes {
  /** What everybody is told; null if there is no such vote in the cohort. Counts nothing. */
  result(vote: VoteKey): Promise<VoteResult | null>
  /** What whoever runs the gathering is told, counted now. */
  sight(vote: VoteKey): Promise<VoteSight | null>
  /** False if there is no such vote. */
  setClosed(vote: VoteKey, closed: boolean): Promise<boolean>
}

/** However many look, and however often: answers are read again once in this time, and only if somebody has written. */
const readEveryMs = 1000
interface Reading {
  at: number
  /** The head of each voter's scope, and what was read there: only whose has moved is read again. */
  heads: Map<string, number>
  answers: Map<string, Answers>
  /** How many have a vote. */
  people: number
}

/**
 * The votes of cohorts at their gatherings. People's own documents are read here for the values of the vote's fields alone; the rule of
 * shared/domain/vote.ts says what of them is told. What has been read stays in this process's memory, for a hall votes at once and everybody
 * waits for the picture.
 */
export const createVotes = ({ store, now }: VoteDeps): Votes => {
  const { db } = store
  const readings = new Map<string, Promise<Reading>>()
  /** By the programme's hash, which never means another one: a look once a second does not parse all of it. */
  const votesByProgramme = new Map<string, Map<string, OutlineItem>>()

  const find = async ({ cohort, item: id }: VoteKey): Promise<OutlineItem | null> => {
    const hash = await voteStore.programmeOf(db, cohort)
    if (hash === undefined) return null
    const known = votesByProgramme.get(hash)
    if (known) return known.get(id) ?? null
    const outline = await voteStore.outlineOf(db, hash)
    const items = outline?.modules.flatMap((module) => module.items).filter(isVote) ?? []
    votesByProgramme.set(hash, new Map(items.map((item) => [item.id, item])))
    return items.find((item) => item.id === id) ?? null
  }

  const read = async (
    item: OutlineItem,
    cohort: string,
    last: Reading | null,
  ): Promise<Reading> => {
    const at = now()
    const scopes = await scopesOf(store, cohort, item)
    const heads = await voteStore.heads(db, scopes)
    const answers = new Map<string, Answers>()
    for (const [scope, head] of heads) {
      const known = last?.heads.get(scope) === head ? last.answers.get(scope) : undefined
      const read = known ?? (await answersIn(db, scope, item))
      if (read.size > 0) answers.set(scope, read)
    }
    return { at, heads, answers, people: scopes.length }
  }

  /** One reading at a time for each vote, whoever asks; no older than so many ms. */
  const current = async (
    item: OutlineItem,
    cohort: string,
    oldest = readEveryMs,
  ): Promise<Reading> => {
    const key = `${cohort}/${item.id}`
    const before = readings.get(key)
    const last = before ? await before.catch(() => null) : null
    if (last && now() - last.at < oldest) return last
    if (readings.get(key) !== before) return current(item, cohort, oldest)
    const reading = read(item, cohort, last)
    readings.set(key, reading)
    reading.catch(() => readings.delete(key))
    return reading
  }

  const count = async (
    vote: VoteKey,
    item: OutlineItem,
    { answers: byScope, people, at }: Reading,
  ): Promise<void> => {
    const closed = await voteStore.isClosed(db, vote)
    const sums = await stored(store, vote)
    // In an order of their own, whoever has answered when: some are held back.
    const answering = [...byScope.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
    const fresh = item.fields.filter(isVoteField).flatMap((field): Fresh[] => {
      const answers = answering.flatMap(([, one]) => {
        const answer = one.get(field.id)
        return answer ? [answer] : []
      })
      const before = sums.get(field.id)
      // Told no more; but it stays that so many have been.
      if (answers.length < sumStep)
        return before?.sum.told ? [{ field, before, sum: { ...before.sum, told: null } }] : []
      const next = votesToTell(answers.length, { told: before?.sum.answers ?? 0, people, closed })
      if (next === null) return []
      const told = toldIn(field, answers.slice(0, next))
      return told ? [{ field, before, sum: { answers: next, told } }] : []
    })
    if (fresh.length === 0) return
    await store.write(async (tx) => {
      for (const { field, before, sum } of fresh) {
        const body = JSON.stringify(sum)
        await voteStore.replaceSum(tx, vote, field.id, { before: before?.body ?? null, body, at })
      }
    })
  }

  const result = async (vote: VoteKey, known?: OutlineItem): Promise<VoteResult | null> => {
    const item = known ?? (await find(vote))
    if (!item) return null
    const sums = await stored(store, vote)
    const told = (field: string): ToldVote | null => {
      const sum = sums.get(field)?.sum
      return sum ? toldOf(sum) : null
    }
    return {
      closed: await voteStore.isClosed(db, vote),
      fields: item.fields.map(({ id }) => ({ field: id, told: told(id) })),
    }
  }

  return {
    result: (vote) => result(vote),
    sight: async (vote) => {
      const item = await find(vote)
      if (!item) return null
      const reading = await current(item, vote.cohort)
      await count(vote, item, reading)
      const told = await result(vote, item)
      const { people } = reading
      const answers = reading.answers.size
      const turnout = people < sumStep ? null : { answers, missing: Math.max(0, people - answers) }
      return told && { ...told, turnout }
    },
    setClosed: async (vote, closed) => {
      const item = await find(vote)
      if (!item) return false
      if (!closed) await voteStore.reopen(db, vote)
      else {
        await voteStore.close(db, vote, now())
        // What came a moment ago is in it, for it is counted only once more.
        await count(vote, item, await current(item, vote.cohort, 0))
      }
      return true
    },
  }
}

interface Fresh {
  field: VoteField
  before: Stored | undefined
  sum: VoteSum
}

/** `body` = the sum as it lies in the database. */
interface Stored {
  body: string
  sum: VoteSum
}

const stored = async ({ db }: Store, vote: VoteKey): Promise<Map<string, Stored>> =>
  new Map(
    (await voteStore.sums(db, vote)).map(({ field, body }) => [
      field,
      { body, sum: readSum(body) },
    ]),
  )

/** Of everybody who meets the item: tablets, staff and who came by a link do not vote. */
const scopesOf = async ({ db }: Store, cohort: string, item: OutlineItem): Promise<string[]> => {
  const more = await voteStore.moreAudiences(db, cohort)
  const voters = await voteStore.voters(db, cohort)
  return voters
    .filter(({ id, audience }) => {
      const others = more.filter(({ person }) => person === id).map((one) => one.audience)
      return isMetBy(audience, others)(item)
    })
    .map(({ id, run }) => personScope(id, run))
}

const toldIn = (field: VoteField, answers: readonly string[][]): ToldVote | null => {
  // As of options (sum-rule.ts): in steps, so that nobody is counted by adding up.
  const persons = Math.floor(answers.length / sumStep) * sumStep
  if (field.kind === 'words') return { kind: 'words', persons, words: cloudOf(answers) }
  if (field.kind === 'ranking') {
    const topics = field.options.map(({ id }) => id)
    return { kind: 'ranking', persons, topics: rankingOf(topics, answers) }
  }
  const sum = isSummed(field) ? sumOf(field, answers) : null
  return sum && { kind: 'counts', ...sum }
}
