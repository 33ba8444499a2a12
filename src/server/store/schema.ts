import type { Generated, Kysely } from 'kysely'

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
  /** A tenant: its people never see another's. */
  network: { id: string; name: string; created_at: number }
  /** `keep_months` after `ends_on` its people are erased; null = they stay. */
  programme_run: {
    id: string
    network: string
    name: string
    ends_on: string | null
    keep_months: number | null
  }
  /** `capacity` counts participants: neither staff nor who came by a link. */
  cohort: {
    id: string
    run: string
    name: string
    package: string
    version: string
    capacity: Generated<number>
  }
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
   * came. `role` and `audience` are the first of theirs; more stand in the tables behind. `email` is in lower case.
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
    email: string | null
    service_area: string | null
  }
  person_role: { person: string; role: string }
  person_audience: { person: string; audience: string }
  /** The facilitators of a cohort. */
  cohort_staff: { cohort: string; person: string }
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
  /** A leadership group, or the people of some municipalities at one gathering (`stop`). */
  working_group: {
    id: string
    name: string
    cohort: string
    municipality: string | null
    kind: Generated<'leadership' | 'service-area'>
    stop: string | null
    /** A link to the group's table made in an earlier one lets nobody in any more. */
    table_generation: Generated<number>
  }
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
  session: {
    hash: string
    person: string
    created_at: number
    expires_at: number
    /** Browser and system, such as `Firefox, Windows`. */
    label: string | null
    /** Signed out from another device: opens nothing, and tells its own device to lock itself. */
    ended_at: number | null
  }
  /** A sign-in code for one use, made by an administrator. `mail`: none = no mail server, the link was shown. */
  invitation: {
    hash: string
    person: string
    made_by: string | null
    made_at: number
    expires_at: number
    used_at: number | null
    mail: 'none' | 'waiting' | 'sent' | 'failed'
    mail_at: number | null
  }
  /** Who somebody is at an OpenID provider. One of its people may be a person in several networks. */
  identity: { issuer: string; subject: string; person: string; bound_at: number }
  /** A sign-in on its way to a provider and back. `state` and `browser` are hashes, `invitation` that of the open one. */
  oidc_flow: {
    state: string
    provider: string
    browser: string
    nonce: string
    verifier: string
    invitation: string | null
    expires_at: number
  }
  /**
   * What an administrator says of a stop beyond its days. Times `hh:mm` in Europe/Oslo, `agenda` JSON, `travel_day` 1 = people
   * travel the day before, `sequence` = how often it was changed.
   */
  gathering: {
    cohort: string
    stop: string
    starts_at: string | null
    ends_at: string | null
    address: string | null
    meeting_link: string | null
    practical: string | null
    agenda: string
    travel_day: number
    sequence: number
    changed_at: number
    cancelled_at: number | null
  }
  lecturer: {
    id: string
    cohort: string
    stop: string
    name: string
    topic: string
    about: string
  }
  /** Whom to ask: of one municipality, or of the whole network. */
  contact_person: {
    id: string
    network: string
    municipality: string | null
    name: string
    task: string
    email: string | null
    phone: string | null
  }
  /** By which a municipality registers its people for a cohort. */
  registration_link: {
    hash: string
    id: string
    cohort: string
    municipality: string
    made_at: number
    expires_at: number
    closed_at: number | null
  }
  /** Registered when the cohort was full. */
  waiting_person: {
    id: string
    cohort: string
    municipality: string
    name: string
    email: string
    audience: string
    service_area: string | null
    asked_at: number
  }
  /** `detail` is JSON: ids, counts and dates, never what people wrote. */
  administrative_act: {
    id: string
    network: string
    at: number
    by_person: string | null
    act: string
    subject: string | null
    detail: string
  }
  /** "Meld frå om feil". `id` is made by the device that sent it. */
  content_report: {
    id: string
    network: string
    person: string | null
    package: string
    version: string
    item: string
    language: string
    body: string
    sent_at: number
    closed_at: number | null
  }
  /** What this server signs with, hexadecimal. */
  secret: { name: string; value: string }
  /**
   * A device that has joined a group's table: a person of the role `group-tablet`. From `expires_at` on it reads nothing more, and
   * what it still sends is taken for a while. `unsent` and `seen_at` are what it told last.
   */
  tablet: {
    person: string
    working_group: string
    stop: string | null
    label: string
    joined_at: number
    expires_at: number
    ended_at: number | null
    seen_at: number
    unsent: number
  }
  /** A short code for a table's link. */
  table_code: { hash: string; link: string; expires_at: number }
  /**
   * What goes on at a gathering now. `activity` null = none; `ends_at` null = no time runs; `left_ms` not null = the time stands
   * still, with so much left. `revision` rises with every change.
   */
  gathering_day: {
    cohort: string
    stop: string
    activity: string | null
    ends_at: number | null
    left_ms: number | null
    revision: number
    changed_at: number
  }
  /** A vote at a gathering that takes no more answers. */
  closed_vote: { cohort: string; item: string; closed_at: number }
  /** What may be told of a field of a vote. `body` is JSON. */
  vote_sum: { cohort: string; item: string; field: string; counted_at: number; body: string }
  /** What a group shares of its own. `id` is made by the device that sent it; `body` is JSON. */
  shared_card: {
    id: string
    network: string
    cohort: string
    working_group: string
    reach: 'cohort' | 'network'
    body: string
    published_at: number
    withdrawn_at: number | null
  }
  calendar_feed: { hash: string; person: string; made_at: number }
  /** `body` is JSON: what stands on it. */
  certificate: { code: string; person: string; run: string; issued_at: number; body: string }
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
