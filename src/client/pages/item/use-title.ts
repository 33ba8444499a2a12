import { useEffect } from 'preact/hooks'
import { strings } from '../../i18n/i18n.ts'

/** The name of the page in the browser and to a screen reader. */
export const useTitle = (title: string): void => {
  const whole = `${title} · ${strings('common')('appName')}`
  useEffect(() => {
    document.title = whole
  }, [whole])
}
