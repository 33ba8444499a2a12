import { momentIn, type PaperTexts } from './paper-texts.ts'
import type { SheetPaper } from './sheet-paper.ts'

/** What an archive asks of a paper: whose it is, and of when. */
export const factsOf = (paper: SheetPaper, t: PaperTexts): [string, string][] => [
  [t('group'), paper.group],
  ...(paper.municipality ? [[t('municipality'), paper.municipality] as [string, string]] : []),
  [t('programme'), paper.programme],
  [t('cohort'), paper.cohort],
  ...(paper.module ? [[t('module'), paper.module] as [string, string]] : []),
  [t(paper.isHandedIn ? 'handedIn' : 'asOf'), momentIn(paper.at)],
]
