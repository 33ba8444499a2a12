import type account from '../../../locales/nn/account.json'
import type common from '../../../locales/nn/common.json'
import type dates from '../../../locales/nn/dates.json'
import type device from '../../../locales/nn/device.json'
import type home from '../../../locales/nn/home.json'
import type item from '../../../locales/nn/item.json'
import type task from '../../../locales/nn/task.json'
import type words from '../../../locales/nn/words.json'

/** All strings of one language, by namespace. Nynorsk decides which keys there are; the types demand them of the others. */
export interface Resources {
  account: typeof account
  common: typeof common
  dates: typeof dates
  device: typeof device
  home: typeof home
  item: typeof item
  task: typeof task
  words: typeof words
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Resources
    returnNull: false
  }
}
