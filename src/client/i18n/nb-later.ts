import account from '../../../locales/nb/account.json'
import device from '../../../locales/nb/device.json'
import elected from '../../../locales/nb/elected.json'
import item from '../../../locales/nb/item.json'
import journey from '../../../locales/nb/journey.json'
import task from '../../../locales/nb/task.json'
import type { LaterResources } from './resources.ts'

export const resources: LaterResources = { account, device, elected, item, journey, task }
