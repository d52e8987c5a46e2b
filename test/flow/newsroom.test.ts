import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const NEWSROOM = join(import.meta.dirname, '../../config/newsroom')
const GOLD = join(import.meta.dirname, '../fixtures/newsroom-gold.json')
const FIRST_DAY = Date.parse('2026-03-09T00:00:00Z')
const AFTER_LAST_DAY = Date.parse('2026-03-12T00:00:00Z')

const Gold = z.object({
  outlets: z.record(z.string(), z.object({ name: z.string(), publisher: z.string() })),
  articles: z.record(z.string(), z.object({ story: z.string(), file: z.string() })),
  copies: z.record(
    z.string(),
    z.object({ copy_of: z.string(), kind: z.enum(['exact', 'near', 'syndicated', 'rewrite']) }),
  ),
  variants: z.record(z.string(), z.string()),
  revisions: z.array(z.string()),
  undated: z.array(z.string()),
  headlineOnly: z.array(z.string()),
  furniture: z.array(z.string()).min(20),
  lookAlikes: z.array(z.tuple([z.string(), z.string()])),
})
const JsonFeed = z.object({
  items: z.array(z.object({ url: z.string(), title: z.string(), date_published: z.string().optional() })),
})
const JsonRow = z.object({ url: z.string(), title: z.string(), published: z.string() })

/** One article as its file lists it; `key` is its URL, or the file name where it has none. */
interface Listing {
  readonly key: string
  readonly file: string
  readonly title: string
  readonly published: string | null
}

const gold = Gold.parse(JSON.parse(readFileSync(GOLD, 'utf8')))
const files = readdirSync(NEWSROOM).filter((name) => name !== 'README')
const listings = files.flatMap(listArticles)

function listArticles(file: string): Listing[] {
  const content = readFileSync(join(NEWSROOM, file), 'utf8')
  if (file.endsWith('.xml')) return listFeed(file, content)
  if (file.endsWith('.feed.json')) {
    return JsonFeed.parse(JSON.parse(content)).items.map((row) =>
      listing(file, row.url, row.title, row.date_published),
    )
  }
  if (file.endsWith('.jsonl')) {
    return content
      .trimEnd()
      .split('\n')
      .map((line) => JsonRow.parse(JSON.parse(line)))
      .map((row) => listing(file, row.url, row.title, row.published))
  }
  if (file.endsWith('.html')) return [listPage(file, content)]
  return [listing(file, file, '', /^ date (\d{4}-\d{2}-\d{2}) /.exec(content)?.[1])]
}

/** Throws where the feed is not well-formed XML. */
function listFeed(file: string, xml: string): Listing[] {
  const { document } = new JSDOM(xml, { contentType: 'text/xml' }).window
  return [...document.querySelectorAll('item, entry')].map((entry) => {
    const link = entry.querySelector('link')
    const key = link?.getAttribute('href') ?? link?.textContent ?? ''
    return listing(file, key, textOf(entry, 'title'), textOf(entry, 'pubDate, published') || undefined)
  })
}

function listPage(file: string, html: string): Listing {
  const { document } = new JSDOM(html).window
  const key = document.querySelector('link[rel=canonical]')?.getAttribute('href') ?? ''
  const published = /"datePublished": "([^"]+)"|published_time" content="([^"]+)"/.exec(html)
  return listing(file, key, textOf(document, 'h1'), published?.[1] ?? published?.[2])
}

function listing(file: string, key: string, title: string, published: string | undefined): Listing {
  return { key, file, title, published: published ?? null }
}

function textOf(parent: ParentNode, selector: string): string {
  return parent.querySelector(selector)?.textContent ?? ''
}

function articlesByStory(): Map<string, string[]> {
  return Map.groupBy(Object.keys(gold.articles), (key) => gold.articles[key]?.story ?? '')
}

function hostOf(key: string): string | null {
  return URL.canParse(key) ? new URL(key).host : null
}

describe('the sample newsroom', () => {
  test('holds exactly the articles of the gold file, each in the file that it names', () => {
    const found = Object.fromEntries(listings.toReversed().map(({ key, file }) => [key, file]))
    const expected = Object.fromEntries(Object.entries(gold.articles).map(([key, { file }]) => [key, file]))
    expect(found).toEqual(expected)
  })

  test('is 50 to 70 articles by 10 outlets or more, in every kind of file', () => {
    expect(Object.keys(gold.articles).length).toBeGreaterThanOrEqual(50)
    expect(Object.keys(gold.articles).length).toBeLessThanOrEqual(70)
    const hosts = new Set(Object.keys(gold.articles).map(hostOf))
    hosts.delete(null)
    expect([...hosts].sort()).toEqual(Object.keys(gold.outlets).sort())
    expect(hosts.size).toBeGreaterThanOrEqual(10)
    const endings = new Set(files.map((name) => name.split('.').slice(-2).join('.')))
    for (const ending of ['rss.xml', 'atom.xml', 'feed.json']) expect(endings).toContain(ending)
    for (const end of ['.jsonl', '.txt', '.html']) expect(files.some((name) => name.endsWith(end))).toBe(true)
  })

  test('tells 10 to 12 stories of several articles and 6 to 8 of one', () => {
    const sizes = [...articlesByStory().values()].map((keys) => keys.length)
    const several = sizes.filter((size) => size >= 3).length
    const alone = sizes.filter((size) => size === 1).length
    expect(several).toBeGreaterThanOrEqual(10)
    expect(several).toBeLessThanOrEqual(12)
    expect(alone).toBeGreaterThanOrEqual(6)
    expect(alone).toBeLessThanOrEqual(8)
    expect(several + alone).toBe(sizes.length)
  })

  test('names only hosts that can never exist', () => {
    for (const host of Object.keys(gold.outlets)) expect(host).toMatch(/\.example$/)
    for (const file of files) {
      const hosts = readFileSync(join(NEWSROOM, file), 'utf8').matchAll(/https?:\/\/([^/"<\s]+)/g)
      for (const [, host] of hosts)
        expect(host).toMatch(/\.example$|^(?:www\.w3\.org|purl\.org|schema\.org|jsonfeed\.org)$/)
    }
  })

  test('dates every article but the two undated within the three days', () => {
    const undated = listings.filter(({ published }) => published === null).map(({ key }) => key)
    expect(undated.sort()).toEqual([...gold.undated].sort())
    expect(undated).toHaveLength(2)
    for (const { published } of listings) {
      if (published === null) continue
      expect(Date.parse(published)).toBeGreaterThanOrEqual(FIRST_DAY)
      expect(Date.parse(published)).toBeLessThan(AFTER_LAST_DAY)
    }
  })

  test('has copies of every kind, each of an earlier original in the same story', () => {
    const published = new Map(listings.map(({ key, published }) => [key, published]))
    for (const [key, { copy_of }] of Object.entries(gold.copies)) {
      expect(gold.articles[key]?.story).toBe(gold.articles[copy_of]?.story)
      expect(gold.copies[copy_of]).toBeUndefined()
      const time = published.get(key) ?? ''
      // A stamp tells the day only.
      if (time.length > 10) expect(Date.parse(time)).toBeGreaterThanOrEqual(timeOf(published.get(copy_of)))
    }
    const kinds = new Set(Object.values(gold.copies).map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual(['exact', 'near', 'rewrite', 'syndicated'])
  })

  test('lists the revised article twice, with another headline', () => {
    const listedTwice = Map.groupBy(listings, ({ key }) => key)
      .values()
      .filter((group) => group.length > 1)
    const [revised, ...others] = [...listedTwice]
    expect(others).toEqual([])
    expect(gold.revisions).toEqual([revised?.[0]?.key])
    expect(new Set(revised?.map(({ title }) => title)).size).toBe(2)
  })

  test('keeps variants, look-alikes and headlines as the gold file says', () => {
    for (const [variant, original] of Object.entries(gold.variants))
      expect(gold.copies[variant]).toEqual({ copy_of: original, kind: 'exact' })
    for (const pair of gold.lookAlikes)
      for (const story of pair) expect(articlesByStory().get(story)?.length).toBeGreaterThanOrEqual(3)
    for (const key of gold.headlineOnly) expect(gold.articles[key]).toBeDefined()
  })

  test('names furniture that is in the files, word for word', () => {
    const all = files.map((file) => decodeNumbers(readFileSync(join(NEWSROOM, file), 'utf8'))).join('\n')
    for (const furniture of gold.furniture) expect(all).toContain(furniture)
  })
})

function decodeNumbers(markup: string): string {
  return markup.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

function timeOf(published: string | null | undefined): number {
  return Date.parse(published ?? '')
}
