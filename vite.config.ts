import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { localeCheck } from './scripts/locale-check.ts'
import { plainImports } from './scripts/plain-imports.ts'
import { sizeBudget } from './scripts/size-budget.ts'

const server = 'http://127.0.0.1:3000'

// Their packages name the ES5 builds first; the page's target is ES2022.
const modernBuilds = {
  dexie: 'dexie/dist/modern/dexie.min.mjs',
  'workbox-window': 'workbox-window/build/workbox-window.prod.mjs',
}

export default defineConfig({
  resolve: {
    alias: Object.entries(modernBuilds).map(([name, file]) => ({
      find: new RegExp(`^${name}$`),
      replacement: file,
    })),
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    // One file for all that is needed at once compresses better than twenty; the sync comes right after it.
    rolldownOptions: {
      output: {
        // In a folder of their own, which the service worker leaves out: a participant never brings an administrator's pages.
        chunkFileNames: ({ facadeModuleId }) =>
          /pages\/admin\/|i18n\/..-admin/.test(facadeModuleId ?? '')
            ? 'assets/admin/[name]-[hash].js'
            : 'assets/[name]-[hash].js',
        assetFileNames: ({ names }) =>
          names.some((name) => name.startsWith('admin'))
            ? 'assets/admin/[name]-[hash][extname]'
            : 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            // Small parts that home at a desk shares with pages behind it: one request.
            { name: 'desk', test: /components\/(item-row|chart\/profile)\./ },
            {
              name: 'sync',
              test: /shared\/protocol\/(frame|varints)|client\/sync\/(start-sync|engine|scheduler|transport|plan-request|refusals|one-tab|back-off)|storage\/waiting-words/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/media', '/feeds'].map((path) => [path, server])),
  },
  plugins: [
    plainImports(),
    preact({ devToolsEnabled: false, prefreshEnabled: true }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts', // the built file is called the same
      registerType: 'prompt',
      injectRegister: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        globIgnores: ['assets/admin/**'],
        minify: true,
      },
      manifest: {
        id: '/',
        name: 'Løft',
        short_name: 'Løft',
        description: 'Digital transformasjon for leiarar og folkevalde i kommunane',
        lang: 'nn',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f6f8f6',
        theme_color: '#f6f8f6',
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: '/icons/maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
    }),
    localeCheck('locales', ['nn', 'nb']),
    sizeBudget({ entry: 'index', firstLoad: ['nn', 'wide-home'], limitKb: 90, apart: ['yjs'] }),
  ],
})
