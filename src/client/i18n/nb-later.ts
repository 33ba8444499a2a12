import account from '../../../locales/nb/account.json'
import cards from '../../../locales/nb/cards.json'
import certificate from '../../../locales/nb/certificate.json'
import day from '../../../locales/nb/day.json'
import device from '../../../locales/nb/device.json'
import elected from '../../../locales/nb/elected.json'
import gathering from '../../../locales/nb/gathering.json'
import group from '../../../locales/nb/group.json'
import item from '../../../locales/nb/item.json'
import journey from '../../../locales/nb/journey.json'
import keep from '../../../locales/nb/keep.json'
import module from '../../../locales/nb/module.json'
import plan from '../../../locales/nb/plan.json'
import privacy from '../../../locales/nb/privacy.json'
import signIn from '../../../locales/nb/signIn.json'
import table from '../../../locales/nb/table.json'
import task from '../../../locales/nb/task.json'
import vote from '../../../locales/nb/vote.json'
import type { LaterResources } from './resources.ts'

export const resources: LaterResources = {
  account,
  cards,
  certificate,
  day,
  device,
  elected,
  gathering,
  group,
  item,
  journey,
  keep,
  module,
  plan,
  privacy,
  signIn,
  table,
  task,
  vote,
}
