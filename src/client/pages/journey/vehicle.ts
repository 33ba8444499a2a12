import type { Vehicle } from '../../components/chart/crossing.tsx'

/** What one is likely to travel by for so long. */
export const vehicleFor = (minutes: number): Vehicle =>
  minutes <= 30 ? 'bus' : minutes <= 60 ? 'ferry' : minutes <= 150 ? 'train' : 'bus'
