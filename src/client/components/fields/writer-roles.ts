/** Roles at a group's table; never names. The ids are stored with the words. */
export const writerRoles = ['director', 'hr', 'union', 'it', 'other'] as const
export type WriterRole = (typeof writerRoles)[number]

export const asWriterRole = (role: string | null | undefined): WriterRole | null =>
  writerRoles.find((one) => one === role) ?? null
