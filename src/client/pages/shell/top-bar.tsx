import type { ComponentChildren } from 'preact'
import { languages } from '../../../shared/domain/languages.ts'
import { isStaff } from '../../../shared/domain/staff.ts'
import { Choice } from '../../components/choice.tsx'
import { Icon } from '../../components/icon.tsx'
import { Logo } from '../../components/logo.tsx'
import { Menu, type MenuLink } from '../../components/menu.tsx'
import { language, strings } from '../../i18n/i18n.ts'
import { schemes } from '../../state/appearance.ts'
import { type Services, useServices } from '../../state/services.ts'
import { useShell } from '../../state/shell.ts'
import { links } from '../links.ts'
import { WordsState } from './state-line.tsx'

export type Section =
  | 'shared'
  | 'line'
  | 'group'
  | 'meeting'
  | 'notes'
  | 'journey'
  | 'device'
  | 'account'
  | 'admin'

/** The top of every page: the way back (or the name), where the words are, and the menu. */
export const TopBar = ({
  back,
  current,
  calm,
}: {
  back?: { href: string; label: string }
  current?: Section
  /** What to say when there is nothing to say of the words but that they are sent. */
  calm?: ComponentChildren
}) => {
  const { me, table } = useServices()
  const t = strings('common')
  const pages = sections(me, current)
  return (
    <header class={back ? 'top sub-top' : 'top'}>
      <a class="logo" href={links.line} aria-label={`${t('appName')}, ${t('toLine')}`}>
        <Logo />
      </a>
      {back && (
        <a class="back" href={back.href}>
          <Icon name="back" />
          {back.label}
        </a>
      )}
      <nav class="tabs" aria-label={strings('home')('mainMenu')}>
        {pages.map(({ href, label, current: here }) => (
          <a key={href} href={href} aria-current={here ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <span class="gap" />
      {table && (
        <a class="txt-btn shared-tablet" href={links.table}>
          {t('sharedTablet')}
        </a>
      )}
      <WordsState calm={calm} />
      <Menu
        links={[
          ...pages,
          ...(me.groups.length > 0 || isStaff(me)
            ? [{ href: links.shared, label: t('shared'), current: current === 'shared' }]
            : []),
          {
            href: links.account,
            label: strings('home')('myAccount'),
            current: current === 'account',
          },
          ...(isStaff(me)
            ? [
                {
                  href: links.admin,
                  label: strings('home')('administration'),
                  current: current === 'admin',
                },
              ]
            : []),
        ]}
      >
        <Settings />
        <p class="hint">{t('signedInAs', { name: me.name })}</p>
      </Menu>
    </header>
  )
}

/** Leaves out what this person does not have: a group, or words of their own. */
const sections = (me: Services['me'], current: Section | undefined): MenuLink[] => {
  const t = strings('common')
  const all: (MenuLink & { key: Section; shown: boolean })[] = [
    { key: 'line', href: links.line, label: t('line'), current: current === 'line', shown: true },
    {
      key: 'group',
      href: links.group,
      label: t('group'),
      current: current === 'group',
      shown: me.groups.length > 0,
    },
    {
      key: 'meeting',
      href: links.meeting,
      label: strings('home')('electedMeeting'),
      current: current === 'meeting',
      shown: !!me.resourceFor,
    },
    {
      key: 'notes',
      href: links.notes,
      label: t('myNotes'),
      current: current === 'notes',
      shown: me.personScope !== null,
    },
    {
      key: 'journey',
      href: links.journey,
      label: t('journey'),
      current: current === 'journey',
      shown: true,
    },
    {
      key: 'device',
      href: links.device,
      label: t('onDevice'),
      current: current === 'device',
      shown: true,
    },
  ]
  return all.filter(({ shown }) => shown)
}

const Settings = () => {
  const shell = useShell()
  const t = strings('common')
  const languageNames = { nn: t('nynorsk'), nb: t('bokmal') }
  const schemeNames = { light: t('light'), dark: t('dark'), auto: t('followSystem') }
  return (
    <>
      <Choice
        legend={t('language')}
        name="language"
        options={languages.map((code) => ({ value: code, label: languageNames[code], lang: code }))}
        value={language.value}
        choose={(code) => void shell.chooseLanguage(code)}
      />
      <Choice
        legend={t('appearance')}
        name="appearance"
        options={schemes.map((scheme) => ({ value: scheme, label: schemeNames[scheme] }))}
        value={shell.appearance.scheme.value}
        choose={(scheme) => shell.appearance.choose(scheme)}
      />
    </>
  )
}
