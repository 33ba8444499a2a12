import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type * as v from 'valibot'
import { type Asked, useAsk } from '../../state/admin-api.ts'

export interface Answered<Answer> {
  /** Null until the first answer. What was there stays while it is asked again. */
  asked: Asked<Answer> | null
  again(): Promise<void>
}

/** What the server says at this address, asked when the page opens and as often as `again` is called. */
export const useAsked = <Answer>(
  path: string,
  answer: v.GenericSchema<unknown, Answer>,
): Answered<Answer> => {
  const ask = useAsk()
  const [asked, setAsked] = useState<Asked<Answer> | null>(null)
  const turn = useRef(0)
  const again = useCallback(async () => {
    const own = ++turn.current
    const answered = await ask(path, { answer })
    // A slow answer does not take the place of a newer one, or of another address.
    if (own === turn.current) setAsked(answered)
  }, [ask, path, answer])
  useEffect(() => void again(), [again])
  return { asked, again }
}
