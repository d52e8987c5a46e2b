import { describe, expect, it } from 'vitest'
import { testFeed } from '../../src/app/operator-feeds.ts'
import type { FetchOutcome } from '../../src/core/feed/fetch-outcome.ts'

const SITE = 'https://harbour.example/'
const FEED = 'https://harbour.example/rss'
const PAGE =
  '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'

function rss(...items: string[]): string {
  return `<rss><channel><title>Harbour Post</title><link>${SITE}</link>${items.join('')}</channel></rss>`
}

/** A web of these bodies; everything else is refused. */
function web(bodies: Readonly<Record<string, string>>) {
  const fetchFeed = ({ url }: { readonly url: string }): Promise<FetchOutcome> => {
    const body = bodies[url]
    if (body === undefined) {
      const problem = `Cannot fetch feed "${url}": status is 404`
      return Promise.resolve({ kind: 'failed', failure: 'status', status: 404, problem, retryAtMs: null })
    }
    return Promise.resolve({
      ...{ kind: 'fetched', url, body: new TextEncoder().encode(body), contentType: null },
      ...{ validators: { etag: null, lastModified: null, bodyHash: null }, movedTo: null, freshForMs: null },
    })
  }
  return { web: { fetchFeed } }
}

const FERRY =
  '<item><guid>a</guid><title>Ferry aground</title><link>/ferry</link>' +
  '<pubDate>Mon, 09 Mar 2026 08:00:00 GMT</pubDate><description>Tugs are on their way.</description></item>'

describe('testFeed()', () => {
  it('tells of each article its date, text and link, and what is missing', async () => {
    const bare = '<item><guid isPermaLink="false">b</guid><title>Snow</title></item>'
    const { lines, problems } = await testFeed(web({ [FEED]: rss(FERRY, bare) }), FEED, () => 1_000)
    expect(lines).toEqual([
      'Feed "Harbour Post" lists 2 articles',
      '  2026-03-09 08:00 · Ferry aground · 22 characters · https://harbour.example/ferry',
      '  no date · Snow · title only · no link',
    ])
    expect(problems).toEqual([])
  })

  it('tells what would not come in, and why', async () => {
    const empty = '<item><link>https://harbour.example/empty</link></item>'
    const { lines } = await testFeed(web({ [FEED]: rss(FERRY, FERRY, empty) }), FEED, () => 1_000)
    expect(lines[0]).toBe('Feed "Harbour Post" lists 1 article')
    expect(lines.slice(2)).toEqual([
      '  left out: Ferry aground: an item before it has the same id',
      '  left out: https://harbour.example/empty: it has neither title nor text',
    ])
  })

  it('shows the first articles of a long feed and counts the rest', async () => {
    const many = Array.from(
      { length: 13 },
      (_, i) => `<item><guid>${i}</guid><title>Title ${i}</title></item>`,
    )
    const { lines } = await testFeed(web({ [FEED]: rss(...many) }), FEED, () => 1_000)
    expect(lines).toHaveLength(12)
    expect(lines.at(-1)).toBe('  and 3 more')
  })

  it('shows the newest of a feed that lists more than is taken of it, and says so', async () => {
    const late = FERRY.replace('<guid>a', '<guid>b').replace('09 Mar', '10 Mar').replace('aground', 'freed')
    const { lines, problems } = await testFeed(web({ [FEED]: rss(FERRY, late) }), FEED, () => 1)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('Ferry freed')
    expect(problems).toEqual(['feed lists 2 articles; the newest 1 are taken'])
  })

  it('tells of a hub', async () => {
    const hub = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/"/>'
    const { lines } = await testFeed(web({ [FEED]: rss(hub, FERRY) }), FEED, () => 1_000)
    expect(lines.at(-1)).toBe(
      '  its hub https://hub.example/ tells of news at once where fetch.websub_url is set',
    )
  })

  it('reads the first feed of a site', async () => {
    const { lines, problems } = await testFeed(web({ [SITE]: PAGE, [FEED]: rss(FERRY) }), SITE, () => 1_000)
    expect(lines[0]).toBe(`"${SITE}" is a page, which has these feeds:`)
    expect(lines).toContain(`  ${FEED}`)
    expect(lines).toContain(`Of these ${FEED}:`)
    expect(lines.at(-1)).toContain('Ferry aground')
    expect(problems).toEqual([])
  })

  it('tells where the feed of a site cannot be read', async () => {
    const { problems } = await testFeed(web({ [SITE]: PAGE }), SITE, () => 1_000)
    expect(problems).toEqual([`Cannot fetch feed "${FEED}": status is 404`])
  })
})
