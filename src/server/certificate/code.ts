import { randomInt } from 'node:crypto'

/** Neither vowels, that no word comes out, nor signs that look like another. */
const alphabet = '23456789BCDFGHJKMNPQRSTVWXYZ'
const length = 20
const group = 4

/** 96 bits: nobody finds one by trying. */
export const newCode = (): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

/** `K7QM-3FHW-…`, as people read and type it. */
export const grouped = (code: string): string =>
  (code.match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join('-')

/** What somebody has typed as it is stored; null if it can be no code. */
export const codeOf = (typed: string): string | null => {
  const code = typed.replaceAll(/[\s\-–]/g, '').toUpperCase()
  return code.length === length && [...code].every((sign) => alphabet.includes(sign)) ? code : null
}
