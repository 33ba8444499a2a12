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
const PlanPage = later(() => import('../plan/open-plan.ts').then((m) => m.openPlan()))
const CardsPage = later(() => import('../cards/open-cards.ts').then((m) => m.openCardPages()))
const NotFound = lazy(() => import('./not-found.tsx').then((m) => m.NotFound))
const ItemPage = later(() => import('../item/item-page.tsx').then((m) => m.ItemPage))
const NotesPage = later(() => import('../notes/notes-page.tsx').then((m) => m.NotesPage))
const JourneyPage = later(() => import('../journey/journey-page.tsx').then((m) => m.JourneyPage))
const DevicePage = later(() => import('../device/device-page.tsx').then((m) => m.DevicePage))
const AccountPage = later(() => import('../account/account-page.tsx').then((m) => m.AccountPage))
const PrivacyPage = later(() => import('../privacy/privacy-page.tsx').then((m) => m.PrivacyPage))
const MeetingPage = later(() => import('../meeting/meeting-page.tsx').then((m) => m.MeetingPage))
const LinkPage = later(() => import('../elected/link-page.tsx').then((m) => m.LinkPage))
const GatheringPage = later(() =>
  import('../gathering/open-gathering.ts').then((m) => m.openGathering()),
)
const CertificatePage = later(() =>
  import('../certificate/open-certificate.ts').then((m) => m.openCertificate()),
)
const RegistrationPage = later(() =>
  import('../registration/open-registration.ts').then((m) => m.openRegistration()),
)
/** Not kept on the device with the rest, since most people never see it: without a network it may not come. */
const AdminPage = later(() =>
  import('../admin/open-admin.ts').then(
    (m) => m.openAdmin(),
    () => Unreachable,
  ),
)
const TablePage = later(() => import('../table/table-page.tsx').then((m) => m.TablePage))
const TableOverPage = later(() => import('../table/over-page.tsx').then((m) => m.OverPage))
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
          <Route path="/bord" component={TablePage} />
          <Route path="/folkevalde/:token" component={LinkPage} />
          <Route path="/paamelding/:token" component={RegistrationPage} />
          <Route path="/kursbevis/:code?" component={CertificatePage} />
          <Route path="/personvern" component={PrivacyPage} />
          <Route default component={SignInPage} />
        </Router>
      )
    case 'ready':
      if (start.services.table?.isOver.value) {
        return (
          <ServicesProvider value={start.services}>
            <TableOverPage />
          </ServicesProvider>
        )
      }
      return (
        <ServicesProvider value={start.services}>
          <Router>
            <Route path="/" component={HomePage} />
            <Route path="/modul/:id" component={ModulePage} />
            <Route path="/del/:module/:item" component={ItemPage} />
            <Route path="/notat" component={NotesPage} />
            <Route path="/gruppe" component={GroupPage} />
            <Route path="/plan" component={PlanPage} />
            <Route path="/delt/:part?/:id?" component={CardsPage} />
            <Route path="/reise/:minutes?" component={JourneyPage} />
            <Route path="/eininga" component={DevicePage} />
            <Route path="/meg" component={AccountPage} />
            <Route path="/personvern" component={PrivacyPage} />
            <Route path="/samling/:stop" component={GatheringPage} />
            <Route path="/kursbevis/:code?" component={CertificatePage} />
            <Route path="/mote" component={MeetingPage} />
            <Route path="/admin" component={AdminPage} />
            <Route path="/admin/*" component={AdminPage} />
            <Route path="/bord" component={TablePage} />
            <Route path="/folkevalde/:token" component={LinkUnlessTable} />
            <Route path="/paamelding/:token" component={RegistrationPage} />
            <Route path="/inn" component={SignInUnlessTable} />
            <Route path="/inn/:code" component={SignInUnlessTable} />
            <Route default component={NotFound} />
          </Router>
          <Dock />
        </ServicesProvider>
      )
  }
}

/** A tablet on a group's table is nobody's to sign in at: it leaves the table first. */
const SignInUnlessTable = (props: { code?: string }) =>
  useServices().table ? <TablePage /> : <SignInPage {...props} />
const LinkUnlessTable = (props: { token?: string }) =>
  useServices().table ? <TablePage /> : <LinkPage {...props} />

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

const Unreachable = () => {
  const t = strings('common')
  return (
    <Message drawing="ferry" title={t('startFailedTitle')} text={t('unreachableText')}>
      <button type="button" class="btn" onClick={() => location.reload()}>
        {t('tryAgain')}
      </button>
    </Message>
  )
}

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
