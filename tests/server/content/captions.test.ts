import { expect, test } from 'vitest'
import { readCaptions } from '../../../src/server/content/captions.ts'
import { collectProblems } from '../../../src/server/content/problem.ts'

const readCues = (text: string) => {
  const problems = collectProblems('/')
  const cues = readCaptions('/a.vtt', text, { name: 'film.mp4', seconds: 60 }, problems)
  return { cues, problems: problems.sorted().map(({ line, code }) => `${line} ${code}`) }
}

test('cues with and without names, hours, settings, notes and Windows lines', () => {
  const text = `\uFEFFWEBVTT - Film

NOTE
laga av maskin

1
00:01.000 --> 00:03.500 align:start
Hei
der

00:00:03.000 --> 00:00:04.250
<v Kari>Tom &amp; <b>Jerry</b> &lt;3
`
  expect(readCues(text.replaceAll('\n', '\r\n'))).toEqual({
    cues: [
      { start: 1, end: 3.5, text: 'Hei\nder' },
      { start: 3, end: 4.25, text: 'Tom & Jerry <3' },
    ],
    problems: [],
  })
})

test.each([
  ['a file of another kind', '1\n00:01.000 --> 00:02.000\nHei', '1 captions-header'],
  ['a file without cues', 'WEBVTT\n', '1 captions-none'],
  ['a time with a comma', 'WEBVTT\n\n00:01,000 --> 00:02,000\nHei', '3 captions-timing'],
  ['text without a time', 'WEBVTT\n\nHei', '3 captions-timing'],
  ['a cue without text', 'WEBVTT\n\n00:01.000 --> 00:02.000\n\n', '3 captions-empty'],
  ['a cue that ends first', 'WEBVTT\n\n00:03.000 --> 00:02.000\nHei', '3 captions-backwards'],
  [
    'cues out of order',
    'WEBVTT\n\n00:03.000 --> 00:04.000\nHei\n\n2\n00:02.000 --> 00:05.000\nder',
    '7 captions-order',
  ],
  ['a cue after the end', 'WEBVTT\n\n00:59.000 --> 01:00.600\nHei', '3 captions-beyond'],
])('%s is told, with its line', (_, text, problem) => {
  expect(readCues(text).problems).toEqual([problem])
})
