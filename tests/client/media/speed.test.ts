import { describe, expect, it } from 'vitest'
import { createSpeed } from '../../../src/client/media/speed.ts'

describe('the remaining time', () => {
  it('is not told before enough is measured', () => {
    const speed = createSpeed()
    expect(speed.secondsFor(1000)).toBeNull()
    speed.add(500, 0)
    speed.add(500, 1000)
    expect(speed.secondsFor(1000)).toBeNull()
    speed.add(500, 2000)
    expect(speed.secondsFor(1000)).toBe(2)
  })

  it('moves little when one piece comes late, and follows when the line has become another', () => {
    const speed = createSpeed()
    for (let at = 0; at <= 10_000; at += 500) speed.add(500, at) // 1000 bytes a second
    expect(speed.secondsFor(60_000)).toBe(60)
    speed.add(500, 11_500) // a second late
    const late = speed.secondsFor(60_000) ?? 0
    expect(late).toBeGreaterThan(60)
    expect(late).toBeLessThan(72)
    for (let at = 12_000; at <= 40_000; at += 500) speed.add(100, at)
    expect(speed.secondsFor(60_000)).toBeGreaterThan(200)
  })

  it('is not known while what comes is thrown away', () => {
    const speed = createSpeed()
    speed.add(0, 0)
    speed.add(1000, 2000)
    speed.add(-1000, 2000)
    expect(speed.secondsFor(60_000)).toBeNull()
  })
})
