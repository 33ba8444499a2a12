import { join, resolve } from 'node:path'
import { build } from 'vite'

const page = resolve(import.meta.dirname, 'page')

/** Builds the two pages into `folder`, each with its scripts of the start in one file, as the product's are. */
export const buildPage = async (folder: string, options: { minify: boolean }): Promise<void> => {
  for (const [index, name] of ['index.html', 'limit.html'].entries()) {
    await build({
      configFile: false,
      root: page,
      logLevel: 'warn',
      resolve: {
        alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }],
      },
      build: {
        target: 'es2022',
        minify: options.minify,
        outDir: folder,
        emptyOutDir: index === 0,
        modulePreload: false,
        rolldownOptions: {
          input: join(page, name),
          output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
        },
      },
    })
  }
}
