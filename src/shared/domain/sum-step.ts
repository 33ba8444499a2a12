/** A sum is told from this many people up, and counted again when as many more have answered. Apart from the schemas. */
export const sumStep = 5
