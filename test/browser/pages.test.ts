import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, mayDoWithout, openBrowser } from '../support/open-browser.ts'
import { ADMIN_TOKEN, ARCHIVE_KEY, openWebNewsroom, type WebNewsroom } from '../support/web-newsroom.ts'

const path = chromiumPath(process.env)
const isSkipped = path === null && mayDoWithout(process.env)
if (isSkipped)
  console.warn('Browser tests are skipped: no Chromium at /usr/bin/chromium, and CHROMIUM_PATH names none')

const SCREENS = [
  { width: 320, colorScheme: 'light' },
  { width: 1_440, colorScheme: 'dark' },
] as const

/** What a page looks like from inside. */
function lookAround() {
  return {
    scrollWidth: document.documentElement.scrollWidth,
    hacked: 'hacked' in globalThis,
    heading: document.querySelector('h1')?.textContent.trim() ?? '',
  }
}

describe.skipIf(isSkipped)('pages in a browser', () => {
  let room: WebNewsroom
  let browser: Browser

  beforeAll(async () => {
    if (path === null)
      throw new Error(
        'No Chromium at /usr/bin/chromium, and CHROMIUM_PATH names none: browser tests must not be skipped here',
      )
    room = await openWebNewsroom()
    browser = await openBrowser(path)
  }, 90_000)
  afterAll(async () => {
    await browser.close()
    await room.close()
  })

  /** A page in a context of its own, logged in where asked for. */
  async function visit<T>(
    options: BrowserContextOptions,
    look: (page: Page) => Promise<T>,
    isOperator = false,
  ): Promise<T> {
    const context = await browser.newContext(options)
    try {
      const page = await context.newPage()
      if (isOperator) await logIn(page)
      return await look(page)
    } finally {
      await context.close()
    }
  }

  async function logIn(page: Page): Promise<void> {
    await page.goto(`${room.origin}/operator`)
    await page.fill('#token', ADMIN_TOKEN)
    await page.click('main button')
    await page.waitForSelector('.tiles')
  }

  function addresses(): string[] {
    const archive = `/digests/${ARCHIVE_KEY}`
    return [
      ...['/', `/story/${room.bigStory}?via=${ARCHIVE_KEY}&since=last`, '/search?q=bakers', archive],
      ...[`${archive}/${room.digestId}`, '/operator', '/operator/feeds', '/operator/deliveries'],
      ...[
        '/operator/schedules',
        '/operator/corrections',
        `/operator/inspect?story=${room.bigStory}`,
        '/nowhere',
      ],
    ]
  }

  for (const { width, colorScheme } of SCREENS)
    it(`fit ${width} px in ${colorScheme}, without violation of axe-core, ask nobody else, run nothing of what articles bring`, async () => {
      const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true }
      const troubles: string[] = []
      await visit(
        options,
        async (page) => {
          page.on('request', (request) => {
            if (!request.url().startsWith(room.origin)) troubles.push(`asked for ${request.url()}`)
          })
          page.on('dialog', (dialog) => {
            troubles.push(`opened "${dialog.message()}"`)
            void dialog.dismiss()
          })
          for (const address of addresses()) {
            await page.goto(`${room.origin}${address}`)
            const found = await page.evaluate(lookAround)
            if (found.scrollWidth !== width) troubles.push(`${address} is ${found.scrollWidth} px wide`)
            if (found.hacked) troubles.push(`${address} ran a script`)
            if (found.heading === '') troubles.push(`${address} has no heading`)
            await page.evaluate(axe.source)
            const { violations } = await page.evaluate<AxeResults>('axe.run()')
            for (const { id, nodes } of violations) troubles.push(`${address} ${id}: ${nodes[0]?.html ?? ''}`)
          }
        },
        true,
      )
      expect(troubles).toEqual([])
    }, 180_000)

  it('the policy stands in the browser too: an injected script does not run', async () => {
    await visit({}, async (page) => {
      await page.goto(`${room.origin}/`)
      const ran = await page.evaluate(() => {
        const script = document.createElement('script')
        script.textContent = 'window.hacked = 1'
        document.body.append(script)
        return 'hacked' in globalThis
      })
      expect(ran).toBe(false)
    })
  }, 60_000)

  it('without a script a citation jumps to its sentence and back, and archive and search are walked by links and forms', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${room.origin}/digests/${ARCHIVE_KEY}`)
      await page.click('.card h2 a')
      expect(await page.locator('h1').innerText()).toContain('morning')
      await page.click('.told h2 a >> nth=0')
      expect(page.url()).toContain(`/story/${room.bigStory}?via=${ARCHIVE_KEY}`)
      const sentences = await page.locator('.cited q').allInnerTexts()
      expect(sentences.length).toBeGreaterThanOrEqual(3)
      for (const [at, sentence] of sentences.slice(0, 3).entries()) {
        await page.click(`a[href="#q${at + 1}"]`)
        expect(await page.locator('mark:target').innerText()).toBe(sentence)
        await page.click(`a[href="#s${at + 1}"]`)
        expect(new URL(page.url()).hash).toBe(`#s${at + 1}`)
      }
      await page.fill('#q', 'library')
      await page.press('#q', 'Enter')
      await page.waitForURL('**/search?**')
      expect(await page.locator('.found li').count()).toBe(2)
      await page.click('.found .more >> nth=0')
      expect(await page.locator('h1').innerText()).toContain('library')
    })
  }, 90_000)

  it('dark and light differ', async () => {
    const colours = new Set<string>()
    for (const colorScheme of ['light', 'dark'] as const)
      await visit({ colorScheme }, async (page) => {
        await page.goto(`${room.origin}/nowhere`)
        colours.add(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor))
      })
    expect(colours.size).toBe(2)
  }, 60_000)

  it('the keyboard alone reaches the content, the search and a story', async () => {
    await visit({}, async (page) => {
      await page.goto(`${room.origin}/`)
      const focused = () =>
        page.evaluate(() => {
          const at = document.activeElement
          const outline = at === null ? '' : getComputedStyle(at).outlineStyle
          return {
            name: `${at?.tagName ?? ''} ${at?.id ?? ''}`.trim(),
            text: at?.textContent.trim() ?? '',
            outline,
          }
        })
      await page.keyboard.press('Tab')
      expect((await focused()).text).toBe('Skip to the content')
      await page.keyboard.press('Enter')
      expect((await focused()).name).toBe('MAIN main')
      await page.keyboard.press('Tab')
      const story = await focused()
      expect([story.name, story.outline]).toEqual(['A', 'solid'])
      await page.keyboard.press('Enter')
      await page.waitForURL('**/story/**')
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('Tab')
      expect((await focused()).name).toBe('INPUT q')
      await page.keyboard.type('ferry')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/search?q=ferry')
      expect(await page.locator('.found li').count()).toBeGreaterThan(2)
    })
  }, 60_000)

  it("the operator's page settles a delivery by its buttons, without a script", async () => {
    await visit(
      { javaScriptEnabled: false },
      async (page) => {
        await page.goto(`${room.origin}/operator/deliveries`)
        expect(await page.locator('.rows > li').count()).toBe(2)
        await page.click('button:has-text("It arrived") >> nth=0')
        expect(await page.locator('.notice').innerText()).toContain('is noted as sent')
        expect(await page.locator('.rows > li').count()).toBe(1)
        await page.goto(`${room.origin}/operator`)
        await page.click('text=Log out')
        expect(await page.locator('#token').count()).toBe(1)
      },
      true,
    )
  }, 60_000)
})
