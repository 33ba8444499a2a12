import admin from '../../../locales/nb/admin.json'
import adminDay from '../../../locales/nb/adminDay.json'
import adminGatherings from '../../../locales/nb/adminGatherings.json'
import adminGroups from '../../../locales/nb/adminGroups.json'
import adminPeople from '../../../locales/nb/adminPeople.json'
import adminReadiness from '../../../locales/nb/adminReadiness.json'
import adminRegistration from '../../../locales/nb/adminRegistration.json'
import serviceAreas from '../../../locales/nb/serviceAreas.json'
import type { AdminResources } from './resources.ts'

export const resources: AdminResources = {
  admin,
  adminDay,
  adminGatherings,
  adminGroups,
  adminPeople,
  adminReadiness,
  adminRegistration,
  serviceAreas,
}
