import { utf8 } from './varints.ts'

/** A text as UTF-8 in base64 that may stand in any address. */
export const toBase64Url = (text: string): string =>
  btoa(String.fromCharCode(...utf8.encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** Null for what is none. */
export const fromBase64Url = (text: string): string | null => {
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return strict.decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)))
  } catch {
    return null
  }
}
const strict = new TextDecoder('utf-8', { fatal: true })
