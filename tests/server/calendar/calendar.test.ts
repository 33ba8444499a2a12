import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import {
  calendarOf,
  type NamedCalendar,
  stopCalendarOf,
} from '../../../src/server/calendar/calendar.ts'
import { eventsOf } from '../../../src/server/calendar/events.ts'
import { calendarWith, lunchToLunch, stop } from './sample-gatherings.ts'

const parsed = (file: string | null) => {
  const calendar = new ICAL.Component(ICAL.parse(file ?? ''))
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  return calendar
}
const read = (input: NamedCalendar) =>
  parsed(calendarOf(input))
    .getAllSubcomponents('vevent')
    .map((part) => new ICAL.Event(part))
const one = (input: NamedCalendar, uid: string) => {
  const event = read(input).find((each) => each.uid === uid)
  if (!event) throw new Error(`no event ${uid}`)
  return event
}
const utc = (time: ICAL.Time) => time.toJSDate().toISOString()
/** When a calendar program rings, by RFC 5545: `yyyy-mm-ddThh:mm:ss` by the clock on the wall. */
const rings = (event: ICAL.Event) =>
  event.component.getAllSubcomponents('valarm').map((alarm) => {
    const time = event.startDate.clone()
    time.addDuration(alarm.getFirstPropertyValue('trigger') as ICAL.Duration)
    return time.toString()
  })

test('a gathering from lunch to lunch is one event from the first day to the last', () => {
  const event = one(calendarWith([lunchToLunch]), 'kull-1.samling-1@loft')
  expect(utc(event.startDate)).toBe('2026-12-09T11:00:00.000Z')
  expect(utc(event.endDate)).toBe('2026-12-10T12:00:00.000Z')
  expect(event.summary).toBe('Kompetanseløft: Samling 1')
  expect(event.location).toBe('Førde')
  expect(event.component.getFirstPropertyValue('url')).toBe(
    'https://loft.example/samling/samling-1',
  )
  expect(rings(event)).toEqual(['2026-12-08T09:00:00', '2026-12-09T10:00:00'])
})

test('without both times it is whole days, the last one too', () => {
  for (const endsAt of [null, '12:00']) {
    const whole = { ...lunchToLunch, startsAt: null, endsAt }
    const event = one(calendarWith([whole]), 'kull-1.samling-1@loft')
    expect(event.startDate.isDate).toBe(true)
    expect(event.startDate.toString()).toBe('2026-12-09')
    expect(event.endDate.toString()).toBe('2026-12-11') // the day after the last
    expect(event.component.getAllSubcomponents('valarm')).toHaveLength(1)
    expect(calendarOf(calendarWith([whole]))).toContain('TRIGGER:-PT15H')
  }
})

test.for([
  // The clock goes back in the night before: 25 October 2026 has 25 hours.
  ['2026-10-25T11:00', '2026-10-26T11:00', '2026-10-24T09:00:00'],
  ['2026-10-24T10:00', '2026-10-25T11:00', '2026-10-23T09:00:00'],
  // And forward: 28 March 2027 has 23.
  ['2027-03-28T10:00', '2027-03-29T10:00', '2027-03-27T09:00:00'],
  ['2027-03-27T11:00', '2027-03-28T10:00', '2027-03-26T09:00:00'],
] as const)('from noon to noon is %s–%s in UTC where the clock changes', ([from, to, reminder]) => {
  const days = { starts: from.slice(0, 10), ends: to.slice(0, 10), endsAt: '12:00' }
  const event = one(calendarWith([{ ...lunchToLunch, ...days }]), 'kull-1.samling-1@loft')
  expect(utc(event.startDate)).toBe(`${from}:00.000Z`)
  expect(utc(event.endDate)).toBe(`${to}:00.000Z`)
  expect(rings(event)[0]).toBe(reminder)
})

test('æ, ø and å survive the folding of long lines, and no line is longer than 75 bytes', () => {
  const practical = 'Både ål, øl og ærfugl på Sørøya; blåbær på Ås. '.repeat(40).trim()
  const input = calendarWith([{ ...lunchToLunch, practical: `${practical} 🛥️` }])
  const file = calendarOf(input)
  for (const line of file.split('\r\n'))
    expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75)
  expect(file).toMatch(/\r\n$/)
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(one(input, 'kull-1.samling-1@loft').description).toContain(`${practical} 🛥️`)
})

test('what people typed stays text: commas, semicolons, line breaks and other lines of a calendar', () => {
  const practical = 'Ta med: sko, jakke; og \\ godt humør\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:falsk'
  const input = calendarWith([{ ...lunchToLunch, practical, place: 'Førde; inngang B, 2. etg.' }], {
    cohort: 'Kull 1; X-NOKO:a\nMETHOD:CANCEL, b',
  })
  expect(read(input)).toHaveLength(1)
  const event = one(input, 'kull-1.samling-1@loft')
  expect(event.location).toBe('Førde; inngang B, 2. etg.')
  expect(event.description).toContain(practical.replaceAll('\r\n', '\n'))
  const calendar = parsed(calendarOf(input))
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
  // ical.js knows no type of NAME, and leaves it escaped.
  expect(calendarOf(input)).toContain(
    String.raw`NAME:Kompetanseløft – Kull 1\; X-NOKO:a\nMETHOD:CANCEL\, b`,
  )
  expect(calendar.getAllProperties('method')).toHaveLength(1)
})

test('the description holds link, programme of the day and page, in the language asked for', () => {
  const full = stop('samling-1', {
    starts: '2026-12-09',
    address: 'Hotell Sunnfjord, Storehagen 2',
    place: 'Førde',
    meetingLink: 'https://meet.example/a?b=c',
    agenda: [
      { time: '12:00', title: 'Lunsj', who: null },
      { time: '13:00', title: 'Kven gjer kva', who: 'Fasilitator, Vestland' },
    ],
  })
  const event = one(calendarWith([full]), 'kull-1.samling-1@loft')
  expect(event.location).toBe('Hotell Sunnfjord, Storehagen 2, Førde')
  expect(event.description).toBe(
    [
      'Møtelenkje: https://meet.example/a?b=c',
      '',
      'Program',
      '12:00 Lunsj',
      '13:00 Kven gjer kva (Fasilitator, Vestland)',
      '',
      'Meir om dette: https://loft.example/samling/samling-1',
    ].join('\n'),
  )
  const bokmaal = one(calendarWith([full], { language: 'nb' }), 'kull-1.samling-1@loft')
  expect(bokmaal.description).toContain('Møtelenke: https://meet.example/a?b=c')
})

test('a meeting that is online alone stands as such', () => {
  const online = { ...lunchToLunch, place: null, meetingLink: 'https://meet.example/a' }
  const event = one(calendarWith([online]), 'kull-1.samling-1@loft')
  expect(event.location).toBe('På nett: https://meet.example/a')
})

const travelled = { ...lunchToLunch, travelDay: true }
test('people travel the whole day before', () => {
  const event = one(calendarWith([travelled]), 'kull-1.samling-1.reise@loft')
  expect(event.summary).toBe('Reisedag: Samling 1 i Førde')
  expect(event.startDate.toString()).toBe('2026-12-08')
  expect(event.endDate.toString()).toBe('2026-12-09')
})

test.for([
  ['nobody has said so', { ...travelled, travelDay: false }],
  ['it is at home', { ...travelled, place: 'Leirvik på Stord' }],
  ['the address is at home', { ...travelled, place: 'Leirvik', address: 'Torget 1, 5417 STORD' }],
  ['it is online', { ...travelled, place: null, meetingLink: 'https://meet.example/a' }],
  ['it is in the own leadership group', { ...travelled, kind: 'home' as const }],
  ['it has no day yet', { ...travelled, starts: null, ends: null }],
] as const)('nobody travels when %s', ([, gathering]) => {
  expect(read(calendarWith([gathering])).map(({ uid }) => uid)).not.toContain(
    'kull-1.samling-1.reise@loft',
  )
})

const preWork = stop('forarbeid', {
  kind: 'own',
  title: { nn: 'Forarbeid', nb: 'Forarbeid' },
  starts: '2026-11-17',
})
test('own time is to be done the day before people meet, and keeps nobody busy', () => {
  const event = one(calendarWith([preWork, lunchToLunch]), 'kull-1.forarbeid.frist@loft')
  expect(event.summary).toBe('Forarbeid: ferdig i dag')
  expect(event.startDate.toString()).toBe('2026-12-08')
  expect(event.description).toMatch(/^Samling 1 begynner i morgon\./)
  expect(event.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT')
  expect(event.component.getAllSubcomponents('valarm')).toHaveLength(1)
})

test('own time keeps the last day that it has been given', () => {
  const early = { ...preWork, ends: '2026-12-01' }
  const event = one(calendarWith([early, lunchToLunch]), 'kull-1.forarbeid.frist@loft')
  expect(event.startDate.toString()).toBe('2026-12-01')
  expect(event.description).not.toContain('i morgon')
})

test.for([
  ['nobody meets after it', [preWork]],
  ['the gathering has no day', [preWork, stop('samling-1')]],
  ['it would begin after it ends', [{ ...preWork, starts: '2026-12-09' }, lunchToLunch]],
] as const)('own time has no deadline where %s', ([, gatherings]) => {
  expect(read(calendarWith(gatherings)).map(({ uid }) => uid)).not.toContain(
    'kull-1.forarbeid.frist@loft',
  )
})

test('what is cancelled is said to be, rings no more, and takes journey and deadline with it', () => {
  const cancelled = { ...travelled, cancelled: true, sequence: 4 }
  const events = read(calendarWith([preWork, cancelled]))
  expect(events.map(({ uid }) => uid)).toEqual([
    'kull-1.forarbeid.frist@loft',
    'kull-1.samling-1.reise@loft',
    'kull-1.samling-1@loft',
  ])
  for (const { component, summary, sequence } of events) {
    expect(component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(summary).toMatch(/^Avlyst: /)
    expect(component.getAllSubcomponents('valarm')).toEqual([])
    expect(sequence).toBe(4)
  }
})

test('an event keeps its id when it is moved and when the server has another address', () => {
  const ids = (input: NamedCalendar) => read(input).map(({ uid }) => uid)
  const before = ids(calendarWith([preWork, travelled]))
  const moved = { ...travelled, starts: '2027-01-20', ends: '2027-01-21', sequence: 1 }
  const after = calendarWith([preWork, moved], { pageOf: () => 'https://ny.example/' })
  expect(ids(after)).toEqual(before)
  expect(new Set(before).size).toBe(3)
})

test('the version and its time are those of the last change, in UTC', () => {
  const changedAt = Date.UTC(2026, 10, 3, 9, 8, 7)
  const file = calendarOf(calendarWith([{ ...lunchToLunch, sequence: 7, changedAt }]))
  expect(file).toContain('SEQUENCE:7\r\n')
  expect(file).toContain('DTSTAMP:20261103T090807Z\r\n')
  expect(file).toContain('LAST-MODIFIED:20261103T090807Z\r\n')
})

test('the same calendar is the same bytes', () => {
  const input = calendarWith([preWork, travelled])
  expect(calendarOf(input)).toBe(calendarOf(calendarWith([{ ...preWork }, { ...travelled }])))
  expect(calendarOf(input)).not.toBe(calendarOf({ ...input, language: 'nb', cohort: 'Kull 2' }))
})

test('politicians see their own meeting and nothing of the line; everybody else the line alone', () => {
  const meeting = stop('folkevalde', {
    kind: 'home',
    audience: 'folkevalde',
    title: { nn: 'Møtet', nb: 'Møtet' },
    starts: '2027-01-28',
    own: true,
  })
  const all = [lunchToLunch, meeting]
  const seenBy = (audience: string | null) =>
    read(calendarWith(all, { audience })).map(({ uid }) => uid)
  expect(seenBy('folkevalde')).toEqual(['kull-1.folkevalde@loft'])
  expect(seenBy('hr')).toEqual(['kull-1.samling-1@loft'])
  expect(seenBy(null)).toEqual(['kull-1.samling-1@loft'])
})

test('a stop alone has its journey with it, and no other stop', () => {
  const input = calendarWith([preWork, travelled, stop('samling-10', { starts: '2027-02-01' })])
  const ids = parsed(stopCalendarOf(input, 'samling-1'))
    .getAllSubcomponents('vevent')
    .map((part) => part.getFirstPropertyValue('uid'))
  expect(ids).toEqual(['kull-1.samling-1.reise@loft', 'kull-1.samling-1@loft'])
  expect(stopCalendarOf(input, 'samling-2')).toBeNull()
  expect(stopCalendarOf(calendarWith([stop('samling-1')]), 'samling-1')).toBeNull()
})

test('a calendar without any day is an empty calendar', () => {
  expect(read(calendarWith([stop('samling-1')]))).toEqual([])
})

test.for([
  ['Vik', { place: 'Ulvik' }],
  ['Vik', { place: 'Bergen', address: 'Sandviksveien 1, Bergen' }],
  ['Stad', { place: 'Bergen', address: 'Brann stadion, Kniksens plass 1' }],
  ['Bergen', { place: 'Stord', address: 'Bergensgata 2, Leirvik' }],
] as const)('people of %s travel to %j', ([municipality, where]) => {
  const gathering = { ...lunchToLunch, travelDay: true, ...where }
  const events = eventsOf(calendarWith([gathering], { municipality }))
  expect(events.map(({ uid }) => uid)).toContain('kull-1.samling-1.reise@loft')
})

test('people of Vik do not travel to Vik i Sogn, nor those of Bergen to its streets', () => {
  for (const [municipality, where] of [
    ['Vik', { place: 'Vik i Sogn' }],
    ['Bergen', { place: null, address: 'Sandviksveien 1, BERGEN' }],
  ] as const) {
    const gathering = { ...lunchToLunch, travelDay: true, ...where }
    const events = eventsOf(calendarWith([gathering], { municipality }))
    expect(events.map(({ uid }) => uid)).toEqual(['kull-1.samling-1@loft'])
  }
})

test('a deadline that moves is a later version, also when the next gathering is another one', () => {
  const deadlineOf = (first: Partial<Parameters<typeof stop>[1]>) =>
    eventsOf(
      calendarWith([
        stop('eiga-tid', { kind: 'own' }),
        stop('samling-1', first),
        stop('samling-2', { starts: '2027-02-01', sequence: 1, changedAt: 1000 }),
      ]),
    ).find(({ uid }) => uid.includes('frist'))
  const before = deadlineOf({ starts: '2026-12-09', sequence: 5, changedAt: 5000 })
  const after = deadlineOf({ starts: null, sequence: 6, changedAt: 6000 })
  expect(after?.first).not.toBe(before?.first)
  expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0)
  expect(after?.changedAt).toBe(6000)
})
