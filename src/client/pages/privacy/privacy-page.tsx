import { type Sees, seesSchema } from '../../../shared/domain/field.ts'
import { strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { SignInTop } from '../sign-in/sign-in-top.tsx'

// Each sentence is true of the code, or must be changed with it: docs/privacy.md says where each is decided.
const parts = [
  ['deviceTitle', ['device1', 'device2', 'device3', 'device4']],
  ['serverTitle', ['server1', 'server2', 'server3', 'server4']],
  ['longTitle', ['long1', 'long2', 'long3', 'long4']],
  ['cookieTitle', ['cookie1', 'cookie2', 'cookie3', 'cookie4']],
  ['outTitle', ['out1', 'out2', 'out3', 'out4']],
] as const
/** What else than answers somebody could see. */
const others = [
  ['rowNote', 'seenBy_me'],
  ['rowProgress', 'seenProgress'],
  ['rowHandedIn', 'seenHandedIn'],
  ['rowGroupDone', 'seenGroupDone'],
  ['rowCard', 'seenCard'],
  ['rowHere', 'seenHere'],
  ['rowLeft', 'seenBy_me'],
  ['rowWho', 'seenWho'],
  ['rowContact', 'seenContact'],
  ['rowCertificate', 'seenCertificate'],
  ['rowReport', 'seenReport'],
  ['rowActs', 'seenActs'],
] as const

/** "Slik tek vi vare på deg": for everybody, signed in or not. */
export const PrivacyPage = () => {
  const isIn = useShell().start.value.kind === 'ready'
  const t = strings('privacy')
  useTitle(t('title'))
  return (
    <>
      <SignInTop />
      <main id="content" class="wrap care">
        <h1>{t('title')}</h1>
        <p class="lede">{t('lede')}</p>
        <section class="short" aria-labelledby="short">
          <h2 id="short">{t('shortTitle')}</h2>
          <ul>
            <li>{t('short1')}</li>
            <li>{t('short2')}</li>
            <li>{t('short3')}</li>
            <li>{t('short4')}</li>
          </ul>
        </section>
        <WhoSeesWhat />
        {parts.map(([title, lines]) => (
          <section key={title}>
            <h2>{t(title)}</h2>
            <ul>
              {lines.map((line) => (
                <li key={line}>{t(line)}</li>
              ))}
            </ul>
          </section>
        ))}
        <section>
          <h2>{t('askTitle')}</h2>
          <p>{t('ask')}</p>
          <p>
            <a href={isIn ? links.account : links.signIn}>{t(isIn ? 'toAccount' : 'toSignIn')}</a>
          </p>
        </section>
      </main>
    </>
  )
}

/** The kinds of fields are those of the content: a new one asks for its words here. */
const WhoSeesWhat = () => {
  const t = strings('privacy')
  const row = (title: string, who: string) => (
    <div key={title}>
      <dt>{title}</dt>
      <dd>{who}</dd>
    </div>
  )
  return (
    <section>
      <h2>{t('whoTitle')}</h2>
      <p>{t('whoIntro')}</p>
      <dl class="who-sees">
        {seesSchema.options.map((sees: Sees) => row(t(`sees_${sees}`), t(`seenBy_${sees}`)))}
        {others.map(([title, who]) => row(t(title), t(who)))}
      </dl>
      <p>{t('operator')}</p>
    </section>
  )
}
