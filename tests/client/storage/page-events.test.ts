import { expect, test } from 'vitest'
import { browserPageEvents } from '../../../src/client/storage/page-events.ts'

const createPage = () => {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const window = Object.assign(new EventTarget(), { document })
  const heard: string[] = []
  const events = browserPageEvents(window as unknown as Window)
  const stops = [
    events.onLeave(() => heard.push('leave')),
    events.onReturn(() => heard.push('return')),
    events.onOnline(() => heard.push('online')),
    events.onOffline(() => heard.push('offline')),
  ]
  return { document, window, heard, stops }
}

test.each(['pagehide', 'blur'])('%s of the window is leaving', (type) => {
  const { window, heard } = createPage()
  window.dispatchEvent(new Event(type))
  expect(heard).toEqual(['leave'])
})

test('hiding and freezing is leaving, showing is returning', () => {
  const { document, heard } = createPage()
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  document.dispatchEvent(new Event('freeze'))
  document.visibilityState = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(heard).toEqual(['leave', 'leave', 'return'])
})

test('a page from the back-forward cache returns; a fresh one does not', () => {
  const { window, heard } = createPage()
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  expect(heard).toEqual(['return'])
})

test('the network comes and goes, and who has stopped listening hears nothing', () => {
  const { window, document, heard, stops } = createPage()
  window.dispatchEvent(new Event('offline'))
  window.dispatchEvent(new Event('online'))
  for (const stop of stops) stop()
  for (const type of ['offline', 'online', 'blur', 'pagehide'])
    window.dispatchEvent(new Event(type))
  document.dispatchEvent(new Event('freeze'))
  expect(heard).toEqual(['offline', 'online'])
})
