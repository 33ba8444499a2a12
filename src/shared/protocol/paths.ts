/** The addresses of the REST API. A test client and the page build them from here alone. */
export const paths = {
  health: '/api/v1/health',
  session: '/api/v1/session',
  deviceCode: '/api/v1/session/device-code',
  me: '/api/v1/me',
  programme: '/api/v1/programme',
  content: '/api/v1/content',
  sync: '/api/v1/sync',
  media: (sha256: string): string => `/media/${sha256}`,
  signIn: (code: string): string => `/inn/${code}`,
} as const
