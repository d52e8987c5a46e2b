import { resolveLink } from './feed-link.ts'
import { lineOf } from './feed-text.ts'
import { childElements, parseFeedTree, type FeedElement } from './feed-tree.ts'
import type { FeedProblem } from './parsed-feed.ts'

/** A feed as a list of subscriptions names it. */
export interface OpmlFeed {
  readonly url: string
  /** Plain text; `''` where the list has none. */
  readonly title: string
  readonly tags: readonly string[]
}

/** Feeds of an OPML document, each URL once, in order. */
export interface ParsedOpml {
  readonly feeds: readonly OpmlFeed[]
  readonly problems: readonly FeedProblem[]
}

/** Feeds read of one document; the largest known lists have some thousand. */
export const MAX_OPML_FEEDS = 20_000

/** Characters read of one document. */
const MAX_OPML_CHARS = 16_000_000

const MAX_TAGS = 20
const MAX_TAG_CHARS = 60

/**
 * Reads OPML 1.0 and 2.0: outlines with `xmlUrl` are feeds, the outlines around them and `category` become tags. Broken
 * XML is read as far as it goes; an address that is no http(s) URL is a problem. Never throws. Cost: linear.
 */
export function parseOpml(text: string): ParsedOpml {
  const problems: FeedProblem[] = []
  if (text.length > MAX_OPML_CHARS) {
    problems.push({
      kind: 'limit',
      problem: `document has ${text.length} characters; the first ${MAX_OPML_CHARS} are read`,
    })
  }
  const tree = parseFeedTree(text.slice(0, MAX_OPML_CHARS))
  if (tree.unclosed > 0)
    problems.push({ kind: 'truncated', problem: `${tree.unclosed} elements are not closed at the end` })
  const byUrl = new Map<string, OpmlFeed>()
  collect(tree.root, [], byUrl, problems)
  if (byUrl.size === 0) problems.push({ kind: 'not-a-feed', problem: 'no outline has an address' })
  return { feeds: [...byUrl.values()], problems }
}

function collect(
  element: FeedElement,
  tags: readonly string[],
  byUrl: Map<string, OpmlFeed>,
  problems: FeedProblem[],
): void {
  for (const child of childElements(element)) {
    if (child.name !== 'outline') {
      collect(child, tags, byUrl, problems)
      continue
    }
    const address = child.attributes.get('xmlurl') ?? null
    const name = nameOf(child)
    if (address !== null) addFeed(child, address, name, tags, byUrl, problems)
    collect(child, address === null && name !== '' ? [...tags, name] : tags, byUrl, problems)
  }
}

function nameOf({ attributes }: FeedElement): string {
  return lineOf(attributes.get('title') ?? '', 'text') ?? lineOf(attributes.get('text') ?? '', 'text') ?? ''
}

function addFeed(
  { attributes }: FeedElement,
  address: string,
  title: string,
  folders: readonly string[],
  byUrl: Map<string, OpmlFeed>,
  problems: FeedProblem[],
): void {
  const url = resolveLink(
    address.replace(/^feed:(?:\/\/(?=[^/]))?(?!https?:)/i, 'https://').replace(/^feed:/i, ''),
  )
  if (url === null) {
    problems.push({ kind: 'link', problem: `address "${address.slice(0, 100)}" is no http(s) URL` })
    return
  }
  const known = byUrl.get(url)
  if (known === undefined && byUrl.size >= MAX_OPML_FEEDS) return
  const categories = (attributes.get('category') ?? '').split(/[,/]/)
  const all = [...(known?.tags ?? []), ...[...folders, ...categories].map(tidyTag)]
  // The first spelling of a tag stands: "Sea" and "sea" are one.
  const tags = new Map<string, string>()
  for (const tag of all) if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag)
  byUrl.set(url, { url, title: known?.title ?? title, tags: [...tags.values()].slice(0, MAX_TAGS) })
}

function tidyTag(tag: string): string {
  return tag.replace(/\s+/g, ' ').trim().slice(0, MAX_TAG_CHARS).toWellFormed()
}

/** OPML 2.0 of feeds: one folder a first tag, all tags as `category`. {@link parseOpml} reads the same feeds back. */
export function writeOpml(feeds: readonly OpmlFeed[]): string {
  const folders = Map.groupBy(feeds, ({ tags }) => tags[0] ?? '')
  const body = [...folders].flatMap(([folder, listed]) => {
    const lines = listed.map(writeFeed)
    if (folder === '') return lines.map((line) => `    ${line}`)
    const name = escapeAttribute(folder)
    return [
      `    <outline text="${name}" title="${name}">`,
      ...lines.map((line) => `      ${line}`),
      '    </outline>',
    ]
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    '    <title>Feeds of tidings</title>',
    '  </head>',
    '  <body>',
    ...body,
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}

function writeFeed({ url, title, tags }: OpmlFeed): string {
  const name = escapeAttribute(title === '' ? url : title)
  const category =
    tags.length > 1
      ? ` category="${escapeAttribute(tags.map((tag) => tag.replace(/[,/]/g, ' ')).join(','))}"`
      : ''
  return `<outline type="rss" text="${name}" title="${name}" xmlUrl="${escapeAttribute(url)}"${category}/>`
}

function escapeAttribute(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
}
