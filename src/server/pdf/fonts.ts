import { fileURLToPath } from 'node:url'

/**
 * Inter (SIL Open Font License, fonts/OFL.txt) in two weights: instances of the variable font with Latin letters alone, since the
 * library cannot embed a variable one.
 */
export const fonts = {
  regular: fileURLToPath(new URL('fonts/inter-regular.ttf', import.meta.url)),
  semibold: fileURLToPath(new URL('fonts/inter-semibold.ttf', import.meta.url)),
} as const
