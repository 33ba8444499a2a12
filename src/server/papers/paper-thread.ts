import { Worker } from 'node:worker_threads'
import type { FileKind, SheetPaper } from './sheet-paper.ts'

export interface PaperJob {
  kind: FileKind
  paper: SheetPaper
}
/** Writes a paper; null if others have all the room, or it takes too long or too much memory. Throws what the writing throws. */
export type PaperWriter = (job: PaperJob) => Promise<Uint8Array | null>

/** A sheet of a hundred pages takes a second or two; what takes longer holds up the others. */
const limitMs = 20_000
const memoryMb = 512
/** Whoever comes after so many others is told to come back. */
const mostWaiting = 20

/**
 * Each paper in a thread of its own, for what people have written may be long, and the server has others to answer meanwhile; one at a
 * time, for a hall may ask at once, and each thread takes its memory.
 */
export const createPaperThreads = (write: PaperWriter = inThread): PaperWriter => {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return (job) => {
    if (waiting >= mostWaiting) return Promise.resolve(null)
    waiting++
    const turn = last.then(() => write(job)).finally(() => waiting--)
    last = turn.catch(() => undefined)
    return turn
  }
}

const inThread: PaperWriter = (job) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./paper-worker.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    const timer = setTimeout(() => void worker.terminate(), limitMs)
    worker.on('message', (bytes: Uint8Array) => resolve(bytes))
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(null)
      else reject(error)
    })
    worker.on('exit', () => {
      clearTimeout(timer)
      resolve(null)
    })
  })
