/**
 * How a round trip or a whole sync ended. None of them drops a word: only an `accepted` acknowledgement does.
 * `offline` = no answer of ours: no network, a captive portal, a server in trouble. `refused` = our server says no.
 */
export type Outcome =
  | { kind: 'done' }
  | { kind: 'offline' }
  | { kind: 'signed-out' }
  /** `isForeign`: not in our server's words; something on the way says so, and nothing is known of the words themselves. */
  | { kind: 'refused'; status: number; isForeign?: boolean }
  | { kind: 'wait'; ms: number }
  /** Another tab is at it. */
  | { kind: 'busy' }
  /** This device's database does not answer. */
  | { kind: 'broken' }
