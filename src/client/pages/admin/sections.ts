import type { ComponentType } from 'preact'
import { lazy } from 'preact-iso'
import type { Me } from '../../../shared/domain/person.ts'
import { type Access, reachOf } from '../../../shared/domain/policy.ts'
import type { AdminResources } from '../../i18n/resources.ts'
import type { PageParams } from './page-params.ts'
import { Unreachable } from './unreachable.tsx'

/** A page under /admin. Its props are the parameters of its path. */
export interface AdminPageEntry {
  /** Without `/admin`, such as `/kull/:id`. */
  path: string
  /** What one must be allowed to, to see it. */
  access: Access
  component: ComponentType<PageParams> & { preload(): Promise<unknown> }
}

/** A part of the navigation, with its pages: the first is the one it links to. */
export interface AdminSection {
  label: keyof AdminResources['admin']
  pages: readonly [AdminPageEntry, ...AdminPageEntry[]]
}

const page = (
  path: string,
  access: Access,
  load: () => Promise<ComponentType<PageParams>>,
): AdminPageEntry => ({ path, access, component: lazy(() => load().catch(() => Unreachable)) })

/** All pages, in the order of the navigation. A new page is one line here. */
export const sections: readonly AdminSection[] = [
  {
    label: 'overview',
    pages: [
      page('/', ['cohort', 'list'], () =>
        import('./overview-page.tsx').then((m) => m.OverviewPage),
      ),
      page('/kull/:id', ['cohort', 'change'], () =>
        import('./cohort-page.tsx').then((m) => m.CohortPage),
      ),
    ],
  },
  {
    label: 'people',
    pages: [
      page('/folk', ['person', 'list'], () =>
        import('./people/people-page.tsx').then((m) => m.PeoplePage),
      ),
      page('/importer', ['person', 'change'], () =>
        import('./people/import-page.tsx').then((m) => m.ImportPage),
      ),
    ],
  },
  {
    label: 'groups',
    pages: [
      page('/grupper', ['group', 'list'], () =>
        import('./groups/groups-page.tsx').then((m) => m.GroupsPage),
      ),
      page('/grupper/:cohort', ['group', 'list'], () =>
        import('./groups/groups-page.tsx').then((m) => m.CohortGroupsPage),
      ),
      page('/grupper/:cohort/:stop', ['group', 'change'], () =>
        import('./groups/gathering-groups-page.tsx').then((m) => m.GatheringGroupsPage),
      ),
    ],
  },
  {
    label: 'gatherings',
    pages: [
      page('/samlingar', ['gathering', 'change'], () =>
        import('./gatherings/gatherings-page.tsx').then((m) => m.GatheringsPage),
      ),
      page('/samlingar/:cohort', ['gathering', 'change'], () =>
        import('./gatherings/gatherings-page.tsx').then((m) => m.CohortGatheringsPage),
      ),
      page('/klar/:cohort/:stop', ['readiness', 'read'], () =>
        import('./wall/open-wall.ts').then((m) => m.openReadiness()),
      ),
      page('/vote/:cohort', ['vote', 'follow'], () =>
        import('./votes/open-votes.ts').then((m) => m.openVotes()),
      ),
      page('/vote/:cohort/:item', ['vote', 'follow'], () =>
        import('./votes/open-votes.ts').then((m) => m.openVote()),
      ),
      page('/vegg/:cohort', ['sheet', 'see'], () =>
        import('./wall/open-wall.ts').then((m) => m.openWall()),
      ),
      page('/samling/:cohort/:stop', ['gathering', 'change'], () =>
        import('./gatherings/gathering-page.tsx').then((m) => m.GatheringPage),
      ),
      page('/dag/:cohort/:stop', ['day', 'run'], () =>
        import('./day/open-day.ts').then((m) => m.openDay()),
      ),
    ],
  },
  {
    label: 'registration',
    pages: [
      page('/paamelding', ['registration', 'list'], () =>
        import('./registration/registration-page.tsx').then((m) => m.RegistrationPage),
      ),
      page('/paamelding/:cohort', ['registration', 'list'], () =>
        import('./registration/registration-page.tsx').then((m) => m.CohortRegistrationPage),
      ),
    ],
  },
  {
    label: 'contacts',
    pages: [
      page('/kontaktar', ['contact', 'change'], () =>
        import('./contacts-page.tsx').then((m) => m.ContactsPage),
      ),
    ],
  },
  {
    label: 'reports',
    pages: [
      page('/meldingar', ['report', 'list'], () =>
        import('./reports-page.tsx').then((m) => m.ReportsPage),
      ),
    ],
  },
  {
    label: 'log',
    pages: [page('/logg', ['act', 'read'], () => import('./log-page.tsx').then((m) => m.LogPage))],
  },
  {
    label: 'settings',
    pages: [
      page('/oppsett', ['run', 'read'], () =>
        import('./settings-page.tsx').then((m) => m.SettingsPage),
      ),
    ],
  },
]

/** The sections that this person has something in, with the pages that they may open. */
export const sectionsOf = (me: Me): AdminSection[] =>
  sections.flatMap(({ label, pages }) => {
    const [first, ...more] = pages.filter(
      ({ access }) => reachOf(me.roles ?? [me.role], access) !== null,
    )
    return first ? [{ label, pages: [first, ...more] as const }] : []
  })
