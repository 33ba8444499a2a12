/** Løft written as one line; the stroke of the ø is the lane passing a stop. */
export const Logo = () => (
  <svg width="67" height="30" viewBox="0 0 67 30" role="img" aria-label="Løft">
    <g
      fill="none"
      stroke="currentColor"
      stroke-width="3.4"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d="M2 4v21h9.5" />
      <circle cx="25" cy="17.5" r="7.6" />
      <path d="M16.5 27.5c5.5-3.5 8.5-8.5 10.5-12.5 2-4 3.5-7 7-8.5" stroke-width="2.6" />
      <path d="M46.5 4.4c-4.6-1.3-6.7.9-6.7 4.6v16M36.500 12h9.3M56 6v13.8c0 4 2 5.7 6 4.8M52 12h9.5" />
    </g>
  </svg>
)
