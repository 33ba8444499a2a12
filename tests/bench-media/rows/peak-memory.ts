import type { Figure } from '../../bench/figures.ts'
import type { MediaBench } from '../bench.ts'
import type { Film } from '../film.ts'
import { type Peak, peakWhile } from '../memory.ts'
import { openPlain, openWorkbox, plainOrigin, storeWhole, workboxOrigin } from '../plain-page.ts'
import { firstFrame, places, seekAll } from '../player.ts'
import { download, openProduct } from '../product.ts'

/** The most that a new browser holds from the tap on «Last ned» to the last of some seeks, for a small and a large film. */
export const peakMemory = async (bench: MediaBench): Promise<Figure[]> => {
  const { loft, plain, person, large, small } = bench
  const seeks = (film: Film) => places(film, 20, 11)

  const ours = async (film: Film): Promise<Peak> => {
    const browser = await bench.openBrowser()
    const { page } = browser
    await openProduct(page, plainOrigin(loft.port), person, film)
    const peak = await peakWhile(page, async () => {
      await download(page, film)
      await firstFrame(page, film)
      await seekAll(page, seeks(film))
    })
    await browser.remove()
    return peak
  }
  const workbox = async (film: Film): Promise<Peak> => {
    const browser = await bench.openBrowser()
    const { page } = browser
    await openWorkbox(page, workboxOrigin(plain.port))
    const peak = await peakWhile(page, async () => {
      await storeWhole(page, film)
      await firstFrame(page, film)
      await seekAll(page, seeks(film))
    })
    await browser.remove()
    return peak
  }
  const bare = async (film: Film): Promise<Peak> => {
    const browser = await bench.openBrowser()
    const { page } = browser
    await openPlain(page, plainOrigin(plain.port))
    const peak = await peakWhile(page, async () => {
      await firstFrame(page, film)
      await seekAll(page, seeks(film))
    })
    await browser.remove()
    return peak
  }

  const [oursSmall, oursLarge] = [await ours(small), await ours(large)]
  const [workboxSmall, workboxLarge] = [await workbox(small), await workbox(large)]
  const bareLarge = await bare(large)
  bench.say(JSON.stringify({ oursSmall, oursLarge, workboxSmall, workboxLarge, bareLarge }))
  return (['renderer', 'browser'] as const).flatMap((of): Figure[] => {
    const name = of === 'renderer' ? 'page and service worker' : 'whole browser'
    const value = oursLarge[of]
    const beside = (key: string, label: string, limit: number): Figure => ({
      key: `${of}${key}`,
      label,
      unit: 'MB',
      value,
      limit,
      demand: null,
    })
    return [
      {
        ...beside('Peak', `peak of ${name}, beside the small film`, oursSmall[of]),
        demand: { atMost: 1.2, of: 'limit' },
      },
      beside('PeakOfLimit', '  beside the plain server, nothing stored', bareLarge[of]),
      beside('PeakOfWorkbox', "  beside Workbox's plugin", workboxLarge[of]),
      {
        ...beside('WorkboxGrowth', "  Workbox's, large beside small", workboxSmall[of]),
        value: workboxLarge[of],
      },
    ]
  })
}
