// Pictures of the pages for the README: `node bench/screenshots.ts [folder]`, default docs/images. Needs Chromium (CHROMIUM_PATH).
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPath, openBrowser } from '../test/support/open-browser.ts'
import { ADMIN_TOKEN, ARCHIVE_KEY, openWebNewsroom } from '../test/support/web-newsroom.ts'

const folder = process.argv[2] ?? 'docs/images'
const path = chromiumPath(process.env)
if (path === null) {
  console.error('Cannot take pictures: no Chromium at /usr/bin/chromium; set CHROMIUM_PATH')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const room = await openWebNewsroom({}, { forPictures: true })
const browser = await openBrowser(path)
const story = `/story/${room.bigStory}?via=${ARCHIVE_KEY}&since=last`
const shots = [
  { name: 'web-story-light', path: story, scheme: 'light', width: 900, height: 1_500 },
  { name: 'web-story-dark', path: story, scheme: 'dark', width: 900, height: 1_500 },
  { name: 'web-story-phone', path: story, scheme: 'light', width: 320, height: 900 },
  { name: 'web-front', path: '/', scheme: 'light', width: 900, height: 800 },
  { name: 'web-archive', path: `/digests/${ARCHIVE_KEY}`, scheme: 'light', width: 900, height: 700 },
  { name: 'web-operator', path: '/operator', scheme: 'light', width: 900, height: 620 },
  { name: 'web-operator-feeds', path: '/operator/feeds', scheme: 'light', width: 900, height: 500 },
] as const
for (const { name, path: page, scheme, width, height } of shots) {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    javaScriptEnabled: false,
  })
  const tab = await context.newPage()
  if (page.startsWith('/operator')) {
    await tab.goto(`${room.origin}/operator`)
    await tab.fill('#token', ADMIN_TOKEN)
    await tab.click('main button')
  }
  await tab.goto(`${room.origin}${page}`)
  await tab.screenshot({ path: join(folder, `${name}.png`) })
  await context.close()
  console.log(`${name}.png`)
}
await browser.close()
await room.close()
