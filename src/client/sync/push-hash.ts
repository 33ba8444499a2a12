import { hashInput } from '../../shared/protocol/frames.ts'

/** SHA-256 that names a push. */
export const pushHash = async (doc: string, update: Uint8Array): Promise<Uint8Array> => {
  const input = hashInput(doc, update) as Uint8Array<ArrayBuffer>
  return new Uint8Array(await crypto.subtle.digest('SHA-256', input))
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
