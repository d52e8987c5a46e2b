import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHealthApp } from '../../../src/adapters/web/web-app.ts'
import { parseFeed } from '../../../src/core/feed/parse-feed.ts'
import { houseMeter, webRooms } from '../../../src/wire-web.ts'
import { article, batch, MINUTE, NOON, step } from '../../contracts/stored-rows.ts'
import {
  ADMIN_TOKEN,
  ARCHIVE_KEY,
  openWebNewsroom,
  TENANT_KEY,
  type WebNewsroom,
} from '../../support/web-newsroom.ts'

let room: WebNewsroom

beforeAll(async () => {
  room = await openWebNewsroom()
}, 60_000)
afterAll(() => room.close())

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${room.origin}${path}`, { redirect: 'manual', ...init })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('pages for readers', () => {
  it('the front page lists what everybody may see', async () => {
    const { status, text } = await get('/')
    expect(status).toBe(200)
    expect(text).toContain(`href="/story/${room.bigStory}"`)
    expect(text).not.toContain(room.secretStory)
    expect(text).not.toContain('Lantern')
  })

  it('a story page cites sentences that are marked in their source', async () => {
    const { text } = await get(`/story/${room.bigStory}`)
    const numbers = [...text.matchAll(/href="#q(\d+)"/g)].map((match) => match[1])
    expect(numbers.length).toBeGreaterThanOrEqual(3)
    for (const number of numbers) {
      expect(text).toContain(`<mark id="q${number}"`)
      expect(text).toContain(`href="#s${number}"`)
      const quoted = new RegExp(`id="s${number}">\\s*<q[^>]*>([^<]+)</q`).exec(text)?.[1]
      expect(text).toMatch(new RegExp(`<mark id="q${number}"[^>]*>${escaped(quoted ?? 'no sentence')}</mark`))
    }
  })

  it('a story page tells publishers, days, and who printed whose text', async () => {
    const { text } = await get(`/story/${room.bigStory}`)
    expect(text).toContain('6 articles')
    expect(text).toContain('2 copies')
    expect(text).toMatch(/<svg class="line"[^>]*role="img"[^>]*aria-label="Time line: 6 articles/)
    const tree = text.slice(text.indexOf('class="tree"'))
    const nested = tree.slice(tree.indexOf('<ul>'), tree.indexOf('</ul>'))
    expect(nested).toContain('Lissane Gazette')
    expect(nested).toContain('Oldport Echo')
    expect(nested).toContain('same text')
  })

  it('a story page says what changed since a time, and since the last digest where it is asked for by its key', async () => {
    const { text } = await get(`/story/${room.bigStory}?via=${ARCHIVE_KEY}&since=last`)
    expect(text).toContain('+1 article')
    expect(text).toContain('New here: <span dir="auto"')
    const old = await get(`/story/${room.bigStory}?since=30m`)
    expect(old.text).toContain('Nothing changed.')
    expect((await get(`/story/${room.bigStory}?since=nonsense`)).status).toBe(200)
  })

  it('a story of private feeds opens only with the key of that tenant', async () => {
    for (const via of ['', `?via=${ARCHIVE_KEY}`, '?via=wrong', '?via=', `?via=${TENANT_KEY}x`]) {
      const { status, text } = await get(`/story/${room.secretStory}${via}`)
      expect([via, status]).toEqual([via, 404])
      expect(text).not.toContain('Lantern')
    }
    const { status, text, headers } = await get(`/story/${room.secretStory}?via=${TENANT_KEY}`)
    expect(status).toBe(200)
    expect(text).toContain('Lantern Club')
    expect(headers.get('cache-control')).toContain('private')
    expect(headers.get('x-robots-tag')).toBe('noindex')
  })

  it('search finds public articles, and those of a tenant with its key', async () => {
    expect((await get('/search?q=ferry')).text).toContain('Divers find dent')
    expect((await get('/search?q=lighthouse')).text).toContain('No article has all of these words.')
    expect((await get(`/search?q=lighthouse&via=${TENANT_KEY}`)).text).toContain('buys the old lighthouse')
    expect((await get('/search?q=ferry&since=nonsense')).status).toBe(400)
    expect((await get('/search?q=ferry&outlet=Harbour+Post')).text).not.toContain('Divers find dent')
    expect((await get('/search?q=ferry&page=9999')).status).toBe(200)
  })

  it('the archive lists digests and opens each, only under its own key', async () => {
    const { text } = await get(`/digests/${ARCHIVE_KEY}`)
    expect(text).toContain(`/digests/${ARCHIVE_KEY}/${room.digestId}`)
    const digest = await get(`/digests/${ARCHIVE_KEY}/${room.digestId}`)
    expect(digest.text).toContain(`/story/${room.bigStory}?via=${ARCHIVE_KEY}`)
    expect((await get(`/digests/${TENANT_KEY}/${room.digestId}`)).status).toBe(404)
    expect((await get('/digests/wrong')).status).toBe(404)
    expect((await get(`/digests/wrong/${room.digestId}`)).status).toBe(404)
  })

  it('digests can be subscribed to as Atom, RSS, JSON Feed and calendar', async () => {
    for (const [file, type] of [
      ['feed.atom', 'application/atom+xml'],
      ['feed.rss', 'application/rss+xml'],
      ['feed.json', 'application/feed+json'],
    ] as const) {
      const { headers, text } = await get(`/digests/${ARCHIVE_KEY}/${file}`)
      expect(headers.get('content-type')).toContain(type)
      const body = new TextEncoder().encode(text)
      const feed = parseFeed({ body, url: `${room.origin}/${file}`, contentType: type })
      expect(feed.problems).toEqual([])
      expect(feed.items).toHaveLength(1)
      expect(feed.items[0]?.link).toBe(`${room.origin}/digests/${ARCHIVE_KEY}/${room.digestId}`)
      expect(feed.items[0]?.title).toContain('morning, 11 Mar 2026, 08:00')
    }
    const calendar = await get(`/digests/${ARCHIVE_KEY}/calendar.ics`)
    expect(calendar.headers.get('content-type')).toContain('text/calendar')
    expect(calendar.text.match(/BEGIN:VEVENT/g)).toHaveLength(4)
    expect(calendar.text).toContain('DTSTART:20260311T070000Z')
    expect((await get('/digests/wrong/feed.atom')).status).toBe(404)
  })

  it('pages stay under 100 kB', async () => {
    for (const path of [
      '/',
      `/story/${room.bigStory}`,
      '/search?q=ferry',
      `/digests/${ARCHIVE_KEY}/${room.digestId}`,
    ]) {
      expect(Buffer.byteLength((await get(path)).text)).toBeLessThan(100_000)
    }
  })

  it('a story of hundreds of articles with long titles and addresses stays under 100 kB on each of its pages', async () => {
    const named = Array.from({ length: 400 }, (_, n) => ({
      ...article(n, {
        id: `long-${n}`,
        title: `${n} ${'長い題名'.repeat(80)}`,
        url: `https://courier.example/${'a'.repeat(1_800)}/${n}`,
        publishedAtMs: NOON - n * 40 * MINUTE,
        publisher: `${n % 90}`,
        outlet: `${'Courier '.repeat(30)}${n % 90}`,
      }),
      key: `long-${n}`,
    }))
    await room.store.articles.saveIngest(batch(named))
    const copies = named.flatMap(({ article: { id } }, n) =>
      n % 8 === 0
        ? []
        : [{ articleId: id, copyOf: `long-${n - (n % 8)}`, kind: 'near' as const, scores: {} }],
    )
    await room.store.stories.saveStep(
      step('long', Object.fromEntries(named.map(({ article: { id } }) => [id, 'longstory'])), { copies }),
    )
    for (const page of [0, 1, 2]) {
      const { status, text } = await get(`/story/longstory?page=${page}&since=7d`)
      expect([page, status]).toEqual([page, 200])
      expect(Buffer.byteLength(text)).toBeLessThan(100_000)
    }
  })

  it('a story that is not there is told so, words lead to a story', async () => {
    expect((await get('/story/zzzzzzzz')).status).toBe(404)
    const { status, headers } = await get('/story/Aurelia')
    expect([status, headers.get('location')]).toEqual([302, `/story/${room.bigStory}`])
  })
})

describe('health', () => {
  it('/healthz and /readyz answer', async () => {
    expect((await get('/healthz')).text).toBe('ok\n')
    const ready = await get('/readyz')
    expect([ready.status, ready.text]).toEqual([200, 'database answers: ok\nschema fits: ok\nready\n'])
  })

  it('stands alone in processes that serve no pages', async () => {
    const nowMs = () => NOON
    const rooms = webRooms({
      store: room.store,
      log: () => undefined,
      meter: houseMeter(room.store, '1', nowMs),
      nowMs,
    })
    const options = { adminToken: ADMIN_TOKEN, openMetrics: true, publicUrl: null, trustProxy: false }
    const app = createHealthApp(rooms, options)
    const statuses = await Promise.all(
      ['/healthz', '/readyz', '/metrics', '/', '/operator', '/search'].map(
        async (path) => (await app.request(path, {}, {})).status,
      ),
    )
    expect(statuses).toEqual([200, 200, 200, 404, 404, 404])
  })

  it('/metrics asks for the token and tells what docs/metrics.md says', async () => {
    expect((await get('/metrics')).status).toBe(401)
    expect((await get('/metrics', { headers: { Authorization: 'Bearer wrong' } })).status).toBe(401)
    const { status, text } = await get('/metrics', { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } })
    expect(status).toBe(200)
    expect(text).toContain('tidings_feeds{state="polled"} 3')
    expect(text).toContain('tidings_ready 1')
    expect(text).toContain('tidings_queue_depth{queue="articles"} 0')
    expect(text).toMatch(/tidings_http_requests_total\{page="health",status="2xx"\} \d+/)
    expect(text).not.toMatch(/archive-key|Lantern|t1"/)
  })
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
