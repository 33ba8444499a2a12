// The thread of merge-thread.ts: one job in, one result out.
import { parentPort } from 'node:worker_threads'
import { type MergeJob, readyMessage } from './merge-thread.ts'
import { compareNow, handedInNow, mergeNow, readNow } from './merging.ts'

parentPort?.on('message', ({ bytes, lengths, to }: MergeJob) => {
  let at = 0
  const updates = lengths.map((length) => {
    const update = bytes.subarray(at, at + length)
    at += length
    return update
  })
  if (to === 'merge') parentPort?.postMessage(mergeNow(updates))
  else if (to === 'read') parentPort?.postMessage(readNow(updates))
  else if (to === 'handed-in') parentPort?.postMessage(handedInNow(updates))
  else parentPort?.postMessage(compareNow(updates, to))
})
parentPort?.postMessage(readyMessage)
