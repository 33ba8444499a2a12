// What people write into a cell, compared with what it may mean.

/** Small letters and digits with single blanks between: `Helse- og omsorg` is `helse og omsorg`. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('&', ' og ')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()

/** The word that was probably meant: the one with the fewest letters wrong, at most a third of them; null if there is none. */
export const nearestWord = (written: string, known: readonly string[]): string | null => {
  const plain = plainWords(written)
  let nearest: string | null = null
  let fewest = Math.max(1, Math.floor(plain.length / 3)) + 1
  for (const word of known) {
    const meant = plainWords(word)
    // Thousands of cells are compared with hundreds of words.
    if (Math.abs(meant.length - plain.length) >= fewest) continue
    const wrong = lettersWrong(plain, meant)
    if (wrong < fewest) [nearest, fewest] = [word, wrong]
  }
  return nearest
}

/** Levenshtein's distance, one row at a time. */
const lettersWrong = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return row[b.length] ?? 0
}
