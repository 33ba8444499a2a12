/** What stands in an address. */
export interface PageParams {
  id?: string
  cohort?: string
  stop?: string
  item?: string
}
