import registration from '../../../locales/nb/registration.json'
import serviceAreas from '../../../locales/nb/serviceAreas.json'
import type { RegistrationResources } from './resources.ts'

export const resources: RegistrationResources = { registration, serviceAreas }
