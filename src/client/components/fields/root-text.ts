import { withinQuestionOf } from '../../../shared/words/within.ts'
import type { Answering } from './answering.ts'
import type { WrittenText } from './bind-text.ts'

/** A text root of the document as a text to write in. */
export const rootText = ({ document, beforeWrite }: Answering, root: string): WrittenText => ({
  read: () => document.plain.value.texts[root] ?? '',
  write: (value) => {
    beforeWrite()
    document.setText(root, value)
  },
  compose: (composing) => document.compose(root, composing),
  beforeFlush: (read) => document.beforeFlush(read),
  step: (step) => document[step](withinQuestionOf(root)),
})
