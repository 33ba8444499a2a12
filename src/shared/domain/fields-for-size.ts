import type { Field, SizeClass } from './field.ts'

/** The fields that a municipality of this size class meets; without a known size, all of them. */
export const fieldsForSize = (fields: readonly Field[], size: SizeClass | null): Field[] =>
  fields.filter((field) => size === null || !field.sizes || field.sizes.includes(size))
