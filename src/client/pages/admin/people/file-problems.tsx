import type { FileProblem, PeoplePreview } from '../../../../shared/domain/people-file.ts'
import { strings } from '../../../i18n/i18n.ts'

/** Everything that is wrong with a file, in the order of its lines. */
export const FileProblems = ({ preview }: { preview: PeoplePreview }) => {
  const t = strings('adminPeople')
  const problems = [...preview.problems, ...preview.rows.flatMap((row) => row.problems)].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0),
  )
  return (
    <>
      {preview.ignored.length > 0 && (
        <p class="hint">{t('ignored', { columns: preview.ignored.join(', ') })}</p>
      )}
      {problems.length > 0 && (
        <table class="rows problems">
          <caption class="sr">{t('problems')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('whatIsWrong')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, index) => (
              <tr key={index}>
                <th scope="row" class="num">
                  {problem.line ?? t('wholeFile')}
                </th>
                <td data-label={t('column')}>{problem.column && t(`column_${problem.column}`)}</td>
                <td data-label={t('whatIsWrong')}>{sayProblem(problem)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** The sentence, with what was probably meant where something comes near. */
export const sayProblem = ({ code, value, detail }: FileProblem): string => {
  const t = strings('adminPeople')
  const said = t(`fileProblem_${code}`, { ...detail, value: value ?? '' })
  return detail.nearest ? `${said} ${t('nearest', { nearest: detail.nearest })}` : said
}
