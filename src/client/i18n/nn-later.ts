import account from '../../../locales/nn/account.json'
import device from '../../../locales/nn/device.json'
import elected from '../../../locales/nn/elected.json'
import group from '../../../locales/nn/group.json'
import item from '../../../locales/nn/item.json'
import journey from '../../../locales/nn/journey.json'
import keep from '../../../locales/nn/keep.json'
import module from '../../../locales/nn/module.json'
import task from '../../../locales/nn/task.json'
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
