/** Addresses of the page. */
export const links = {
  line: '/',
  module: (id: string): string => `/modul/${id}`,
  /** An item's `path`: `<module or track>/<item>`. */
  item: (path: string): string => `/del/${path}`,
  notes: '/notat',
  meeting: '/mote',
  group: '/gruppe',
  device: '/eininga',
  account: '/meg',
  signIn: '/inn',
} as const
