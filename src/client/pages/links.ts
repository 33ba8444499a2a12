/** Addresses of the page. */
export const links = {
  line: '/',
  module: (id: string): string => `/modul/${id}`,
  /** An item's `path`: `<module or track>/<item>`. */
  item: (path: string): string => `/del/${path}`,
  journey: '/reise',
  /** So many minutes on the way. */
  journeyOf: (minutes: number): string => `/reise/${minutes}`,
  notes: '/notat',
  meeting: '/mote',
  group: '/gruppe',
  plan: '/plan',
  planOf: (scope: string): string => `/plan?gruppe=${encodeURIComponent(scope)}`,
  /** What groups share: the library, one card, and where it is written. */
  shared: '/delt',
  card: (id: string): string => `/delt/kort/${id}`,
  writeCard: (id: string): string => `/delt/skriv/${id}`,
  device: '/eininga',
  account: '/meg',
  privacy: '/personvern',
  signIn: '/inn',
  /** Where a tablet joins a group's table, by what stands behind the `#`; and where it ends. */
  table: '/bord',
  tableLeft: '/bord?ferdig',
  /** For those who may; its pages are in admin/sections.ts. */
  admin: '/admin',
  adminSettings: '/admin/oppsett',
  adminPeople: '/admin/folk',
  adminImport: '/admin/importer',
  cohort: (id: string): string => `/admin/kull/${id}`,
  adminRegistration: (cohort: string): string => `/admin/paamelding/${cohort}`,
  /** By which a municipality registers its people. */
  registration: (token: string): string => `/paamelding/${token}`,
  /** When and where a stop is, and all that one should know before. */
  gathering: (stop: string): string => `/samling/${stop}`,
  /** Whether a certificate is true. */
  certificate: (code: string): string => `/kursbevis/${code}`,
  adminGatherings: '/admin/samlingar',
  cohortGatherings: (cohort: string): string => `/admin/samlingar/${cohort}`,
  adminGathering: (cohort: string, stop: string): string => `/admin/samling/${cohort}/${stop}`,
  /** Where a facilitator runs the day. */
  adminDay: (cohort: string, stop: string): string => `/admin/dag/${cohort}/${stop}`,
  /** Who is ready for a gathering, and what groups have handed in. */
  readiness: (cohort: string, stop: string): string => `/admin/klar/${cohort}/${stop}`,
  wall: (cohort: string): string => `/admin/vegg/${cohort}`,
  adminVotes: (cohort: string): string => `/admin/vote/${cohort}`,
  adminVote: (cohort: string, item: string): string => `/admin/vote/${cohort}/${item}`,
  adminGroups: '/admin/grupper',
  cohortGroups: (cohort: string): string => `/admin/grupper/${cohort}`,
  gatheringGroups: (cohort: string, stop: string): string => `/admin/grupper/${cohort}/${stop}`,
} as const
