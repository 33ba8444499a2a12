import account from '../../../locales/nn/account.json'
import common from '../../../locales/nn/common.json'
import dates from '../../../locales/nn/dates.json'
import device from '../../../locales/nn/device.json'
import home from '../../../locales/nn/home.json'
import item from '../../../locales/nn/item.json'
import task from '../../../locales/nn/task.json'
import words from '../../../locales/nn/words.json'
import type { Resources } from './resources.ts'

export const resources: Resources = { account, common, dates, device, home, item, task, words }
