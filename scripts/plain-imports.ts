// A Vite plugin: `import()` without Vite's preloading, which is a kilobyte of the first load and has nothing to preload here
// (one style sheet, and a service worker that has every chunk).
import type { Plugin } from 'vite'

export const plainImports = (): Plugin => ({
  name: 'loft-plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load()' : null,
})
