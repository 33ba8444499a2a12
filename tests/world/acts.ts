import type { OpenDocument } from '../../src/client/state/words.ts'
import { agreedField } from '../../src/shared/words/agreed.ts'
import { blockLabelKey, encodeBlockLabel } from '../../src/shared/words/blocks.ts'
import { cellRoot, fieldRoot, scalarKey } from '../../src/shared/words/roots.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey } from '../../src/shared/words/rows.ts'
import { documentId, isGroupScope } from '../../src/shared/words/scope.ts'
import type { Device, Tab } from './device.ts'
import { type Ledger, tokensOf } from './ledger.ts'
import type { Chance } from './random.ts'
import { withMarker, withOtherEmoji, withoutMarker } from './typing.ts'

// What people do at their devices. Each act returns a line for the trace, or null if there was nothing to do it to.

export interface Room {
  chance: Chance
  ledger: Ledger
  now: () => number
  /** All write in the same texts. */
  isCrowded: boolean
}

const privateTasks = ['refleksjon', 'dagbok']
const groupTasks = ['arbeidsark', 'plan']
const fields = ['tanke', 'mål']
const rows = ['r1', 'r2']

export const openSomething = ({ chance, isCrowded }: Room, tab: Tab): string | null => {
  const { words, device } = tab
  if (words === null) return null
  const scope = chance.pick(device.person.scopes)
  const tasks = isGroupScope(scope) ? groupTasks : privateTasks
  const id = documentId(scope, chance.pick(isCrowded ? tasks.slice(0, 1) : tasks))
  if (tab.documents.has(id) || tab.opening.has(id)) return null
  tab.opening.add(id)
  words.open(id).then(
    (document) => {
      tab.opening.delete(id)
      if (tab.isAlive) tab.documents.set(id, document)
    },
    () => tab.opening.delete(id),
  )
  return `opens ${id}`
}

export const closeSomething = ({ chance }: Room, tab: Tab): string | null => {
  if (tab.documents.size === 0) return null
  const [id, document] = chance.pick([...tab.documents])

  // Its words are followed no longer by this page: what is not stored yet is the buffer's.
  closing(tab, id, document)
  return `closes ${id}`
}

const closing = (tab: Tab, id: string, document: OpenDocument): void => {
  void document.close().then(() => {
    tab.closed.set(id, document)
    if (tab.documents.get(id) === document) tab.documents.delete(id)
  })
}

/** A marker in one's own block, or now and then in somebody else's text. */
export const type = (room: Room, tab: Tab): string | null =>
  inDocument(room, tab, (document) => {
    const { chance } = room
    const place = placeFor(room, tab, document)
    const text = document.plain.value.texts[place] ?? ''
    if (text.length > 4000) return null
    const marker = room.ledger.write(whose(tab, document.id, place, 'text'))
    label(room, tab, document)
    document.setText(place, withMarker(chance, text, marker.token))
    return `types ${marker.token} in ${document.id} ${place}`
  })

export const choose = (room: Room, tab: Tab): string | null =>
  inDocument(room, tab, (document) => {
    const { chance } = room
    const isShared = chance.percent(50) && isGroup(document)
    const key = isShared ? 'semje' : scalarKey('val', isGroup(document) ? blockOf(tab) : undefined)
    const before = JSON.stringify(document.plain.value.scalars[key] ?? null)
    const marker = room.ledger.write(whose(tab, document.id, key, 'scalar'))
    document.setScalar(key, chance.percent(50) ? marker.token : [marker.token, 'a'])
    room.ledger.changed(tab.name, before, marker.token)
    return `chooses ${marker.token} as ${document.id} ${key}`
  })

export const remove = (room: Room, tab: Tab): string | null =>
  inText(room, tab, (document, root, text) => {
    const tokens = tokensOf(text)
    if (tokens.length === 0) return null
    const token = room.chance.pick(tokens)
    rewrite(room, tab, document, root, withoutMarker(text, token))
    return `deletes ${token}`
  })

export const swapEmoji = (room: Room, tab: Tab): string | null =>
  inText(room, tab, (document, root, text) => {
    const other = withOtherEmoji(room.chance, text)
    if (other === null) return null
    rewrite(room, tab, document, root, other)
    return `changes an emoji in ${document.id} ${root}`
  })

export const hideRow = (room: Room, tab: Tab): string | null =>
  inDocument(room, tab, (document) => {
    if (!isGroup(document)) return null
    const row = room.chance.pick(rows)
    document.setScalar(
      rowHiddenKey('tiltak', row),
      hiddenValue(document.plain.value, 'tiltak', row),
    )
    return `hides ${row} in ${document.id}`
  })

export const undo = (room: Room, tab: Tab): string | null =>
  inDocument(room, tab, (document) => {
    const before = everything(document)
    const redo = room.chance.percent(30)
    if (redo) document.redo?.()
    else document.undo?.()
    const after = everything(document)
    if (before === after) return null
    room.ledger.changed(tab.name, before, after)
    return `${redo ? 'redoes' : 'undoes'} in ${document.id}`
  })

export const compose = (room: Room, tab: Tab): string | null =>
  inText(room, tab, (document, root) => {
    const isComposing = room.chance.percent(50)
    if (isComposing) tab.composing.add(`${document.id} ${root}`)
    document.compose(root, isComposing)
    return `${isComposing ? 'composes' : 'has composed'} in ${document.id} ${root}`
  })

export const watchFilm = (room: Room, tab: Tab): string | null => {
  if (tab.words === null) return null
  const { chance } = room
  const item = chance.pick(['film', 'podkast'])
  const writing = chance.percent(50)
    ? tab.words.setDone(item, chance.percent(70))
    : tab.words.setPlayed(item, chance.below(600))
  writing.catch(() => undefined)
  return `is at ${item}`
}

export const someTab = (chance: Chance, device: Device): Tab | null =>
  device.tabs.length === 0 ? null : chance.pick(device.tabs)

type Act = (document: OpenDocument, root: string, text: string) => string | null

const inDocument = (
  { chance }: Room,
  tab: Tab,
  act: (document: OpenDocument) => string | null,
): string | null => {
  if (tab.documents.size === 0) return null
  return act(chance.pick([...tab.documents.values()]))
}

/** A text that is there: mostly one's own, since changing another's is a deliberate step. */
const inText = (room: Room, tab: Tab, act: Act): string | null =>
  inDocument(room, tab, (document) => {
    const texts = Object.entries(document.plain.value.texts)
    const own = texts.filter(([root]) => !isGroup(document) || root.endsWith(blockOf(tab)))
    const among = room.chance.percent(80) ? own : texts
    if (among.length === 0) return null
    const [root, text] = room.chance.pick(among)
    return act(document, root, text)
  })

const rewrite = (
  room: Room,
  tab: Tab,
  document: OpenDocument,
  root: string,
  text: string,
): void => {
  const before = document.plain.value.texts[root] ?? ''
  document.setText(root, text)
  room.ledger.changed(tab.name, before, text)
}

const placeFor = ({ chance, isCrowded }: Room, tab: Tab, document: OpenDocument): string => {
  const field = chance.pick(isCrowded ? fields.slice(0, 1) : fields)
  if (!isGroup(document)) return fieldRoot(field)
  const block = blockOf(tab)
  const others = Object.keys(document.plain.value.texts)
  if (others.length > 0 && chance.percent(8)) return chance.pick(others)
  return chance.weighted([
    [fieldRoot(field, block), 6],
    [fieldRoot(agreedField(field), block), 2],
    [cellRoot('tiltak', chance.pick(rows), 'kva', block), 3],
  ])
}

/** The first key in a block names its writer, and puts a row into its place. */
const label = ({ now }: Room, tab: Tab, document: OpenDocument): void => {
  if (!isGroup(document)) return
  const { scalars } = document.plain.value
  const key = blockLabelKey(blockOf(tab))
  if (scalars[key] === undefined)
    document.setScalar(
      key,
      encodeBlockLabel({ label: tab.device.person.id, role: null, at: Math.floor(now()) }),
    )
  for (const row of rows)
    if (scalars[rowOrderKey('tiltak', row)] === undefined)
      document.setScalar(rowOrderKey('tiltak', row), row)
}

const whose = (tab: Tab, doc: string, place: string, kind: 'text' | 'scalar') => ({
  doc,
  scope: doc.slice(0, doc.indexOf('/')),
  place,
  kind,
  device: tab.device.name,
  tab: tab.name,
  person: tab.device.name,
})

const isGroup = (document: OpenDocument): boolean => isGroupScope(document.id)
const blockOf = (tab: Tab): string => tab.words?.device ?? ''
const everything = (document: OpenDocument): string => JSON.stringify(document.plain.value)
