// Draws the digest of the sample newsroom as Discord would show it, once of components and once of embeds, into docs/images. A drawing of
// the message that is sent, not of Discord's own client.
//
//   node bench/draw-discord.ts [--browser /usr/bin/chromium] [--folder docs/images]
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { cutForDiscord, type DiscordPart } from '../src/adapters/discord/render-digest.ts'
import { makeDigestOf, makeEntry } from '../test/support/make-digest-entry.ts'

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: '/usr/bin/chromium' },
    folder: { type: 'string', default: 'docs/images' },
  },
})

const AT_MS = Date.UTC(2026, 2, 10, 5)
const DAY_MS = 86_400_000

/** Fictional stories that show what a digest may hold: a large one, an update, one from right to left. */
function sampleDigest() {
  const said = (text: string, outlet: string, alsoIn: readonly string[] = []) => ({
    ...{ text, outlet, alsoIn, articleId: 'a', start: 0, end: text.length, dateNote: null },
    url: `https://${outlet.toLowerCase().replaceAll(' ', '')}.example/story`,
  })
  const entries = [
    makeEntry('ferry', {
      headline: 'Ferry runs aground off Marholm',
      counts: { articles: 9, publishers: 5, copies: 4 },
      lastAtMs: AT_MS,
      sentences: [
        said('A ferry ran aground off Marholm on Monday with two hundred people on board.', 'Harbour Post', [
          'Coast Radio',
          'Lissane Gazette',
        ]),
        said('Boats from the harbour took all passengers ashore within the hour.', 'Coast Radio'),
        said('The captain had taken a wrong turn in the fog, investigators found.', 'Lissane Gazette'),
      ],
    }),
    makeEntry('mayor', {
      headline: 'Former mayor of Lissane sentenced',
      counts: { articles: 3, publishers: 2, copies: 1 },
      lastAtMs: AT_MS - DAY_MS / 10,
      update: {
        ...{ sinceMs: AT_MS - DAY_MS, articles: 4, publishers: 1, sentences: 2 },
        inAll: { articles: 12, publishers: 6, copies: 5 },
      },
      sentences: [
        said('The court in Lissane sentenced the former mayor to three years in prison.', 'Lissane Gazette'),
      ],
    }),
    makeEntry('storm', {
      headline: 'הסערה סגרה את נמל מרהולם',
      counts: { articles: 2, publishers: 2, copies: 0 },
      lastAtMs: AT_MS - DAY_MS / 4,
      sentences: [said('הסערה סגרה את נמל מרהולם ביום ראשון בערב.', 'Namal Daily')],
    }),
  ]
  const counts = { articles: 41, publishers: 14, copies: 17 }
  return makeDigestOf(entries, { fromMs: AT_MS - DAY_MS, toMs: AT_MS, storiesInWindow: 12, counts })
}

/** Discord's marks as they are shown; each is read once from left to right. */
const MARKS: readonly (readonly [RegExp, (found: readonly string[]) => string])[] = [
  [/^\\([^0-9A-Za-z\s])/, ([, sign = '']) => escapeHtml(sign)],
  [/^\[((?:\\.|[^\]\\])*)\]\(<[^>]*>\)/, ([, words = '']) => `<a>${inline(words)}</a>`],
  [/^\*\*(.+?)\*\*/, ([, words = '']) => `<b>${inline(words)}</b>`],
  [/^<t:\d+:R>/, () => '<span class="time">3 hours ago</span>'],
]

function inline(text: string): string {
  let shown = ''
  for (let rest = text; rest !== '';) {
    const mark = MARKS.map(([pattern, show]) => ({ found: pattern.exec(rest), show })).find(
      ({ found }) => found !== null,
    )
    shown += mark?.found == null ? escapeHtml(rest.slice(0, 1)) : mark.show(mark.found)
    rest = rest.slice(mark?.found?.[0].length ?? 1)
  }
  return shown
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const LINES: readonly (readonly [string, string])[] = [
  ['## ', 'h2'],
  ['### ', 'h3'],
  ['-# ', 'small'],
  ['- ', 'li'],
]

function markdown(text: string): string {
  const lines = text.split('\n').map((line) => {
    const [begin, tag] = LINES.find(([mark]) => line.startsWith(mark)) ?? ['', 'div']
    return `<${tag} dir="auto">${inline(line.slice(begin.length))}</${tag}>`
  })
  return `<div>${lines.join('')}</div>`
}

type Component = DiscordPart['components'][number]

function buttonsOf(component: Component): string {
  if (component.type !== 1) return ''
  const labels = component.components.map((one) => ('label' in one ? one.label : ''))
  return `<div class="row">${labels.map((label) => `<span class="button">${escapeHtml(label)}</span>`).join('')}</div>`
}

function asComponents(components: readonly Component[]): string {
  return components
    .map((one) => (one.type === 10 ? markdown(one.content) : one.type === 14 ? '<hr>' : buttonsOf(one)))
    .join('')
}

/** Embeds have no buttons of their own: all stand below the last. */
function asEmbeds(components: readonly Component[]): string {
  const [head = '', ...stories] = components.flatMap((one) =>
    one.type === 10 ? [markdown(one.content)] : [],
  )
  const embeds = stories.map((story) => `<div class="embed">${story}</div>`)
  return head + embeds.join('') + components.map(buttonsOf).join('')
}

const STYLE = `body{margin:0;background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans",Arial,sans-serif;width:700px}
main{padding:16px 16px 20px 72px;position:relative}
.face{position:absolute;left:16px;top:18px;width:40px;height:40px;border-radius:50%;background:#5865f2}
.name{color:#fff;font-weight:600}.app{background:#5865f2;color:#fff;font-size:10px;border-radius:3px;padding:1px 4px;margin-left:4px}
h2{font-size:24px;margin:6px 0 2px;color:#fff}h3{font-size:20px;margin:6px 0 4px;color:#fff}
small{display:block;font-size:12px;color:#949ba4}a{color:#00a8fc}li{margin:2px 0 2px 18px}
hr{border:0;border-top:1px solid #4e5058;margin:12px 0}.row{display:flex;gap:8px;margin:8px 0}
.button{background:#4e5058;color:#fff;font-size:14px;font-weight:500;border-radius:8px;padding:6px 14px}
.embed{background:#2b2d31;border-left:4px solid #5865f2;border-radius:4px;padding:10px 14px;margin:6px 0;max-width:520px}
.time{background:#404249;border-radius:3px;padding:0 2px}`

function page(message: string): string {
  return `<meta charset="utf-8"><style>${STYLE}</style><main><div class="face"></div><span class="name">tidings</span><span class="app">APP</span>${message}</main>`
}

if (!existsSync(values.browser)) {
  console.error(`Cannot draw: there is no browser at "${values.browser}"; give its path with --browser`)
  process.exit(1)
}
const [first] = cutForDiscord({
  ...{ digestId: 'd', name: 'morning', digest: sampleDigest(), timeZone: 'Europe/Berlin', publicUrl: null },
  subscription: { overflow: 'thread', mentionRole: null, lang: null },
})
const components = first?.body.components ?? []
const browser = await chromium.launch({ executablePath: values.browser, args: ['--no-sandbox'] })
for (const [name, message] of [
  ['components', asComponents(components)],
  ['embeds', asEmbeds(components)],
] as const) {
  const sheet = await browser.newPage({ viewport: { width: 700, height: 400 } })
  await sheet.setContent(page(message))
  const path = join(values.folder, `discord-digest-${name}.png`)
  await sheet.screenshot({ path, fullPage: true })
  console.log(path)
}
await browser.close()
