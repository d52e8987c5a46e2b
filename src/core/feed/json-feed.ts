import { resolveLink } from './feed-link.ts'
import { lineOf, startOfText, textToHtml, withAbsoluteLinks, withoutScripts } from './feed-text.ts'
import {
  MAX_FEED_ITEMS,
  type FeedInfo,
  type FeedItem,
  type FeedProblem,
  type ParsedFeed,
} from './parsed-feed.ts'
import { pictureLink } from './picture-link.ts'
import { withoutControls } from './plain-text.ts'
import { feedDateToIso } from './published-at.ts'

type JsonObject = Readonly<Record<string, unknown>>

/**
 * Reads a JSON Feed (versions 1 and 1.1; fields of the wrong kind are passed over), or `null` where the text is no JSON
 * object. Source: jsonfeed.org/version/1.1.
 */
export function parseJsonFeed(text: string, url: string | null): ParsedFeed | null {
  const problems: FeedProblem[] = []
  const root = parseObject(text, problems)
  if (root === null) return null
  const rows = Array.isArray(root['items']) ? root['items'].filter(isObject) : []
  const isFeed = typeof root['version'] === 'string' || Array.isArray(root['items'])
  if (!isFeed) problems.push({ kind: 'not-a-feed', problem: 'JSON has neither "version" nor "items"' })
  if (rows.length > MAX_FEED_ITEMS) {
    problems.push({
      kind: 'limit',
      problem: `feed has ${rows.length} items; the first ${MAX_FEED_ITEMS} are read`,
    })
  }
  const feed = readFeedInfo(root, url)
  const items = rows.slice(0, MAX_FEED_ITEMS).map((row) => readItem(row, feed, url))
  return { format: isFeed ? 'json' : 'unknown', feed, items, sitemaps: [], refreshMs: null, problems }
}

/** JSON as it is, else without raw control characters, else up to the last whole item of a body that was cut. */
function parseObject(text: string, problems: FeedProblem[]): JsonObject | null {
  const whole = readObject(text)
  if (whole !== null) return whole
  const printable = text.replace(/[\n\r\t]/g, ' ')
  const again = printable === text ? null : readObject(printable)
  const repaired = again ?? readObject(withoutCutItem(printable))
  if (repaired !== null)
    problems.push({ kind: 'malformed', problem: 'JSON is broken; what came before is read' })
  return repaired
}

function readObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Brackets open at a time past which a broken JSON is no feed worth mending; items of feeds nest five deep. */
const MAX_REPAIR_DEPTH = 1_000

/** The text up to the end of the last whole object in a list of the root, closed again. */
function withoutCutItem(text: string): string {
  let end = 0
  let depth = 0
  let isString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '\\' && isString) at += 1
    else if (char === '"') isString = !isString
    else if (isString) continue
    else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      depth -= 1
      if (char === '}' && depth === 2) end = at + 1
    }
    if (depth > MAX_REPAIR_DEPTH) return ''
  }
  return end === 0 ? '' : `${text.slice(0, end)}]}`
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stringOf(row: JsonObject, name: string): string | null {
  const value = row[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== ''
    ? withoutControls(value).trim().toWellFormed()
    : null
}

function readFeedInfo(root: JsonObject, url: string | null): FeedInfo {
  const link = resolveLink(stringOf(root, 'home_page_url'), [url])
  const title = stringOf(root, 'title')
  const hub = Array.isArray(root['hubs']) ? root['hubs'].find(isObject) : undefined
  return {
    title: (title === null ? null : lineOf(title, 'text')) ?? link ?? url ?? '',
    link: link ?? resolveLink(url),
    language: stringOf(root, 'language'),
    id: stringOf(root, 'feed_url'),
    author: authorsOf(root),
    subtitle: stringOf(root, 'description'),
    hub: hub === undefined ? null : resolveLink(stringOf(hub, 'url')),
    self: resolveLink(stringOf(root, 'feed_url'), [url]),
  }
}

function readItem(row: JsonObject, feed: FeedInfo, url: string | null): FeedItem {
  const bases = [url, feed.link]
  const link = resolveLink(stringOf(row, 'url'), bases) ?? resolveLink(stringOf(row, 'external_url'), bases)
  const html = stringOf(row, 'content_html')
  const text = stringOf(row, 'content_text')
  const summary = stringOf(row, 'summary')
  const title = stringOf(row, 'title')
  const imageUrl =
    pictureLink(stringOf(row, 'image'), bases) ?? pictureLink(stringOf(row, 'banner_image'), bases)
  const body =
    html === null ? (text === null ? null : textToHtml(text)) : withAbsoluteLinks(withoutScripts(html), bases)
  const short = summary === null ? null : textToHtml(summary)
  return {
    id: stringOf(row, 'id'),
    title: titleOf([title, summary, text], html) ?? link ?? '',
    link: link ?? feed.link,
    originalLink: null,
    published: dateOf(row, 'date_published'),
    updated: dateOf(row, 'date_modified'),
    author: authorsOf(row) ?? feed.author,
    summary: short ?? body,
    content: body ?? short,
    language: stringOf(row, 'language') ?? feed.language,
    source: null,
    ...(imageUrl === null ? {} : { imageUrl }),
  }
}

function titleOf([title, ...texts]: readonly (string | null)[], html: string | null): string | null {
  const line = title === null || title === undefined ? null : lineOf(title, 'text')
  if (line !== null) return line
  for (const text of texts) if (text !== null) return startOfText(textToHtml(text))
  return startOfText(html)
}

function dateOf(row: JsonObject, name: string): string | null {
  const text = stringOf(row, name)
  return text === null ? null : feedDateToIso(text)
}

/** Names in order of the alphabet, each once: programs write them in any order. */
function authorsOf(row: JsonObject): string | null {
  const listed = Array.isArray(row['authors']) ? row['authors'].filter(isObject) : []
  const single = isObject(row['author']) ? [row['author']] : []
  const names = (listed.length > 0 ? listed : single).map(
    (person) => stringOf(person, 'name') ?? stringOf(person, 'url'),
  )
  const unique = [...new Set(names.filter((name) => name !== null))].sort()
  return unique.length === 0 ? null : lineOf(unique.join(', '), 'text')
}
