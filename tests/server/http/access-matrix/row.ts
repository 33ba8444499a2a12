import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Caller, MatrixWorld, Place, Things } from './world.ts'

export type Reach = 'own' | 'group' | 'cohort' | 'network'
export type May = 'anyone' | Partial<Record<Caller, Reach>>

export interface Row {
  /** How far each caller reaches; who is not named may not. Written by hand, beside the policy and not out of it. */
  may: May
  /** What there is to ask about: the first one is asked by those who may not at all. */
  targets: readonly Place[]
  ask(things: Things, world: MatrixWorld): Omit<InjectOptions, 'url'> & { path?: string }
  /** What is answered to whoever may; 200 unless said. */
  answer?: number
  /** Where every answer is 200: was it given? */
  reached?(response: LightMyRequestResponse): boolean
  /** The answer is a list of what is within reach: who reaches a cohort is told nothing of another one. */
  lists?: true
  /** Changes what other cells need: each cell that may gets a world of its own. */
  destroys?: true
  /** An erased person's devices are answered, and learn that all of it is gone. */
  erasedToo?: true
}
/** By `METHOD path` as it is declared. Several rows = several ways of asking the same route. */
export type Rows = Record<string, Row | readonly Row[]>

const people = [
  'participant',
  'politician',
  'resource',
  'facilitator',
  'administrator',
  'editor',
] as const
export const everyPerson = (reach: Reach): May =>
  Object.fromEntries(people.map((one) => [one, reach]))
export const everybody = (reach: Reach): May =>
  Object.fromEntries([...people, 'tablet' as const].map((one) => [one, reach]))

const order: readonly Place[] = ['own', 'group', 'cohort', 'network']

export const isExpected = (may: May, caller: Caller, place: Place): boolean => {
  if (may === 'anyone') return true
  const reach = may[caller]
  return (
    reach !== undefined && order.includes(place) && order.indexOf(place) <= order.indexOf(reach)
  )
}
