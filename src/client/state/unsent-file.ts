import * as v from 'valibot'
import { cardIdSchema, publishSchema } from '../../shared/domain/card.ts'
import type { RescueFile } from '../storage/rescue-file.ts'
import type { OwnCard } from './cards.ts'
import type { Services } from './services.ts'
import type { TakenFile } from './words.ts'

// The file of what is not sent: words (storage/rescue-file.ts), and beside them the cards that are begun or wait to be published, and
// reports of mistakes, for a human reader.

type Parts = Pick<Services, 'words' | 'cards' | 'me'>
type Written = Parts & Pick<Services, 'reports'>

/** All that is only on this device; null if there is nothing. */
export const writeUnsentFile = async ({
  words,
  cards,
  reports,
  me,
}: Written): Promise<RescueFile | null> => {
  const file = await words.unsentAsFile()
  const own = (await cards()).begun()
  const told = Object.entries((await reports()).own.peek())
    .filter(([, { text }]) => text !== '')
    .map(([item, { text }]) => ({ item, text }))
  if (own.length + told.length === 0) return file
  const savedAt = new Date().toISOString()
  const saved = file
    ? JSON.parse(file.text)
    : { format, version: 1, principal: me.principal, device: words.device, savedAt, words: [] }
  return {
    name: file?.name ?? `loft-usendt-${savedAt.slice(0, 10)}.json`,
    text: JSON.stringify({ ...saved, cards: own, reports: told }, null, 2),
  }
}
const format = 'loft-unsent'

/** `cards` = how many of the file's cards lie on this device now, begun: whoever took them in publishes them. */
export const takeUnsentFile = async (
  { words, cards, me }: Parts,
  file: Blob,
): Promise<TakenFile & { cards: number }> => {
  const taken = { ...(await words.takeFile(file)), cards: 0 }
  const saved = cardsIn(await file.text())
  if (saved.length === 0) return taken
  const { own, write } = await cards()
  for (const one of saved) {
    const card = v.safeParse(begunSchema, one)
    if (!card.success) taken.unreadable++
    else if (!me.groups.some(({ scope }) => scope === `g:${card.output.group}`)) taken.notYours++
    else {
      const { id, ...begun } = card.output
      // Handed in twice, it does not undo what has been written here since.
      if (!own.peek()[id]) write(id, begun)
      taken.cards++
    }
  }
  return taken
}

const { modules, group, reach } = publishSchema.entries
/** As far as it has come: parts may be empty, or too long to publish. */
const begunSchema = v.object({
  id: cardIdSchema,
  ...{ title: v.string(), what: v.string(), gives: v.string(), takes: v.string() },
  ...{ contact: v.string(), modules, group, reach },
})

/** Of what is no such file, none. */
const cardsIn = (text: string): readonly Partial<OwnCard>[] => {
  try {
    const saved = JSON.parse(text) as { format?: unknown; cards?: unknown } | null
    return saved?.format === format && Array.isArray(saved.cards) ? saved.cards : []
  } catch {
    return []
  }
}
