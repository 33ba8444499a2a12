import account from '../../../locales/nb/account.json'
import common from '../../../locales/nb/common.json'
import dates from '../../../locales/nb/dates.json'
import device from '../../../locales/nb/device.json'
import home from '../../../locales/nb/home.json'
import item from '../../../locales/nb/item.json'
import task from '../../../locales/nb/task.json'
import words from '../../../locales/nb/words.json'
import type { Resources } from './resources.ts'

export const resources: Resources = { account, common, dates, device, home, item, task, words }
