import common from '../../../locales/nb/common.json'
import dates from '../../../locales/nb/dates.json'
import home from '../../../locales/nb/home.json'
import words from '../../../locales/nb/words.json'
import type { FirstResources } from './resources.ts'

export const resources: FirstResources = { common, dates, home, words }
