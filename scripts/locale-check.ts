// A Vite plugin that fails the build when a string is missing in nynorsk or bokmål: neither stands in for the other.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Every difference between the strings of these languages, one line each. */
export const localeMistakes = (folder: string, languages: readonly string[]): string[] => {
  const namespaces = new Set(languages.flatMap((language) => namespacesOf(folder, language)))
  return [...namespaces].sort().flatMap((namespace) => {
    const strings = languages.map((language) => ({
      file: `${language}/${namespace}`,
      strings: readStrings(join(folder, language, namespace)),
    }))
    const keys = new Set(strings.flatMap((one) => [...(one.strings?.keys() ?? [])]))
    return strings.flatMap(({ file, strings: own }) => {
      if (!own) return [`${file} is missing`]
      return [...keys].flatMap((key) => {
        const text = own.get(key)
        if (text === undefined) return [`${file}: ${key} is missing`]
        if (typeof text !== 'string' || text.trim() === '') return [`${file}: ${key} is no text`]
        const demanded = new Set(strings.flatMap((one) => placeholders(one.strings?.get(key))))
        const forgotten = [...demanded].filter((name) => !placeholders(text).includes(name))
        return forgotten.map((name) => `${file}: ${key} lacks {{${name}}}`)
      })
    })
  })
}

export const localeCheck = (folder: string, languages: readonly string[]): Plugin => ({
  name: 'loft-locale-check',
  apply: 'build',
  buildStart() {
    const mistakes = localeMistakes(folder, languages)
    if (mistakes.length > 0) this.error(`locales:\n${mistakes.join('\n')}`)
  },
})

const namespacesOf = (folder: string, language: string): string[] => {
  const path = join(folder, language)
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : []
}

const readStrings = (path: string): Map<string, unknown> | null =>
  existsSync(path) ? new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')))) : null

const placeholders = (text: unknown): string[] =>
  [...String(text ?? '').matchAll(/\{\{\s*-?\s*(\w+)/g)].map(([, name = '']) => name)
