/**
 * The text of a file as spreadsheet programs write it: UTF-8 with or without a mark at its beginning, UTF-16 with one, or else
 * Windows-1252, which holds Latin-1. null if it is no text, such as a workbook.
 */
export const decodeText = (bytes: Uint8Array): string | null => {
  const text = decode(bytes)
  return text === null || isBinary.test(text) ? null : text
}

const decode = (bytes: Uint8Array): string | null => {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return strictly('utf-16le', bytes)
  const isMarked = first === 0xef && second === 0xbb && third === 0xbf
  const text = strictly('utf-8', bytes)
  return text === null && !isMarked ? new TextDecoder('windows-1252').decode(bytes) : text
}

/** Without the mark at the beginning; null if some bytes are no letters of this encoding. */
const strictly = (encoding: string, bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

// What no spreadsheet program writes into a text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const isBinary = /[\u0000-\u0008\u000e-\u001f]/
