import type { Article } from '../src/core/feed/article.ts'
import { createArticle } from '../src/core/feed/article.ts'
import { createArticleIndex, type ArticleIndex } from '../src/core/story/article-index.ts'
import {
  readBackground,
  type BackgroundCounts,
  type StoredBackground,
} from '../src/core/story/background-counts.ts'
import { termOf } from '../src/core/story/word-facts.ts'
import { createStoryClock } from '../src/core/story/story-clock.ts'
import { MIN_LIVE, WINDOW_MS } from '../src/core/story/story-engine.ts'
import { hashText } from '../src/core/story/hash-text.ts'
import { FEATURE_COUNT, PAIR_FEATURES } from '../src/core/story/pair-features.ts'
import { scanWords } from '../src/core/text/text-scanner.ts'
import { stopWords } from '../src/core/text/stop-words.ts'
import type { TrainingRows } from './gradient-boosting.ts'
import { seededRandom } from './seeded-random.ts'
import type { LabelledArticle } from './story-data.ts'

/** A stream to learn from: articles of one language in order of arrival. */
export interface TrainingView {
  readonly name: string
  /** Streams of the view; each is run through an index of its own. */
  readonly streams: readonly (readonly LabelledArticle[])[]
  readonly lang: string
  readonly background: readonly (BackgroundCounts | null)[]
  /** Total weight of the view's rows, against 1 for a whole set. */
  readonly weight: number
  /** Weight of a pair of strangers where most strangers carry no label. */
  readonly strangerWeight?: number
}

export const FOLDS = 3

/** The fold of a story: by a hash of its label. */
export function foldOf(story: string): number {
  return (hashText(`fold ${story}`) >>> 0) % FOLDS
}

export interface LabelledRows extends TrainingRows {
  readonly foldA: Uint8Array
  readonly foldB: Uint8Array
}

/** Candidates from this rank on that are strangers are sampled one in three, with three times the weight. */
const SAMPLED_FROM_RANK = 10

/** Streams up to this length are measured once more when all is there, as the engine does with its first articles. */
const MEASURED_AGAIN = 400

function collectRows(views: readonly TrainingView[]): LabelledRows {
  let buffer = new Float32Array(1 << 20)
  let used = 0
  const labels: number[] = []
  const weights: number[] = []
  const foldA: number[] = []
  const foldB: number[] = []
  for (const view of views) {
    const first = labels.length
    view.streams.forEach((stream, s) => {
      const index = createArticleIndex(view.lang, view.background[s % view.background.length] ?? null)
      const clock = createStoryClock()
      const clocks: number[] = []
      stream.forEach(({ article }, n) => {
        addToWindow(index, clock, clocks, article)
        collect(n)
      })
      if (stream.length <= MEASURED_AGAIN)
        for (let n = index.oldest(); n < stream.length; n++) {
          index.measureAgain(n)
          collect(n)
        }
      function collect(n: number): void {
        const { article, story } = stream[n]!
        if (story === null) return
        const { pairs } = index
        for (let i = 0; i < pairs.count; i++) {
          const other = stream[pairs.candidates[i]!]!
          const same = other.story === story
          if (other.story === null && !isFarApart(stream[n]!, other)) continue
          let weight = same ? 1 : (view.strangerWeight ?? 1)
          if (!same && i >= SAMPLED_FROM_RANK) {
            if ((hashText(`${article.id} ${other.article.id} ${n}`) >>> 0) % 3 !== 0) continue
            weight *= 3
          }
          if (used + FEATURE_COUNT > buffer.length) {
            const wider = new Float32Array(buffer.length * 2)
            wider.set(buffer)
            buffer = wider
          }
          for (let k = 0; k < FEATURE_COUNT; k++) buffer[used++] = pairs.features[i * FEATURE_COUNT + k]!
          labels.push(same ? 1 : 0)
          weights.push(weight)
          foldA.push(foldOf(story))
          foldB.push(foldOf(other.story ?? story))
        }
      }
    })
    let total = 0
    for (let i = first; i < weights.length; i++) total += weights[i]!
    for (let i = first; i < weights.length; i++) weights[i] = (weights[i]! * view.weight * 50_000) / total
  }
  return {
    count: labels.length,
    width: FEATURE_COUNT,
    values: buffer,
    labels: Uint8Array.from(labels),
    weights: Float32Array.from(weights),
    foldA: Uint8Array.from(foldA),
    foldB: Uint8Array.from(foldB),
  }
}

/** Adds an article as the engine does, and drops what the engine would drop before the next one. */
export function addToWindow(
  index: ArticleIndex,
  clock: ReturnType<typeof createStoryClock>,
  clocks: number[],
  article: Article,
): void {
  const { publishedAtMs, clockMs } = clock(article.publishedAtMs)
  let from = index.oldest()
  while (clocks.length - from > MIN_LIVE && clocks.at(-1)! - clocks[from]! > WINDOW_MS) from++
  index.dropBefore(from)
  index.add(article, publishedAtMs)
  clocks.push(clockMs)
}

/** Articles without a label that were published this far apart tell different events. */
const FAR_APART_MS = 30 * 86_400_000

/** Whether two articles, of which one has no label, are strangers by their hidden dates. */
function isFarApart(a: LabelledArticle, b: LabelledArticle): boolean {
  return Math.abs((a.realMs ?? Number.NaN) - (b.realMs ?? Number.NaN)) > FAR_APART_MS
}

/** The rows whose two stories are outside a fold. */
export function rowsWithout(rows: LabelledRows, fold: number): LabelledRows {
  return rowsWhere(rows, (i) => rows.foldA[i] !== fold && rows.foldB[i] !== fold)
}

const DATED = PAIR_FEATURES.indexOf('dated')

function rowsWhere(rows: LabelledRows, isKept: (row: number) => boolean): LabelledRows {
  const kept: number[] = []
  for (let i = 0; i < rows.count; i++) if (isKept(i)) kept.push(i)
  const values = new Float32Array(kept.length * rows.width)
  kept.forEach((row, i) => {
    values.set(rows.values.subarray(row * rows.width, (row + 1) * rows.width), i * rows.width)
  })
  return {
    count: kept.length,
    width: rows.width,
    values,
    labels: Uint8Array.from(kept, (i) => rows.labels[i]!),
    weights: Float32Array.from(kept, (i) => rows.weights[i]!),
    foldA: Uint8Array.from(kept, (i) => rows.foldA[i]!),
    foldB: Uint8Array.from(kept, (i) => rows.foldB[i]!),
  }
}

function joinedRows(a: LabelledRows, b: LabelledRows): LabelledRows {
  const values = new Float32Array((a.count + b.count) * a.width)
  values.set(a.values.subarray(0, a.count * a.width))
  values.set(b.values.subarray(0, b.count * b.width), a.count * a.width)
  return {
    count: a.count + b.count,
    width: a.width,
    values,
    labels: Uint8Array.from([...a.labels, ...b.labels]),
    weights: Float32Array.from([...a.weights, ...b.weights]),
    foldA: Uint8Array.from([...a.foldA, ...b.foldA]),
    foldB: Uint8Array.from([...a.foldB, ...b.foldB]),
  }
}

/** Most frequent words kept in the background counts. */
const BACKGROUND_WORDS = 16_000

/** Counts in how many articles each stem stands, and how often with a capital inside a sentence. */
export function countBackground(articles: readonly Article[], lang: string): StoredBackground {
  const counts = new Map<string, { articles: number; capital: number; lower: number }>()
  const stops = stopWords(lang)
  for (const article of articles) {
    const seen = new Set<string>()
    let words = 0
    scanWords(`${article.title}\n${article.text}`, 0, 40_000, (surface, capital, opens) => {
      words++
      const lower = surface.toLowerCase()
      if (lower.length < 2 || stops.has(lower) || /^\d/.test(lower)) return words < 460
      const term = termOf(lower, lang)
      const entry = counts.get(term) ?? { articles: 0, capital: 0, lower: 0 }
      counts.set(term, entry)
      if (!seen.has(term)) entry.articles++
      seen.add(term)
      if (!opens) {
        if (capital) entry.capital++
        else entry.lower++
      }
      return words < 460
    })
  }
  const kept = [...counts]
    .filter(([, entry]) => entry.articles >= 4)
    .sort(([a, x], [b, y]) => y.articles - x.articles || (a < b ? -1 : 1))
    .slice(0, BACKGROUND_WORDS)
  const groups = new Map<string, string[]>()
  for (const [term, { articles: n, capital, lower }] of kept) {
    // Two digits of the count are enough, and share keys.
    const rounded = Number(n.toPrecision(2))
    const key = `${rounded}:${capital + lower === 0 ? 0 : Math.round((10 * capital) / (capital + lower))}`
    const list = groups.get(key) ?? []
    list.push(term)
    groups.set(key, list)
  }
  return {
    articles: articles.length,
    words: Object.fromEntries([...groups].map(([key, list]) => [key, list.join(' ')])),
  }
}

/** The article with some of its parts left out. */
export function reduced(
  one: LabelledArticle,
  keep: { title?: boolean; bodyWords?: number; date?: boolean; publisher?: boolean },
): LabelledArticle {
  const { article } = one
  const text =
    keep.bodyWords === undefined
      ? article.text
      : keep.bodyWords === 0
        ? ''
        : article.text.split(/\s+/).slice(0, keep.bodyWords).join(' ')
  const cut = text === article.text ? article : createArticle({ id: article.id, text, lang: article.lang })
  return {
    story: one.story,
    realMs: article.publishedAtMs,
    article: {
      ...article,
      text,
      furniture: cut.furniture,
      title: keep.title === false ? '' : article.title,
      publishedAtMs: keep.date === false ? null : article.publishedAtMs,
      publisher: keep.publisher === false ? '' : article.publisher,
    },
  }
}

/** What the trees for pairs with two dates, and those for all other pairs, learn from. */
export function trainingRows(sets: Readonly<Record<string, readonly LabelledArticle[]>>): {
  readonly dated: LabelledRows
  readonly undated: LabelledRows
} {
  const rows = collectRows(trainingViews(sets))
  const isDated = (row: number): boolean => rows.values[row * rows.width + DATED] === 2
  return {
    dated: rowsWhere(rows, isDated),
    undated: joinedRows(
      rowsWhere(rows, (row) => !isDated(row)),
      collectRows(undatedViews(sets)),
    ),
  }
}

/** The streams of the base sets and of their reduced forms. */
function trainingViews(sets: Readonly<Record<string, readonly LabelledArticle[]>>): TrainingView[] {
  const allsides = sets['allsides_full_all']!
  const half = allsides.length >> 1
  const halves = [allsides.slice(0, half), allsides.slice(half)]
  const backgrounds = halves.map((part) =>
    readBackground(
      countBackground(
        part.map((one) => one.article),
        'en',
      ),
    ),
  )
  const whole = readBackground(
    countBackground(
      allsides.map((one) => one.article),
      'en',
    ),
  )
  const views: TrainingView[] = []
  const english = {
    allsides: { streams: halves, background: [backgrounds[1]!, backgrounds[0]!], weight: 1 },
    allsidesOnly: {
      streams: halves.map((part) => part.filter((one) => one.story !== null)),
      background: [backgrounds[1]!, backgrounds[0]!],
      weight: 1,
    },
    gva: { streams: [sets['gva']!], background: [whole], weight: 1 },
    giveme: { streams: [sets['giveme5w1h']!], background: [whole], weight: 0.5 },
    ecb: { streams: [sets['ecbplus']!], background: [whole], weight: 1 },
  }
  const random = seededRandom(7)
  for (const [name, { streams, background, weight }] of Object.entries(english)) {
    const add = (
      view: string,
      change: (one: LabelledArticle) => LabelledArticle,
      share: number,
      bg = true,
    ): void => {
      views.push({
        name: `${name}/${view}`,
        streams: streams.map((stream) => stream.map(change)),
        lang: 'en',
        background: bg ? background : [null],
        weight: weight * share,
        ...(name === 'allsides' ? { strangerWeight: 4 } : {}),
      })
    }
    add('full', (one) => one, 1)
    if (name === 'allsides' || name === 'gva') {
      const headlines = streams.map((stream) =>
        stream.map((one) => reduced(one, { bodyWords: 0, publisher: false })),
      )
      views.push(windows(`${name}/headlineWindows`, headlines, background, weight * 0.25))
      views.push(windows(`${name}/windows`, streams, background, weight * 0.5))
    }
    if (name === 'allsides') {
      add('undated', (one) => reduced(one, { date: false, publisher: false }), 0.3)
      add('undatedNoTitle', (one) => reduced(one, { date: false, title: false, publisher: false }), 0.2)
      add('noBackground', (one) => one, 0.15, false)
      continue
    }
    add('headline', (one) => reduced(one, { bodyWords: 0, publisher: false }), 0.2)
    add('short', (one) => reduced(one, { bodyWords: 45 }), 0.2)
    add('noTitle', (one) => reduced(one, { title: false }), 0.2)
    add('undated', (one) => reduced(one, { date: false, publisher: false }), 0.2)
    add('noBackground', (one) => one, 0.2, false)
    // A sparse stream: few stories, far apart.
    const sparse = streams.map((stream) => {
      const chosen = new Set<string>()
      const all = [...new Set(stream.map((one) => one.story ?? ''))].filter((story) => story !== '')
      for (const story of all) if (random() < 60 / all.length) chosen.add(story)
      return stream.filter((one) => one.story !== null && chosen.has(one.story))
    })
    views.push({ name: `${name}/sparse`, streams: sparse, lang: 'en', background, weight: weight * 0.3 })
    views.push({
      name: `${name}/pools`,
      streams: pools(name === 'allsidesOnly' ? halves : streams, random),
      lang: 'en',
      background,
      weight: weight * 0.3,
    })
  }
  const languages = Map.groupBy(sets['og2021']!, (one) => one.article.lang ?? '')
  for (const [lang, stream] of languages) {
    if (stream.length < 50) continue
    const weight = lang === 'en' ? 1 : (0.9 * stream.length) / 2800
    views.push({
      name: `og/${lang}`,
      streams: [stream],
      lang,
      background: lang === 'en' ? [whole] : [null],
      weight,
    })
    const alone = days(stream)
    views.push({
      name: `og/${lang}-days`,
      streams: alone,
      lang,
      background: alone.map(() => (lang === 'en' ? whole : null)),
      weight: weight * 0.5,
    })
    if (lang === 'en')
      views.push({ name: 'og/en-bare', streams: [stream], lang, background: [null], weight: 0.3 })
  }
  return views
}

/** More streams without dates: whole streams and mixtures in random order, and headlines. */
function undatedViews(sets: Readonly<Record<string, readonly LabelledArticle[]>>): TrainingView[] {
  const allsides = sets['allsides_full_all']!
  const labelled = allsides.filter((one) => one.story !== null)
  const whole = readBackground(
    countBackground(
      allsides.map((one) => one.article),
      'en',
    ),
  )
  const random = seededRandom(11)
  const view = (
    name: string,
    streams: readonly (readonly LabelledArticle[])[],
    weight: number,
    lang = 'en',
    background: BackgroundCounts | null = whole,
  ): TrainingView => ({ name, streams, lang, background: [background], weight })
  const views = [
    view('allsides/mixed', mixtures(allsides, random), 0.15),
    view('allsides/pools', pools([allsides], random), 0.3),
    view('allsidesOnly/mixed', mixtures(labelled, random), 0.15),
    view('gva/mixed', mixtures(sets['gva']!, random), 0.2),
    view('gva/mixedBare', mixtures(sets['gva']!, random), 0.1, 'en', null),
    view('ecb/mixed', mixtures(sets['ecbplus']!, random), 0.5),
    view('ecb/shuffled', [shuffled(sets['ecbplus']!, random)], 0.7),
  ]
  const languages = Map.groupBy(sets['og2021']!, (one) => one.article.lang ?? '')
  for (const [lang, stream] of languages) {
    if (stream.length < 50) continue
    const headlines = shuffled(stream, random).map((one) => reduced(one, { date: false }))
    const background = lang === 'en' ? whole : null
    views.push(view(`og/${lang}/undated`, [headlines], (0.5 * stream.length) / 2800, lang, background))
  }
  return views
}

/** Whether an article surely tells another event than a labelled one: by its label, else by its date. */
function isStranger(one: LabelledArticle, labelled: LabelledArticle): boolean {
  if (one.story !== null) return one.story !== labelled.story
  return isFarApart(
    { ...one, realMs: one.article.publishedAtMs },
    { ...labelled, realMs: labelled.article.publishedAtMs },
  )
}

/** Articles of a short window: what a digest of one morning's feeds holds. */
const WINDOW_ARTICLES = 70

/** Short stretches of a stream, each with an index of its own: what a new stream looks like on its first days. */
function windows(
  name: string,
  streams: readonly (readonly LabelledArticle[])[],
  background: TrainingView['background'],
  weight: number,
): TrainingView {
  const cut: LabelledArticle[][] = []
  const backgrounds: (BackgroundCounts | null)[] = []
  streams.forEach((stream, s) => {
    for (let at = 0; at + WINDOW_ARTICLES <= stream.length; at += WINDOW_ARTICLES) {
      cut.push(stream.slice(at, at + WINDOW_ARTICLES))
      backgrounds.push(background[s % background.length] ?? null)
    }
  })
  return {
    name,
    streams: cut,
    lang: 'en',
    background: backgrounds,
    weight,
    ...(name.startsWith('allsides') ? { strangerWeight: 4 } : {}),
  }
}

/** Articles of a day that are a window of their own. */
const MIN_DAY_ARTICLES = 10

const DAY_MS = 86_400_000

/** The days of a stream, each to be read with an index of its own: headlines of one affair, none of which the index knows as common. */
export function days(stream: readonly LabelledArticle[]): LabelledArticle[][] {
  const byDay = Map.groupBy(stream, ({ article }) => Math.floor((article.publishedAtMs ?? 0) / DAY_MS))
  return [...byDay.values()].filter((day) => day.length >= MIN_DAY_ARTICLES)
}

/** Small undated pools: a story and its nearest strangers, in random order, half of them without titles. */
function pools(streams: readonly (readonly LabelledArticle[])[], random: () => number): LabelledArticle[][] {
  const made: LabelledArticle[][] = []
  for (const stream of streams) {
    const labelled = stream
    const index = createArticleIndex('en', null)
    const nearest = labelled.map(({ article }) => {
      index.add(article, article.publishedAtMs)
      return Array.from(index.pairs.candidates.subarray(0, index.pairs.count))
    })
    const byStory = Map.groupBy(labelled.keys(), (i) => labelled[i]!.story ?? '')
    for (const [story, members] of byStory) {
      if (story === '' || members.length < 2 || random() > 90 / byStory.size) continue
      const strangers = members
        .flatMap((i) => nearest[i]!)
        .filter((i) => isStranger(labelled[i]!, labelled[members[0]!]!))
      const wanted = 1 + Math.floor(random() * 14)
      const picked = [...new Set(strangers)].slice(0, wanted)
      const titled = random() < 0.5
      const pool = [...members.slice(0, 8), ...picked].map((i) =>
        reduced(labelled[i]!, { date: false, title: titled, publisher: random() < 0.5 }),
      )
      made.push(shuffled(pool, random))
    }
  }
  return made
}

/** Articles of a mixture, the most stories in it that stand among their look-alikes, and the most mixtures of a set. */
const MIXED_ARTICLES = 300
const MIXED_STORIES = 15
const MIXTURES = 20

/** Undated mixtures in random order: some stories, their nearest strangers and any others; half of them without titles. */
function mixtures(stream: readonly LabelledArticle[], random: () => number): LabelledArticle[][] {
  const index = createArticleIndex('en', null)
  const nearest = stream.map(({ article }) => {
    index.add(article, article.publishedAtMs)
    return Array.from(index.pairs.candidates.subarray(0, index.pairs.count))
  })
  const byStory = Map.groupBy(stream.keys(), (i) => stream[i]!.story ?? '')
  byStory.delete('')
  const stories = shuffled(
    [...byStory.values()].filter((members) => members.length > 1),
    random,
  )
  const made: LabelledArticle[][] = []
  for (let at = 0; at < Math.min(stories.length, MIXTURES * MIXED_STORIES); at += MIXED_STORIES) {
    const picked = new Set<number>()
    for (const members of stories.slice(at, at + MIXED_STORIES)) {
      const strangers = members
        .flatMap((i) => nearest[i]!)
        .filter((i) => isStranger(stream[i]!, stream[members[0]!]!))
      for (const i of members.slice(0, 8)) picked.add(i)
      for (const i of [...new Set(strangers)].slice(0, Math.floor(random() * 6))) picked.add(i)
    }
    for (let tries = 0; tries < 1_000 && picked.size < MIXED_ARTICLES; tries++)
      picked.add(Math.floor(random() * stream.length))
    const titled = random() < 0.5
    const mixed = [...picked].map((i) => reduced(stream[i]!, { date: false, title: titled }))
    made.push(shuffled(mixed, random))
  }
  return made
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const all = [...items]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all
}
