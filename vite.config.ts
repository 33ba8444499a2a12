import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { sizeBudget } from './scripts/size-budget.ts'

const server = 'http://127.0.0.1:3000'

export default defineConfig({
  build: { target: 'es2022', sourcemap: false, assetsInlineLimit: 0 },
  server: {
    proxy: Object.fromEntries(['/api', '/media', '/inn'].map((path) => [path, server])),
  },
  plugins: [
    preact({ devToolsEnabled: false, prefreshEnabled: true }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'index.ts',
      registerType: 'prompt',
      injectRegister: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,woff2,webmanifest}', 'icons/*.png'],
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
    sizeBudget({ entry: 'index', firstLoad: ['home-page', 'nn'], limitKb: 90, apart: ['yjs'] }),
  ],
})
