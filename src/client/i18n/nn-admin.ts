import admin from '../../../locales/nn/admin.json'
import adminDay from '../../../locales/nn/adminDay.json'
import adminGatherings from '../../../locales/nn/adminGatherings.json'
import adminGroups from '../../../locales/nn/adminGroups.json'
import adminPeople from '../../../locales/nn/adminPeople.json'
import adminReadiness from '../../../locales/nn/adminReadiness.json'
import adminRegistration from '../../../locales/nn/adminRegistration.json'
import serviceAreas from '../../../locales/nn/serviceAreas.json'
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
