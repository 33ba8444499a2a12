// Vitest's global setup: the programme is published once in a run. Every world's server begins with a copy of what that gave, and
// with what Node has compiled.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, templateName } from './server.ts'

export default async (): Promise<() => void> => {
  const template = mkdtempSync(join(tmpdir(), 'loft-template-'))
  mkdirSync(join(template, 'content'))
  process.env.NODE_COMPILE_CACHE = join(template, 'compiled')
  const first = await startServer()
  await first.stop()
  cpSync(first.data, join(template, 'data'), { recursive: true })
  await first.remove()
  process.env[templateName] = template
  return () => rmSync(template, { recursive: true, force: true })
}
