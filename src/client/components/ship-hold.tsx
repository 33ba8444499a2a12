/** The ship's hold: what each kind of cargo (bytes) takes of the room the browser gives. A picture of the figures beside it. */
export const ShipHold = ({
  cargo,
  quota,
}: {
  cargo: readonly { key: string; colour: string; bytes: number }[]
  quota: number
}) => {
  let filled = from
  const stacks = cargo.map(({ key, colour, bytes }) => {
    const share = quota <= 0 || bytes <= 0 ? 0 : Math.max(9, (bytes / quota) * hold)
    const width = Math.min(from + hold - filled, share)
    filled += width
    return { key, colour, x: filled - width, width }
  })
  return (
    <svg viewBox="-6 0 354 110" class="d" aria-hidden="true">
      <clipPath id="hold">
        <path d={hull} />
      </clipPath>
      <g clip-path="url(#hold)">
        <path class="n fs" d="M0 30h342v64H0z" />
        {stacks.map(({ key, colour, x, width }) => (
          <rect key={key} x={x} y="30" width={width} height="64" fill={colour} stroke="none" />
        ))}
        <path
          class="thin soft"
          d="M84 30v64M118 30v64M152 30v64M186 30v64M220 30v64M254 30v64M288 30v64"
        />
      </g>
      <path d={hull} />
      <path class="fs" d="M40 36V22h262v14M70 22V12h202v10M148 12V2h46v10" />
      <path class="fl thin" d="M154 5h34v4h-34z" />
      <path
        class="thin"
        d="M48 26h12v5H48zM68 26h12v5H68zM88 26h12v5H88zM242 26h12v5h-12zM262 26h12v5h-12zM282 26h12v5h-12z"
      />
      <path
        class="thin soft"
        d={`M-4 98q6-4 12 0${'t12 0'.repeat(28)}M60 105q6-4 12 0${'t12 0'.repeat(15)}`}
      />
    </svg>
  )
}

// Between the hull's stems, as drawn below.
const from = 4
const hold = 334
const hull = 'M4 36H338L326 66C321 80 311 90 296 90H46C31 90 21 80 16 66Z'
