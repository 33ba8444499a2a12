import * as v from 'valibot'
import { calendarSchema, madeCalendarSchema } from '../../shared/domain/calendar.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'

interface Deps {
  fetch: typeof fetch
  principal: string
}

/** When one's calendar address was made, null = there is none; undefined if it cannot be known now. */
export const readCalendarMadeAt = async ({
  fetch,
  principal,
}: Deps): Promise<number | null | undefined> => {
  try {
    const answer = await fetch(paths.calendar, { headers: { [principalHeader]: principal } })
    return answer.ok ? v.parse(calendarSchema, await answer.json()).madeAt : undefined
  } catch {
    return undefined
  }
}

/** A new address, told only now; the one before has ended. Null if the server did not answer. */
export const makeCalendar = async (
  { fetch, principal }: Deps,
  language: string,
): Promise<string | null> => {
  try {
    const answer = await fetch(`${paths.calendar}?language=${language}`, {
      method: 'POST',
      headers: { [principalHeader]: principal },
    })
    return answer.ok ? v.parse(madeCalendarSchema, await answer.json()).address : null
  } catch {
    return null
  }
}
