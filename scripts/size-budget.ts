// A Vite plugin that prints what the first load of the home page ships, and fails the build above the budget.
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

interface Budget {
  entry: string
  /** Names of lazily loaded chunks that home loads too: its page and its language. */
  firstLoad: string[]
  /** Thousands of bytes of JavaScript, gzip. */
  limitKb: number
  /** Packages that must stay in a chunk outside the first load. */
  apart: string[]
}

export const sizeBudget = ({ entry, firstLoad, limitKb, apart }: Budget): Plugin => ({
  name: 'loft-size-budget',
  apply: 'build',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((part) => part.type === 'chunk')
    const entryChunk = chunks.find((chunk) => chunk.isEntry && chunk.name === entry)
    if (!entryChunk) return // the service worker's own build

    const shipped = new Set<string>()
    const take = (fileName: string): void => {
      if (shipped.has(fileName)) return
      shipped.add(fileName)
      const chunk = chunks.find((other) => other.fileName === fileName)
      for (const imported of chunk?.imports ?? []) take(imported)
    }
    take(entryChunk.fileName)
    for (const name of firstLoad) {
      const chunk = chunks.find((other) => other.isDynamicEntry && other.name === name)
      if (!chunk) this.error(`size budget: no lazily loaded chunk is called ${name}`)
      take(chunk.fileName)
    }

    const size = (code: string): number => gzipSync(code, { level: 9 }).length / 1000
    let total = 0
    const rows: string[] = []
    for (const chunk of chunks.toSorted((a, b) => b.code.length - a.code.length)) {
      const kb = size(chunk.code)
      const first = shipped.has(chunk.fileName)
      if (first) total += kb
      rows.push(
        `${first ? 'first load' : '     later'} ${kb.toFixed(1).padStart(7)} KB  ${chunk.fileName}`,
      )
      for (const name of apart) {
        const inside = Object.keys(chunk.modules).some((id) =>
          id.includes(`/node_modules/${name}/`),
        )
        if (inside && first)
          this.error(`size budget: ${name} is in the first load (${chunk.fileName})`)
      }
    }
    console.info(
      `JavaScript, gzip:\n${rows.join('\n')}\nFirst load of home: ${total.toFixed(1)} of ${limitKb} KB`,
    )
    if (total > limitKb)
      this.error(`size budget: the first load ships ${total.toFixed(1)} KB, allowed ${limitKb}`)
  },
})
