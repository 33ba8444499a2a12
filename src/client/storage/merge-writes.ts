import { joinUpdates } from '../../shared/words/join-updates.ts'
import type { BufferedWrite } from './write-buffer.ts'

/** Below the protocol's limit for one update (256 KiB), with room for what a merge adds. */
export const pieceBytes = 192 * 1024

/** The writes of one flush as few updates, none too large to be sent. */
export const mergeWrites = (writes: readonly BufferedWrite[]): BufferedWrite[] => {
  const groups: BufferedWrite[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const write of writes) {
    bytes += write.update.length
    if (bytes > pieceBytes) {
      groups.push([])
      bytes = write.update.length
    }
    groups.at(-1)?.push(write)
  }
  return groups.map((group) => ({
    update: joinUpdates(group.map((write) => write.update)),
    keys: [...new Set(group.flatMap((write) => write.keys))],
    writtenAt: Math.max(...group.map((write) => write.writtenAt)),
  }))
}
