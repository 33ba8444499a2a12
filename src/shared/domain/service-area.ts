import * as v from 'valibot'
import { plainWords } from './plain-words.ts'

/**
 * The service areas of a municipality, each beside those that it has most in common with: too few of one sit with the next. Their
 * names stand in locales, `admin:serviceArea.<id>`.
 */
export const serviceAreas = [
  'oppvekst',
  'helse-og-omsorg',
  'nav-og-velferd',
  'kultur',
  'samfunnsutvikling',
  'teknisk',
  'stab-og-stotte',
] as const
export type ServiceArea = (typeof serviceAreas)[number]
export const serviceAreaSchema = v.picklist(serviceAreas)

/** The area that somebody has written, in nynorsk or bokmål, by its id or by what such a unit is called; null if it is none. */
export const findServiceArea = (written: string): ServiceArea | null =>
  areaByWords.get(withoutRest(written)) ?? null

/** For proposing the one that was meant. */
export const serviceAreaWords = (): string[] =>
  serviceAreas.flatMap((area) => wordsByArea[area].split(', '))

const withoutRest = (written: string): string =>
  plainWords(written)
    .split(' ')
    .filter((word) => !rest.has(word))
    .join(' ')
const rest = new Set(
  'avdeling avdelinga etat eining eininga enhet kommunalområde og område sektor seksjon tenesteområde tjenesteområde'.split(
    ' ',
  ),
)

/** Separated by commas. */
const wordsByArea: Record<ServiceArea, string> = {
  oppvekst:
    'oppvekst, oppvekst og opplæring, oppvekst og utdanning, oppvekst og kultur, oppvekst og læring, opplæring, utdanning, skule, skole, skule og barnehage, skole og barnehage, barnehage, barn og unge, barnevern, barn og familie',
  'helse-og-omsorg':
    'helse og omsorg, helse, omsorg, pleie og omsorg, helse og mestring, helse omsorg og velferd, helse og velferd, helse omsorg og sosial, helse og sosial, helse og meistring, heimeteneste, hjemmetjeneste, sjukeheim, sykehjem, rehabilitering, psykisk helse',
  'nav-og-velferd':
    'nav og velferd, nav, velferd, sosial, sosialteneste, sosialtjeneste, inkludering, integrering, flyktning, flyktningteneste, flyktningtjeneste, arbeid og inkludering',
  kultur:
    'kultur, kultur og fritid, kultur og idrett, idrett, fritid, bibliotek, kulturskule, kulturskole, kultur idrett og fritid',
  samfunnsutvikling:
    'samfunnsutvikling, samfunn, samfunn og næring, samfunn og utvikling, plan, plan og næring, plan og utvikling, plan og samfunn, næring, næringsutvikling, landbruk, landbruk og miljø, miljø, klima og miljø, byutvikling, utvikling',
  teknisk:
    'teknisk, teknisk drift, plan og teknisk, plan bygg og teknisk, tekniske tenester, tekniske tjenester, drift, eigedom, eiendom, bygg og eigedom, bygg og eiendom, byggesak, plan og byggesak, vatn og avlaup, vann og avløp, va, brann, brann og redning, veg, vei',
  'stab-og-stotte':
    'stab og støtte, stab, støtte, stab og støttetenester, stab og støttetjenester, støttetenester, støttetjenester, administrasjon, fellestenester, fellestjenester, økonomi, økonomi og stab, hr, personal, hr og personal, løn, lønn, ikt, it, digitalisering, ikt og digitalisering, kommunikasjon, organisasjon, organisasjon og utvikling, servicetorg, innbyggjarservice, innbyggerservice, kommunedirektør, kommunedirektøren, leiing, ledelse, tillitsvald, tillitsvalgt',
}

const areaByWords = new Map<string, ServiceArea>(
  serviceAreas.flatMap((area) =>
    [area, ...wordsByArea[area].split(', ')].map((words) => [withoutRest(words), area] as const),
  ),
)
