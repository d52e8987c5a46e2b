import { describe, expect, test } from 'vitest'
import { collectFeeds, type CollectPorts } from '../../src/app/collect-feeds.ts'
import type { IngestBatch, KnownArticle } from '../../src/app/ports/article-store.ts'
import type { FeedRequest } from '../../src/app/ports/feed-source.ts'
import type { StoredFeed } from '../../src/app/ports/feed-store.ts'
import type { ExtractedPage } from '../../src/app/ports/page-reader.ts'
import type { FetchOutcome } from '../../src/core/feed/fetch-outcome.ts'

const NOW_MS = Date.UTC(2026, 4, 4, 6, 0, 0)
const VALIDATORS = { etag: '"v1"', lastModified: null, bodyHash: 'h1' }

function feed(id: string, changes: Partial<StoredFeed> = {}): StoredFeed {
  const url = `https://${id}.example/rss`
  return {
    ...{ id, url, name: `The ${id} Post`, tags: [], tenant: null, published: false },
    ...{ addedAtMs: NOW_MS, state: {}, nextPollAtMs: NOW_MS },
    ...changes,
  }
}

function rss(...items: readonly (readonly [id: string, text: string])[]): FetchOutcome {
  const body = items.map(
    ([id, text]) =>
      `<item><guid isPermaLink="false">tag:harbour.example,2026:${id}</guid><title>Story ${id}</title>` +
      `<link>https://harbour.example/${id}</link><pubDate>Mon, 04 May 2026 05:00:00 GMT</pubDate>` +
      `<description>${text}</description></item>`,
  )
  return fetched(`<rss version="2.0"><channel><title>Harbour</title>${body.join('')}</channel></rss>`)
}

function fetched(body: string): FetchOutcome {
  return {
    ...{ kind: 'fetched', validators: VALIDATORS, movedTo: null, freshForMs: null },
    ...{
      url: 'https://harbour.example/rss',
      contentType: 'application/rss+xml',
      body: new TextEncoder().encode(body),
    },
  }
}

const failed: FetchOutcome = {
  ...{ kind: 'failed', failure: 'status', status: 503, retryAtMs: null },
  problem: 'Cannot fetch "https://harbour.example/rss": status is 503',
}

/** A house of fake doors: what feeds answer is given, what is saved can be looked at. */
function house(
  due: readonly StoredFeed[],
  answer: (request: FeedRequest) => FetchOutcome | Promise<FetchOutcome>,
) {
  const batches: IngestBatch[] = []
  const states = new Map<string, { state: Readonly<Record<string, unknown>>; nextPollAtMs: number | null }>()
  const requests: FeedRequest[] = []
  const known = new Map<string, KnownArticle>()
  const events: string[] = []
  const ports: CollectPorts = {
    feeds: {
      claimDueFeeds: async ({ limit }) => due.slice(0, limit),
      saveFeedState: async (id, state, nextPollAtMs) => {
        events.push(`state ${id}`)
        states.set(id, { state, nextPollAtMs })
      },
    },
    articles: {
      knownArticles: async (keys) => keys.flatMap((key) => known.get(key) ?? []),
      saveIngest: async (batch) => {
        events.push(`articles ${batch.feedId ?? ''}`)
        batches.push(batch)
        if (batch.feedId !== null && batch.poll !== undefined) states.set(batch.feedId, batch.poll)
        for (const { article, key, contentHash } of batch.added) {
          known.set(key, { id: article.id, key, contentHash, earlierHashes: [], revision: 1 })
        }
        for (const { article, key, contentHash, revision } of batch.revised) {
          known.set(key, { id: article.id, key, contentHash, earlierHashes: [], revision })
        }
        return { added: batch.added.length, revised: batch.revised.length }
      },
    },
    web: {
      fetchFeed: async (request) => {
        requests.push(request)
        return answer(request)
      },
    },
    nowMs: () => NOW_MS,
    random01: () => 0,
  }
  return { ports, batches, states, requests, events }
}

const OPTIONS = { claimant: 'test' }

describe('collectFeeds()', () => {
  test('saves the articles of a feed and its state in one transaction', async () => {
    const { ports, batches, states, events } = house([feed('harbour')], () => rss(['a', 'The pier is open.']))
    const report = await collectFeeds(ports, OPTIONS)
    expect(report).toMatchObject({ added: 1, revised: 0, more: false })
    expect(report.feeds).toMatchObject([
      { feedId: 'harbour', kind: 'fetched', added: 1, listed: 1, problems: [] },
    ])
    expect(batches[0]?.added[0]?.article).toMatchObject({
      ...{ title: 'Story a', text: 'The pier is open.', url: 'https://harbour.example/a' },
      ...{ outlet: 'The harbour Post', publisher: 'harbour', publishedAtMs: Date.UTC(2026, 4, 4, 5, 0, 0) },
    })
    expect(states.get('harbour')).toMatchObject({ state: { validators: VALIDATORS, failures: 0 } })
    expect(events).toEqual(['articles harbour'])
  })

  test('takes the same listing twice as one, and a changed text as a revision of the same article', async () => {
    let text = 'The pier is open.'
    const { ports, batches } = house([feed('harbour')], () => rss(['a', text], ['b', 'Ferries run.']))
    await collectFeeds(ports, OPTIONS)
    await collectFeeds(ports, OPTIONS)
    text = 'The pier is open again.'
    expect(await collectFeeds(ports, OPTIONS)).toMatchObject({ added: 0, revised: 1 })
    expect(batches[1]).toMatchObject({
      added: [],
      revised: [],
      unchanged: [{}, {}].map(() => expect.any(String) as string),
    })
    expect(batches[2]?.revised).toMatchObject([
      { revision: 2, article: { text, id: batches[0]?.added[0]?.article.id } },
    ])
    expect(batches[2]?.unchanged).toHaveLength(1)
  })

  test('takes the article of two feeds as one', async () => {
    const { ports, batches } = house([feed('world'), feed('local')], () => rss(['a', 'The pier is open.']))
    expect(await collectFeeds(ports, { ...OPTIONS, maxHosts: 1 })).toMatchObject({ added: 1 })
    expect(batches[1]).toMatchObject({ feedId: 'local', added: [] })
    expect(batches[1]?.unchanged).toHaveLength(1)
  })

  test('takes articles that share one page as articles, not as versions of each other', async () => {
    const item = (id: string) =>
      `<item><guid>${id}</guid><title>Bulletin ${id}</title><link>https://harbour.example/live</link></item>`
    const body = `<rss version="2.0"><channel><title>H</title>${item('1')}${item('2')}</channel></rss>`
    const { ports, batches } = house([feed('harbour')], () => fetched(body))
    expect(await collectFeeds(ports, OPTIONS)).toMatchObject({ added: 2, revised: 0 })
    expect(await collectFeeds(ports, OPTIONS)).toMatchObject({ added: 0, revised: 0 })
    expect(batches[0]?.added.map(({ article }) => article.url)).toEqual(
      Array(2).fill('https://harbour.example/live'),
    )
  })

  test('gives the article of a tenant an id of its own', async () => {
    const tenants = [feed('one', { tenant: 'discord:1' }), feed('two', { tenant: 'slack:2' }), feed('all')]
    const ids = []
    for (const one of tenants) {
      const { ports, batches } = house([one], () => rss(['a', 'The pier is open.']))
      await collectFeeds(ports, OPTIONS)
      ids.push(batches[0]?.added[0]?.article.id)
    }
    expect(new Set(ids).size).toBe(3)
  })

  test('asks with what it remembers, and with the secrets of the feed', async () => {
    const state = { movedTo: 'https://new.example/rss', validators: VALIDATORS }
    const { ports, requests } = house([feed('harbour', { state })], () => failed)
    const secrets = { cookies: 'a=b' }
    await collectFeeds({ ...ports, secretsOf: ({ id }) => (id === 'harbour' ? secrets : undefined) }, OPTIONS)
    expect(requests).toEqual([{ url: 'https://harbour.example/rss', ...state, secrets }])
  })

  test('lets no broken feed stop another', async () => {
    const due = ['fine', 'down', 'page', 'bug', 'store', 'last'].map((id) => feed(id))
    const { ports, states } = house(due, ({ url }) => {
      if (url.includes('down')) return failed
      if (url.includes('page')) return fetched('<!doctype html><title>Back soon</title>')
      if (url.includes('bug')) throw new Error('a bug')
      return rss([url, 'The pier is open.'])
    })
    const saveIngest: CollectPorts['articles']['saveIngest'] = (batch) =>
      batch.feedId === 'store' ? Promise.reject(new Error('disk is full')) : ports.articles.saveIngest(batch)
    const report = await collectFeeds({ ...ports, articles: { ...ports.articles, saveIngest } }, OPTIONS)
    const kinds = Object.fromEntries(report.feeds.map(({ feedId, kind }) => [feedId, kind]))
    expect(kinds).toEqual({
      ...{
        fine: 'fetched',
        down: 'failed',
        page: 'unreadable',
        bug: 'error',
        store: 'error',
        last: 'fetched',
      },
    })
    expect(report.feeds.find(({ feedId }) => feedId === 'store')?.problems).toEqual([
      'Cannot save feed "https://store.example/rss": disk is full',
    ])
    expect([...states.keys()].sort()).toEqual(due.map(({ id }) => id).sort())
    for (const id of ['down', 'page', 'bug', 'store'])
      expect(states.get(id)?.state).toMatchObject({ failures: 1 })
  })

  test('asks no sooner than the feed wants', async () => {
    const items = [1, 2, 3, 4].map(
      (n) =>
        `<item><guid>${n}</guid><title>${n}</title><pubDate>Mon, 04 May 2026 05:5${n}:00 GMT</pubDate></item>`,
    )
    const nextPollAfter = async (hint: string) => {
      const body = `<rss><channel><title>H</title>${hint}${items.join('')}</channel></rss>`
      const { ports, states } = house([feed('harbour')], () => fetched(body))
      await collectFeeds(ports, OPTIONS)
      return (states.get('harbour')?.nextPollAtMs ?? 0) - NOW_MS
    }
    expect(await nextPollAfter('')).toBeLessThan(20 * 60_000)
    expect(await nextPollAfter('<ttl>60</ttl>')).toBeGreaterThanOrEqual(60 * 60_000)
  })

  describe('with a list of sitemaps', () => {
    const sitemap = (id: string, title: string) =>
      `<url><loc>https://harbour.example/${id}</loc><news:news><news:title>${title}</news:title>` +
      '<news:publication_date>2026-05-04</news:publication_date></news:news></url>'
    const urlset = (...urls: string[]) =>
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">' +
      `${urls.join('')}</urlset>`
    const list = (...entries: string[]) =>
      `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`
    const entry = (name: string, day: string) =>
      `<sitemap><loc>https://harbour.example/${name}.xml</loc><lastmod>${day}</lastmod></sitemap>`

    test('takes the articles of those that changed last, and asks for the list anew each time', async () => {
      const answers: Record<string, FetchOutcome> = {
        'https://harbour.example/rss': fetched(
          list(
            entry('old', '2025-01-01'),
            entry('b', '2026-05-03'),
            entry('c', '2026-05-04'),
            entry('older', '2024-01-01'),
          ),
        ),
        'https://harbour.example/b.xml': fetched(urlset(sitemap('1', 'Pier opens'))),
        'https://harbour.example/c.xml': fetched(urlset(sitemap('2', 'Ferry freed'), sitemap('3', 'Snow'))),
      }
      const { ports, batches, states, requests } = house(
        [feed('harbour')],
        ({ url }) => answers[url] ?? failed,
      )
      expect(await collectFeeds(ports, OPTIONS)).toMatchObject({ added: 3 })
      expect(requests.map(({ url }) => url)).toEqual([
        'https://harbour.example/rss',
        'https://harbour.example/c.xml',
        'https://harbour.example/b.xml',
      ])
      expect(batches[0]?.added.map(({ article }) => article.title)).toEqual([
        'Ferry freed',
        'Snow',
        'Pier opens',
      ])
      expect(states.get('harbour')?.state).toMatchObject({ validators: { etag: null, bodyHash: null } })
    })

    test('goes on where one of them cannot be read, tells it, and follows no list in a list', async () => {
      const { ports, requests } = house([feed('harbour')], ({ url }) => {
        if (url.endsWith('/rss'))
          return fetched(list(entry('b', '2026-05-03'), entry('c', '2026-05-04'), entry('d', '2026-05-02')))
        if (url.endsWith('/b.xml')) return failed
        return url.endsWith('/d.xml')
          ? fetched(list(entry('e', '2026-05-04')))
          : fetched(urlset(sitemap('2', 'Ferry freed')))
      })
      const { feeds } = await collectFeeds(ports, OPTIONS)
      expect(feeds[0]).toMatchObject({
        ...{ kind: 'fetched', added: 1 },
        problems: [
          expect.stringContaining('status is 503'),
          'Cannot read sitemap "https://harbour.example/d.xml": it is a list of sitemaps inside of a list',
        ],
      })
      expect(requests).toHaveLength(4)
    })

    test('is unreadable where none of them can be read', async () => {
      const { ports } = house([feed('harbour')], ({ url }) =>
        url.endsWith('/rss') ? fetched(list(entry('b', '2026-05-03'))) : failed,
      )
      expect((await collectFeeds(ports, OPTIONS)).feeds[0]).toMatchObject({
        kind: 'unreadable',
        problems: [expect.stringContaining('it is a list of sitemaps, and none of them could be read')],
      })
    })
  })

  test('does not move a feed to a place where there is none', async () => {
    const { ports, states } = house([feed('harbour')], () => ({
      ...fetched('<!doctype html><title>Log in</title>'),
      movedTo: 'https://portal.example/login',
    }))
    await collectFeeds(ports, OPTIONS)
    expect(states.get('harbour')?.state).toMatchObject({ movedTo: null, last: { kind: 'unreadable' } })
  })

  test('stops polling a feed that is gone', async () => {
    const { ports, states } = house([feed('harbour')], () => ({ kind: 'gone', problem: 'status is 410' }))
    expect((await collectFeeds(ports, OPTIONS)).feeds).toMatchObject([
      { kind: 'gone', problems: ['status is 410'] },
    ])
    expect(states.get('harbour')?.nextPollAtMs).toBeNull()
  })

  test('keeps its limits of hosts and of feeds per host', async () => {
    const busy = { now: 0, most: 0, perHost: 0, hosts: new Map<string, number>() }
    const due = Array.from({ length: 40 }, (_, i) =>
      feed(`f${i}`, { url: `https://host-${i % 8}.example/${i}` }),
    )
    const { ports } = house(due, async ({ url }) => {
      const { host } = new URL(url)
      const here = (busy.hosts.get(host) ?? 0) + 1
      busy.hosts.set(host, here)
      busy.most = Math.max(busy.most, ++busy.now)
      busy.perHost = Math.max(busy.perHost, here)
      await new Promise((resolve) => setImmediate(resolve))
      busy.now--
      busy.hosts.set(host, here - 1)
      return failed
    })
    const report = await collectFeeds(ports, { ...OPTIONS, maxHosts: 3 })
    expect(report.feeds).toHaveLength(40)
    expect([busy.most, busy.perHost]).toEqual([6, 2])
  })

  test('says when more feeds may be due', async () => {
    const { ports } = house([feed('one'), feed('two')], () => failed)
    expect(await collectFeeds(ports, { ...OPTIONS, maxFeeds: 2 })).toMatchObject({ more: true })
    expect(await collectFeeds(ports, { ...OPTIONS, maxFeeds: 3 })).toMatchObject({ more: false })
  })

  test('starts no feed once its time is over or it is stopped, and keeps the feeds due', async () => {
    const due = Array.from({ length: 5 }, (_, i) => feed(`f${i}`, { url: `https://slow.example/${i}` }))
    const stop = new AbortController()
    const stopped = house(due, () => {
      stop.abort()
      return { ...failed, failure: 'aborted' }
    })
    const report = await collectFeeds(stopped.ports, { ...OPTIONS, signal: stop.signal })
    expect(report.feeds.map(({ kind }) => kind).sort()).toEqual([
      ...['deferred', 'deferred', 'deferred', 'deferred', 'failed'],
    ])
    for (const { state, nextPollAtMs } of stopped.states.values()) {
      expect(state['failures']).toBe(0)
      expect(nextPollAtMs).toBeLessThanOrEqual(NOW_MS + 60_000)
    }
    let nowMs = NOW_MS
    const slow = house(due, () => {
      nowMs += 30_000
      return failed
    })
    const late = await collectFeeds({ ...slow.ports, nowMs: () => nowMs }, { ...OPTIONS, maxRoundMs: 60_000 })
    expect(late.feeds.filter(({ kind }) => kind === 'deferred')).toHaveLength(3)
  })
})

describe('collectFeeds() with pages', () => {
  const page: ExtractedPage = {
    ...{ url: null, title: 'Story a', byline: null, published: null, lang: 'en', outlet: null },
    ...{
      text: 'The pier is open. It was closed for two winters.',
      removed: [],
      access: 'open',
      problems: [],
    },
  }

  async function collectWith(outcome: FetchOutcome, read: ExtractedPage, text = 'The pier is open.') {
    const { ports, batches } = house([feed('harbour')], () => rss(['a', text]))
    const asked: string[] = []
    const pages = {
      web: {
        fetchPage: async ({ url }: { readonly url: string }) => {
          asked.push(url)
          return outcome
        },
      },
      reader: { extract: async () => read },
      isWanted: ({ id }: StoredFeed) => id === 'harbour',
    }
    const first = await collectFeeds({ ...ports, pages }, OPTIONS)
    const second = await collectFeeds({ ...ports, pages }, OPTIONS)
    return { text: batches[0]?.added[0]?.article.text, problems: first.feeds[0]?.problems, asked, second }
  }

  test('takes the text of the page, once', async () => {
    const result = await collectWith(fetched('<p>'), page)
    expect(result).toMatchObject({ text: page.text, problems: [], asked: ['https://harbour.example/a'] })
    expect(result.second).toMatchObject({ added: 0, revised: 0 })
  })

  test('keeps the text of the feed where the page fails or is no article, and says so', async () => {
    expect(await collectWith(failed, page)).toMatchObject({
      text: 'The pier is open.',
      problems: ['Cannot fetch "https://harbour.example/rss": status is 503'],
    })
    expect(await collectWith(fetched('<p>'), { ...page, access: 'consent' })).toMatchObject({
      text: 'The pier is open.',
      problems: ['Cannot read page "https://harbour.example/a": it is a page of kind "consent"'],
    })
  })

  test('fetches no more pages once it is stopped, and keeps the text of the feed', async () => {
    const stop = new AbortController()
    const { ports, batches } = house([feed('harbour')], () =>
      rss(['a', 'One.'], ['b', 'Two.'], ['c', 'Three.']),
    )
    const fetchPage = async () => {
      stop.abort()
      return fetched('<p>')
    }
    const pages = { web: { fetchPage }, reader: { extract: async () => page }, isWanted: () => true }
    await collectFeeds({ ...ports, pages }, { ...OPTIONS, signal: stop.signal })
    expect(batches[0]?.added.map(({ article }) => article.text)).toEqual([page.text, 'Two.', 'Three.'])
  })

  test('keeps the text of the feed where the page has less', async () => {
    const long = `${page.text} The first ferry leaves at six, and the last one at ten in the evening.`
    expect(await collectWith(fetched('<p>'), page, long)).toMatchObject({ text: long, problems: [] })
  })
})
