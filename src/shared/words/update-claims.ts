import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/**
 * Does an update say that it holds more structs than its bytes can? Yjs makes room for as many as it is told before it reads the first
 * one: eight bytes that tell of thirty million take seconds and a quarter of a gigabyte. Such an update cannot be read in any case.
 */
export const claimsTooMuch = (update: Uint8Array): boolean => {
  try {
    const decoder = decoding.createDecoder(update)
    const sections = decoding.readVarUint(decoder)
    if (sections > update.length) return true
    for (let left = sections; left > 0; left--) {
      const structs = decoding.readVarUint(decoder)
      if (structs > update.length) return true
      if (left === 1) return false // what the last one holds, Yjs reads as it comes
      skip(decoder) // client
      skip(decoder) // clock
      for (let index = 0; index < structs; index++) skipStruct(decoder)
    }
    return false
  } catch (error) {
    return error !== unknown || !canBeRead(update)
  }
}

/** Nothing that Løft writes: Yjs finds the way, which takes longer. */
const unknown = new Error('another kind of struct')
const canBeRead = (update: Uint8Array): boolean => {
  try {
    Y.parseUpdateMeta(update)
    return true
  } catch {
    return false
  }
}

// https://github.com/yjs/yjs/blob/v13.6.33/src/utils/updates.js, `lazyStructReaderGenerator`
const skipStruct = (decoder: decoding.Decoder): void => {
  const info = decoding.readUint8(decoder)
  const kind = info & 0b11111
  if (kind === 0 || info === 10) return void skip(decoder) // taken away by the collector, or left out: a length
  const [hasLeft, hasRight, isOfMap] = [info & 0b10000000, info & 0b1000000, info & 0b100000]
  if (hasLeft) skipId(decoder)
  if (hasRight) skipId(decoder)
  if (!hasLeft && !hasRight) {
    if (decoding.readVarUint(decoder) === 1) skipBytes(decoder)
    else skipId(decoder)
    if (isOfMap) skipBytes(decoder)
  }
  if (kind === 4)
    skipBytes(decoder) // text
  else if (kind === 1)
    skip(decoder) // deleted
  else if (kind === 8) {
    for (let values = decoding.readVarUint(decoder); values > 0; values--) decoding.readAny(decoder)
  } else {
    throw unknown
  }
}

const skip = decoding.readVarUint
const skipId = (decoder: decoding.Decoder): void => {
  skip(decoder)
  skip(decoder)
}
const skipBytes = (decoder: decoding.Decoder): void => {
  const length = decoding.readVarUint(decoder)
  decoder.pos += length
}
