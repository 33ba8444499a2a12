// Reads a script.yaml and says, with file and line, what is wrong with it.
import { readFileSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { type Draw, isKind } from './pictures/kinds.ts'

/** Speech is bokmål; captions are both. */
export type Language = 'nn' | 'nb'
export type Text = Record<Language, string>

export type Line =
  | { kind: 'speech'; voice: string; text: Text; say: string; step: number | null; number: number }
  | { kind: 'describe'; text: Text }
  | { kind: 'pause'; seconds: number }

export type Scene = { chapter: Text | null; draw: Draw | null; poster: boolean; lines: Line[] }

/** `wpm`: the speed of the speech, when the script asks for another than the usual. */
export type Script = { voices: Record<string, string>; wpm: number | null; scenes: Scene[] }

/** Throws an Error whose message begins with file:line. */
export function readScript(file: string): Script {
  const counter = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: counter })
  const fail = (path: (string | number)[], message: string): never => {
    throw new Error(`${file}:${lineOf(document, counter, path)}: ${message}`)
  }
  const [broken] = document.errors
  if (broken) throw new Error(`${file}: ${broken.message}`)

  const root = asRecord(document.toJS()) ?? {}
  const voices = readVoices(root.voices)
  const wpm = typeof root.wpm === 'number' ? root.wpm : null
  const scenes = Array.isArray(root.scenes) ? root.scenes : fail([], 'a script needs scenes')
  let number = 0

  const readLine = (value: unknown, path: (string | number)[]): Line => {
    const line = asRecord(value) ?? fail(path, 'a line is a map')
    if ('pause' in line) return { kind: 'pause', seconds: Number(line.pause) || 0 }
    if ('describe' in line) {
      return {
        kind: 'describe',
        text: readText(line.describe) ?? fail(path, 'describe needs nn and nb'),
      }
    }
    const text = readText(line) ?? fail(path, 'a line needs nb and nn, or pause, or describe')
    const voice = String(line.voice ?? 'a')
    if (!(voice in voices)) fail(path, `no voice called ${voice}`)
    const step = line.step === undefined ? null : Number(line.step)
    number += 1
    return { kind: 'speech', voice, text, say: String(line.say ?? text.nb), step, number }
  }

  return {
    voices,
    wpm,
    scenes: scenes.map((value: unknown, at: number): Scene => {
      const scene = asRecord(value) ?? fail(['scenes', at], 'a scene is a map')
      const lines: unknown[] = Array.isArray(scene.lines)
        ? scene.lines
        : fail(['scenes', at], 'no lines')
      const draw = asRecord(scene.draw)
      if (draw && !isKind(draw.kind))
        fail(['scenes', at, 'draw'], `unknown drawing ${String(draw.kind)}`)
      return {
        chapter: readText(scene.chapter),
        draw: draw as Draw | null,
        poster: scene.poster === true,
        lines: lines.map((line, i) => readLine(line, ['scenes', at, 'lines', i])),
      }
    }),
  }
}

function readVoices(value: unknown): Record<string, string> {
  const voices = asRecord(value) ?? {}
  return {
    a: 'nb',
    ...Object.fromEntries(Object.entries(voices).map(([name, voice]) => [name, String(voice)])),
  }
}

function readText(value: unknown): Text | null {
  const text = asRecord(value)
  if (!text || typeof text.nb !== 'string' || typeof text.nn !== 'string') return null
  return { nn: text.nn.trim(), nb: text.nb.trim() }
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function lineOf(document: Document, counter: LineCounter, path: (string | number)[]): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  const range = (node as { range?: [number, number, number] } | null)?.range
  return range ? counter.linePos(range[0]).line : 1
}
