import { languages } from '../../../shared/domain/languages.ts'
import { language, strings } from '../../i18n/i18n.ts'
import { schemes } from '../../state/appearance.ts'
import { type Table, useServices } from '../../state/services.ts'
import { useShell } from '../../state/shell.ts'
import { WhomToAsk } from '../contacts/whom-to-ask.tsx'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { LeaveTable } from '../table/leave-table.tsx'
import { Calendar } from './calendar.tsx'
import { Certificate } from './certificate.tsx'
import { Devices } from './devices.tsx'
import { EraseMe } from './erase-me.tsx'
import { OwnData } from './own-data.tsx'
import { SignOut } from './sign-out.tsx'

/** Who is signed in and where, how the page looks, what is stored of them, and the ways out. */
export const AccountPage = () => {
  const { me, table } = useServices()
  const t = strings('account')
  const common = strings('common')
  useTitle(strings('home')('myAccount'))
  return (
    <>
      <TopBar back={{ href: links.line, label: common('line') }} />
      <main id="content" class="wrap account">
        <p class="kick">{t('signedInAs')}</p>
        <h1>{me.name}</h1>
        <p class="lede">{t('cohort', { cohort: me.cohort.name })}</p>
        <Looks />
        <Calendar />
        <Certificate />
        {!table && <Devices />}
        <OwnData />
        <WhomToAsk />
        {table ? <LeaveTablePart table={table} /> : <SignOut />}
        <EraseMe />
      </main>
    </>
  )
}

const LeaveTablePart = ({ table }: { table: Table }) => {
  const t = strings('table')
  return (
    <section class="part">
      <h2 class="h-s">{t('leaveTitle')}</h2>
      <div>
        <p>{t('leaveText')}</p>
        <LeaveTable table={table} />
      </div>
    </section>
  )
}

const Looks = () => {
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
    <section class="part">
      <h2 class="h-s">{t('looksTitle')}</h2>
      <div>
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
          <>
            <h3>{t('installTitle')}</h3>
            <p>{t('installText')}</p>
            <button type="button" class="btn line" onClick={() => void shell.install.install()}>
              {t('install')}
            </button>
          </>
        )}
      </div>
    </section>
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
  <fieldset class="choice">
    <legend>{legend}</legend>
    {options.map(({ value, label }) => (
      <label key={value}>
        <input type="radio" name={name} checked={value === chosen} onChange={() => choose(value)} />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
)
