// The page's composition root: everything that has state or touches the browser is made here.
import './styles/index.css'
import { render } from 'preact'
import { languages } from '../shared/domain/languages.ts'
import { mediaChannelName } from '../shared/media/chunk-cache.ts'
import { setLanguage } from './i18n/i18n.ts'
import { createMediaLibrary } from './media/media-library.ts'
import { watchInstall } from './offline/install.ts'
import { registerServiceWorker } from './offline/service-worker.ts'
import { App } from './pages/shell/app.tsx'
import { createAppearance } from './state/appearance.ts'
import { browserSurroundings } from './state/browser-surroundings.ts'
import { createClock } from './state/clock.ts'
import { createWords } from './state/create-words.ts'
import { createPresence } from './state/presence.ts'
import { type Shell, ShellProvider } from './state/shell.ts'
import { createStart } from './state/start.ts'
import { openContentDatabase } from './storage/content-database.ts'
import { openDeviceDatabase } from './storage/device-database.ts'
import { browserPageEvents } from './storage/page-events.ts'
import { openTabChannel } from './storage/tab-channel.ts'

const surroundings = browserSurroundings(window)
const { storage } = surroundings
const languageKey = 'loft-language'
const remembered = languages.find((code) => code === storage?.getItem(languageKey))
await setLanguage(remembered ?? 'nn')

const boundFetch: typeof fetch = (...request) => fetch(...request)
const contentDatabase = openContentDatabase({ indexedDB, IDBKeyRange })
const mediaChannel = openTabChannel(mediaChannelName)
const estimate = async () => (await navigator.storage?.estimate?.().catch(() => null)) ?? null
const media = createMediaLibrary({
  caches,
  channel: mediaChannel,
  estimate,
  open: async (shown) => {
    const { openBrowserDownloads } = await import('./media/browser-downloads.ts')
    const hasTexts = (hashes: readonly string[]) => contentDatabase.hasTexts(hashes)
    const given = { settings: storage, hasTexts, channel: mediaChannel, estimate }
    return openBrowserDownloads(window, shown, given)
  },
})
void media.start().catch(() => {})

const { presence, startLive } = createPresence({
  ...surroundings,
  fetch: boundFetch,
  isVisible: () => document.visibilityState === 'visible',
})

const update = registerServiceWorker('/sw.js')
const started = createStart({
  fetch: boundFetch,
  device: openDeviceDatabase({ indexedDB, IDBKeyRange }),
  contentDatabase,
  media,
  now: createClock(Date.now),
  openWords: (me, leftElsewhere) =>
    createWords({
      leftElsewhere,
      principal: me.principal,
      personScope: me.personScope,
      scopes: me.groups.map((group) => group.scope),
      ...surroundings,
      live: startLive,
    }),
  presence,
  storage: storage ?? null,
  onReturn: browserPageEvents(window).onReturn,
  forget: async (principal) => {
    const { forgetPrincipal } = await import('./storage/forget-principal.ts')
    await forgetPrincipal(window, principal)
  },
  persist: async () => (await navigator.storage?.persist?.()) ?? false,
})

const shell: Shell = {
  ...started,
  appearance: createAppearance(storage, matchMedia('(prefers-color-scheme: dark)')),
  chooseLanguage: async (language) => {
    await setLanguage(language)
    storage?.setItem(languageKey, language)
  },
  install: watchInstall(),
  update: {
    offer: update.offer,
    check: update.check,
    use: () =>
      update.use(async () => {
        const { value } = started.start
        if (value.kind === 'ready') await value.services.words.syncNow()
      }),
  },
}

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
render(
  <ShellProvider value={shell}>
    <App />
  </ShellProvider>,
  root,
)
