import type { Database } from '../store/schema.ts'

interface DemoGathering {
  stop: string
  startsAt: string
  endsAt: string
  address: string | null
  link: string | null
  travelDay: boolean
  practical: string
  agenda: readonly (readonly [time: string, title: string, who?: string])[]
}

const gatherings: readonly DemoGathering[] = [
  {
    stop: 'oppstart',
    startsAt: '12:00',
    endsAt: '13:00',
    address: null,
    link: 'https://mote.example/oppstart',
    travelDay: false,
    practical: 'Sit gjerne saman i leiargruppa, framfor éin skjerm.',
    agenda: [
      ['12:00', 'Velkomen', 'Prosjektleiar, Vestland'],
      ['12:20', 'Slik bruker de Løft', 'Fasilitator, Vestland'],
      ['12:45', 'Spørsmål'],
    ],
  },
  {
    stop: 'samling-1',
    startsAt: '10:00',
    endsAt: '15:00',
    address: 'Rådhuset i Sunnfjord, Førde',
    link: null,
    travelDay: true,
    practical: [
      'Ta med berbar maskin eller nettbrett, ladar og det de har skrive i forarbeidet.',
      'Lunsj begge dagane og middag første kvelden er med. Meld frå om allergi til prosjektleiaren.',
      'Det går buss frå Bergen og frå Sogndal. Parkering ved rådhuset er gratis.',
    ].join('\n\n'),
    agenda: [
      ['10:00', 'Kaffi og registrering'],
      ['10:30', 'Kva KI kan og ikkje kan i ein kommune', 'Fasilitator, Vestland'],
      ['12:00', 'Lunsj'],
      ['13:00', 'Tenesteområda: kvar begynner de?'],
      ['16:30', 'Slutt for dagen'],
      ['19:00', 'Middag'],
      ['09:00', 'Leiargruppene skriv kvar si skisse'],
      ['12:00', 'Lunsj'],
      ['13:00', 'Skissene i plenum', 'Kommunedirektør, Stord'],
      ['15:00', 'Heimreise'],
    ],
  },
  {
    stop: 'samling-2',
    startsAt: '10:00',
    endsAt: '15:00',
    address: 'Stord kulturhus, Leirvik',
    link: null,
    travelDay: true,
    practical: [
      'Ta med skissa, og det de har prøvd i mellomarbeidet.',
      'Lunsj begge dagane og middag første kvelden er med.',
      'Hurtigbåten frå Bergen legg til nokre minutt å gå frå kulturhuset.',
    ].join('\n\n'),
    agenda: [
      ['10:00', 'Kva har de prøvd?'],
      ['12:00', 'Lunsj'],
      ['13:00', 'Personvern og ansvar i praksis', 'Personvernombod, Vestland'],
      ['16:30', 'Slutt for dagen'],
      ['19:00', 'Middag'],
      ['09:00', 'Frå forsøk til drift'],
      ['12:00', 'Lunsj'],
      ['13:00', 'Planen for dei neste tolv månadene'],
      ['15:00', 'Heimreise'],
    ],
  },
  {
    stop: 'avslutting',
    startsAt: '12:00',
    endsAt: '14:00',
    address: null,
    link: 'https://mote.example/avslutting',
    travelDay: false,
    practical: 'Kvar kommune har fem minutt. Send det de vil vise, dagen før.',
    agenda: [
      ['12:00', 'Kommunane viser kva dei har fått til'],
      ['13:45', 'Takk for turen', 'Prosjektleiar, Vestland'],
    ],
  },
]

const lecturers = [
  {
    stop: 'samling-1',
    name: 'Kommunedirektør, Stord',
    topic: 'Leiing når ingen veit svaret enno',
    about: 'Leier Stord kommune, og var med på det første forsøket der.',
  },
  {
    stop: 'samling-2',
    name: 'Personvernombod, Vestland',
    topic: 'Personvern og ansvar i praksis',
    about: '',
  },
]

/** What the demonstration's gatherings are like. What somebody has changed since stays. */
export const seedGatherings = async (db: Database, cohort: string, now: number): Promise<void> => {
  for (const {
    stop,
    startsAt,
    endsAt,
    address,
    link,
    travelDay,
    practical,
    agenda,
  } of gatherings) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('gathering')
      .values({
        cohort,
        stop,
        starts_at: startsAt,
        ends_at: endsAt,
        address,
        meeting_link: link,
        practical,
        agenda: JSON.stringify(
          agenda.map(([time, title, who]) => ({ time, title, who: who ?? null })),
        ),
        travel_day: travelDay ? 1 : 0,
        sequence: 0,
        changed_at: now,
        cancelled_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) continue
    const own = lecturers.filter((one) => one.stop === stop)
    for (const [index, one] of own.entries()) {
      const id = `${cohort}/${stop}/${String(index).padStart(2, '0')}`
      await db
        .insertInto('lecturer')
        .values({ id, cohort, ...one })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  }
}
