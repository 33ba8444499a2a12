import { join, resolve } from 'node:path'
import { build } from 'vite'

const page = resolve(import.meta.dirname, 'page')

/** Builds the two pages, minified for the product's target, into `folder`. */
export const buildPage = async (folder: string, options: { minify: boolean }): Promise<void> => {
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
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: { input: ['index.html', 'limit.html'].map((name) => join(page, name)) },
    },
  })
}
