import { fieldRoot } from '../../../shared/words/roots.ts'

/** The field of one's own note, in every item. */
export const noteField = 'notat'
export const noteRoot = fieldRoot(noteField)
