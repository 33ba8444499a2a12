import { useEffect, useState } from 'preact/hooks'
import type { SignInWays } from '../../../shared/domain/sign-in.ts'
import { strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'
import { readSignInWays, startProvider } from '../../state/sign-in-ways.ts'
import { NewLink } from './new-link.tsx'
import { type SignInFailure, signInFailureOf } from './sign-in-failure.ts'

/**
 * The municipality's own login, and a new link by mail. Nothing is drawn before the server has said what there is: without a
 * network there is nothing to choose.
 */
export const OtherWays = ({ code, before }: { code: string | null; before(): Promise<void> }) => {
  const shell = useShell()
  const [ways, setWays] = useState<SignInWays | null>(null)
  const [failure, setFailure] = useState<SignInFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const t = strings('signIn')
  useEffect(() => {
    let isGone = false
    void shell.ask(readSignInWays).then((read) => {
      if (!isGone) setWays(read)
    })
    return () => {
      isGone = true
    }
  }, [])

  const go = async (provider: string): Promise<void> => {
    setBusy(true)
    setFailure(null)
    await before()
    const started = await shell.ask(startProvider(provider, code))
    if (typeof started === 'object') return location.assign(started.redirectTo)
    setBusy(false)
    setFailure(signInFailureOf(started))
  }

  if (!ways) return null
  return (
    <>
      {ways.providers.length > 0 && (
        <section class="other-way">
          <h2 class="h-s">{t('ownLoginTitle')}</h2>
          <p>{t(code === null ? 'ownLoginText' : 'ownLoginInvited')}</p>
          {failure && (
            <p class="note err" role="alert">
              {t(`failure-${failure}`)}
            </p>
          )}
          <div class="row">
            {ways.providers.map(({ id, label }) => (
              <button
                key={id}
                type="button"
                class="btn line"
                disabled={busy}
                onClick={() => void go(id)}
              >
                {t('signInWith', { provider: label })}
              </button>
            ))}
          </div>
        </section>
      )}
      {ways.mail && <NewLink />}
    </>
  )
}
