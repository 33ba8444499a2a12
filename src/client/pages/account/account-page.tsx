import { useState } from 'preact/hooks'
import { languages } from '../../../shared/domain/languages.ts'
import { formatClock } from '../../i18n/format.ts'
import { language, strings } from '../../i18n/i18n.ts'
import { schemes } from '../../state/appearance.ts'
import { useServices } from '../../state/services.ts'
import { useShell } from '../../state/shell.ts'
import { SaveFile } from '../device/save-file.tsx'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { EraseMe, OwnWordsFile } from './own-words.tsx'

/** Who is signed in, another device, language, appearance, and the way out. */
export const AccountPage = () => {
  const { me } = useServices()
  const shell = useShell()
  const t = strings('account')
  const common = strings('common')
  const languageNames = { nn: common('nynorsk'), nb: common('bokmal') }
  const schemeNames = {
    light: common('light'),
    dark: common('dark'),
    auto: common('followSystem'),
  }
  return (
    <>
      <TopBar back={{ href: links.line, label: common('line') }} />
      <main id="content" class="wrap account">
        <p class="kick">{t('signedInAs')}</p>
        <h1>{me.name}</h1>
        <p class="lede">{t('cohort', { cohort: me.cohort.name })}</p>

        <Choice
          legend={common('language')}
          name="language"
          options={languages.map((code) => ({ value: code, label: languageNames[code] }))}
          chosen={language.value}
          choose={(code) => void shell.chooseLanguage(code)}
        />
        <Choice
          legend={common('appearance')}
          name="scheme"
          options={schemes.map((scheme) => ({ value: scheme, label: schemeNames[scheme] }))}
          chosen={shell.appearance.scheme.value}
          choose={shell.appearance.choose}
        />
        {shell.install.offered.value && (
          <section class="part">
            <h2 class="h-s">{t('installTitle')}</h2>
            <p>{t('installText')}</p>
            <button type="button" class="btn line" onClick={() => void shell.install.install()}>
              {t('install')}
            </button>
          </section>
        )}
        <OtherDevice />
        <OwnWordsFile />
        <SignOut />
        <EraseMe />
      </main>
    </>
  )
}

const Choice = <V extends string>({
  legend,
  name,
  options,
  chosen,
  choose,
}: {
  legend: string
  name: string
  options: readonly { value: V; label: string }[]
  chosen: V
  choose: (value: V) => void
}) => (
  <fieldset class="part choice">
    <legend class="h-s">{legend}</legend>
    {options.map(({ value, label }) => (
      <label key={value}>
        <input type="radio" name={name} checked={value === chosen} onChange={() => choose(value)} />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
)

const OtherDevice = () => {
  const { account, me } = useServices()
  const [shown, setShown] = useState<{ code: string; expiresAt: number } | 'failed' | null>(null)
  const t = strings('account')
  const ask = async (): Promise<void> => setShown((await account.deviceCode()) ?? 'failed')
  return (
    <section class="part">
      <h2 class="h-s">{t('otherDeviceTitle')}</h2>
      <p>{t(me.anonymous ? 'otherDeviceAnonymous' : 'otherDeviceText')}</p>
      <div role="status">
        {shown === 'failed' && <p class="note err">{t('otherDeviceFailed')}</p>}
        {shown !== null && shown !== 'failed' && (
          <>
            <p class="device-code" translate={false}>
              {shown.code}
            </p>
            <p class="hint">
              {t('otherDeviceHow', {
                address: `${location.host}${links.signIn}`,
                clock: formatClock(shown.expiresAt),
              })}
            </p>
          </>
        )}
      </div>
      <button type="button" class="btn line" onClick={() => void ask()}>
        {t(shown === null ? 'otherDeviceShow' : 'otherDeviceAgain')}
      </button>
    </section>
  )
}

const SignOut = () => {
  const { account, me } = useServices()
  const [state, setState] = useState<'idle' | 'busy' | 'unsent'>('idle')
  const t = strings('account')
  const leave = async (force: boolean): Promise<void> => {
    setState('busy')
    if ((await account.signOut(force)) === 'unsent') setState('unsent')
  }
  return (
    <section class="part">
      <h2 class="h-s">{t('signOutTitle')}</h2>
      <p>{t(me.anonymous ? 'signOutAnonymous' : 'signOutText')}</p>
      {state === 'unsent' && (
        <div class="note" role="alert">
          <h3>{t('unsentTitle')}</h3>
          <p>{t('unsentText')}</p>
          <div class="row">
            <button type="button" class="btn small" onClick={() => void leave(false)}>
              {t('unsentSend')}
            </button>
            <button type="button" class="btn line small" onClick={() => void leave(true)}>
              {t('unsentLeave')}
            </button>
          </div>
          <SaveFile />
        </div>
      )}
      {state !== 'unsent' && (
        <button
          type="button"
          class="btn line"
          disabled={state === 'busy'}
          onClick={() => void leave(false)}
        >
          {t(state === 'busy' ? 'signingOut' : 'signOut')}
        </button>
      )}
    </section>
  )
}
