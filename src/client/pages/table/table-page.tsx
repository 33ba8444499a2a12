import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { readTableLink } from '../../../shared/domain/table-link.ts'
import { Drawing } from '../../components/drawing.tsx'
import { strings } from '../../i18n/i18n.ts'
import type { Services } from '../../state/services.ts'
import { useShell } from '../../state/shell.ts'
import type { NotSeated } from '../../state/table.ts'
import { askLinkOfCode } from '../../state/table-links.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { SignInTop } from '../sign-in/sign-in-top.tsx'
import { LeaveTable } from './leave-table.tsx'
import { untilWords } from './until.ts'

/** `/bord#<link>` shows what the link is for, and one button; without a link it asks for the short code. */
export const TablePage = () => {
  const shell = useShell()
  const { query } = useLocation()
  const [link, setLink] = useState(location.hash.slice(1))
  const start = shell.start.value
  const services = start.kind === 'ready' ? start.services : null
  useTitle(strings('table')('joinTitle'))

  // Scanned again while this page is open, the address changes behind its hash alone.
  useEffect(() => {
    const changed = (): void => setLink(location.hash.slice(1))
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])

  return (
    <>
      <SignInTop />
      <main id="content" class="link-page">
        <div class="link-text">
          {services?.table ? (
            <Already services={services} />
          ) : query.ferdig !== undefined && link === '' ? (
            <Left />
          ) : link === '' ? (
            <Code found={setLink} />
          ) : (
            <Join link={link} person={services?.me.name ?? null} again={() => setLink('')} />
          )}
        </div>
        <Drawing name="table" width={300} />
      </main>
    </>
  )
}

const Join = ({ link, person, again }: { link: string; person: string | null; again(): void }) => {
  const shell = useShell()
  const { route } = useLocation()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const t = strings('table')
  const facts = readTableLink(link)?.facts

  const sit = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const sat = await shell.sitDown(link)
    setBusy(false)
    if (sat.ok) route(links.line, true)
    else setFailure(failureOf(sat.why))
  }
  if (!facts) {
    return (
      <>
        <h1>{t('codeTitle')}</h1>
        <p class="note err" role="alert">
          {t('why-no-link')}
        </p>
        <button type="button" class="btn line" onClick={again}>
          {strings('common')('tryAgain')}
        </button>
      </>
    )
  }
  return (
    <>
      <p class="kick">{t('joinTitle')}</p>
      <h1>{t('joinFor', { group: facts.n })}</h1>
      <p class="lede">{t('joinText', { when: untilWords(facts.e) })}</p>
      {person !== null && <p class="note plain">{t('joinParked', { name: person })}</p>}
      {failure && (
        <p class="note err" role="alert">
          {t(`why-${failure}`)}
        </p>
      )}
      <form onSubmit={(event) => void sit(event)}>
        <button type="submit" class="btn lamp" disabled={busy}>
          {t(busy ? 'joining' : 'join')}
        </button>
      </form>
    </>
  )
}

const Code = ({ found }: { found(link: string): void }) => {
  const shell = useShell()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const t = strings('table')
  const find = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (typed.trim() === '') return
    setBusy(true)
    setFailure(null)
    const answer = await shell.ask((deps) => askLinkOfCode(deps, typed))
    setBusy(false)
    if (answer.ok) found(answer.link)
    else setFailure(failureOf(answer.why))
  }
  return (
    <>
      <h1>{t('codeTitle')}</h1>
      <p class="lede">{t('codeText')}</p>
      <form onSubmit={(event) => void find(event)}>
        <label class="field">
          <span class="q">{t('code')}</span>
          <input
            class="area"
            name="table-code"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={typed}
            aria-invalid={failure !== null}
            aria-describedby={failure ? 'table-failure' : undefined}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <span class="hint">{t('codeHint')}</span>
        </label>
        {failure && (
          <p id="table-failure" class="note err" role="alert">
            {t(`why-${failure}`)}
          </p>
        )}
        <button type="submit" class="btn lamp" disabled={busy}>
          {t('findTable')}
        </button>
      </form>
    </>
  )
}

const Already = ({ services: { me, table } }: { services: Services }) => {
  const t = strings('table')
  return (
    <>
      <h1>{t('alreadyTitle')}</h1>
      <p class="lede">{t('alreadyText', { group: me.name })}</p>
      <p>
        <a class="btn" href={links.group}>
          {t('toGroup')}
        </a>
      </p>
      {table && <LeaveTable table={table} />}
    </>
  )
}

const Left = () => {
  const t = strings('table')
  return (
    <>
      <h1>{t('doneTitle')}</h1>
      <p class="lede" role="status">
        {t('doneText')}
      </p>
      <a class="btn" href={links.line}>
        {t('doneGoOn')}
      </a>
    </>
  )
}

const failures = [
  'no-link',
  'missing',
  'unreachable',
  'wrong-code',
  'code-expired',
  'too-many',
  'seated',
] as const
type Failure = (typeof failures)[number] | 'other'

const failureOf = (why: NotSeated): Failure => failures.find((known) => known === why) ?? 'other'
