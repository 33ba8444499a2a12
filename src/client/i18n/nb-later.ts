import account from '../../../locales/nb/account.json'
import device from '../../../locales/nb/device.json'
import elected from '../../../locales/nb/elected.json'
import group from '../../../locales/nb/group.json'
import item from '../../../locales/nb/item.json'
import journey from '../../../locales/nb/journey.json'
import keep from '../../../locales/nb/keep.json'
import module from '../../../locales/nb/module.json'
import task from '../../../locales/nb/task.json'
import type { LaterResources } from './resources.ts'

export const resources: LaterResources = {
  account,
  device,
  elected,
  group,
  item,
  journey,
  keep,
  module,
  task,
}
