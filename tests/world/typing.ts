import type { Chance } from './random.ts'

// How people change a text. Each act is one splice whose place is unambiguous, so that the ledger knows what was touched: a
// difference of texts cannot tell which of two equal letters was written.

const leads = ['a', 'b', 'k', 'æ', 'ø', 'å', 'é', '1', '–', '🙂', '🌊', '⛴️']
const emoji = ['🙂', '🙃', '🌊', '🌋', '👩‍👩‍👧', '👨‍👩‍👧', '🇳🇴', '🇳🇵', '👍🏽', '👍🏿']
const words = ['og', 'målet er', 'vi blåser', 'på fjorden', 'straum', 'ein båt,', 'år', 'leiing']

/** The text with a marker somewhere in it, never within another. */
export const withMarker = (chance: Chance, text: string, token: string): string => {
  const at = chance.percent(65) ? text.length : chance.pick(gapsIn(text))
  const free = leads.filter((lead) => lead.charCodeAt(0) !== text.charCodeAt(at))
  const sentence = Array.from({ length: chance.below(3) }, () =>
    chance.percent(30) ? chance.pick(emoji) : chance.pick(words),
  ).join(' ')
  return `${text.slice(0, at)}${chance.pick(free)} ${token} ${sentence} ${text.slice(at)}`
}

/** Without the marker; its neighbours stay. */
export const withoutMarker = (text: string, token: string): string => text.replace(token, '')

/** One emoji becomes another, often with one half in common; null if there is none outside the markers. */
export const withOtherEmoji = (chance: Chance, text: string): string | null => {
  const there = emoji.filter((one) => text.includes(one))
  if (there.length === 0) return null
  const old = chance.pick(there)
  return text.replace(old, chance.pick(emoji.filter((one) => one !== old)))
}

/** Places between two sentences. */
const gapsIn = (text: string): number[] => {
  const gaps = [0, text.length]
  for (let at = text.indexOf('» '); at >= 0; at = text.indexOf('» ', at + 1)) gaps.push(at + 2)
  return gaps
}
