import { strings } from '../../i18n/i18n.ts'

/** Seats as the lane: whole as far as they are taken, dotted for those that are left. */
export const Seats = ({ taken, capacity }: { taken: number; capacity: number }) => {
  const share = Math.min(1, taken / Math.max(1, capacity))
  const at = 6 + 128 * share
  return (
    <span class="seats">
      <svg viewBox="0 0 140 16" width="140" height="16" aria-hidden="true">
        {share < 1 && <path class="left" d={`M${at} 8H134`} />}
        {taken > 0 && <path class="done" d={`M6 8H${at}`} />}
      </svg>
      <span class="num">{strings('admin')('seatsOf', { taken, capacity })}</span>
    </span>
  )
}
