import * as encoding from 'lib0/encoding'

/**
 * One update in which two clients have each written so many letters at the beginning of one text, no letter with the same
 * neighbours as another. Yjs compares each letter of the one with all of the other: 75 KB take ten seconds, and four times as
 * long when they are twice as many.
 */
export const rivals = (letters: number): Uint8Array =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, 2)
    writeSection(out, letters, 2, () => {
      encoding.writeUint8(out, 4) // a string without neighbours …
      encoding.writeVarUint(out, 1) // … in the root
      encoding.writeVarString(out, 'f')
    })
    writeSection(out, letters, 1, (n) => {
      encoding.writeUint8(out, 0x44) // a string with a right neighbour
      encoding.writeVarUint(out, 2)
      encoding.writeVarUint(out, n)
    })
    encoding.writeVarUint(out, 0) // deletions
  })

/** One update in which one client has written so many letters, each by itself: not slow, but large in memory. */
export const apart = (letters: number): Uint8Array =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, 1)
    writeSection(out, letters, 1, () => {
      encoding.writeUint8(out, 4)
      encoding.writeVarUint(out, 1)
      encoding.writeVarString(out, 'f')
    })
    encoding.writeVarUint(out, 0)
  })

const writeSection = (
  out: encoding.Encoder,
  letters: number,
  client: number,
  writeNeighbours: (n: number) => void,
): void => {
  for (const value of [letters, client, 0]) encoding.writeVarUint(out, value)
  for (let n = 0; n < letters; n++) {
    writeNeighbours(n)
    encoding.writeVarString(out, 'x')
  }
}
