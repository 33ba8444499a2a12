import { type ReadonlySignal, signal } from '@preact/signals'
import i18next, { type TFunction } from 'i18next'
import type { Language } from '../../shared/domain/languages.ts'
import type { LocalText } from '../../shared/domain/text.ts'
import type { Resources } from './resources.ts'

/** How the strings of some pages are loaded. */
export type Loaders = Record<Language, () => Promise<{ resources: object }>>
const first: Loaders = {
  nn: () => import('./nn.ts'),
  nb: () => import('./nb.ts'),
}
const later: Loaders = {
  nn: () => import('./nn-later.ts'),
  nb: () => import('./nb-later.ts'),
}

const current = signal<Language>('nn')
/** The language of the interface and of the content. */
export const language: ReadonlySignal<Language> = current
/** What the pages that were opened need: a change of language brings it along. */
const needed = new Set([first])

/** Loads a language's strings, then shows it. The other language never stands in for a missing string. */
export const setLanguage = async (next: Language): Promise<void> => {
  if (!i18next.isInitialized) {
    await i18next.init({
      lng: next,
      fallbackLng: false,
      ns: [],
      defaultNS: 'common',
      interpolation: { escapeValue: false }, // Preact escapes
      resources: {},
    })
  }
  await Promise.all([...needed].map((loaders) => add(next, loaders)))
  await i18next.changeLanguage(next)
  document.documentElement.lang = next
  current.value = next
}

/** Loads the strings of the pages behind home. */
export const loadLaterStrings = (): Promise<void> => loadStrings(later)

/** Loads strings of pages that only some people have. */
export const loadStrings = (loaders: Loaders): Promise<void> => {
  needed.add(loaders)
  return add(current.peek(), loaders)
}

const add = async (code: Language, loaders: Loaders): Promise<void> => {
  const { resources } = await loaders[code]()
  for (const [namespace, strings] of Object.entries(resources)) {
    i18next.addResourceBundle(code, namespace, strings, true, true)
  }
}

/** Strings of one namespace; reading it in a component redraws the component when the language changes. */
export const strings = <N extends keyof Resources>(namespace: N): TFunction<N> => {
  void current.value
  return i18next.getFixedT(current.peek(), namespace) as TFunction<N>
}

/** The text of the content in the current language. */
export const local = (text: LocalText): string => text[current.value]
