import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { collectProblems } from '../../../src/server/content/problem.ts'
import { readSvg } from '../../../src/server/content/svg.ts'

const check = (text: string) => {
  const problems = collectProblems('/')
  const svg = readSvg('/drawing.svg', text, problems)
  return { svg, problems: problems.sorted().map(({ line, code }) => `${line} ${code}`) }
}
const drawings = join(import.meta.dirname, '../../../content/kompetanseloft-vestland/drawings')

test.each(['bus', 'ferry', 'cabin-lamp', 'table', 'forde', 'stord'])(
  'the drawing %s of the programme passes, without its own <style>',
  (name) => {
    const { svg, problems } = check(readFileSync(join(drawings, `${name}.svg`), 'utf8'))
    expect(problems).toEqual([])
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" class="d"/)
    expect(svg).not.toContain('<style')
  },
)

test('a drawing is written anew from what was understood', () => {
  const source = `<?xml version="1.0"?><!-- made by hand --><svg viewBox = '0 0 9 9'>
    <title>Å &amp; &#x62;</title><text x="1" style="fill:#f6b73c; font-weight: 600">a &lt; b</text></svg>\n`
  expect(check(source)).toEqual({
    svg: `<svg viewBox="0 0 9 9">
    <title>Å &amp; b</title><text x="1" style="fill:#f6b73c; font-weight: 600">a &lt; b</text></svg>`,
    problems: [],
  })
})

test.each([
  ['a script', '<script>alert(1)</script>', 'svg-element'],
  ['a script in another case', '<SCRIPT/>', 'svg-element'],
  ['a handler', '<path onload="alert(1)"/>', 'svg-attribute'],
  ['a link', '<a><path/></a>', 'svg-element'],
  ['a reference', '<path href="#x"/>', 'svg-attribute'],
  ['an old reference', '<path xlink:href="#x"/>', 'svg-attribute'],
  ['a reuse', '<use/>', 'svg-element'],
  ['a picture', '<image/>', 'svg-element'],
  ['HTML', '<foreignObject/>', 'svg-element'],
  ['an animation of an attribute', '<animate/>', 'svg-element'],
  ['an id, which would clash in the page', '<path id="a"/>', 'svg-attribute'],
  ['a fill from elsewhere', '<path fill="url(https://x.no/a)"/>', 'svg-value'],
  ['a style from elsewhere', '<path style="fill: URL (x)"/>', 'svg-style'],
  ['a style that escapes its letters', '<path style="fill:u\\72l(x)"/>', 'svg-style'],
  ['a style that moves over the page', '<g style="position:fixed;stroke:none"/>', 'svg-style'],
  ['a style sheet that reaches the page', '<style>body{fill:none}</style>', 'svg-style'],
  ['a style sheet that imports', '<style>@import "x";</style>', 'svg-style'],
  ['another language within', '<g xmlns="http://www.w3.org/1999/xhtml"/>', 'svg-attribute'],
  ['CDATA', '<![CDATA[<script>]]>', 'svg-syntax'],
  ['an entity of its own', '<text>&x;</text>', 'svg-syntax'],
  ['an unclosed element', '<g>', 'svg-syntax'],
  ['an attribute without quotes', '<path d=M0/>', 'svg-syntax'],
  ['an attribute twice', '<path d="M0" d="M1"/>', 'svg-syntax'],
])('%s is refused, with its line', (_, inner, code) => {
  expect(check(`<svg>\n${inner}</svg>`)).toEqual({ svg: null, problems: [`2 ${code}`] })
})

test('a document type, a second root and text outside are refused', () => {
  for (const source of ['<!DOCTYPE svg><svg/>', '<svg/><svg/>', '<svg/>a', '', '<html/>']) {
    expect(check(source).svg).toBeNull()
  }
})
