// Apart from the schemas, so that the page's first load carries no schema library.

/** Languages of a programme's content and of the interface; the first is the default. */
export const languages = ['nn', 'nb'] as const
export type Language = (typeof languages)[number]
