/** The addresses of the REST API. A test client and the page build them from here alone. */
export const paths = {
  health: '/api/v1/health',
  session: '/api/v1/session',
  deviceCode: '/api/v1/session/device-code',
  me: '/api/v1/me',
  link: (token: string): string => `/api/v1/link/${token}`,
  sums: '/api/v1/sums',
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
