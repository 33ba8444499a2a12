import type { Kysely } from 'kysely'

/** `person` and `device` are empty where their owner has been erased. */
export interface UpdateTable {
  scope: string
  seq: number
  doc: string
  hash: string
  bytes: Uint8Array
  size: number
  person: string
  device: string
  written_at: number
  received_at: number
}

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
  /** The stops of one municipality alone, or the dates that it has instead of the cohort's. */
  municipality_stop: Tables['cohort_stop'] & { municipality: string }
  /**
   * By which anybody becomes an anonymous person of this audience, `people_left` times yet. A demonstration link is refused
   * outside this machine.
   */
  municipality_link: {
    hash: string
    cohort: string
    municipality: string
    audience: string
    expires_at: number | null
    closed_at: number | null
    people_left: number
    demo: number
  }
  /**
   * `erased_at` not null = nothing but the id is left, and stays so. `link` = the hash of the link by which an anonymous person
   * came.
   */
  person: {
    id: string
    name: string
    role: string
    audience: string | null
    municipality: string | null
    cohort: string
    erased_at: number | null
    link: string | null
  }
  /** Who meets this audience of a municipality, in their own cohort, and sees its sums. */
  resource_person: { person: string; municipality: string; audience: string }
  /** When answers were last looked through, and how far everybody's words had come then. */
  sum_reading: {
    cohort: string
    municipality: string
    audience: string
    read_at: number
    heads: string
  }
  /** What may be told of a field's answers. `body` is JSON. */
  published_sum: {
    cohort: string
    municipality: string
    item: string
    field: string
    counted_at: number
    body: string
  }
  /** Whose answers are in a published sum, or were in an earlier one. */
  counted_person: {
    cohort: string
    municipality: string
    item: string
    field: string
    person: string
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
  /** That of an erased person opens nothing: by it their devices learn what to delete. */
  session: { hash: string; person: string; created_at: number; expires_at: number }
  /**
   * Who once belonged to a scope: what they still push is held for them alone. `left_seq` = the scope's head when they left,
   * the last number that they may have seen.
   */
  former_member: { scope: string; person: string; left_seq: number; left_at: number }
  scope: { id: string; epoch: number; head: number; status: 'ok' | 'gone' }
  /** Accepted updates of a scope, numbered without a gap, that are not in a snapshot yet. */
  update: UpdateTable
  /** Updates that are in their document's snapshot, every byte and number kept: the earlier versions. */
  archive: UpdateTable
  /** All updates of a document up to `snapshot_seq` as one, made by a Y.Doc that forgets nothing. */
  document: {
    scope: string
    doc: string
    snapshot: Uint8Array
    snapshot_seq: number
    size: number
  }
  /** Accepted words of somebody who has lost the right to write here: only the author reads them. */
  held: Omit<UpdateTable, 'seq'>
  /** Who has which document open now. `doc` empty = the device follows the scope. Rows are dead after `expires_at`. */
  presence: {
    scope: string
    device: string
    doc: string
    label: string
    role: string | null
    expires_at: number
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
  /** `Manifest` as JSON, by the file's hash. */
  media_manifest: { hash: string; body: string }
}

export type Database = Kysely<Tables>
