import { useEffect, useRef } from 'preact/hooks'

/** False once the page is left: an answer that comes later takes nobody anywhere. */
export const useIsHere = (): { readonly current: boolean } => {
  const isHere = useRef(true)
  useEffect(
    () => () => {
      isHere.current = false
    },
    [],
  )
  return isHere
}
