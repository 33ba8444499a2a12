/** The double-ended ferry from above, 54 × 20 at scale 1. At angle 0 it points along +x. */
export const Ferry = ({
  x,
  y,
  angle,
  scale,
}: {
  x: number
  y: number
  angle: number
  scale: number
}) => (
  <g
    transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)}) scale(${scale.toFixed(2)})`}
  >
    <circle class="glow" r="84" fill="url(#lampglow)" />
    <path class="wake" d="M-31-5q-9-4-20-6M-31 5q-9 4-20 6M-33 0h-9" />
    <path
      class="hull"
      d="M-28 0C-26-6.5-19-10.5-11-10.5H11C19-10.5 26-6.5 28 0 26 6.5 19 10.5 11 10.5H-11C-19 10.5-26 6.5-28 0z"
    />
    <path class="deck" d="M-20-3.6h40M-20 3.6h40M-20-3.6v7.2M20-3.6v7.2" />
    <rect class="deck bridge" x="-6" y="-7.6" width="12" height="15.2" rx="2" />
    <circle class="deck" r="2" />
  </g>
)

export const FerryGlow = () => (
  <defs>
    <radialGradient id="lampglow">
      <stop offset="0" stop-color="var(--lamp)" stop-opacity=".55" />
      <stop offset=".45" stop-color="var(--lamp)" stop-opacity=".16" />
      <stop offset="1" stop-color="var(--lamp)" stop-opacity="0" />
    </radialGradient>
  </defs>
)
