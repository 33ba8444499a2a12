// What a group agrees on is a text of its own beside each field, in blocks like every text: two sentences that are written
// offline both stay. Its field is the question's id with a dot, which no id of the content can hold.

export const agreedField = (field: string): string => `${field}.agreed`

/** The content's field that a text belongs to. */
export const questionOf = (field: string): string => field.replace(/\.agreed$/, '')
