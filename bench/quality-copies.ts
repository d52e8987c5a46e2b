/**
 * How well copies are found: on real news sets by pairs that word overlap labels, on synthetic copies by how they were made.
 *
 * Usage: node bench/quality-copies.ts [DATA] [--set NAME] [--show KIND COUNT] (DATA defaults to ../shared/data)
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { findCopies } from '../src/core/dedup/copy-index.ts'
import { COPY_KINDS, type Copy, type CopyKind } from '../src/core/dedup/copy.ts'
import { parseArticleRow } from '../src/core/feed/article-row.ts'
import type { Article } from '../src/core/feed/article.ts'
import { splitSentences } from '../src/core/text/sentences.ts'
import { stopWords } from '../src/core/text/stop-words.ts'
import { words } from '../src/core/text/words.ts'
import { runWireDesk } from './wire-desk.ts'

const SETS = ['allsides_full_all', 'gva', 'giveme5w1h', 'ecbplus', 'og2021']

/** Words of a run that counts as overlap when labels are mined; not the length that the index uses. */
const GRAM_WORDS = 6
const MIN_SHARED_GRAMS = 20

interface LabelledArticle {
  readonly article: Article
  /** Gold story, or `''`. */
  readonly story: string
}

type Label = 'exact' | 'near' | 'contained' | 'partial'

function main(): void {
  const args = process.argv.slice(2)
  const data = args[0] === undefined || args[0].startsWith('--') ? '../shared/data' : args[0]
  if (!existsSync(join(data, 'stories'))) {
    console.log(`Cannot measure copies: no folder "${join(data, 'stories')}"`)
    return
  }
  const only = optionOf(args, '--set')
  const show = args.includes('--show') ? args.slice(args.indexOf('--show') + 1) : []
  for (const set of SETS) {
    if (only !== undefined && only !== set) continue
    const rows = readSet(join(data, 'stories', `${set}.dev.jsonl.gz`))
    reportSet(set, rows, show)
  }
  if (only === undefined || only === 'desk') reportDesk(data, Number(optionOf(args, '--seed') ?? 1))
  if (only === undefined || only === 'synthetic') reportSynthetic(data)
}

function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}

function readSet(path: string): LabelledArticle[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')
  return lines.flatMap((line) => {
    const value = JSON.parse(line) as { story?: string }
    const row = parseArticleRow(value)
    return row.kind === 'article' ? [{ article: row.article, story: value.story ?? '' }] : []
  })
}

function reportSet(set: string, rows: readonly LabelledArticle[], show: readonly string[]): void {
  const byId = new Map(rows.map((row) => [row.article.id, row]))
  const startMs = performance.now()
  const copies = findCopies(rows.map((row) => row.article))
  const tookMs = performance.now() - startMs
  console.log(`\n${set}: ${rows.length} articles, ${(tookMs / rows.length).toFixed(3)} ms an article`)
  for (const kind of COPY_KINDS) console.log(`  ${kind.padEnd(11)} ${firing(copies, kind, byId)}`)
  reportGold(rows, copies, Number(optionOf(process.argv, '--differences') ?? 0))
  const kind = show[0]
  if (kind !== undefined)
    showCopies(
      [...copies.values()].filter((copy) => copy.kind === kind),
      byId,
      Number(show[1] ?? 5),
    )
}

/** How often a kind fires inside one gold story, between two, and where one side has no label. */
function firing(
  copies: ReadonlyMap<string, Copy>,
  kind: string,
  byId: ReadonlyMap<string, LabelledArticle>,
): string {
  let inside = 0
  let across = 0
  let unlabelled = 0
  let samePublisher = 0
  for (const copy of copies.values()) {
    if (copy.kind !== kind) continue
    const a = byId.get(copy.articleId)
    const b = byId.get(copy.copyOf)
    if (a?.article.publisher === b?.article.publisher) samePublisher++
    if (!a?.story || !b?.story) unlabelled++
    else if (a.story === b.story) inside++
    else across++
  }
  return `inside ${inside}, across ${across}, unlabelled ${unlabelled}, same publisher ${samePublisher}`
}

function showCopies(
  copies: readonly Copy[],
  byId: ReadonlyMap<string, LabelledArticle>,
  count: number,
): void {
  const step = Math.max(1, Math.floor(copies.length / count))
  for (let i = 0; i < copies.length; i += step) {
    const copy = copies[i]!
    console.log(`\n--- ${copy.kind} ${JSON.stringify(copy.scores)} ${copy.via === undefined ? '' : 'via'}`)
    for (const id of [copy.articleId, copy.copyOf]) {
      const row = byId.get(id)!
      const { outlet, publishedAtMs, title, text } = row.article
      const date = publishedAtMs === null ? '' : new Date(publishedAtMs).toISOString().slice(0, 10)
      console.log(
        `[${outlet} ${date} ${row.story}] ${title}\n${text.slice(0, 700).replaceAll('\n', ' ')} … ${text.slice(-200)}`,
      )
    }
  }
}

/** Precision and recall against pairs that share 6-word runs, found without the index. */
function reportGold(
  rows: readonly LabelledArticle[],
  copies: ReadonlyMap<string, Copy>,
  differences: number,
  bodies: readonly string[] = rows.map(({ article }) => bodyOf(article)),
): void {
  const ids = rows.map(({ article }) => article.id)
  const gold = minePairs(ids, bodies)
  if (gold.size === 0) return
  const publishers = new Map(rows.map(({ article }) => [article.id, article.publisher]))
  // A paper's own follow-ups share text too, and are no copies.
  const isBetween = (key: string): boolean => {
    const [a, b] = key.split(' ').map((id) => publishers.get(id))
    return a === '' || a !== b
  }
  const pairs = [...pairsToldBy(ids, copies)].filter(isBetween)
  const direct = [...copies.values()]
    .filter(sharesText)
    .map((copy) => pairKey(copy.articleId, copy.kind === 'rewrite' ? (copy.via ?? copy.copyOf) : copy.copyOf))
    .filter(isBetween)
  const told = new Set(pairs)
  const labelled = (label: (label: Label) => boolean): string[] =>
    [...gold].filter(([key, of]) => isBetween(key) && label(of)).map(([key]) => key)
  const sure = labelled((label) => label !== 'partial')
  const partial = labelled((label) => label === 'partial')
  const recallOf = (keys: readonly string[]): string =>
    shareOf(keys.filter((key) => told.has(key)).length, keys.length)
  console.log(`  between publishers: precision where partial pairs count as right, not at all, as wrong`)
  console.log(`    pairs in one copy group ${precisionOf(pairs, gold)}`)
  console.log(`    copy and its original   ${precisionOf(direct, gold)}`)
  console.log(`  recall of exact, near, contained ${recallOf(sure)}; of partial ${recallOf(partial)}`)
  showDifferences(rows, gold, told, differences)
}

/**
 * Pairs of articles that repeat one text: what is told is which text each copy repeats, that of its original or of a copy (`via`),
 * by the scores of that pair. Who only says the same in other words shares no text.
 */
function pairsToldBy(ids: readonly string[], copies: ReadonlyMap<string, Copy>): Set<string> {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const root = sourceOfText(id, copies)
    groups.set(root, [...(groups.get(root) ?? []), id])
  }
  return new Set([...groups.values()].flatMap(pairsOf))
}

/** The article at the end of the way from copy to repeated text. */
function sourceOfText(id: string, copies: ReadonlyMap<string, Copy>): string {
  const passed = new Set<string>()
  let at = id
  for (;;) {
    const copy = copies.get(at)
    if (copy === undefined || !sharesText(copy) || passed.has(at)) return at
    passed.add(at)
    at = copy.via ?? copy.copyOf
  }
}

function sharesText({ scores }: Copy): boolean {
  return scores['alignment'] === undefined
}

function precisionOf(told: readonly string[], gold: ReadonlyMap<string, Label>): string {
  const right = told.filter((key) => gold.has(key)).length
  const partial = told.filter((key) => gold.get(key) === 'partial').length
  return [
    shareOf(right, told.length),
    shareOf(right - partial, told.length - partial),
    shareOf(right - partial, told.length),
  ].join(', ')
}

function shareOf(hits: number, of: number): string {
  return `${hits}/${of} = ${of === 0 ? '-' : (hits / of).toFixed(3)}`
}

/** Prints pairs on which the index and the mined labels differ. */
function showDifferences(
  rows: readonly LabelledArticle[],
  gold: ReadonlyMap<string, Label>,
  told: ReadonlySet<string>,
  most: number,
): void {
  const articles = new Map(rows.map(({ article }) => [article.id, article]))
  const missed = [...gold].filter(([key, label]) => label !== 'partial' && !told.has(key))
  const extra = [...told].filter((key) => !gold.has(key)).map((key) => [key, 'no label'] as const)
  for (const [key, label] of [...missed.slice(0, most), ...extra.slice(0, most)]) {
    console.log(`\n--- ${label} ${told.has(key) ? 'told' : 'missed'}`)
    for (const id of key.split(' ')) {
      const article = articles.get(id)!
      console.log(
        `[${id} ${article.outlet}] ${article.title}\n${article.text.slice(0, 1500)} … ${article.text.slice(-300)}`,
      )
    }
  }
}

function pairsOf(ids: readonly string[]): string[] {
  return ids.flatMap((a, i) => ids.slice(i + 1).map((b) => pairKey(a, b)))
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

function minePairs(ids: readonly string[], bodies: readonly string[]): Map<string, Label> {
  const grams = bodies.map(gramsOf)
  const holders = new Map<string, number[]>()
  grams.forEach((set, index) => {
    for (const gram of set) {
      const list = holders.get(gram)
      if (list === undefined) holders.set(gram, [index])
      else if (list.length < 40) list.push(index)
    }
  })
  const shared = new Map<number, number>()
  for (const list of holders.values()) {
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 1; j < list.length; j++) {
        const key = list[i]! * ids.length + list[j]!
        shared.set(key, (shared.get(key) ?? 0) + 1)
      }
    }
  }
  const pairs = new Map<string, Label>()
  for (const [key, count] of shared) {
    if (count < MIN_SHARED_GRAMS) continue
    const a = Math.floor(key / ids.length)
    const b = key % ids.length
    const label = labelOf(count, grams[a]!.size, grams[b]!.size)
    if (label !== null) pairs.set(pairKey(ids[a]!, ids[b]!), label)
  }
  return pairs
}

/** An article's text without its furniture. */
function bodyOf(article: Article): string {
  let text = ''
  let at = 0
  for (const span of article.furniture) {
    text += article.text.slice(at, span.start)
    at = span.end
  }
  return text + article.text.slice(at)
}

function gramsOf(text: string): Set<string> {
  const list = words(text)
  const grams = new Set<string>()
  for (let i = 0; i + GRAM_WORDS <= list.length; i++) grams.add(list.slice(i, i + GRAM_WORDS).join(' '))
  return grams
}

function labelOf(shared: number, sizeA: number, sizeB: number): Label | null {
  const jaccard = shared / (sizeA + sizeB - shared)
  const containment = shared / Math.min(sizeA, sizeB)
  if (jaccard >= 0.98) return 'exact'
  if (jaccard >= 0.6) return 'near'
  if (containment >= 0.6) return 'contained'
  return containment >= 0.25 ? 'partial' : null
}

/** A made news desk over real events: wires, their updates, prints of both, own reports beside them. */
function reportDesk(data: string, seed: number): void {
  const stories = new Map<string, Article[]>()
  const locals: Article[] = []
  for (const { article, story } of readSet(join(data, 'stories', 'allsides_full_all.dev.jsonl.gz'))) {
    if (article.text.length < 1_500 || article.text.length > 8_000) continue
    if (story === '') {
      locals.push(article)
      continue
    }
    stories.set(story, [...(stories.get(story) ?? []), article])
  }
  const groups = [...stories.values()].filter(({ length }) => length >= 3).slice(0, 60)
  const printed = runWireDesk(groups, locals, seededRandom(seed))
  const order = process.argv.includes('--shuffle')
    ? shuffled(printed, seededRandom(seed))
    : [...printed].sort((a, b) => (a.article.publishedAtMs ?? 0) - (b.article.publishedAtMs ?? 0))
  const rows = order.map(({ article }) => ({ article, story: article.id.split('-')[0] ?? '' }))
  const copies = findCopies(rows.map(({ article }) => article))
  console.log(`\nmade news desk: ${groups.length} events, ${rows.length} articles`)
  const byId = new Map(rows.map((row) => [row.article.id, row]))
  for (const kind of COPY_KINDS) console.log(`  ${kind.padEnd(11)} ${firing(copies, kind, byId)}`)
  reportPrints(
    rows.map(({ article }) => article.id),
    copies,
  )
  reportGold(
    rows,
    copies,
    Number(optionOf(process.argv, '--differences') ?? 0),
    order.map(({ body }) => body),
  )
}

/** By how the desk was made: outlets that printed the wire of an event or its update are copies, those that wrote of their own are not. */
function reportPrints(ids: readonly string[], copies: ReadonlyMap<string, Copy>): void {
  const eventOf = (id: string): string => id.slice(0, id.indexOf('-'))
  const isOwn = (id: string): boolean => id.includes('-own-')
  // The agency's own update of its wire is another version and no copy, nor is it counted.
  const prints = ids.filter((id) => id.includes('-print-'))
  const told = [...copies.values()].filter(
    ({ articleId, kind }) => kind !== 'rewrite' && !articleId.endsWith('-update'),
  )
  const right = told.filter(
    ({ articleId, copyOf }) => !isOwn(articleId) && !isOwn(copyOf) && eventOf(articleId) === eventOf(copyOf),
  )
  console.log(
    `  by how they were made: precision ${shareOf(right.length, told.length)}, recall ${shareOf(right.length, prints.length)}`,
  )
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Ways to make a copy, each with the kinds that are right for it. */
const FORGERIES: readonly {
  readonly name: string
  readonly kinds: readonly CopyKind[]
  make(source: Article, other: Article, random: () => number): string
}[] = [
  {
    name: 'same words',
    kinds: ['exact', 'near'],
    make: ({ text }) => text.replace(/[“”]/g, '"').replace(/’/g, "'").replace(/\s+/g, ' '),
  },
  { name: '3 % of words edited', kinds: ['near'], make: ({ text }, _, random) => edit(text, 0.03, random) },
  {
    name: '8 % of words edited',
    kinds: ['near', 'syndicated'],
    make: ({ text }, _, random) => edit(text, 0.08, random),
  },
  {
    name: 'first half',
    kinds: ['near', 'syndicated'],
    make: ({ text }) => text.slice(0, Math.ceil(text.length / 2)),
  },
  {
    name: 'first fifth',
    kinds: ['syndicated'],
    make: ({ text }) => text.slice(0, Math.ceil(text.length / 5)),
  },
  {
    name: 'inside another text',
    kinds: ['syndicated'],
    make: ({ text }, other, random) => {
      // Reworded, quotation marks come in disorder as in no paper, and the copied part would stand in quotes.
      const own = reword(other.text, random).replace(/["“”‘]|''|``/g, '')
      return `${own}\n${text.slice(0, Math.ceil(own.length * 0.6))}`
    },
  },
  {
    name: 'every second sentence, with own text',
    kinds: ['syndicated'],
    make: ({ text }, other, random) => {
      const half = sentencesOf(text).filter((_, index) => index % 2 === 0)
      return [...half, reword(other.text, random).slice(0, half.join(' ').length)].join(' ')
    },
  },
  { name: 'in new words', kinds: ['rewrite'], make: ({ text }, _, random) => reword(text, random) },
]

/** Copies made of the sets' own articles, hidden in the stream: how many are found, and of the right article. */
function reportSynthetic(data: string): void {
  const rows = ['gva', 'giveme5w1h', 'allsides_full_all'].flatMap((set) =>
    readSet(join(data, 'stories', `${set}.dev.jsonl.gz`)).slice(0, 2_500),
  )
  const articles = rows.map((row) => row.article)
  const random = seededRandom(1)
  const before = findCopies(articles)
  const sources = articles.filter(
    ({ id, text }, at) => at % 5 === 0 && !before.has(id) && text.length > 1_200,
  )
  const madeOf = new Map<string, { readonly source: string; readonly forgery: number }>()
  const stream = articles.flatMap((article) => {
    const at = sources.indexOf(article)
    if (at < 0) return [article]
    const forgery = at % FORGERIES.length
    const other = articles[(at * 7919 + 13) % articles.length]!
    const text = FORGERIES[forgery]!.make(article, other, random)
    const copy = { ...article, id: `${article.id}-copy`, url: null, text, furniture: [], publisher: 'forger' }
    madeOf.set(copy.id, { source: article.id, forgery })
    return [article, { ...copy, publishedAtMs: (article.publishedAtMs ?? 0) + 3_600_000 }]
  })
  const copies = findCopies(stream)
  console.log(`\nsynthetic copies: ${madeOf.size} among ${stream.length} articles`)
  FORGERIES.forEach(({ name, kinds }, index) => {
    const made = [...madeOf].filter(([, { forgery }]) => forgery === index)
    const found = made.filter(([id, { source }]) => copies.get(id)?.copyOf === source)
    const right = found.filter(([id]) => kinds.includes(copies.get(id)!.kind))
    const share = (count: number): string => (count / made.length).toFixed(3)
    console.log(
      `  ${name.padEnd(38)} found ${share(found.length)}, as ${kinds.join(' or ')} ${share(right.length)} of ${made.length}`,
    )
  })
  const wrong = [...copies.values()].filter(
    ({ articleId }) => !madeOf.has(articleId) && !before.has(articleId),
  )
  console.log(`  articles of the sets that are copies only beside the made ones: ${wrong.length}`)
}

function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Drops, doubles or swaps words at random places. */
function edit(text: string, share: number, random: () => number): string {
  return text.replace(/\S+/g, (word) => {
    if (random() > share) return word
    const choice = random()
    return choice < 0.4 ? '' : choice < 0.7 ? `${word} also` : 'meanwhile'
  })
}

function sentencesOf(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end))
}

/** A stand-in for a paraphrase: sentences in another order, their halves swapped, every function word and some others changed. */
function reword(text: string, random: () => number): string {
  const stops = stopWords('en')
  const sentences = sentencesOf(text).map((sentence) => {
    const list = sentence.split(/\s+/).flatMap((word) => {
      if (stops.has(word.toLowerCase()))
        return random() < 0.5 ? [] : [['thus', 'upon', 'whereby', 'such'][Math.floor(random() * 4)]!]
      return random() < 0.15 && /^[a-z]/.test(word) ? ['certain'] : [word]
    })
    const middle = Math.floor(list.length / 2)
    return [...list.slice(middle), ...list.slice(0, middle)].join(' ')
  })
  return sentences.map((_, at) => sentences[(at * 3 + 1) % sentences.length]!).join('. ')
}

main()
