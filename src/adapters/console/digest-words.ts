import { countsWords, plural } from '../../core/digest/count-words.ts'
import { countTold, type Digest, type DigestEntry, type DigestSentence } from '../../core/digest/digest.ts'
import { printable, shorten } from '../../core/text/printable.ts'

/** The window of a digest in words, UTC; `''` where nothing is dated. */
export function windowLine({ fromMs, toMs }: Pick<Digest, 'fromMs' | 'toMs'>): string {
  return spanLine(fromMs, toMs)
}

/** When a story was reported, in words, UTC; `''` where nothing is dated. */
function storySpan({ firstAtMs, lastAtMs }: DigestEntry): string {
  return spanLine(firstAtMs, lastAtMs)
}

/** Where a sentence comes from: `Harbour Post, also in 2 more` with the names of the others. */
export function sourceOf({ outlet, articleId, alsoIn }: DigestSentence): string {
  const source = outlet === '' ? articleId : outlet
  return alsoIn.length === 0 ? source : `${source}, also in ${alsoIn.join(', ')}`
}

/** What is said of stories that found no room; `''` where all did. */
export function leftOutLine({ storiesInWindow, entries }: Digest): string {
  const left = storiesInWindow - countTold(entries)
  return left === 0 ? '' : `${plural(left, 'more story', 'more stories')} in this window`
}

/** What is new in a story that was told before: `+4 articles, 2 new sentences since 9 Mar 2026 08:00 UTC`; else `''`. */
function updateLine({ update }: DigestEntry): string {
  if (update === undefined) return ''
  const { articles, publishers, sentences, sinceMs } = update
  const news = [
    `+${plural(articles, 'article')}`,
    publishers === 0 ? '' : `+${plural(publishers, 'publisher')}`,
    plural(sentences, 'new sentence'),
  ]
  return `${news.filter((part) => part !== '').join(', ')} since ${spanLine(sinceMs, sinceMs)}`
}

/** A headline fit to print, cut with an ellipsis where it is longer than `maxChars`. */
export function headlineOf({ headline }: DigestEntry, maxChars: number): string {
  return shorten(printable(headline), maxChars) || '(no headline)'
}

/** The facts under a headline: counts, times, and what is new. */
export function factsLine(entry: DigestEntry): string {
  return [countsWords(entry.counts), storySpan(entry), updateLine(entry)]
    .filter((part) => part !== '')
    .join(' · ')
}

function spanLine(fromMs: number | null, toMs: number | null): string {
  if (fromMs === null || toMs === null) return ''
  const [from, to] = [dayAndTime(fromMs), dayAndTime(toMs)]
  if (from.day !== to.day) return `${from.day} ${from.time} – ${to.day} ${to.time} UTC`
  return from.time === to.time ? `${from.day} ${from.time} UTC` : `${from.day} ${from.time}–${to.time} UTC`
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

function dayAndTime(atMs: number): { day: string; time: string } {
  return { day: DAY.format(atMs), time: TIME.format(atMs) }
}
