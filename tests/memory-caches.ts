/** Cache Storage in memory, with what is used of it. */
export interface MemoryCaches {
  caches: CacheStorage
  /** Of a cache that is made by asking. */
  names(): string[]
  paths(name: string): string[]
  put(name: string, path: string, body: BodyInit, type?: string): Promise<void>
  json(name: string, path: string): Promise<unknown>
  /** Paths that were asked for, since `forget`. */
  matched: string[]
  /** Thrown instead of putting. */
  refuse: (path: string) => Error | null
  /** A list of entries is told when this has come, as it was when it was asked for. */
  listing: Promise<void>
}

interface Entry {
  body: Blob
  headers: [string, string][]
}

const origin = 'http://localhost'

export const memoryCaches = (): MemoryCaches => {
  const all = new Map<string, Map<string, Entry>>()
  const pathOf = (asked: RequestInfo | URL): string =>
    new URL(asked instanceof Request ? asked.url : String(asked), origin).pathname
  const entries = (name: string): Map<string, Entry> => {
    const known = all.get(name) ?? new Map<string, Entry>()
    all.set(name, known)
    return known
  }
  /** Goes on with what it opened, also when that is deleted. */
  const open = (name: string, own = entries(name)) => ({
    keys: async () => {
      const paths = [...own.keys()]
      await memory.listing
      return paths.map((path) => new Request(`${origin}${path}`))
    },
    match: async (asked: RequestInfo | URL) => {
      const path = pathOf(asked)
      memory.matched.push(path)
      const entry = own.get(path)
      return entry && new Response(entry.body, { headers: entry.headers })
    },
    put: async (asked: RequestInfo | URL, response: Response) => {
      const path = pathOf(asked)
      const body = await response.blob()
      const refusal = memory.refuse(path)
      if (refusal) throw refusal
      if (response.status !== 200) throw new TypeError('partial')
      own.set(path, { body, headers: [...response.headers] })
    },
    delete: async (asked: RequestInfo | URL) => own.delete(pathOf(asked)),
  })
  const memory: MemoryCaches = {
    caches: {
      open: async (name: string) => open(name),
      has: async (name: string) => all.has(name),
      delete: async (name: string) => all.delete(name),
    } as unknown as CacheStorage,
    names: () => [...all.keys()],
    paths: (name) => [...(all.get(name)?.keys() ?? [])].sort(),
    put: (name, path, body, type = 'video/mp4') =>
      open(name).put(path, new Response(body, { headers: { 'content-type': type } })),
    json: async (name, path) => (await open(name).match(path))?.json(),
    matched: [],
    refuse: () => null,
    listing: Promise.resolve(),
  }
  return memory
}

export const quotaExceeded = (): Error => new DOMException('no room', 'QuotaExceededError')
