import type { Language } from '../../shared/domain/languages.ts'
import type { PaperQuestion } from '../../shared/domain/paper.ts'

/** A group's document as a paper, whatever it is written as. */
export interface SheetPaper {
  title: string
  summary: string
  group: string
  municipality: string | null
  cohort: string
  programme: string
  module: string | null
  language: Language
  /** Ms since 1970: when the words stood so, or were handed in. */
  at: number
  isHandedIn: boolean
  questions: readonly PaperQuestion[]
  /** Wide tables lie. */
  lying: boolean
}

export type FileKind = 'docx' | 'pdf' | 'csv'
