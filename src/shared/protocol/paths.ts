/** The addresses of the REST API. A test client and the page build them from here alone. */
export const paths = {
  health: '/api/v1/health',
  openApi: '/api/v1/openapi.json',
  session: '/api/v1/session',
  deviceCode: '/api/v1/session/device-code',
  signInWays: '/api/v1/session/ways',
  newLink: '/api/v1/session/new-link',
  oidcStart: '/api/v1/oidc/start',
  /** A provider sends the browser back here: its client knows the address. */
  oidcReturn: (provider: string): string => `/api/v1/oidc/${provider}/return`,
  devices: '/api/v1/session/devices',
  device: (id: string): string => `/api/v1/session/devices/${id}`,
  me: '/api/v1/me',
  ownData: '/api/v1/me/export',
  ownDataPage: '/api/v1/me/export.html',
  link: (token: string): string => `/api/v1/link/${token}`,
  sums: '/api/v1/sums',
  /** What an administrator sees and changes. */
  overview: '/api/v1/admin/overview',
  people: '/api/v1/admin/people',
  peoplePreview: '/api/v1/admin/people/preview',
  peopleImport: '/api/v1/admin/people/import',
  person: (id: string): string => `/api/v1/admin/people/${id}`,
  invitations: '/api/v1/admin/invitations',
  cohorts: '/api/v1/admin/cohorts',
  cohort: (id: string): string => `/api/v1/admin/cohorts/${id}`,
  registration: (token: string): string => `/api/v1/registration/${token}`,
  cohortRegistration: (cohort: string): string => `/api/v1/admin/cohorts/${cohort}/registration`,
  registrationLinks: (cohort: string): string =>
    `/api/v1/admin/cohorts/${cohort}/registration-links`,
  registrationLink: (id: string): string => `/api/v1/admin/registration-links/${id}`,
  waitingPerson: (id: string): string => `/api/v1/admin/waiting/${id}`,
  admission: (id: string): string => `/api/v1/admin/waiting/${id}/admission`,
  /** The groups of a cohort. */
  groups: (cohort: string): string => `/api/v1/admin/cohorts/${cohort}/groups`,
  gatheringGroups: (cohort: string, stop: string): string =>
    `/api/v1/admin/cohorts/${cohort}/groups-at/${stop}`,
  groupMoves: (cohort: string): string => `/api/v1/admin/cohorts/${cohort}/group-moves`,
  group: (id: string): string => `/api/v1/admin/groups/${id}`,
  /** Of one's own cohort. */
  gatherings: '/api/v1/gatherings',
  /** One stop for a calendar program. */
  stopCalendar: (stop: string): string => `/api/v1/gatherings/${stop}/calendar.ics`,
  cohortGatherings: (cohort: string): string => `/api/v1/admin/cohorts/${cohort}/gatherings`,
  gathering: (cohort: string, stop: string): string =>
    `/api/v1/admin/cohorts/${cohort}/gatherings/${stop}`,
  /** Whether one has a secret address for calendar programs, and making it anew. */
  calendar: '/api/v1/calendar',
  calendarFeed: (token: string): string => `/api/v1/calendar/${token}.ics`,
  certificate: '/api/v1/certificate',
  certificatePaper: '/api/v1/certificate/paper',
  verifiedCertificate: (code: string): string => `/api/v1/certificates/${code}`,
  runs: '/api/v1/admin/runs',
  run: (id: string): string => `/api/v1/admin/runs/${id}`,
  network: '/api/v1/admin/network',
  acts: '/api/v1/admin/acts',
  contacts: '/api/v1/contacts',
  allContacts: '/api/v1/admin/contacts',
  contact: (id: string): string => `/api/v1/admin/contacts/${id}`,
  reports: '/api/v1/reports',
  openReports: '/api/v1/admin/reports',
  report: (id: string): string => `/api/v1/admin/reports/${id}`,
  /** What goes on at one's own gathering now. */
  day: '/api/v1/day',
  cohortDay: (cohort: string, stop: string): string =>
    `/api/v1/admin/cohorts/${cohort}/gatherings/${stop}/day`,
  readiness: (cohort: string, stop: string): string =>
    `/api/v1/admin/cohorts/${cohort}/gatherings/${stop}/readiness`,
  reminders: (cohort: string, stop: string): string =>
    `/api/v1/admin/cohorts/${cohort}/gatherings/${stop}/reminders`,
  /** Sheets that groups have handed in. */
  wall: (cohort: string): string => `/api/v1/admin/cohorts/${cohort}/wall`,
  /** A group's document as a file; `kind` = docx, pdf or csv. */
  sheetFile: (group: string, task: string, kind: string): string =>
    `/api/v1/groups/${group}/sheets/${task}/${kind}`,
  handedInFile: (group: string, task: string, kind: string): string =>
    `/api/v1/admin/groups/${group}/sheets/${task}/${kind}`,
  votes: (cohort: string, item: string): string => `/api/v1/admin/cohorts/${cohort}/votes/${item}`,
  /** What is told of the votes of one's own cohort. */
  vote: (item: string): string => `/api/v1/votes/${item}`,
  /** Joining a group's table by its link or a code, and telling how it goes. */
  tablets: '/api/v1/tablets',
  tableCode: '/api/v1/tablets/code',
  tabletState: '/api/v1/tablets/state',
  tableLink: (group: string): string => `/api/v1/groups/${group}/table`,
  groupTablets: (group: string): string => `/api/v1/groups/${group}/tablets`,
  groupTablet: (group: string, tablet: string): string =>
    `/api/v1/groups/${group}/tablets/${tablet}`,
  cards: '/api/v1/cards',
  card: (id: string): string => `/api/v1/cards/${id}`,
  programme: '/api/v1/programme',
  content: '/api/v1/content',
  sync: '/api/v1/sync',
  syncCheck: '/api/v1/sync/check',
  events: '/api/v1/events',
  presence: '/api/v1/presence',
  history: '/api/v1/history',
  held: '/api/v1/held',
  media: (sha256: string): string => `/media/${sha256}`,
  /** The sound of an episode, named as podcast apps want it. */
  episode: (sha256: string): string => `/media/${sha256}.m4a`,
  /** The open episodes of a package. */
  feed: (id: string, language: string): string => `/feeds/${id}/${language}.xml`,
  manifest: (sha256: string): string => `/media/${sha256}/manifest`,
  signIn: (code: string): string => `/inn/${code}`,
  municipalityLink: (token: string): string => `/folkevalde/${token}`,
} as const

/**
 * Whose words a device sends and asks for; a session of another person is answered 401, as if it had ended. Without it a
 * window left open would send its words in the name of whoever signed in after.
 */
export const principalHeader = 'loft-principal'
