/**
 * All shapes are made in (along, across) and turned to (x, y) at the end, so that one drawing serves the standing
 * fjord (390, 820) and the lying one (1280).
 */
export interface Point {
  a: number
  c: number
}

const round = (n: number): number => Math.round(n * 10) / 10

export const turn =
  (lying: boolean) =>
  (a: number, c: number): string =>
    lying ? `${round(a)} ${round(c)}` : `${round(c)} ${round(a)}`
