// What the users have done, and what they have been promised. A marker is a word that exists once in the world: every oracle
// asks for markers.

/** Where its writer was shown it to be; `rescued` = in localStorage. */
export type Shown = 'typed' | 'rescued' | 'saved' | 'sent'

export interface Marker {
  token: string
  scope: string
  doc: string
  /** A text root, or the key of a scalar. */
  place: string
  kind: 'text' | 'scalar'
  device: string
  tab: string
  person: string
  shown: Shown
  /** Nobody was promised it, or every copy of it was destroyed: the world demands it no more. */
  excused: string | null
  /** A restored backup did not have it. */
  forgotten: boolean
  deletedBy: string[]
  /** Undo has brought it back so many times: each is a word of its own. */
  broughtBack: number
}

export interface Ledger {
  readonly markers: ReadonlyMap<string, Marker>
  write(
    marker: Omit<Marker, 'token' | 'shown' | 'excused' | 'forgotten' | 'deletedBy' | 'broughtBack'>,
  ): Marker
  /** Compares what a writer saw before and after an act. */
  changed(by: string, before: string, after: string): void
  /** Markers of a tab that are not sent yet. */
  unsettled(tab: string): Marker[]
}

export const createLedger = (): Ledger => {
  const markers = new Map<string, Marker>()
  const unsettledByTab = new Map<string, Set<Marker>>()
  return {
    markers,
    write: (written) => {
      const marker: Marker = {
        ...written,
        token: `«ord${markers.size + 1}·${written.person}»`,
        shown: 'typed',
        excused: null,
        forgotten: false,
        deletedBy: [],
        broughtBack: 0,
      }
      markers.set(marker.token, marker)
      const unsettled = unsettledByTab.get(marker.tab) ?? new Set()
      unsettledByTab.set(marker.tab, unsettled.add(marker))
      return marker
    },
    changed: (by, before, after) => {
      const [had, has] = [new Set(tokensOf(before)), new Set(tokensOf(after))]
      for (const token of had) if (!has.has(token)) markers.get(token)?.deletedBy.push(by)
      for (const token of has) {
        const marker = markers.get(token)
        if (marker && !had.has(token) && marker.deletedBy.length > 0) marker.broughtBack++
      }
    },
    unsettled: (tab) => {
      const unsettled = unsettledByTab.get(tab)
      if (unsettled === undefined) return []
      for (const marker of unsettled) if (marker.shown === 'sent') unsettled.delete(marker)
      return [...unsettled]
    },
  }
}

export const tokensOf = (text: string): string[] => text.match(/«ord\d+·\w+»/g) ?? []

/** The markers in an update, by its bytes: a marker is always written at once, so its letters stand together. */
export const tokensIn = (update: Uint8Array): string[] =>
  tokensOf(Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('utf8'))
