// node scripts/studio/cover.ts: draws public/podcast.png, the square cover of the podcast feeds.
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const side = 1400 // px; the least that podcast directories take
const cabin = readFileSync('src/client/components/drawings/cabin-lamp.svg', 'utf8')

/** The night colours of the look, docs and tokens.css. */
const page = `<!doctype html><style>
  body { margin: 0; background: #0d2b34; position: relative; width: ${side}px; height: ${side}px; overflow: hidden }
  .d { position: absolute; left: 110px; bottom: 300px; width: 1180px; overflow: visible; fill: none; stroke: #eaf2f1;
    stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round }
  .d .f0 { fill: #0d2b34 } .d .f1 { fill: #0f2026 } .d .f2 { fill: #13282f } .d .fs { fill: #12252a } .d .fw { fill: #0f3540 }
  .d .fl { fill: #ffc454 } .d .fd { fill: #eaf2f1 } .d .thin { stroke-width: 1 } .d .soft { opacity: .5 } .d .n { stroke: none }
  .logo { position: absolute; left: 110px; top: 120px; width: 500px; color: #eaf2f1; overflow: visible }
  .sea { position: absolute; left: 0; right: 0; bottom: 0; height: 300px; background: #12414d }
  .lane { position: absolute; left: 110px; bottom: 146px; width: 1180px; height: 20px; overflow: visible }
</style>
<div class="sea"></div>
<svg class="lane" viewBox="0 0 1180 20" fill="none" stroke-linecap="round">
  <path stroke="#9ad3db" stroke-width="12" d="M0 10H420"/>
  <path stroke="#9ad3db" stroke-width="9" stroke-dasharray=".1 28" d="M540 10H1180"/>
  <g transform="translate(480 10) scale(2.1)" stroke="#1c1503" stroke-width="2.4">
    <path fill="#ffc454" d="M-28 0C-26-6.5-19-10.5-11-10.5H11C19-10.5 26-6.5 28 0 26 6.5 19 10.5 11 10.5H-11C-19 10.5-26 6.500-28 0z"/>
    <path stroke-width="1.4" d="M-20-3.600h40M-20 3.600h40"/>
  </g>
</svg>
${cabin}
<svg class="logo" viewBox="0 0 67 30" fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round">
  <path d="M2 4v21h9.5"/><circle cx="25" cy="17.5" r="7.6"/>
  <path stroke="#ffc454" stroke-width="2.6" d="M16.5 27.5c5.5-3.5 8.5-8.5 10.5-12.5 2-4 3.5-7 7-8.5"/>
  <path d="M46.5 4.4c-4.6-1.3-6.7.9-6.7 4.6v16M36.500 12h9.3M56 6v13.8c0 4 2 5.7 6 4.8M52 12h9.5"/>
</svg>`

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
})
try {
  const tab = await browser.newPage({ viewport: { width: side, height: side } })
  await tab.setContent(page)
  writeFileSync('public/podcast.png', await tab.screenshot())
} finally {
  await browser.close()
}
