/** A small generator (mulberry32): the same seed gives the same requests. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Picker {
  whole(below: number): number
  of<T>(some: readonly T[]): T
  chance(of: number): boolean
}
export const pickBy = (random: () => number): Picker => {
  const whole = (below: number): number => Math.floor(random() * below)
  return {
    whole,
    of: (some) => some[whole(some.length)] as (typeof some)[number],
    chance: (of) => random() < of,
  }
}

/** What breaks programs that trust it. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\u202eord',
  '\ufeff',
  '\u2028',
  '%00',
  '%',
  '%e0%a4%a',
  '../../../../etc/passwd',
  '..%2f..%2f',
  "' or 1=1 --",
  '%_',
  '"; drop table person; --',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=HYPERLINK("x")',
  'a@b.example\r\nBcc: c@d.example',
  'javascript:alert(1)',
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '1e309',
  'NaN',
  '99999999999999999999',
  '2026-02-31',
  '0000-00-00',
  '25:61',
  'æøå'.repeat(50),
  '👩‍👩‍👧‍👦'.repeat(20),
  'x'.repeat(300),
  'x'.repeat(5000),
]

const deep = (levels: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
export const hostileValue = (pick: Picker): unknown =>
  pick.of<() => unknown>([
    () => pick.of(hostileTexts),
    () => pick.of(hostileTexts),
    () => null,
    () => true,
    () => -1,
    () => 0.1,
    () => 1e308,
    () => Number.MAX_SAFE_INTEGER + 2,
    () => [],
    () => ({}),
    () => deep(100),
    () => Array.from({ length: pick.of([3, 10_000]) }, () => pick.of(hostileTexts).slice(0, 3)),
    () => ({ toString: 'x', constructor: { prototype: {} }, proto: JSON.parse('{"__proto__":1}') }),
    () => [null, { length: 1e9 }],
  ])()

export interface JsonSchema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema | false
  prefixItems?: JsonSchema[]
  pattern?: string
  format?: string
  minItems?: number
}

/** Looks like what is described, with something hostile at about one place in `harm`. `ids` = of things that are there. */
export const fromSchema = (
  schema: JsonSchema,
  pick: Picker,
  ids: readonly string[],
  harm = 0.1,
): unknown => {
  if (pick.chance(harm)) return hostileValue(pick)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return pick.of(schema.enum)
  const some = schema.anyOf ?? schema.oneOf
  if (some) return fromSchema(pick.of(some), pick, ids, harm)
  const type = Array.isArray(schema.type) ? pick.of(schema.type) : schema.type
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => (schema.required ?? []).includes(name) || pick.chance(0.7))
          .map(([name, one]) => [name, fromSchema(one, pick, ids, harm)]),
      )
    case 'array':
      return Array.from({ length: (schema.minItems ?? 0) + pick.whole(3) }, () =>
        fromSchema(schema.items || {}, pick, ids, harm),
      )
    case 'number':
    case 'integer':
      return pick.of([0, 1, 50, 400, 1_790_000_000_000])
    case 'boolean':
      return pick.chance(0.5)
    case 'null':
      return null
    default:
      return pick.of([...plausible, ...ids])
  }
}

const plausible = [
  'Kull 9',
  'hr',
  'ikt',
  '4614',
  'participant',
  '2026-12-09',
  '09:30',
  'https://motet.example/a',
  'nokon@stord.example',
  'eit-forsok-som-er-langt-nok',
  'base.strategi.oppgave',
  'samling-1',
  'nn',
  '1.0.0',
]
