import { expect, test } from 'vitest'
import { createPlayback } from '../../../../src/client/components/player/playback.ts'

/** What a media element does as far as the playback sees it. */
class FakeMedia extends EventTarget {
  readonly HAVE_METADATA = 1
  readyState = 0
  duration = 100
  currentTime = 0
  paused = true
  seeking = false
  muted = false
  playbackRate = 1
  defaultPlaybackRate = 1
  loads = 0
  #src = 'http://localhost/media/abc'
  get src(): string {
    return this.#src
  }
  set src(address: string) {
    this.#src = address
    this.load()
  }
  play(): Promise<void> {
    this.paused = false
    this.dispatchEvent(new Event('play'))
    return Promise.resolve()
  }
  pause(): void {
    this.paused = true
    this.dispatchEvent(new Event('pause'))
  }
  load(): void {
    this.loads++
    this.paused = true
    this.currentTime = 0
    this.readyState = 0
  }
  loaded(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('loadedmetadata'))
  }
}

const setUp = (at = 0) => {
  const element = new FakeMedia()
  const playback = createPlayback(at, 90)
  const letGo = playback.attach(element as unknown as HTMLMediaElement)
  return { element, playback, letGo }
}

test('a file begins where it was left, and tells how long it really is', () => {
  const { element, playback, letGo } = setUp(40)
  element.loaded()
  expect([element.currentTime, playback.time.value, playback.duration.value]).toEqual([40, 40, 100])
  letGo()
})

test('a place outside the file is its beginning or its end', () => {
  const { element, playback, letGo } = setUp()
  element.loaded()
  playback.seek(-5)
  expect(element.currentTime).toBe(0)
  playback.skip(500)
  expect(element.currentTime).toBe(100)
  letGo()
})

test('what breaks because another answers for the file plays on by itself, once', () => {
  const { element, playback, letGo } = setUp()
  element.loaded()
  playback.play()
  playback.expectBreak()
  expect([element.loads, playback.playing.value]).toEqual([0, true])
  playback.seek(60)
  element.dispatchEvent(new Event('error'))
  expect(playback.failed.value).toBe(false)
  expect(element.src).toContain('?again=1')
  element.loaded()
  expect([element.currentTime, element.paused]).toEqual([60, false])
  element.dispatchEvent(new Event('error'))
  expect(playback.failed.value).toBe(true)
  letGo()
})

test('what failed is fetched again by the play button, and plays on where it stopped', () => {
  const { element, playback, letGo } = setUp()
  element.loaded()
  playback.seek(30)
  playback.toggle()
  element.dispatchEvent(new Event('error'))
  expect([playback.failed.value, playback.playing.value]).toEqual([true, false])
  playback.toggle()
  expect([playback.failed.value, element.loads]).toEqual([false, 1])
  element.loaded()
  expect([element.currentTime, element.paused]).toEqual([30, false])
  letGo()
})

test('trying again after a failure does not begin what stood still', () => {
  const { element, playback, letGo } = setUp()
  element.dispatchEvent(new Event('error'))
  playback.retry()
  element.loaded()
  expect([element.loads, element.paused]).toEqual([1, true])
  letGo()
})

test('jumps are counted, the passing of time is not', () => {
  const { element, playback, letGo } = setUp()
  element.loaded()
  const before = playback.jumps.value
  element.currentTime = 1
  element.dispatchEvent(new Event('timeupdate'))
  expect([playback.time.value, playback.jumps.value]).toEqual([1, before])
  playback.skip(10)
  expect(playback.jumps.value).toBe(before + 1)
  letGo()
})

test('a second try plays on, too', () => {
  const { element, playback, letGo } = setUp()
  element.loaded()
  playback.play()
  element.currentTime = 30
  element.dispatchEvent(new Event('timeupdate'))
  element.dispatchEvent(new Event('error'))
  playback.retry()
  element.dispatchEvent(new Event('error')) // still no network
  playback.retry()
  element.loaded()
  expect([element.currentTime, element.paused]).toEqual([30, false])
  letGo()
})

test('each try asks for the same file at an address that the browser has not seen fail', () => {
  const { element, playback, letGo } = setUp()
  const asked = [element.src]
  for (const _try of [1, 2]) {
    element.dispatchEvent(new Event('error'))
    playback.retry()
    asked.push(element.src)
  }
  expect(new Set(asked).size).toBe(3)
  expect(new Set(asked.map((address) => new URL(address).pathname))).toEqual(
    new Set(['/media/abc']),
  )
  letGo()
})
