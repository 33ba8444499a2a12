import { useEffect, useId, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { VerifiedCertificate } from '../../../shared/domain/certificate.ts'
import { formatDate, formatNumber, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { type Told, verifyCertificate } from '../../state/certificate.ts'
import { useShell } from '../../state/shell.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { SignInTop } from '../sign-in/sign-in-top.tsx'

/** `/kursbevis/<code>`: whether it is true, for anybody, signed in or not. */
export const CertificatePage = ({ code = '' }: { code?: string }) => {
  const shell = useShell()
  const t = strings('certificate')
  const [told, setTold] = useState<Told<VerifiedCertificate> | null>(null)
  useEffect(() => {
    let shown = true
    setTold(null)
    if (code) {
      void shell
        .ask((deps) => verifyCertificate(deps, code))
        .then((answer) => {
          if (shown) setTold(answer)
        })
    }
    return () => {
      shown = false
    }
  }, [shell, code])
  useTitle(t('checkTitle'))
  return (
    <>
      {shell.start.value.kind === 'ready' ? (
        <TopBar back={{ href: links.account, label: strings('home')('myAccount') }} />
      ) : (
        <SignInTop />
      )}
      <main id="content" class="gathering wrap">
        {told?.ok ? (
          <Verified certificate={told.value} />
        ) : (
          <>
            <h1>{t(titleKey(code, told))}</h1>
            {code && told === null ? (
              <p class="mute late">{t('checking')}</p>
            ) : (
              <p class="lede" role={told ? 'alert' : undefined}>
                {t(textKey(told))}
              </p>
            )}
            <CodeForm key={code} code={code} />
          </>
        )}
      </main>
    </>
  )
}

const titleKey = (code: string, told: Told<unknown> | null) => {
  if (!code || !told || told.ok) return 'checkTitle'
  return told.error === 'not-found' || told.error === 'bad-request'
    ? 'unknownTitle'
    : 'unreachableTitle'
}

const textKey = (told: Told<unknown> | null) => {
  if (!told || told.ok) return 'checkText'
  if (told.error === 'too-many') return 'tooMany'
  return told.error === 'not-found' || told.error === 'bad-request' ? 'unknownText' : 'failed'
}

const CodeForm = ({ code }: { code: string }) => {
  const t = strings('certificate')
  const { route } = useLocation()
  const id = useId()
  const [typed, setTyped] = useState(code)
  return (
    <form
      class="verify"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim()) route(links.certificate(encodeURIComponent(typed.trim())))
      }}
    >
      <label for={id}>{t('code')}</label>
      <input
        id={id}
        class="area one"
        type="text"
        autocomplete="off"
        spellcheck={false}
        maxLength={40}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" class="btn">
        {t('check')}
      </button>
    </form>
  )
}

const Verified = ({ certificate }: { certificate: VerifiedCertificate }) => {
  const t = strings('certificate')
  const { name, programme, hours, modules, issuedOn } = certificate
  return (
    <>
      <p class="kick">{t('title')}</p>
      <h1>{t('trueTitle')}</h1>
      <p class="lede">{t('hasDone', { name, programme: local(programme) })}</p>
      <dl class="gathering-facts">
        <div>
          <dt>{t('hours')}</dt>
          <dd>{formatNumber(hours)}</dd>
        </div>
        <div>
          <dt>{t('issuedOn')}</dt>
          <dd>{`${formatDate(parseDay(issuedOn))} ${issuedOn.slice(0, 4)}`}</dd>
        </div>
        {modules.length > 0 && (
          <div>
            <dt>{t('modules')}</dt>
            <dd>
              {modules.map((title) => (
                <p key={title.nn}>{local(title)}</p>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </>
  )
}
