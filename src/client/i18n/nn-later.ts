import account from '../../../locales/nn/account.json'
import cards from '../../../locales/nn/cards.json'
import certificate from '../../../locales/nn/certificate.json'
import day from '../../../locales/nn/day.json'
import device from '../../../locales/nn/device.json'
import elected from '../../../locales/nn/elected.json'
import gathering from '../../../locales/nn/gathering.json'
import group from '../../../locales/nn/group.json'
import item from '../../../locales/nn/item.json'
import journey from '../../../locales/nn/journey.json'
import keep from '../../../locales/nn/keep.json'
import module from '../../../locales/nn/module.json'
import plan from '../../../locales/nn/plan.json'
import privacy from '../../../locales/nn/privacy.json'
import signIn from '../../../locales/nn/signIn.json'
import table from '../../../locales/nn/table.json'
import task from '../../../locales/nn/task.json'
import vote from '../../../locales/nn/vote.json'
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
