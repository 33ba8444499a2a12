import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso'
import { loadLaterStrings, strings } from '../../i18n/i18n.ts'
import { ServicesProvider, useServices } from '../../state/services.ts'
import { useShell } from '../../state/shell.ts'
import { HomePage } from '../home/home-page.tsx'
import { Message } from './message.tsx'
import { UpdateNote } from './update-note.tsx'

/** A page with the strings that home does not need. */
const later = <P,>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => {
    const [page] = await Promise.all([load(), loadLaterStrings()])
    return page
  })

const ModulePage = later(() => import('../module/module-page.tsx').then((m) => m.ModulePage))
const GroupPage = later(() => import('../group/group-page.tsx').then((m) => m.GroupPage))
const NotFound = lazy(() => import('./not-found.tsx').then((m) => m.NotFound))
const ItemPage = later(() => import('../item/item-page.tsx').then((m) => m.ItemPage))
const NotesPage = later(() => import('../notes/notes-page.tsx').then((m) => m.NotesPage))
const JourneyPage = later(() => import('../journey/journey-page.tsx').then((m) => m.JourneyPage))
const DevicePage = later(() => import('../device/device-page.tsx').then((m) => m.DevicePage))
const AccountPage = later(() => import('../account/account-page.tsx').then((m) => m.AccountPage))
const MeetingPage = later(() => import('../meeting/meeting-page.tsx').then((m) => m.MeetingPage))
const LinkPage = later(() => import('../elected/link-page.tsx').then((m) => m.LinkPage))
const SignInPage = later(() => import('../sign-in/sign-in-page.tsx').then((m) => m.SignInPage))

export const App = () => {
  const [crashed, setCrashed] = useState(false)
  if (crashed) return <Crash />
  return (
    <LocationProvider>
      <SkipLink />
      <ErrorBoundary
        onError={(error) => {
          console.error(error)
          setCrashed(true)
        }}
      >
        <Pages />
      </ErrorBoundary>
      <UpdateNote />
    </LocationProvider>
  )
}

const Pages = () => {
  const shell = useShell()
  const start = shell.start.value
  const t = strings('common')
  switch (start.kind) {
    case 'starting':
      return null // a moment only: what is on the device is read
    case 'no-programme':
      return (
        <Message
          drawing="ferry"
          title={t(start.reason === 'offline' ? 'startOfflineTitle' : 'startFailedTitle')}
          text={t(start.reason === 'offline' ? 'startOfflineText' : 'startFailedText')}
        >
          <button type="button" class="btn" onClick={() => void shell.retry()}>
            {t('tryAgain')}
          </button>
        </Message>
      )
    case 'signed-out':
      return (
        <Router>
          <Route path="/inn/:code" component={SignInPage} />
          <Route path="/folkevalde/:token" component={LinkPage} />
          <Route default component={SignInPage} />
        </Router>
      )
    case 'ready':
      return (
        <ServicesProvider value={start.services}>
          <Router>
            <Route path="/" component={HomePage} />
            <Route path="/modul/:id" component={ModulePage} />
            <Route path="/del/:module/:item" component={ItemPage} />
            <Route path="/notat" component={NotesPage} />
            <Route path="/gruppe" component={GroupPage} />
            <Route path="/reise/:minutes?" component={JourneyPage} />
            <Route path="/eininga" component={DevicePage} />
            <Route path="/meg" component={AccountPage} />
            <Route path="/mote" component={MeetingPage} />
            <Route path="/folkevalde/:token" component={LinkPage} />
            <Route path="/inn" component={SignInPage} />
            <Route path="/inn/:code" component={SignInPage} />
            <Route default component={NotFound} />
          </Router>
          <Dock />
        </ServicesProvider>
      )
  }
}

/** What plays brings its dock along. */
const Dock = () => {
  const Shown = useServices().playing.value?.Dock
  return Shown ? <Shown /> : null
}

const SkipLink = () => (
  <a class="skip" href="#content">
    {strings('common')('skip')}
  </a>
)

const Crash = () => {
  const t = strings('common')
  return (
    <Message drawing="cabin-lamp" title={t('crashTitle')} text={t('crashText')}>
      <button type="button" class="btn" onClick={() => location.reload()}>
        {t('reload')}
      </button>
    </Message>
  )
}
