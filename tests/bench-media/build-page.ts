import { copyFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const page = resolve(import.meta.dirname, 'page')

/** Builds the bare page and Workbox's service worker into `folder`, minified as the product's are. */
export const buildPage = async (folder: string): Promise<void> => {
  await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir: folder,
      emptyOutDir: true,
      lib: {
        entry: join(page, 'workbox-sw.ts'),
        formats: ['iife'],
        name: 'workboxWay',
        fileName: () => 'workbox-sw.js',
      },
    },
  })
  copyFileSync(join(page, 'index.html'), join(folder, 'index.html'))
}
