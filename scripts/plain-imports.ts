// A Vite plugin: `import()` without Vite's preloading, which is a kilobyte of the first load and has nothing to preload here
// (one style sheet, and a service worker that has every chunk). What cannot be had is told in Vite's own event.
import type { Plugin } from 'vite'

const helper = `export const __vitePreload = (load) =>
  load().catch((payload) => {
    dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload }))
    throw payload
  })`

export const plainImports = (): Plugin => ({
  name: 'loft-plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) => (id.endsWith('vite/preload-helper.js') ? helper : null),
})
