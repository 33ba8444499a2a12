import type account from '../../../locales/nn/account.json'
import type admin from '../../../locales/nn/admin.json'
import type adminDay from '../../../locales/nn/adminDay.json'
import type adminGatherings from '../../../locales/nn/adminGatherings.json'
import type adminGroups from '../../../locales/nn/adminGroups.json'
import type adminPeople from '../../../locales/nn/adminPeople.json'
import type adminReadiness from '../../../locales/nn/adminReadiness.json'
import type adminRegistration from '../../../locales/nn/adminRegistration.json'
import type cards from '../../../locales/nn/cards.json'
import type certificate from '../../../locales/nn/certificate.json'
import type common from '../../../locales/nn/common.json'
import type dates from '../../../locales/nn/dates.json'
import type day from '../../../locales/nn/day.json'
import type device from '../../../locales/nn/device.json'
import type elected from '../../../locales/nn/elected.json'
import type gathering from '../../../locales/nn/gathering.json'
import type group from '../../../locales/nn/group.json'
import type home from '../../../locales/nn/home.json'
import type item from '../../../locales/nn/item.json'
import type journey from '../../../locales/nn/journey.json'
import type keep from '../../../locales/nn/keep.json'
import type module from '../../../locales/nn/module.json'
import type plan from '../../../locales/nn/plan.json'
import type privacy from '../../../locales/nn/privacy.json'
import type registration from '../../../locales/nn/registration.json'
import type serviceAreas from '../../../locales/nn/serviceAreas.json'
import type signIn from '../../../locales/nn/signIn.json'
import type table from '../../../locales/nn/table.json'
import type task from '../../../locales/nn/task.json'
import type vote from '../../../locales/nn/vote.json'
import type words from '../../../locales/nn/words.json'

/** Strings that home needs. Nynorsk decides which keys there are; the types demand them of the others. */
export interface FirstResources {
  common: typeof common
  dates: typeof dates
  home: typeof home
  words: typeof words
}
/** Strings of the pages that are loaded when they are opened. */
export interface LaterResources {
  account: typeof account
  cards: typeof cards
  certificate: typeof certificate
  day: typeof day
  device: typeof device
  elected: typeof elected
  gathering: typeof gathering
  group: typeof group
  item: typeof item
  journey: typeof journey
  keep: typeof keep
  module: typeof module
  plan: typeof plan
  privacy: typeof privacy
  signIn: typeof signIn
  table: typeof table
  task: typeof task
  vote: typeof vote
}
/** Strings of the administrator's pages: whoever may not open them never loads them. */
export interface AdminResources {
  admin: typeof admin
  adminDay: typeof adminDay
  adminGatherings: typeof adminGatherings
  adminGroups: typeof adminGroups
  adminPeople: typeof adminPeople
  adminReadiness: typeof adminReadiness
  adminRegistration: typeof adminRegistration
  serviceAreas: typeof serviceAreas
}
/** Strings of the page by which a municipality registers its people; nobody else needs them. */
export interface RegistrationResources {
  registration: typeof registration
  serviceAreas: typeof serviceAreas
}
export type Resources = FirstResources & LaterResources & AdminResources & RegistrationResources

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Resources
    returnNull: false
  }
}
