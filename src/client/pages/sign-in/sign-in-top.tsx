import { languages } from '../../../shared/domain/languages.ts'
import { Logo } from '../../components/logo.tsx'
import { language, strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'

/** The bar before anybody is signed in: name and language. */
export const SignInTop = () => {
  const shell = useShell()
  const t = strings('common')
  const names = { nn: t('nynorsk'), nb: t('bokmal') }
  return (
    <header class="top">
      <span class="logo">
        <Logo />
      </span>
      <span class="gap" />
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          class="txt-btn"
          lang={code}
          aria-pressed={language.value === code}
          onClick={() => void shell.chooseLanguage(code)}
        >
          {names[code]}
        </button>
      ))}
    </header>
  )
}
