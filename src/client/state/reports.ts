import { type ReadonlySignal, signal } from '@preact/signals'
import type { Language } from '../../shared/domain/languages.ts'
import { longestReport } from '../../shared/domain/longest-report.ts'
import type { Report } from '../../shared/domain/report.ts'
import { paths } from '../../shared/protocol/paths.ts'
import { sendOwn } from './send-own.ts'

// «Meld frå om feil»: what somebody types lies in localStorage at every key, under their own name, and stays there until the server
// has said that it has it. One report an item at a time. The request names whose it is: under another person's cookie the server
// answers 401, and it waits for its writer.

/** Why it has not come there. */
export type ReportFailure = 'offline' | 'signed-out' | 'later' | 'refused'

export interface OwnReport {
  text: string
  /** They have asked for it to be sent. */
  isWanted: boolean
  failure: ReportFailure | null
  /** False: the device could not store it, and only this page has it. */
  isKept: boolean
  /** When the last report of this item came there, ms since 1970. */
  sentAt: number | null
}

export interface ReportedItem {
  item: string
  package: string
  version: string
  language: Language
}

export interface Reports {
  /** By the item's id; what is not there is empty. */
  readonly own: ReadonlySignal<Readonly<Record<string, OwnReport>>>
  write(item: ReportedItem, text: string): void
  send(item: string): Promise<void>
  /** Tries what waits; true if nothing does afterwards. */
  sendWaiting(): Promise<boolean>
}

export interface ReportDeps {
  fetch: typeof fetch
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  principal: string
  now(): number
  newId(): string
  /** This person still has the page. */
  isHere(): boolean
  /** The listener is called when it may be worth trying again. */
  onChance(listener: () => void): void
}

interface Stored extends Report {
  isWanted: boolean
}

/** Where the ids of the items lie that this person has begun a report of. */
export const reportsKey = (principal: string): string => `loft-reports:${principal}`

export const openReports = (deps: ReportDeps): Reports => {
  const { storage, principal } = deps
  const own = signal<Record<string, OwnReport>>({})
  const reports = new Map<string, Stored>()
  const keyOf = (item: string): string => `loft-report:${principal}:${item}`
  let sending: Promise<void> = Promise.resolve()
  let notBefore = 0

  const show = (item: string, change: Partial<OwnReport>): void => {
    const before = own.peek()[item] ?? nothing
    own.value = { ...own.peek(), [item]: { ...before, ...change } }
  }

  /** False if the device refuses it. */
  const keep = (item: string, report: Stored | null): boolean => {
    if (report) reports.set(item, report)
    else reports.delete(item)
    try {
      if (report) storage?.setItem(keyOf(item), JSON.stringify(report))
      else storage?.removeItem(keyOf(item))
      // Read anew: another window may have begun one.
      const others = itemsIn(storage?.getItem(reportsKey(principal))).filter((one) => one !== item)
      const items = report ? [...others, item] : others
      if (items.length > 0) storage?.setItem(reportsKey(principal), JSON.stringify(items))
      else storage?.removeItem(reportsKey(principal))
      return storage !== null
    } catch {
      return false
    }
  }

  /** As it lies on the device now: another window may have written on, or sent it. */
  const stored = (item: string): Stored | null => {
    const known = reports.get(item) ?? null
    if (!known || storage === null || own.peek()[item]?.isKept === false) return known
    const read = reportIn(storage.getItem(keyOf(item)))
    if (read?.id === known.id) return known
    if (read) reports.set(item, read)
    else reports.delete(item)
    show(item, read ? { ...nothing, text: read.text, isWanted: read.isWanted } : nothing)
    return read
  }

  const post = async (item: string): Promise<void> => {
    const report = stored(item)
    if (!report?.isWanted || !deps.isHere()) return
    const { isWanted: _, ...body } = report
    const outcome = await sendOwn(deps, paths.reports, { method: 'POST', body }, (ms) => {
      notBefore = deps.now() + ms
    })
    const failure = typeof outcome === 'number' ? 'refused' : outcome
    // If they went on writing meanwhile, that has an id of its own and stays.
    const isSame = stored(item)?.id === report.id
    if (failure) {
      if (isSame) show(item, { failure })
    } else {
      if (isSame) keep(item, null)
      show(item, { ...(isSame && nothing), sentAt: deps.now() })
    }
  }

  const sendAll = (): Promise<void> => {
    sending = sending.then(async () => {
      for (const item of [...reports.keys()]) await post(item)
    })
    return sending
  }
  const isWaiting = (): boolean => [...reports.values()].some(({ isWanted }) => isWanted)

  for (const item of itemsIn(storage?.getItem(reportsKey(principal)))) {
    const report = reportIn(storage?.getItem(keyOf(item)))
    if (!report) continue
    reports.set(item, report)
    show(item, { text: report.text, isWanted: report.isWanted })
  }
  deps.onChance(() => {
    if (deps.isHere() && isWaiting() && deps.now() >= notBefore) void sendAll()
  })

  return {
    own,
    write: (about, text) => {
      const { item } = about
      if (text === (own.peek()[item]?.text ?? '')) return
      // Another id: the server may have the one before already, and would take this for the same.
      const report = text === '' ? null : { ...about, id: deps.newId(), text, isWanted: false }
      const isKept = keep(item, report)
      show(item, { text, isWanted: false, failure: null, isKept, sentAt: null })
    },
    send: async (item) => {
      const report = reports.get(item)
      if (!report || !mayBeSent(report.text)) return
      const isKept = keep(item, { ...report, isWanted: true })
      show(item, { isWanted: true, failure: null, isKept })
      notBefore = 0
      await sendAll()
    },
    sendWaiting: async () => {
      if (isWaiting()) await sendAll()
      return !isWaiting()
    },
  }
}

/** Not empty, and no longer than the server takes. */
export const mayBeSent = (text: string): boolean =>
  text.trim() !== '' && text.trim().length <= longestReport

const nothing: OwnReport = {
  text: '',
  isWanted: false,
  failure: null,
  isKept: true,
  sentAt: null,
}

const itemsIn = (value: string | null | undefined): string[] => {
  const read = parse(value)
  return Array.isArray(read) ? read.filter((item) => typeof item === 'string') : []
}

const reportIn = (value: string | null | undefined): Stored | null => {
  const read = parse(value) as Partial<Stored> | null
  return typeof read?.text === 'string' && typeof read.id === 'string' ? (read as Stored) : null
}

const parse = (value: string | null | undefined): unknown => {
  try {
    return JSON.parse(value ?? 'null')
  } catch {
    return null
  }
}
