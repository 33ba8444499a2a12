// The thread of paper-thread.ts: one paper in, its bytes out.
import { parentPort, workerData } from 'node:worker_threads'
import { sheetCsv } from './csv.ts'
import { sheetDocx } from './docx.ts'
import type { PaperJob } from './paper-thread.ts'
import { sheetPdf } from './pdf.ts'

const { kind, paper } = workerData as PaperJob
parentPort?.postMessage(await { docx: sheetDocx, pdf: sheetPdf, csv: sheetCsv }[kind](paper))
