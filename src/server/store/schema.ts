import type { ColumnType, Kysely } from 'kysely'

/** Times are ms since 1970, days `yyyy-mm-dd`, hashes hexadecimal SHA-256. */
export interface Tables {
  municipality: { number: string; name: string; size: 'S' | 'M' | 'L' }
  cohort: { id: string; run: string; name: string; package: string; version: string }
  cohort_stop: {
    cohort: string
    stop: string
    starts: string | null
    ends: string | null
    place: string | null
    drawing: string | null
  }
  person: {
    id: string
    name: string
    role: string
    audience: string | null
    municipality: string | null
    cohort: string
  }
  working_group: { id: string; name: string; cohort: string; municipality: string | null }
  /** Who may read and write a scope. */
  membership: { scope: string; person: string }
  /** `uses_left` null = any number. A demonstration code is refused outside this machine. */
  sign_in_code: {
    hash: string
    person: string
    expires_at: number | null
    uses_left: number | null
    demo: number
  }
  session: { hash: string; person: string; created_at: number; expires_at: number }
  scope: { id: string; epoch: number; head: number; status: 'ok' | 'gone' }
  /** Every accepted update of a scope, numbered without a gap. */
  update: {
    scope: string
    seq: number
    doc: string
    hash: string
    bytes: Uint8Array
    size: ColumnType<number, number, never>
    person: string
    device: string
    written_at: number
    received_at: number
  }
  package_version: {
    id: string
    version: string
    hash: string
    outline: string
    published_at: number
  }
  package_text: { hash: string; body: string }
  /** Texts that are readable without a session. */
  open_text: { hash: string }
  media: { hash: string; size: number; type: string }
}

export type Database = Kysely<Tables>
