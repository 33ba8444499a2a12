import { chunkSizeFor } from '../../../src/shared/media/manifest.ts'
import type { Figure } from '../../bench/figures.ts'
import { openWire, type Wire } from '../../bench/wire.ts'
import type { MediaBench } from '../bench.ts'
import { openWorkbox, storeWhole } from '../plain-page.ts'
import { missingBytes, openProduct } from '../product.ts'

/** SIGKILL when 40 per cent of a film have come; bytes that come twice. */
export const killed = async (bench: MediaBench): Promise<Figure[]> => {
  const { large, loft, plain, person } = bench
  const share = 0.4

  const ours = async (): Promise<number> => {
    const browser = await bench.openBrowser()
    const wire = await openWire(() => loft.port)
    try {
      await openProduct(browser.page, wire.origin, person, large)
      const missing = await missingBytes(browser.page, large)
      const before = wire.count().down
      await browser.page.getByRole('button', { name: /^Last ned, / }).click()
      await come(wire, before + share * large.size)
      await browser.kill()
      await browser.start()
      await browser.page.goto(wire.origin)
      while ((await missingBytes(browser.page, large)) > 0) await moment(100)
      return wire.count().down - before - missing
    } finally {
      await browser.remove()
      await wire.close()
    }
  }
  const workbox = async (): Promise<number> => {
    const browser = await bench.openBrowser()
    const wire = await openWire(() => plain.port)
    try {
      await openWorkbox(browser.page, wire.origin)
      const before = wire.count().down
      const storing = storeWhole(browser.page, large).catch(() => 0)
      await come(wire, before + share * large.size)
      await browser.kill()
      await storing
      await browser.start()
      await openWorkbox(browser.page, wire.origin)
      await storeWhole(browser.page, large)
      return wire.count().down - before - large.size
    } finally {
      await browser.remove()
      await wire.close()
    }
  }
  const megabytes = { ours: (await ours()) / 1e6, workbox: (await workbox()) / 1e6 }
  bench.say(JSON.stringify(megabytes))
  const figure = { unit: 'MB' as const, value: megabytes.ours }
  return [
    {
      ...figure,
      key: 'againMb',
      label: 'fetched again after a kill at 40 per cent',
      limit: null,
      // Three pieces, and what the page itself asks at its start.
      demand: { atMost: (3 * chunkSizeFor(large.size) + 500_000) / 1e6, of: 'value' },
    },
    {
      ...figure,
      key: 'againOfWorkbox',
      label: '  beside one put of the whole (Workbox)',
      limit: megabytes.workbox,
      demand: null,
    },
  ]
}

const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const come = async (wire: Wire, bytes: number): Promise<void> => {
  const giveUpAt = performance.now() + 120_000
  while (wire.count().down < bytes) {
    if (performance.now() > giveUpAt) throw new Error('the film does not come')
    await moment(5)
  }
}
