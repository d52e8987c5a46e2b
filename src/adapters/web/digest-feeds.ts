import { html } from 'hono/html'
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import ical, { ICalEventTransparency } from 'ical-generator'
import type { ArchivedDigest, DigestStory, LatestDigests } from '../../app/ports/news-pages.ts'
import { digestPageUrl, digestsPageUrl, storyPageUrl } from '../../core/digest/page-address.ts'
import { foreign, outward } from './page-frame.ts'
import { countsWords, plural } from '../../core/digest/count-words.ts'
import { printablePiece, timeWords } from './page-words.ts'

/** The forms in which digests can be subscribed to. */
export type FeedForm = 'atom' | 'rss' | 'json' | 'ics'

/** A file with its kind. */
export interface FeedFile {
  readonly contentType: string
  readonly text: string
}

/** Stories told in one entry of a feed, and sentences of each: an entry is a glance, the page has all. */
const ENTRY_STORIES = 20
const ENTRY_SENTENCES = 1

/** Length of a digest in a calendar, ms. */
const EVENT_MS = 15 * 60_000

/** Latest digests as a feed or a calendar. `publicUrl` is where people reach the pages, without a slash at the end. */
export async function digestFeed(
  form: FeedForm,
  latest: LatestDigests,
  publicUrl: string,
): Promise<FeedFile> {
  switch (form) {
    case 'atom':
      return { contentType: 'application/atom+xml; charset=utf-8', text: await atom(latest, publicUrl) }
    case 'rss':
      return { contentType: 'application/rss+xml; charset=utf-8', text: await rss(latest, publicUrl) }
    case 'json':
      return { contentType: 'application/feed+json; charset=utf-8', text: await json(latest, publicUrl) }
    case 'ics':
      return { contentType: 'text/calendar; charset=utf-8', text: calendar(latest, publicUrl) }
  }
}

interface Entry {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly date: Date
  readonly content: string
}

async function entriesOf({ digests, view }: LatestDigests, publicUrl: string): Promise<Entry[]> {
  return Promise.all(
    digests.map(async ({ digest, stories }) => ({
      id: `urn:tidings:digest:${digest.id}`,
      url: digestPageUrl(publicUrl, view.token, digest.id),
      title: titleOf(digest),
      date: new Date(digest.composedAtMs),
      content: await contentOf(stories, view.token, publicUrl),
    })),
  )
}

function titleOf({ name, toMs, timeZone, stories }: ArchivedDigest): string {
  return `${name}, ${timeWords(toMs, timeZone)}: ${plural(stories, 'story', 'stories')}`
}

async function contentOf(stories: readonly DigestStory[], token: string, publicUrl: string): Promise<string> {
  const told = stories.slice(0, ENTRY_STORIES).map(
    ({ storyId, headline, counts, sentences }) =>
      html`<h3><a href="${storyPageUrl(publicUrl, storyId, token)}">${foreign(headline)}</a></h3>
        <p>${countsWords(counts)}</p>
        ${sentences.slice(0, ENTRY_SENTENCES).map(({ text, outlet, url }) => html`<p>${printablePiece(text)} (${outward(outlet || 'source', url)})</p>`)}`,
  )
  return String(await html`${told}`)
}

function nameOf({ view }: LatestDigests): string {
  return `Digests of ${view.name}`
}

async function atom(latest: LatestDigests, publicUrl: string): Promise<string> {
  const home = digestsPageUrl(publicUrl, latest.view.token)
  const entries = await entriesOf(latest, publicUrl)
  return generateAtomFeed({
    id: home,
    title: { value: nameOf(latest) },
    updated: entries[0]?.date ?? new Date(0),
    links: [
      { href: home, rel: 'alternate' },
      { href: `${home}/feed.atom`, rel: 'self' },
    ],
    authors: [{ name: 'tidings' }],
    entries: entries.map(({ id, url, title, date, content }) => ({
      ...{ id, updated: date, title: { value: title } },
      links: [{ href: url, rel: 'alternate' }],
      content: { value: content, type: 'html' },
    })),
  })
}

async function rss(latest: LatestDigests, publicUrl: string): Promise<string> {
  const entries = await entriesOf(latest, publicUrl)
  return generateRssFeed({
    title: nameOf(latest),
    link: digestsPageUrl(publicUrl, latest.view.token),
    description: 'News told in sentences of the articles themselves',
    items: entries.map(({ id, url, title, date, content }) => ({
      ...{ title, link: url, pubDate: date, description: content },
      guid: { value: id, isPermaLink: false },
    })),
  })
}

async function json(latest: LatestDigests, publicUrl: string): Promise<string> {
  const home = digestsPageUrl(publicUrl, latest.view.token)
  const entries = await entriesOf(latest, publicUrl)
  const feed = generateJsonFeed({
    ...{ title: nameOf(latest), home_page_url: home, feed_url: `${home}/feed.json` },
    items: entries.map(({ id, url, title, date, content }) => ({
      ...{ id, url, title, content_html: content, date_published: date },
    })),
  })
  return JSON.stringify(feed, null, 1)
}

/** Digests that were sent, and the next runs. */
function calendar(latest: LatestDigests, publicUrl: string): string {
  const cal = ical({
    name: nameOf(latest),
    prodId: { company: 'tidings', product: 'digests', language: 'EN' },
  })
  for (const { digest } of latest.digests) {
    cal.createEvent({
      ...event(digest.toMs, titleOf(digest)),
      id: `${digest.id}@tidings`,
      stamp: new Date(digest.composedAtMs),
      description: digest.headlines.map(({ headline }) => `- ${headline}`).join('\n'),
      url: digestPageUrl(publicUrl, latest.view.token, digest.id),
    })
  }
  const stamp = new Date(latest.digests[0]?.digest.composedAtMs ?? 0)
  for (const { name, atMs } of latest.coming)
    cal.createEvent({ ...event(atMs, `${name} (coming)`), id: `${name}-${atMs}@tidings`, stamp })
  return cal.toString()
}

function event(atMs: number, summary: string) {
  const span = { start: new Date(atMs), end: new Date(atMs + EVENT_MS) }
  return { ...span, summary, transparency: ICalEventTransparency.TRANSPARENT }
}
