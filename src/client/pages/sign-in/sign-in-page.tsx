import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Drawing } from '../../components/drawing.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'
import { links } from '../links.ts'
import { OtherWays } from './other-ways.tsx'
import { type SignInFailure, signInFailureOf } from './sign-in-failure.ts'
import { SignInTop } from './sign-in-top.tsx'

/** `/inn/<code>` shows a button; only the button spends the code, since mail scanners open links. */
export const SignInPage = ({ code }: { code?: string }) => {
  const shell = useShell()
  const { route, query } = useLocation()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  // Whoever comes back from a provider that let nobody in.
  const [failure, setFailure] = useState<SignInFailure | null>(
    query.feil === undefined ? null : signInFailureOf(query.feil),
  )
  const t = strings('signIn')
  const given = code ?? typed

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (given.trim() === '') return
    setBusy(true)
    setFailure(null)
    const result = await shell.signIn(given)
    setBusy(false)
    if (result.ok) route(links.line, true)
    else setFailure(signInFailureOf(result.error))
  }

  return (
    <>
      <SignInTop />
      <main id="content" class="wrap sign-in">
        <Drawing name="ferry" width={220} />
        <h1>{t('title')}</h1>
        <p class="lede">{t(code ? 'withLink' : 'withCode')}</p>
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
        <OtherWays code={code ?? null} before={sendFirst(shell)} />
        <p class="hint">{t('help')}</p>
        <p class="hint">
          <a href={links.table}>{t('atTable')}</a>
        </p>
        <p class="hint">
          <a href={links.privacy}>{strings('privacy')('title')}</a>
        </p>
      </main>
    </>
  )
}

/** Under the next session the words of whoever is here could not be sent any more. */
const sendFirst =
  ({ start }: ReturnType<typeof useShell>) =>
  async (): Promise<void> => {
    const { value } = start
    if (value.kind === 'ready') await value.services.words.syncNow()
  }
