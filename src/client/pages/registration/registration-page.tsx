import { useEffect, useState } from 'preact/hooks'
import type { RegistrationSight } from '../../../shared/domain/registration.ts'
import { Drawing } from '../../components/drawing.tsx'
import { formatDate, formatSpan, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { lookAtRegistration } from '../../state/registration.ts'
import { useShell } from '../../state/shell.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { SignInTop } from '../sign-in/sign-in-top.tsx'
import { RegistrationForm } from './registration-form.tsx'
import { sayLinkFailure } from './registration-words.ts'

type Seen = Awaited<ReturnType<typeof lookAtRegistration>>

/** `/paamelding/<token>`: a municipality registers its people. Whether anybody is signed in here means nothing. */
export const RegistrationPage = ({ token = '' }: { token?: string }) => {
  const shell = useShell()
  const t = strings('registration')
  const [seen, setSeen] = useState<Seen | null>(null)
  const look = async (): Promise<void> =>
    setSeen(await shell.ask((deps) => lookAtRegistration(deps, token)))
  useEffect(() => void look(), [token])
  /** What became of those who were sent stays, whatever has become of the link. */
  const refresh = async (): Promise<void> => {
    const again = await shell.ask((deps) => lookAtRegistration(deps, token))
    if (again.ok) setSeen(again)
  }
  useTitle(t('title'))
  return (
    <>
      <SignInTop />
      <main id="content" class="registration wrap">
        {seen === null && <p class="mute late">{t('looking')}</p>}
        {seen?.ok === false && (
          <>
            <h1>{t('closedTitle')}</h1>
            <p class="lede" role="alert">
              {sayLinkFailure(seen.error)}
            </p>
            <button type="button" class="btn line" onClick={() => void look()}>
              {strings('common')('tryAgain')}
            </button>
          </>
        )}
        {seen?.ok && (
          <>
            <About sight={seen.value} />
            <RegistrationForm key={token} token={token} sight={seen.value} refresh={refresh} />
            <p class="hint">
              {t('privacy')} <a href={links.privacy}>{strings('privacy')('title')}</a>
            </p>
          </>
        )}
      </main>
    </>
  )
}

/** For what one registers, when and where it is, and how many seats there are. */
const About = ({ sight }: { sight: RegistrationSight }) => {
  const t = strings('registration')
  const { programme, free, capacity, gatherings } = sight
  const what = programme ? local(programme) : sight.network
  return (
    <header class="registration-head">
      <div>
        <p class="kick">{t('for', { municipality: sight.municipality, network: sight.network })}</p>
        <h1>{t('heading', { programme: what, cohort: sight.cohort })}</h1>
        <p class="lede">
          {free > 0 ? t('seatsLeft', { free, capacity }) : t('noSeats', { capacity })}{' '}
          {t('openUntil', { day: formatDate(new Date(sight.expiresAt), new Date()) })}
        </p>
        {gatherings.length > 0 && (
          <dl class="registration-days">
            {gatherings.map((gathering) => (
              <div key={gathering.stop}>
                <dt>{local(gathering.title)}</dt>
                <dd>{whenOf(gathering)}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <Drawing name="ferry" width={200} />
    </header>
  )
}

const whenOf = ({ starts, ends, place }: RegistrationSight['gatherings'][number]): string => {
  const days = starts && formatSpan(parseDay(starts), parseDay(ends ?? starts), new Date())
  return [place, days].filter(Boolean).join(', ') || strings('registration')('noDay')
}
