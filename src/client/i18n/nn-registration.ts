import registration from '../../../locales/nn/registration.json'
import serviceAreas from '../../../locales/nn/serviceAreas.json'
import type { RegistrationResources } from './resources.ts'

export const resources: RegistrationResources = { registration, serviceAreas }
