import { type ReadonlySignal, signal } from '@preact/signals'

interface InstallEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** The browser's offer to install the page as an app, held back until the person asks for it. */
export interface Install {
  readonly offered: ReadonlySignal<boolean>
  install(): Promise<void>
}

export const watchInstall = (): Install => {
  const offered = signal(false)
  let offer: InstallEvent | null = null
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer = event as InstallEvent
    offered.value = true
  })
  addEventListener('appinstalled', () => {
    offered.value = false
  })
  return {
    offered,
    install: async () => {
      await offer?.prompt()
      offer = null
      offered.value = false
    },
  }
}
