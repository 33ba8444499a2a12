import type account from '../../../locales/nn/account.json'
import type common from '../../../locales/nn/common.json'
import type dates from '../../../locales/nn/dates.json'
import type device from '../../../locales/nn/device.json'
import type elected from '../../../locales/nn/elected.json'
import type group from '../../../locales/nn/group.json'
import type home from '../../../locales/nn/home.json'
import type item from '../../../locales/nn/item.json'
import type journey from '../../../locales/nn/journey.json'
import type keep from '../../../locales/nn/keep.json'
import type module from '../../../locales/nn/module.json'
import type task from '../../../locales/nn/task.json'
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
  device: typeof device
  elected: typeof elected
  group: typeof group
  item: typeof item
  journey: typeof journey
  keep: typeof keep
  module: typeof module
  task: typeof task
}
export type Resources = FirstResources & LaterResources

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Resources
    returnNull: false
  }
}
