import type { AddressInfo } from 'node:net'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { serveWeb } from '../../src/adapters/web/serve-web.ts'
import { createWebApp } from '../../src/adapters/web/web-app.ts'
import type { WebOptions } from '../../src/adapters/web/web-rooms.ts'
import { digestIdOf } from '../../src/app/delivery-names.ts'
import { ingestArticles } from '../../src/app/ingest-articles.ts'
import { makeDigest } from '../../src/app/make-digest.ts'
import type { Outcome } from '../../src/app/ports/outcome-log.ts'
import { digestDocument } from '../../src/core/digest/digest-document.ts'
import { articleKey } from '../../src/core/dedup/article-key.ts'
import { articleId } from '../../src/core/feed/article-id.ts'
import type { Article } from '../../src/core/feed/article.ts'
import { houseMeter, meteredLog, webRooms } from '../../src/wire-web.ts'
import { makeArticle } from './make-article.ts'
import { shelveStory, shelveSubscription } from './story-shelf.ts'

/** Nine in the morning of the fictional day, epoch ms. */
export const WEB_NOW = Date.UTC(2026, 2, 11, 9)

const HOUR = 3_600_000

/** The token that opens the operator's page in tests. */
export const ADMIN_TOKEN = 'a-long-token-for-tests-only'

/** Keys of the archives: of the operator's channel, and of tenant `t1`. */
export const ARCHIVE_KEY = 'archive-key-of-everybody'
export const TENANT_KEY = 'archive-key-of-tenant-one'

/** Pages over a store in memory, served on this machine. */
export interface WebNewsroom {
  readonly store: Store
  readonly origin: string
  /** What was logged. */
  readonly outcomes: readonly Outcome[]
  /** Id of the story with most articles that everybody may see, and of the one that tenant `t1` alone sees. */
  readonly bigStory: string
  readonly secretStory: string
  readonly digestId: string
  close(): Promise<void>
}

/** An article of the harbour story, written for tests. */
function report(n: number, source: string, hoursAgo: number, text: string, title: string): Article {
  return makeArticle({
    ...{ id: `web-${n}`, source, text, title },
    url: `https://${source.toLowerCase().replaceAll(' ', '-')}.example/${n}`,
    published: new Date(WEB_NOW - hoursAgo * HOUR).toISOString(),
    lang: 'en',
  })
}

const AGENCY =
  'The night ferry Aurelia ran aground on the Gull Bank outside Marholm harbour on Monday evening with 214 people on board. ' +
  'Nobody was hurt, the coast guard of Marholm said. Tugs pulled the ferry Aurelia free at high water shortly after midnight. ' +
  'The harbour master closed the northern channel of Marholm until divers have looked at the hull of the ferry.'

/** Articles of a fictional day: a ferry aground, told by many and copied by some, and three smaller stories. */
export const WEB_ARTICLES: readonly Article[] = [
  report(1, 'Marholm Wire', 38, AGENCY, 'Ferry Aurelia aground outside Marholm harbour, nobody hurt'),
  report(2, 'Lissane Gazette', 37, AGENCY, 'Night ferry aground outside Marholm'),
  report(3, 'Oldport Echo', 36.5, AGENCY, 'Ferry Aurelia aground outside Marholm harbour, nobody hurt'),
  report(
    ...([4, 'Brackwater Herald', 30] as const),
    'Divers found a dent of two metres in the hull of the ferry Aurelia, which had run aground on the Gull Bank outside Marholm. ' +
      'The ferry line cancelled all crossings between Marholm and Lissane until Thursday. Passengers of the Aurelia spent the night in the school of Marholm. ' +
      'The line pays for their hotel and for the bus around the bay.',
    'Divers find dent in hull of ferry Aurelia, crossings from Marholm cancelled',
  ),
  report(
    ...([5, 'Harbour Post', 22] as const),
    'The pilot of the ferry Aurelia told the coast guard of Marholm that a buoy at the Gull Bank was out of its place. ' +
      'The harbour office had reported the buoy as adrift on Sunday, but the warning did not reach the ferry Aurelia. ' +
      'The ministry sends two inspectors to Marholm to look into it.',
    'Drifting buoy may have led ferry Aurelia onto the Gull Bank, pilot says',
  ),
  report(
    ...([6, 'Fenwick Times', 6] as const),
    'The ferry Aurelia goes back into service on Friday, the ferry line said in Marholm. Welders closed the dent in the hull in the dock of Oldport. ' +
      'The northern channel of Marholm harbour is open again since Tuesday noon. The two inspectors want to hear the harbour office next week about the buoy at the Gull Bank.',
    'Ferry Aurelia back in service on Friday, channel of Marholm open again',
  ),
  report(
    ...([7, 'Tarn Valley News', 20] as const),
    'The council of Tarn voted nine to four to build the new library beside the market hall. Work on the library begins in May and costs six million crowns. ' +
      'Neighbours had asked for a smaller library with more trees around it.',
    'Tarn council votes for new library beside the market hall',
  ),
  report(
    ...([8, 'Lamplight North', 19] as const),
    'Tarn gets its library after eleven years of talk: the council of Tarn said yes with nine votes to four. The library by the market hall is planned for 60,000 books.',
    'Tarn gets a new library after eleven years of talk',
  ),
  makeArticle({
    ...{ id: 'web-9', source: 'Sahil', url: 'https://sahil.example/9', lang: 'ar' },
    title: 'الميناء يفتح أبوابه من جديد بعد العاصفة',
    text: 'فتح ميناء قمر أبوابه من جديد صباح الثلاثاء بعد عاصفة دامت يومين. قال مدير الميناء إن السفن تعود إلى أرصفتها واحدة بعد أخرى.',
    published: new Date(WEB_NOW - 12 * HOUR).toISOString(),
  }),
]

/** Texts that try to become markup, links or headers. */
export const HOSTILE: Article = makeArticle({
  ...{ id: 'web-x', lang: 'en', source: '<img src=x onerror=alert(1)>Evil Press' },
  url: 'https://evil.example/"><script>alert(1)</script>?a=1&b=\u202e2',
  title: '"><script>window.hacked=1</script><svg onload=alert(1)> Quarrel of the bakers of Venmouth',
  text:
    'The bakers of Venmouth <script>window.hacked=1</script> quarrel about the price of <b onmouseover="alert(1)">rolls</b> in town. ' +
    "The guild said ' onfocus='alert(1) and closed the market </q></mark><iframe src=javascript:alert(1)> until Friday noon.",
  published: new Date(WEB_NOW - 2 * HOUR).toISOString(),
})

const ALL_ARTICLES: readonly Article[] = [...WEB_ARTICLES, HOSTILE]

/** The ids under which they are stored. */
const STORED_IDS: readonly string[] = ALL_ARTICLES.map((article) => articleId(articleKey(article), null))

const SECRET_TEXT =
  'The Lantern Club of Corrie has bought the old lighthouse of Corrie for its meetings. The members of the Lantern Club paid with their own money and told nobody.'

/** What is in it. */
export interface RoomOptions {
  readonly port?: number
  /** Nothing hostile, and feeds with two weeks behind them. */
  readonly forPictures?: boolean
  /** Nothing at all: opens at once. */
  readonly isEmpty?: boolean
}

/** Opens it, with a digest sent to the operator's channel and one to the channel of tenant `t1`, which has a feed of its own. */
export async function openWebNewsroom(
  options: Partial<WebOptions> = {},
  { port = 0, forPictures = false, isEmpty = false }: RoomOptions = {},
): Promise<WebNewsroom> {
  const store = await openStore('sqlite::memory:')
  const outcomes: Outcome[] = []
  const nowMs = () => WEB_NOW
  const articles = forPictures ? WEB_ARTICLES : ALL_ARTICLES
  if (!isEmpty) await fill(store, articles)
  if (forPictures) await fillDays(store)
  const digestId = isEmpty ? '' : await fillDigests(store, articles)
  const meter = houseMeter(store, '0.0.0', nowMs)
  const log = meteredLog((outcome) => outcomes.push(outcome), meter)
  const limits = { requestsPerMinute: 10_000, searchesPerMinute: 10_000, loginsPerQuarterHour: 1_000 }
  const app = createWebApp(webRooms({ store, log, meter, nowMs }), {
    ...{ adminToken: ADMIN_TOKEN, openMetrics: false, publicUrl: null, trustProxy: false, limits },
    ...options,
  })
  const stop = new AbortController()
  let served: Promise<void> = Promise.resolve()
  const bound = await new Promise<AddressInfo['port']>((resolve, reject) => {
    served = serveWeb(app, { host: '127.0.0.1', port, stop: stop.signal, onListening: resolve })
    served.catch(reject)
  })
  return {
    ...{ store, outcomes, digestId, origin: `http://127.0.0.1:${bound}` },
    bigStory: await storyOf(store, STORED_IDS[0] ?? '', null),
    secretStory: await storyOf(store, 'web-secret', 't1'),
    close: async () => {
      stop.abort()
      await served
      await store.close()
    },
  }
}

async function storyOf(store: Store, articleId: string, tenant: string | null): Promise<string> {
  const [stored] = await store.articles.articles([articleId], { tenant })
  return stored?.storyId ?? ''
}

async function fill(store: Store, articles: readonly Article[]): Promise<void> {
  const nowMs = () => WEB_NOW - 3 * HOUR
  await store.feeds.saveFeeds([
    { ...FEED, id: 'f-harbour', url: 'https://harbour-post.example/rss', name: 'Harbour Post' },
    {
      ...FEED,
      id: 'f-evil',
      url: 'https://evil.example/rss',
      name: articles.includes(HOSTILE) ? '<script>alert(1)</script>Evil Feed' : 'Venmouth Baker',
    },
    { ...FEED, id: 'f-secret', url: 'https://lantern.example/rss', name: 'Lantern Club', tenant: 't1' },
  ])
  await store.subscriptions.saveTenant({ id: 't1', platform: 'discord', name: 'Lantern', atMs: WEB_NOW })
  const secret = makeArticle({
    ...{ id: 'web-secret', source: 'Lantern Club', url: 'https://lantern.example/1', lang: 'en' },
    ...{ title: 'Lantern Club of Corrie buys the old lighthouse', text: SECRET_TEXT },
    published: new Date(WEB_NOW - 5 * HOUR).toISOString(),
  })
  const added = [{ article: secret, key: 'https://lantern.example/1', contentHash: 'secret' }]
  await store.articles.saveIngest({ feedId: 'f-secret', atMs: nowMs(), added, revised: [], unchanged: [] })
  const late = articles.filter(({ publishedAtMs }) => (publishedAtMs ?? 0) > WEB_NOW - 10 * HOUR)
  const early = articles.filter((article) => !late.includes(article))
  await ingestArticles(early, { ...store, nowMs: () => WEB_NOW - 10 * HOUR })
  await ingestArticles(late, { ...store, nowMs: () => WEB_NOW - HOUR })
  await store.feeds.saveFeedState(
    'f-evil',
    {
      last: {
        kind: 'failed',
        atMs: WEB_NOW - HOUR,
        failure: 'status',
        problem: 'Cannot fetch feed: status is 503',
      },
      failures: 3,
      rhythmMs: 4 * HOUR,
      lastGoodAtMs: WEB_NOW - 40 * HOUR,
    },
    WEB_NOW + HOUR,
  )
}

/** Two weeks of small stories, so that feeds have a rhythm to draw. */
async function fillDays(store: Store): Promise<void> {
  for (let n = 0; n < 36; n += 1) {
    const atMs = WEB_NOW - (13 - Math.floor((n * n) / 100)) * 24 * HOUR - (n % 5) * HOUR
    await shelveStory(store, n, atMs)
    const unchanged = [`https://post.example/${n}`]
    const feedId = n % 3 === 0 ? 'f-evil' : 'f-harbour'
    await store.articles.saveIngest({ feedId, atMs, added: [], revised: [], unchanged })
  }
}

const FEED = { tags: [], tenant: null, addedAtMs: WEB_NOW - 100 * HOUR }

async function fillDigests(store: Store, articles: readonly Article[]): Promise<string> {
  const at = { atMs: WEB_NOW - 100 * HOUR, nextRunAtMs: WEB_NOW + 23 * HOUR }
  await shelveSubscription(store, {
    id: 'morning',
    destinationId: 'to-all',
    timeZone: 'Europe/Berlin',
    ...at,
  })
  await shelveSubscription(store, { id: 'lantern', destinationId: 'to-t1', tenant: 't1', ...at })
  await store.links.linkOf('to-all', { token: ARCHIVE_KEY, atMs: WEB_NOW })
  await store.links.linkOf('to-t1', { token: TENANT_KEY, atMs: WEB_NOW })
  const id = digestIdOf('morning', WEB_NOW - 26 * HOUR, WEB_NOW - 2 * HOUR)
  const named = articles.map((article, at) => ({ ...article, id: STORED_IDS[at] ?? article.id }))
  const digest = makeDigest(named, { maxStories: 10, maxSentences: 3, sinceMs: null, topic: null })
  const stored = await store.stories.stories({ limit: 20 }, { tenant: null })
  const document = digestDocument(digest)
  const ids = new Map(stored.flatMap(({ id: storyId, members }) => members.map((one) => [one.id, storyId])))
  const stories = document.stories.map((story) => ({
    ...story,
    id: ids.get(story.articles[0]?.id ?? '') ?? story.id,
  }))
  const settings = { timeZone: 'Europe/Berlin' }
  await store.digests.saveDigest({
    ...{ id, destinationId: 'to-all', subscriptionId: 'morning', inputHash: digest.hash },
    ...{ fromMs: WEB_NOW - 26 * HOUR, toMs: WEB_NOW - 2 * HOUR, composedAtMs: WEB_NOW - 2 * HOUR },
    body: { name: 'morning', settings, document: { ...document, stories } },
    told: stories.map(({ id: storyId, articles }) => ({
      ...{ storyId, toldAtMs: WEB_NOW - 7 * HOUR, sentences: [] },
      articleIds: articles.map((article) => article.id),
    })),
    parts: [0, 1].map((part) => ({ message: { text: `part ${part}` }, nonce: `nonce-${part}` })),
  })
  for (const part of [0, 1]) {
    const ref = { digestId: id, part }
    await store.digests.startDelivery(ref, WEB_NOW - 2 * HOUR)
    await store.digests.finishDelivery(
      ref,
      { state: 'unknown', problem: 'the answer was lost' },
      WEB_NOW - HOUR,
    )
  }
  await store.subscriptions.addCorrection({
    ...{
      id: 'fix-1',
      tenant: 't1',
      kind: 'must-link',
      articleIds: [STORED_IDS[6] ?? '', STORED_IDS[8] ?? ''],
    },
    ...{ madeBy: 'm1', madeAtMs: WEB_NOW - HOUR },
  })
  return id
}
