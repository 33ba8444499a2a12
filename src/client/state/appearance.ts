import { type Signal, signal } from '@preact/signals'

export const schemes = ['light', 'dark', 'auto'] as const
export type Scheme = (typeof schemes)[number]

const key = 'loft-scheme'

export interface Appearance {
  readonly scheme: Signal<Scheme>
  choose(scheme: Scheme): void
}

/** Light or dark as chosen, else as the device says; also for the browser's own bar. */
export const createAppearance = (
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  system: MediaQueryList,
): Appearance => {
  const scheme = signal<Scheme>(read(storage))
  const apply = (): void => {
    const dark = scheme.value === 'dark' || (scheme.value === 'auto' && system.matches)
    document.documentElement.dataset.colorScheme = dark ? 'dark' : 'light'
    document
      .querySelector('meta[name=theme-color]')
      ?.setAttribute('content', dark ? '#0b191d' : '#f6f8f6')
  }
  system.addEventListener('change', apply)
  apply()
  return {
    scheme,
    choose: (next) => {
      scheme.value = next
      try {
        storage?.setItem(key, next)
      } catch {
        // the choice holds for this visit
      }
      apply()
    },
  }
}

const read = (storage: Pick<Storage, 'getItem'> | null): Scheme => {
  try {
    const stored = storage?.getItem(key)
    return schemes.find((scheme) => scheme === stored) ?? 'auto'
  } catch {
    return 'auto'
  }
}
