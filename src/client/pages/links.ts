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
  device: '/eininga',
  account: '/meg',
  signIn: '/inn',
} as const
