import { printable, shorten } from '../../core/text/printable.ts'
import type { ArticleEntry } from '../ports/article-store.ts'
import type { PrintedText, PublisherShare, StoryDay, TimeBar } from '../ports/news-pages.ts'
import { countEntries, outletWords } from '../commands/story-card.ts'

const DAY_MS = 86_400_000

/** Longest title of a day. */
const MAX_DAY_TITLE_CHARS = 140

/** Longest title in the tree. */
const MAX_TITLE_CHARS = 200

/** Copies listed under one article. */
const MAX_COPIES = 6

/** Who printed whose text: articles that are no copy in the order given, each with those that repeat it. O(members). */
export function printedTexts(members: readonly ArticleEntry[], newIds: ReadonlySet<string>): PrintedText[] {
  const ids = new Set(members.map(({ id }) => id))
  const copies = Map.groupBy(members, ({ copyOf }) => (copyOf !== null && ids.has(copyOf) ? copyOf : null))
  const print = (entry: ArticleEntry, under: ReadonlySet<string>): PrintedText => {
    const own = (copies.get(entry.id) ?? []).filter(({ id }) => !under.has(id))
    const above = new Set([...under, entry.id])
    return {
      ...{
        articleId: entry.id,
        title: shorten(printable(entry.title), MAX_TITLE_CHARS),
        outlet: outletWords(entry),
      },
      ...{ url: entry.url, publishedAtMs: entry.publishedAtMs, kind: entry.copyKind },
      isNew: newIds.has(entry.id),
      copies: own.slice(0, MAX_COPIES).map((copy) => print(copy, above)),
      moreCopies: Math.max(0, own.length - MAX_COPIES),
    }
  }
  return (copies.get(null) ?? []).map((entry) => print(entry, new Set()))
}

/** What a line of the tree costs beside its title and its address, bytes. */
const LINE_BYTES = 500

/**
 * The same texts in so many bytes of a page, about: past it copies are counted instead of listed, and originals lose their link. Feeds may
 * bring titles and addresses of any length.
 */
export function withinBytes(texts: readonly PrintedText[], maxBytes: number): PrintedText[] {
  let left = maxBytes
  const spend = ({ title, url }: PrintedText): boolean => {
    left -= LINE_BYTES + Buffer.byteLength(title) + Buffer.byteLength(url ?? '')
    return left >= 0
  }
  const fit = (text: PrintedText): PrintedText => {
    const copies = text.copies.filter(spend).map(fit)
    return { ...text, copies, moreCopies: text.moreCopies + text.copies.length - copies.length }
  }
  const spent = texts.map((text) => (spend(text) ? text : { ...text, url: null }))
  return spent.map(fit)
}

/** Publishers by how much they printed, most first. All unknown ones are one. */
export function publisherShares(members: readonly ArticleEntry[]): PublisherShare[] {
  return [...Map.groupBy(members, ({ publisher }) => publisher).values()]
    .map((entries) => ({
      name: entries[0] === undefined ? '' : outletWords(entries[0]),
      articles: entries.length,
      copies: entries.filter(({ copyOf }) => copyOf !== null).length,
    }))
    .sort(
      (a, b) =>
        b.articles - b.copies - (a.articles - a.copies) ||
        b.articles - a.articles ||
        (a.name < b.name ? -1 : 1),
    )
}

/** Days with articles, in order, as UTC has them. */
export function storyDays(members: readonly ArticleEntry[]): StoryDay[] {
  const dated = members.filter(({ publishedAtMs }) => publishedAtMs !== null)
  const byDay = Map.groupBy(dated, ({ publishedAtMs }) => Math.floor((publishedAtMs ?? 0) / DAY_MS) * DAY_MS)
  return [...byDay]
    .map(([dayMs, entries]) => ({
      dayMs,
      counts: countEntries(entries),
      title: shorten(
        printable((entries.find(({ copyOf }) => copyOf === null) ?? entries[0])?.title ?? ''),
        MAX_DAY_TITLE_CHARS,
      ),
    }))
    .sort((a, b) => a.dayMs - b.dayMs)
}

/** Articles by time in so many stretches of equal length; `[]` where fewer than two are dated or all have one time. */
export function timeBars(members: readonly ArticleEntry[], stretches: number): TimeBar[] {
  const times = members.flatMap(({ publishedAtMs }) => publishedAtMs ?? [])
  const first = times.reduce((a, b) => Math.min(a, b), Infinity)
  const last = times.reduce((a, b) => Math.max(a, b), -Infinity)
  if (!(last > first)) return []
  const widthMs = (last - first) / stretches
  const bars = Array.from({ length: stretches }, (_, i) => ({
    fromMs: Math.round(first + i * widthMs),
    originals: 0,
    copies: 0,
  }))
  for (const { publishedAtMs, copyOf } of members) {
    if (publishedAtMs === null) continue
    const bar = bars[Math.min(stretches - 1, Math.floor((publishedAtMs - first) / widthMs))]
    if (bar === undefined) continue
    if (copyOf === null) bar.originals += 1
    else bar.copies += 1
  }
  return bars
}
