import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { Me } from '../../../shared/domain/person.ts'
import type { ErrorCode } from '../../../shared/protocol/errors.ts'
import { Drawing } from '../../components/drawing.tsx'
import { Icon } from '../../components/icon.tsx'
import { language, strings } from '../../i18n/i18n.ts'
import { enterByLink, type LinkSight, lookAtLink } from '../../state/municipality-link.ts'
import { useShell } from '../../state/shell.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { SignInTop } from '../sign-in/sign-in-top.tsx'

/** `/folkevalde/<token>`: what the municipality's link is, and one button. Only the button makes somebody. */
export const LinkPage = ({ token = '' }: { token?: string }) => {
  const shell = useShell()
  const { route } = useLocation()
  const [sight, setSight] = useState<LinkSight | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  // Pressed again after a lost answer, it is the same person.
  const attempt = useMemo(() => crypto.randomUUID(), [token])
  const t = strings('elected')
  useTitle(t('linkTitle'))

  const look = async (): Promise<void> => {
    setFailure(null)
    setSight(null)
    setSight(await shell.ask((deps) => lookAtLink(deps, token)))
  }
  useEffect(() => void look(), [token])

  const enter = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const result = await shell.signIn(token, enterByLink(attempt, language.peek()))
    setBusy(false)
    if (result.ok) route(links.line, true)
    else setFailure(failureOf(result.error))
  }

  const start = shell.start.value
  const present = start.kind === 'ready' ? start.services.me : null
  const refused = sight && !sight.ok ? failureOf(sight.error) : null
  return (
    <>
      <SignInTop />
      <main id="content" class="link-page">
        <div class="link-text">
          {refused ? (
            <Refused failure={refused} present={present} again={() => void look()} />
          ) : (
            <>
              <p class="kick">
                {sight?.ok ? t('linkFor', { municipality: sight.municipality }) : t('looking')}
              </p>
              <h1>{t('linkTitle')}</h1>
              <p class="lede">{t('linkText')}</p>
              <p class="note plain">{t('linkAnonymous')}</p>
              <p class="mute">{t('linkSums')}</p>
              {sight?.ok && <Present sight={sight} present={present} />}
              {failure && (
                <p class="note err" role="alert">
                  {t(`failure-${failure}`)}
                </p>
              )}
              <form onSubmit={(event) => void enter(event)}>
                <button type="submit" class="btn lamp" disabled={busy || !sight?.ok}>
                  <Icon name="play" />
                  {busy
                    ? t('entering')
                    : sight?.ok && isOf(sight, present)
                      ? t('goOn')
                      : t('enter')}
                </button>
              </form>
              <a class="txt-btn" href={links.signIn}>
                {t('haveCode')}
              </a>
            </>
          )}
        </div>
        <Drawing name="table" width={300} />
      </main>
    </>
  )
}

/** Somebody has this device already. */
const Present = ({ sight, present }: { sight: LinkSight & { ok: true }; present: Me | null }) => {
  const t = strings('elected')
  if (present === null) return null
  if (isOf(sight, present)) return <p role="status">{t('alreadyHere')}</p>
  return <p class="note">{t('otherHere', { name: present.name })}</p>
}

const isOf = (sight: LinkSight & { ok: true }, present: Me | null): boolean =>
  present?.audience === sight.audience && present.municipality?.name === sight.municipality

const Refused = ({
  failure,
  present,
  again,
}: {
  failure: Failure
  present: Me | null
  again(): void
}) => {
  const t = strings('elected')
  const common = strings('common')
  return (
    <>
      <h1>{t('failedTitle')}</h1>
      <p class="lede" role="alert">
        {t(`failure-${failure}`)}
      </p>
      <div class="row">
        {present && (
          <a class="btn" href={links.line}>
            {common('toLine')}
          </a>
        )}
        <button type="button" class="btn line" onClick={again}>
          {common('tryAgain')}
        </button>
      </div>
      {!present && (
        <a class="txt-btn" href={links.signIn}>
          {t('haveCode')}
        </a>
      )}
    </>
  )
}

const failures = [
  'wrong-link',
  'link-expired',
  'link-closed',
  'link-full',
  'too-many',
  'unreachable',
] as const
type Failure = (typeof failures)[number] | 'other'

const failureOf = (error: ErrorCode | 'unreachable'): Failure =>
  failures.find((known) => known === error) ?? 'other'
