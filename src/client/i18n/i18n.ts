import { type ReadonlySignal, signal } from '@preact/signals'
import i18next, { type TFunction } from 'i18next'
import type { Language } from '../../shared/domain/languages.ts'
import type { LocalText } from '../../shared/domain/text.ts'
import type { Resources } from './resources.ts'

const load: Record<Language, () => Promise<{ resources: Resources }>> = {
  nn: () => import('./nn.ts'),
  nb: () => import('./nb.ts'),
}

const current = signal<Language>('nn')
/** The language of the interface and of the content. */
export const language: ReadonlySignal<Language> = current

/** Loads a language's strings, then shows it. The other language never stands in for a missing string. */
export const setLanguage = async (next: Language): Promise<void> => {
  const { resources } = await load[next]()
  if (!i18next.isInitialized) {
    await i18next.init({
      lng: next,
      fallbackLng: false,
      ns: Object.keys(resources),
      defaultNS: 'common',
      interpolation: { escapeValue: false }, // Preact escapes
      resources: {},
    })
  }
  for (const [namespace, strings] of Object.entries(resources)) {
    i18next.addResourceBundle(next, namespace, strings, true, true)
  }
  await i18next.changeLanguage(next)
  document.documentElement.lang = next
  current.value = next
}

/** Strings of one namespace; reading it in a component redraws the component when the language changes. */
export const strings = <N extends keyof Resources>(namespace: N): TFunction<N> => {
  void current.value
  return i18next.getFixedT(current.peek(), namespace) as TFunction<N>
}

/** The text of the content in the current language. */
export const local = (text: LocalText): string => text[current.value]
