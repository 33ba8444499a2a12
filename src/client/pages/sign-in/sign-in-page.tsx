import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Drawing } from '../../components/drawing.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'
import { links } from '../links.ts'
import { SignInTop } from './sign-in-top.tsx'

type Failure = 'wrong-code' | 'code-expired' | 'too-many' | 'unreachable' | 'other'

/** `/inn/<code>` shows a button; only the button spends the code, since mail scanners open links. */
export const SignInPage = ({ code }: { code?: string }) => {
  const shell = useShell()
  const { route } = useLocation()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const t = strings('account')
  const given = code ?? typed

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (given.trim() === '') return
    setBusy(true)
    setFailure(null)
    const result = await shell.signIn(given)
    setBusy(false)
    if (result.ok) route(links.line, true)
    else setFailure(failureOf(result.error))
  }

  return (
    <>
      <SignInTop />
      <main id="content" class="wrap sign-in">
        <Drawing name="ferry" width={220} />
        <h1>{t('signInTitle')}</h1>
        <p class="lede">{t(code ? 'signInWithLink' : 'signInWithCode')}</p>
        <form onSubmit={(event) => void submit(event)}>
          {code === undefined && (
            <label class="field">
              <span class="q">{t('code')}</span>
              <input
                class="area"
                name="code"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck={false}
                value={typed}
                aria-invalid={failure !== null}
                aria-describedby={failure ? 'sign-in-failure' : undefined}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
              <span class="hint">{t('codeHint')}</span>
            </label>
          )}
          {failure && (
            <p id="sign-in-failure" class="note err" role="alert">
              {t(`failure-${failure}`)}
            </p>
          )}
          <button type="submit" class="btn lamp" disabled={busy}>
            {t(busy ? 'signingIn' : 'signIn')}
          </button>
        </form>
        <p class="hint">{t('signInHelp')}</p>
      </main>
    </>
  )
}

const failureOf = (error: string): Failure =>
  error === 'wrong-code' ||
  error === 'code-expired' ||
  error === 'too-many' ||
  error === 'unreachable'
    ? error
    : 'other'
