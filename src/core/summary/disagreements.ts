import type { Article } from '../feed/article.ts'
import { toldCounts, type ToldCount } from '../text/told-counts.ts'
import { openCounts } from './open-counts.ts'
import type { StorySentence } from './story-sentence.ts'
import type { Disagreement, DisagreementClaim } from './summary.ts'

/**
 * Numbers for the same thing that differ between sources (12 or 15 killed), least first, each with who says it.
 *
 * Of each article its first number of a kind counts, if it stands early, and of each publisher its last article; articles are no copies
 * of each other. A number that nobody gave for most of a day is marked as earlier. One number alone, or numbers so far apart that
 * they must count different things, are no disagreement. Things beside the dead, hurt and the like (`40 homes`, `$3 million`, `12 %`)
 * are the same only in sentences that say nearly the same. Linear in the sentences, but for the few with such numbers.
 */
export function findDisagreements(
  sentences: readonly StorySentence[],
  docs: readonly Article[],
): Disagreement[] {
  const byKind = new Map<string, Count[]>()
  const seen = new Set<string>()
  for (const sentence of sentences) {
    if (sentence.position > MAX_POSITION) continue
    for (const count of countsOf(sentence, docs[sentence.doc]?.lang ?? null)) {
      const key = `${count.kind} ${sentence.doc}`
      if (seen.has(key)) continue
      seen.add(key)
      byKind.set(count.kind, [...(byKind.get(count.kind) ?? []), count])
    }
  }
  return [
    ...[...byKind.values()].flatMap((counts) => disagreementOf(counts, docs)),
    ...openDisagreements(sentences, docs),
  ]
}

/** Sentences with open counts that are compared at most, of the whole story; those first that stand early in their articles. */
const MAX_COMPARED = 120
/** Share of the words of two sentences that are the same from which they state one fact (cosine, 0..1). */
const MIN_SAME_STATEMENT = 0.35
/** Words beside the number that both have at least. */
const MIN_SAME_WORDS = 4
/** A number so near another is the same one rounded. */
const MIN_RATIO = 1.05

/** Disagreements about things that no list names: the same noun counted differently in sentences that otherwise say the same. */
function openDisagreements(sentences: readonly StorySentence[], docs: readonly Article[]): Disagreement[] {
  const counts = sentences
    .filter(({ position }) => position <= MAX_POSITION)
    .flatMap((sentence) =>
      openCounts(sentence.text, docs[sentence.doc]?.lang ?? null).map((count) => ({ ...count, sentence })),
    )
    .sort((a, b) => a.sentence.position - b.sentence.position)
    .slice(0, MAX_COMPARED)
  const found: Disagreement[] = []
  for (const group of Map.groupBy(counts, ({ kind }) => kind).values()) {
    const words = group.map(({ sentence }) => plainWords(sentence.text))
    const pair = firstPair(group, (a, b) => statesTheSame(words[a], words[b]) && differ(group[a], group[b]))
    if (pair === null) continue
    const same = group.filter((_, i) => i === pair[0] || statesTheSame(words[pair[0]], words[i]))
    found.push(...disagreementOf(firstOfEach(same), docs))
  }
  return found
}

/** Numbers of one sentence for one noun count different things of that kind: only the first may be compared. */
function firstOfEach(counts: readonly Count[]): Count[] {
  const seen = new Set<number>()
  return counts.filter(({ sentence }) => !seen.has(sentence.doc) && seen.add(sentence.doc))
}

function firstPair(
  group: readonly Count[],
  isPair: (a: number, b: number) => boolean,
): readonly [number, number] | null {
  for (let a = 0; a < group.length; a++) {
    for (let b = a + 1; b < group.length; b++)
      if (group[a]?.sentence.doc !== group[b]?.sentence.doc && isPair(a, b)) return [a, b]
  }
  return null
}

function differ(a: Count | undefined, b: Count | undefined): boolean {
  const [low, high] = [a?.value ?? 0, b?.value ?? 0].sort((x, y) => x - y)
  return (high ?? 0) > (low ?? 0) * MIN_RATIO
}

function plainWords(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/\p{L}[\p{L}\p{M}]{3,}/gu) ?? [])
}

function statesTheSame(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): boolean {
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  return shared >= MIN_SAME_WORDS && shared >= MIN_SAME_STATEMENT * Math.sqrt(a.size * b.size)
}

/** Later in an article other events are recalled. */
const MAX_POSITION = 5
/** A number so many times another counts something else, or is a slip of reading. */
const MAX_RATIO = 5
/** Magnitudes further apart are those of two quakes. */
const MAX_MAGNITUDE_RATIO = 1.1
/** Articles further apart tell of different states of an event, or of different events: no disagreement. */
const MAX_DAYS_APART = 3
/** A number last given so long before the newest one is an earlier state of the event. */
const MAX_HOURS_APART = 18
/** Beside such words a number belongs to another event than the one told. */
const OTHER_EVENT =
  /\b(?:earlier|previous(?:ly)?|aftershocks?|last\s(?:week|month|year|summer|winter)|(?:years?|months?|decades?)\s(?:ago|earlier|before)|in\s(?:19|20)\d\d|since\s(?:19|20)\d\d|another|separate)\b/iu
/** A number of one kind of thing, as a sentence has it. */
export interface Count extends ToldCount {
  readonly sentence: StorySentence
}

function disagreementOf(all: readonly Count[], docs: readonly Article[]): Disagreement[] {
  const counts = latestOf(all, docs)
  const claims = new Map<number, DisagreementClaim>()
  for (const { value, sentence } of counts) {
    const article = docs[sentence.doc]
    const name = article === undefined ? '' : article.outlet === '' ? article.publisher : article.outlet
    const known = claims.get(value)
    const publishers = known === undefined ? [name] : [...new Set([...known.publishers, name])]
    const { doc, start, end } = known ?? sentence
    claims.set(value, { value, publishers, doc, start, end })
  }
  const earlier = earlierValues(counts, docs)
  const sorted = [...claims.values()]
    .sort((a, b) => a.value - b.value)
    .map((claim) => (earlier.has(claim.value) ? { ...claim, isEarlier: true } : claim))
  const least = sorted[0]?.value ?? 0
  const most = sorted.at(-1)?.value ?? 0
  const maxRatio = counts[0]?.kind === 'magnitude' ? MAX_MAGNITUDE_RATIO : MAX_RATIO
  if (sorted.length < 2 || most > least * maxRatio || !haveManyVoices(counts, docs)) return []
  return [{ what: counts[0]?.word ?? '', claims: sorted }]
}

/** The last count of each publisher, where it is of the last days; those without a date stay. */
function latestOf(counts: readonly Count[], docs: readonly Article[]): Count[] {
  const publisherOf = ({ sentence }: Count): string => docs[sentence.doc]?.publisher ?? ''
  const last = lastTime(counts, docs)
  const lastOf = new Map<string, number>()
  for (const count of counts)
    lastOf.set(publisherOf(count), Math.max(lastOf.get(publisherOf(count)) ?? -Infinity, timeOf(count, docs)))
  return counts.filter((count) => {
    const time = timeOf(count, docs)
    const isLast = publisherOf(count) === '' || time === lastOf.get(publisherOf(count))
    return time === -Infinity || (isLast && time >= last - MAX_DAYS_APART * 24 * HOUR_MS)
  })
}

/** When the article of a count was published, epoch ms UTC; `-Infinity` where unknown. */
function timeOf({ sentence }: Count, docs: readonly Article[]): number {
  return docs[sentence.doc]?.publishedAtMs ?? -Infinity
}

function lastTime(counts: readonly Count[], docs: readonly Article[]): number {
  return counts.reduce((max, count) => Math.max(max, timeOf(count, docs)), -Infinity)
}

/** Numbers that nobody gave in the last hours. */
function earlierValues(counts: readonly Count[], docs: readonly Article[]): ReadonlySet<number> {
  const from = lastTime(counts, docs) - MAX_HOURS_APART * HOUR_MS
  const current = counts.filter((count) => {
    const time = timeOf(count, docs)
    return time === -Infinity || time >= from
  })
  const fresh = new Set(current.map(({ value }) => value))
  return new Set(counts.map(({ value }) => value).filter((value) => !fresh.has(value)))
}

const HOUR_MS = 3_600_000

/** Two articles of one publisher that differ are an update, not a disagreement. */
function haveManyVoices(counts: readonly Count[], docs: readonly Article[]): boolean {
  return (
    new Set(counts.map(({ sentence }) => docs[sentence.doc]?.publisher || `doc ${sentence.doc}`)).size > 1
  )
}

/** What a sentence counts of the listed things, in order; of each word the number that stands by it. */
export function countsOf(sentence: StorySentence, lang: string | null): Count[] {
  if (lang === 'en' && OTHER_EVENT.test(sentence.text)) return []
  return toldCounts(sentence.text, lang).map((count) => ({ ...count, sentence }))
}
