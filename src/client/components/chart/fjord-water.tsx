import { type Coast, islet, shoreLine, water } from './shore.ts'

/** Three depths, two contours, islands and both shores. */
export const FjordWater = ({
  coast,
  depths: [shallow, deep],
  isles,
}: {
  coast: Coast
  depths: readonly [number, number]
  isles: readonly { a: number; c: number; size: number; seed: number }[]
}) => (
  <>
    <path class="w1" d={water(coast)} />
    <path class="w2" d={water(coast, shallow)} />
    <path class="w3" d={water(coast, deep)} />
    <path class="contour" d={shoreLine(coast, 'near', shallow)} />
    <path class="contour" d={shoreLine(coast, 'near', deep)} />
    {isles.map((isle) => {
      const { land, shallow: ring } = islet(isle, coast.lying)
      return (
        <g key={isle.a}>
          <path class="w1" d={ring} />
          <path class="isle" d={land} />
        </g>
      )
    })}
    <path class="shore" d={shoreLine(coast, 'far')} />
    <path class="shore" d={shoreLine(coast, 'near')} />
  </>
)
