import type { AudienceBudget } from '../../shared/domain/budget.ts'
import { languages } from '../../shared/domain/languages.ts'
import type { ProgrammeFile } from '../../shared/domain/programme.ts'
import { childOf, idsAt, type Located, placeAt } from './located.ts'
import type { Problems } from './problem.ts'

export const checkProgramme = (yaml: Located, problems: Problems): void => {
  const audiences = idsAt(yaml, 'audiences')
  const modules = idsAt(yaml, 'modules')
  const listed = childOf(yaml, 'languages')
  const written = Array.isArray(listed?.value) ? listed.value.map(({ value }) => value) : languages
  for (const language of languages) {
    if (written.includes(language)) continue
    problems.add(placeAt(yaml, ['languages']), 'language-missing', { language })
  }
  for (const [at, id] of idsAt(yaml, 'tracks').entries()) {
    if (modules.includes(id)) problems.add(placeAt(yaml, ['tracks', at]), 'track-is-module', { id })
  }
  const budgets = childOf(yaml, 'budget')?.value
  for (const budget of Array.isArray(budgets) ? budgets : []) {
    for (const [at, id] of idsAt(budget, 'audiences').entries()) {
      if (audiences.includes(id)) continue
      const values = { id, kind: 'audiences', file: 'programme.yaml' }
      problems.add(placeAt(budget, ['audiences', at]), 'id-unknown', values)
    }
  }
  const stops = idsAt(yaml, 'stops')
  const certificate = childOf(yaml, 'certificate')
  for (const [at, id] of certificate ? idsAt(certificate, 'passed').entries() : []) {
    if (stops.includes(id)) continue
    const values = { id, kind: 'stops', file: 'programme.yaml' }
    problems.add(placeAt(yaml, ['certificate', 'passed', at]), 'id-unknown', values)
  }
}

export const checkFramework = (yaml: Located, problems: Problems): void => {
  const areas = idsAt(yaml, 'areas')
  const abilities = childOf(yaml, 'abilities')?.value
  for (const ability of Array.isArray(abilities) ? abilities : []) {
    const area = childOf(ability, 'area')
    if (typeof area?.value !== 'string' || areas.includes(area.value)) continue
    const values = { id: area.value, kind: 'areas', file: 'framework.yaml' }
    problems.add(area.place, 'id-unknown', values)
  }
}

/** Required time outside what the programme promises, told at the line of the promise. */
export const checkBudget = (
  yaml: Located,
  programme: ProgrammeFile,
  budget: readonly AudienceBudget[],
  problems: Problems,
): void => {
  for (const [at, { audiences, minHours, maxHours }] of programme.budget.entries()) {
    for (const { audience, required } of budget) {
      const inside = required >= minHours * 60 && required <= maxHours * 60
      if (!audiences.includes(audience) || inside) continue
      problems.add(placeAt(yaml, ['budget', at]), 'budget-outside', {
        audience,
        hours: Math.round((required / 60) * 100) / 100,
        min: minHours,
        max: maxHours,
      })
    }
  }
}
