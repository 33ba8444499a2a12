import type { Role } from './person.ts'

/** Has pages under /admin. Policy.ts says which, but is too much for the first load; the tests hold the two together. */
export const isStaff = ({
  role,
  roles = [role],
}: {
  role: Role
  roles?: readonly Role[] | undefined
}): boolean => roles.some((one) => one !== 'participant' && one !== 'group-tablet')
