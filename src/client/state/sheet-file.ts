import { paths, principalHeader } from '../../shared/protocol/paths.ts'

export interface SheetFile {
  name: string
  blob: Blob
}
export const sheetFileKinds = ['docx', 'pdf', 'csv'] as const
export type SheetFileKind = (typeof sheetFileKinds)[number]

/** Papers are written one at a time: others may be before this one. */
const patienceMs = 30_000

/** A group's sheet as the server makes it; `offline` where it could not be asked. */
export const fetchSheetFile = async (
  { fetch, principal }: { fetch: typeof globalThis.fetch; principal: string },
  {
    group,
    task,
    kind,
    language,
  }: { group: string; task: string; kind: SheetFileKind; language: string },
): Promise<SheetFile | 'offline' | 'failed'> => {
  try {
    const answer = await fetch(`${paths.sheetFile(group, task, kind)}?language=${language}`, {
      headers: { [principalHeader]: principal },
      signal: AbortSignal.timeout(patienceMs),
    })
    const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')
    if (!answer.ok || !named?.[1]) return 'failed' // a portal's page has no name
    return { name: named[1], blob: await answer.blob() }
  } catch {
    return 'offline'
  }
}
