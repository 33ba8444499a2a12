import type { Language } from '../../../shared/domain/languages.ts'
import {
  type OwnAnswer,
  type OwnDocument,
  type OwnFacts,
  ownDataFileName,
} from '../../../shared/domain/own-data.ts'
import { type Html, html } from './html.ts'
import { moment, textsIn } from './own-data-texts.ts'
import { factsPart } from './own-facts-page.ts'

/** The same as the file, as one page for people: no script, nothing from elsewhere, and it prints. A piece at a time. */
export async function* ownDataPage(
  facts: OwnFacts,
  words: AsyncIterable<OwnDocument>,
  { language, now }: { language: Language; now: number },
): AsyncGenerator<string> {
  const t = textsIn(language)
  yield html`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${t('exportTitle')}</title>
<style>${{ html: style }}</style>
<main>
<h1>${t('exportTitle')}</h1>
<p>${t('exportMade', { time: moment(new Date(now).toISOString()) })} ${t('exportMachine', { file: ownDataFileName })}</p>
${factsPart(facts, language)}
<h2>${t('exportWords')}</h2>
<p>${t('exportVersions')}</p>
`.html
  let module: string | null = null
  let isAny = false
  for await (const document of words) {
    const title =
      document.kind === 'progress'
        ? t('exportProgress')
        : (document.module?.[language] ?? t('exportGoneItems'))
    if (title !== module) yield html`<h3>${title}</h3>\n`.html
    module = title
    isAny = true
    yield documentPart(document, language).html
  }
  if (!isAny) yield html`<p>${t('exportNoWords')}</p>\n`.html
  yield '</main>\n</html>\n'
}

const documentPart = (document: OwnDocument, language: Language): Html => {
  const t = textsIn(language)
  const { kind, group, item, changedAt, handedInAt, answers, progress, unread } = document
  if (progress) {
    const rows = progress.map(
      ({ item: id, title, done }) =>
        html`<dt>${title?.[language] ?? id}</dt><dd>${t(done ? 'exportDone' : 'exportStarted')}</dd>\n`,
    )
    return html`<dl>${rows}</dl>\n`
  }
  const where =
    kind === 'own'
      ? null
      : t(kind === 'held' ? 'exportHeld' : 'exportInGroup', { group: group ?? '' })
  return html`<section>
<h4>${item?.title[language] ?? t('exportGoneItem')}</h4>
${where && html`<p class="small">${where}</p>`}
${changedAt && html`<p class="small">${t('exportChanged', { time: moment(changedAt) })}</p>`}
${handedInAt ? html`<p class="small">${t('exportHandedIn', { time: moment(handedInAt) })}</p>` : null}
<dl>
${answers.map((answer) => answerPart(answer, language))}</dl>
${unread ? html`<p class="small">${t('exportUnread')}</p>` : null}
</section>
`
}

const answerPart = (answer: OwnAnswer, language: Language): Html => {
  const t = textsIn(language)
  const question = answer.question?.[language] ?? t('exportGoneField')
  const title =
    answer.kind === 'note'
      ? t('exportNote')
      : answer.kind === 'agreed'
        ? t('exportAgreed', { question })
        : question
  const from = answer.fromGroup ? html` <span class="small">(${t('exportFromGroup')})</span>` : null
  return html`<dt>${title}${from}</dt>${bodyOf(answer, language)}\n`
}

const bodyOf = ({ text, value, chosen, rows }: OwnAnswer, language: Language): Html => {
  if (rows) return html`<dd><ul>${rows.map((row) => rowPart(row, language))}</ul></dd>`
  if (text !== undefined) return html`<dd dir="auto">${text}</dd>`
  if (chosen && chosen.length > 0) {
    const labels = chosen.map((label) => html`<li>${label[language]}</li>`)
    return html`<dd><ul>${labels}</ul></dd>`
  }
  return html`<dd>${Array.isArray(value) ? value.join(', ') : String(value)}</dd>`
}

const rowPart = (
  { removed, cells }: NonNullable<OwnAnswer['rows']>[number],
  language: Language,
): Html => {
  const texts = cells.map(
    ({ column, label, text }) =>
      html`<span class="cell"><b>${label?.[language] ?? column}:</b> ${text}</span> `,
  )
  const gone = removed
    ? html`<span class="small">(${textsIn(language)('exportRemoved')})</span>`
    : null
  return html`<li dir="auto">${texts}${gone}</li>`
}

const style = `:root{color-scheme:light dark}
body{font:17px/1.6 system-ui,sans-serif;margin:0}
main{max-width:42rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:3rem;border-bottom:1px solid;padding-bottom:.3rem}
h3{margin-top:2.4rem}
h4{margin:1.6rem 0 0}
dt{font-weight:600;margin-top:1rem}
dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.2rem;white-space:normal}
.small{font-size:.88em;margin:.2rem 0}
.cell{white-space:pre-wrap}
@media print{main{max-width:none;margin:0}section,dt{break-inside:avoid}h2,h3,h4,dt{break-after:avoid}}`
