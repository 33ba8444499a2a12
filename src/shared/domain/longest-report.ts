/** Characters of a report of a mistake. Apart from its schema, which a page does not need. */
export const longestReport = 2_000
