import * as encoding from 'lib0/encoding'

/**
 * One update in which `count` clients, from the id `first` on, have each written one letter at the beginning of one text. Merging
 * two of them takes a time that grows with the square of their clients.
 */
export const crowd = (first: number, count: number): Uint8Array =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, count)
    for (let client = first + count - 1; client >= first; client--) {
      encoding.writeVarUint(out, 1) // structs
      encoding.writeVarUint(out, client)
      encoding.writeVarUint(out, 0) // clock
      encoding.writeUint8(out, 4) // a string without neighbours …
      encoding.writeVarUint(out, 1) // … in the root
      encoding.writeVarString(out, 'f/visjon')
      encoding.writeVarString(out, 'x')
    }
    encoding.writeVarUint(out, 0) // deletions
  })
