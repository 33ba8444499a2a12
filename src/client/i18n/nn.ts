import common from '../../../locales/nn/common.json'
import dates from '../../../locales/nn/dates.json'
import home from '../../../locales/nn/home.json'
import words from '../../../locales/nn/words.json'
import type { FirstResources } from './resources.ts'

export const resources: FirstResources = { common, dates, home, words }
