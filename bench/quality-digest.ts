// How well digests pick what happened: labelled streams grouped as the service does, cut into windows, 10 entries each.
//   node bench/quality-digest.ts [DATA_FOLDER] [--related] [--samples 0]
// "second" is the share of entries that tell a gold story that an entry before told, at its head or below it; "largest" the share of the
// 10 largest gold stories of the window (2 articles or more) that are told, "at the head" those that have an entry of their own and do not
// stand under that of a related story. "related" are the stories under a heading of another; --related prints each with its heading's first
// headline, so that strangers can be counted by eye: no label says what one affair is. In the streams are labelled articles only, but for
// "with background". Languages too small to be cut into days are cut into weeks.
// With --samples each stream is taken so many times with 70 % of its gold stories by chance, grouped anew: what another part of it might give.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import type { StoryToTell } from '../src/core/digest/digest.ts'
import { rankStories, type RankedStory } from '../src/core/digest/rank-stories.ts'
import { relateStories, type Affair } from '../src/core/digest/relate-stories.ts'
import type { Article } from '../src/core/feed/article.ts'
import { parseArticleRow } from '../src/core/feed/article-row.ts'
import { groupArticles } from '../src/core/story/group-articles.ts'
import { seededRandom } from './seeded-random.ts'

const ENTRIES = 10
const DAY_MS = 86_400_000

interface Labelled {
  readonly article: Article
  readonly story: string | null
}

/** Counts over the windows of a stream. */
interface Sums {
  windows: number
  entries: number
  second: number
  largest: number
  found: number
  heads: number
  related: number
  same: number
}

/** Share of the gold stories in a sample. */
const SAMPLED = 0.7

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { related: { type: 'boolean', default: false }, samples: { type: 'string', default: '0' } },
})
const folder = positionals[0] ?? '../shared/data'
if (!existsSync(`${folder}/stories`)) console.log(`No labelled streams at "${folder}": give their folder.`)
else {
  for (const lang of ['en', 'es', 'pt', 'fr', 'ru']) reportLanguage(lang, DAY_MS)
  for (const lang of ['de', 'sl', 'ar']) reportLanguage(lang, 7 * DAY_MS)
  report('allsides_full_all.dev', '', 7 * DAY_MS, (row) => typeof row['story'] === 'string')
  report('allsides_full_all.dev', 'with background', 7 * DAY_MS, () => true)
}

function reportLanguage(lang: string, windowMs: number): void {
  const part = `${lang}, ${windowMs === DAY_MS ? 'days' : 'weeks'}`
  report('og2021.dev', part, windowMs, (row) => row['lang'] === lang)
}

function report(
  set: string,
  part: string,
  windowMs: number,
  keep: (row: Record<string, unknown>) => boolean,
): void {
  const rows = readRows(`${folder}/stories/${set}.jsonl.gz`, keep)
  const name = part === '' ? set : `${set} (${part})`
  const samples = Number(values.samples)
  const sums: Sums = {
    ...{ windows: 0, entries: 0, second: 0, largest: 0, found: 0, heads: 0, related: 0, same: 0 },
  }
  if (samples === 0) measure(rows, windowMs, sums)
  for (let seed = 1; seed <= samples; seed++) measure(sampleOf(rows, seed), windowMs, sums)
  const { windows, entries, second, largest, found, heads, related, same } = sums
  console.log(
    [
      `${name.padEnd(39)} windows ${windows}, entries ${entries}, second ${percent(second, entries)} (${second})`,
      `largest ${percent(found, largest)} (at the head ${percent(heads, largest)})`,
      `related ${related}, ${same} of the same gold story`,
    ].join(', '),
  )
}

/** Rows of 70 % of the gold stories, and the unlabelled ones. */
function sampleOf(rows: readonly Labelled[], seed: number): Labelled[] {
  const random = seededRandom(seed)
  const stories = [...new Set(rows.map(({ story }) => story))].sort()
  const kept = new Set(stories.filter((story) => story === null || random() < SAMPLED))
  return rows.filter(({ story }) => kept.has(story))
}

function measure(rows: readonly Labelled[], windowMs: number, sums: Sums): void {
  const storyOf = new Map(
    groupArticles(rows.map(({ article }) => article)).map(({ id, story }) => [id, story]),
  )
  for (const window of cut(rows, windowMs)) {
    const told = tell(window, storyOf)
    const heads = told.map(([head]) => head ?? null)
    const wanted = largestOf(window)
    sums.windows += 1
    sums.entries += told.length
    sums.second += heads.filter(
      (head, at) => head !== null && told.slice(0, at).some((before) => before.includes(head)),
    ).length
    sums.largest += ENTRIES
    sums.found += wantedOf(told.flat(), wanted)
    sums.heads += wantedOf(heads, wanted)
    for (const [head = null, ...related] of told) {
      sums.related += related.length
      sums.same += related.filter((one) => one !== null && one === head).length
    }
  }
}

function wantedOf(told: readonly (string | null)[], wanted: ReadonlySet<string>): number {
  return Math.min(ENTRIES, new Set(told.filter((story) => story !== null && wanted.has(story))).size)
}

/** The gold stories of each entry of a window's digest, in order: its head's, then those of the stories below it. */
function tell(window: readonly Labelled[], storyOf: ReadonlyMap<string, string>): (string | null)[][] {
  const labels = new Map(window.map(({ article, story }) => [article.id, story]))
  const grouped = Map.groupBy(window, ({ article }) => storyOf.get(article.id) ?? article.id)
  const stories = [...grouped].map(([id, members]): StoryToTell => ({
    id,
    members: members.map(({ article }) => ({ article, copyOf: null, copyKind: null, why: '' })),
  }))
  const endMs = Math.max(...window.map(({ article }) => article.publishedAtMs ?? 0))
  const affairs = relateStories(rankStories(stories, endMs), ENTRIES).slice(0, ENTRIES)
  if (values.related) for (const affair of affairs) printRelated(affair)
  return affairs.map(({ head, related }) => [head, ...related].map(({ story }) => goldOf(story, labels)))
}

function printRelated({ head, related }: Affair): void {
  const headline = ({ story }: RankedStory): string => story.members[0]?.article.title ?? ''
  for (const one of related) console.log(`  ${headline(head)}\n    ${headline(one)}`)
}

function readRows(file: string, keep: (row: Record<string, unknown>) => boolean): Labelled[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(keep)
    .flatMap((row) => {
      const parsed = parseArticleRow(row)
      return parsed.kind === 'article'
        ? [{ article: parsed.article, story: (row['story'] as string | undefined) ?? null }]
        : []
    })
}

/** Windows that hold at least 10 gold stories of two articles: smaller ones have no ten to find. */
function cut(rows: readonly Labelled[], windowMs: number): Labelled[][] {
  const dated = rows.filter(({ article }) => article.publishedAtMs !== null)
  const windows = Map.groupBy(dated, ({ article }) => Math.floor((article.publishedAtMs ?? 0) / windowMs))
  return [...windows.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, window]) => (largestOf(window).size >= ENTRIES ? [window] : []))
}

/** The ten largest gold stories, and all that are as large as the tenth: which of equals is told is no matter. */
function largestOf(window: readonly Labelled[]): Set<string> {
  const sizes = new Map<string, number>()
  for (const { story } of window) if (story !== null) sizes.set(story, (sizes.get(story) ?? 0) + 1)
  const bySize = [...sizes].filter(([, size]) => size >= 2).sort((a, b) => b[1] - a[1])
  const least = bySize[ENTRIES - 1]?.[1]
  return new Set(bySize.filter(([, size]) => least !== undefined && size >= least).map(([story]) => story))
}

/** The gold story that most of the articles tell, or `null`. */
function goldOf({ members }: StoryToTell, labels: ReadonlyMap<string, string | null>): string | null {
  const counts = new Map<string, number>()
  for (const { article } of members) {
    const story = labels.get(article.id) ?? null
    if (story !== null) counts.set(story, (counts.get(story) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}
