import { useState } from 'preact/hooks'
import { strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'
import { askNewLink } from '../../state/sign-in-ways.ts'
import { type SignInFailure, signInFailureOf } from './sign-in-failure.ts'

/** For whoever has used the link, or waited too long. What it says does not tell who has an account. */
export const NewLink = () => {
  const shell = useShell()
  const [email, setEmail] = useState('')
  const [state, setState] = useState<'asking' | 'busy' | 'sent' | SignInFailure>('asking')
  const t = strings('signIn')
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    setState('busy')
    const answer = await shell.ask(askNewLink(email))
    setState(answer === 'sent' ? 'sent' : signInFailureOf(answer))
  }
  const failure = state === 'asking' || state === 'busy' || state === 'sent' ? null : state
  return (
    <section class="other-way">
      <h2 class="h-s">{t('newLinkTitle')}</h2>
      <p>{t('newLinkText')}</p>
      {state === 'sent' ? (
        <p class="note" role="status">
          {t('newLinkSent', { email })}
        </p>
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <label class="field">
            <span class="q">{t('email')}</span>
            <input
              class="area"
              type="email"
              name="email"
              required
              maxLength={254}
              autocomplete="email"
              value={email}
              aria-invalid={failure !== null}
              aria-describedby={failure ? 'new-link-failure' : undefined}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          </label>
          {failure && (
            <p id="new-link-failure" class="note err" role="alert">
              {t(failure === 'bad-request' ? 'failure-no-address' : `failure-${failure}`)}
            </p>
          )}
          <button type="submit" class="btn line" disabled={state === 'busy'}>
            {t(state === 'busy' ? 'sending' : 'newLinkSend')}
          </button>
        </form>
      )}
    </section>
  )
}
