import * as v from 'valibot'
import { fromBase64Url, toBase64Url } from '../protocol/base64-url.ts'
import { groupScope } from '../words/scope.ts'
import { sizeClassSchema } from './field.ts'
import type { Me } from './person.ts'
import { tabletOf } from './tablet-id.ts'
import { idSchema } from './text.ts'

// A link to a group's table: `<facts>.<payload>.<signature>`, each base64url, the last two the token that the server checks. It stands
// in the fragment of an address, which no browser sends. The facts are what a tablet needs to begin without a network; the keys are
// short, since every letter makes the picture of the link finer.

const day = v.nullable(v.string())
const factsSchema = v.strictObject({
  /** Group, its name, and whether it is of service areas. */
  g: v.string(),
  n: v.string(),
  k: v.picklist(['leadership', 'service-area']),
  /** The gathering that the group is for, if it is for one alone. */
  o: v.nullable(idSchema),
  /** Number, name and size class of the municipality. */
  m: v.nullable(v.tuple([v.string(), v.string(), sizeClassSchema])),
  /** Cohort and its name, run, network. */
  c: v.tuple([idSchema, v.string()]),
  r: idSchema,
  w: v.string(),
  /** The stop that the table is set for, its days and place. */
  d: v.nullable(v.tuple([idSchema, day, day, day])),
  /** ms since 1970. */
  e: v.number(),
  /** The first sixteen letters of the programme's hash. */
  p: v.string(),
})
export type TableFacts = v.InferOutput<typeof factsSchema>

const packageLetters = 16
export const shortHash = (hash: string): string => hash.slice(0, packageLetters)

export const writeTableLink = (facts: TableFacts, token: string): string =>
  `${toBase64Url(JSON.stringify(facts))}.${token}`

/** Null for what is no link. Whether the signature is true the server alone can tell. */
export const readTableLink = (link: string): { facts: TableFacts; token: string } | null => {
  const [facts = '', ...token] = link.split('.')
  const text = fromBase64Url(facts)
  if (text === null || token.length !== 2) return null
  try {
    const read = v.safeParse(factsSchema, JSON.parse(text))
    return read.success ? { facts: read.output, token: token.join('.') } : null
  } catch {
    return null
  }
}

/** Who the tablet is until the server has been asked: the same principal and scopes that it will say. */
export const meAtTable = (facts: TableFacts, secretHash: string): Me => ({
  principal: tabletOf(secretHash),
  name: facts.n,
  role: 'group-tablet',
  audience: null,
  municipality: facts.m ? { number: facts.m[0], name: facts.m[1], size: facts.m[2] } : null,
  personScope: null,
  groups: [{ scope: groupScope(facts.g), name: facts.n, kind: facts.k, stop: facts.o }],
  run: facts.r,
  network: facts.w,
  cohort: {
    id: facts.c[0],
    name: facts.c[1],
    stops: facts.d
      ? [
          {
            stop: facts.d[0],
            starts: facts.d[1],
            ends: facts.d[2],
            place: facts.d[3],
            drawing: null,
          },
        ]
      : [],
  },
})
