import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { fromBase64Url, toBase64Url } from '../../shared/protocol/base64-url.ts'
import type { Database } from '../store/schema.ts'

/** What the server signs: short keys, as in table-link.ts. */
const payloadSchema = v.strictObject({
  /** Group, its generation of codes, and the stop that the table is set for. */
  g: v.string(),
  n: v.number(),
  s: v.nullable(v.string()),
  /** Until when, ms since 1970. */
  e: v.number(),
  /** Random: two links of the same table are not alike. */
  r: v.string(),
})
export type TablePayload = v.InferOutput<typeof payloadSchema>

/** `<payload>.<HMAC-SHA256>`, both base64url. */
export const signTable = (secret: string, payload: Omit<TablePayload, 'r'>): string => {
  const text = toBase64Url(JSON.stringify({ ...payload, r: randomBytes(6).toString('base64url') }))
  return `${text}.${signatureOf(secret, text)}`
}

/** Null for whatever this server has not signed. */
export const readTableToken = (secret: string, token: string): TablePayload | null => {
  const [text = '', signature = '', ...more] = token.split('.')
  const [told, ours] = [Buffer.from(signature), Buffer.from(signatureOf(secret, text))]
  if (more.length > 0 || told.length !== ours.length || !timingSafeEqual(told, ours)) return null
  const read = v.safeParse(payloadSchema, JSON.parse(fromBase64Url(text) ?? 'null'))
  return read.success ? read.output : null
}

const signatureOf = (secret: string, text: string): string =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('base64url')

/** Made by whichever node needs it first. */
export const tableSecret = async (db: Database): Promise<string> => {
  const read = () =>
    db.selectFrom('secret').select('value').where('name', '=', 'table').executeTakeFirst()
  const known = await read()
  if (known) return known.value
  await db
    .insertInto('secret')
    .values({ name: 'table', value: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  return (await read())?.value ?? ''
}
