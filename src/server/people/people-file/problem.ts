import type { FileProblem } from '../../../shared/domain/people-file.ts'

/** What is not known of where it stands is null. */
export const problemOf = (
  code: FileProblem['code'],
  where: Partial<Pick<FileProblem, 'line' | 'column' | 'value'>> = {},
  detail: FileProblem['detail'] = {},
): FileProblem => ({ code, line: null, column: null, value: null, ...where, detail })
