// The thread of merge-thread.ts: one job in, one result out.
import { parentPort } from 'node:worker_threads'
import { type MergeJob, readyMessage } from './merge-thread.ts'
import { compareNow, mergeNow } from './merging.ts'

parentPort?.on('message', ({ bytes, lengths, theirs }: MergeJob) => {
  let at = 0
  const updates = lengths.map((length) => {
    const update = bytes.subarray(at, at + length)
    at += length
    return update
  })
  parentPort?.postMessage(theirs === null ? mergeNow(updates) : compareNow(updates, theirs))
})
parentPort?.postMessage(readyMessage)
