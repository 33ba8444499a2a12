// `node --import ./tests/world/mutant-loader.ts …` with LOFT_MUTANT=<name>: the sources are loaded with that one mistake in them.
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { mutants } from './mutants.ts'

const name = process.env.LOFT_MUTANT
const mutant = mutants.find((one) => one.name === name)
if (mutant === undefined) throw new Error(`no mutant is called ${name}`)
const root = fileURLToPath(new URL('../../', import.meta.url))
const left = new Set(mutant.edits)

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (!url.startsWith('file:')) return loaded
    const path = fileURLToPath(url)
    const edits = mutant.edits.filter((edit) => path === root + edit.file)
    if (edits.length === 0) return loaded
    let source = Buffer.from(loaded.source as Uint8Array).toString('utf8')
    for (const edit of edits) {
      const times = source.split(edit.find).length - 1
      if (times !== 1)
        throw new Error(`mutant ${name}: its text stands ${times} times in ${edit.file}`)
      source = source.replace(edit.find, () => edit.replace)
      left.delete(edit)
    }
    return { ...loaded, source }
  },
})

process.on('exit', () => {
  for (const edit of left) console.error(`mutant ${name}: ${edit.file} was never loaded`)
})
