import { useEffect, useState } from 'preact/hooks'

/** From this width the fjord lies; below it stands. */
const query = '(min-width: 1100px)'

export const useWide = (): boolean => {
  const [wide, setWide] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const update = (): void => setWide(media.matches)
    media.addEventListener('change', update)
    return () => media.removeEventListener('change', update)
  }, [])
  return wide
}
