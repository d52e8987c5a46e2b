// Prints how well stories are grouped on the labelled sets of ../shared/data:
//   node bench/quality-story.ts [--data DIR] [--shipped] [--write FILE.md]
//   node bench/quality-story.ts --shuffle   (what arrivals shuffled within an hour change, by the shipped model)
//   node bench/quality-story.ts --seeds     (the seeds alone in all orders, and hidden among 300 others of each set: by the shipped model)
// By default each pair of articles is scored by trees that saw neither of the two stories (three folds by story; the word
// counts of the set's own articles are left out too). `--shipped` scores the shipped model on what it learned from: faster, too good.
import { writeFileSync } from 'node:fs'
import type { Article } from '../src/core/feed/article.ts'
import { readBackground } from '../src/core/story/background-counts.ts'
import { groupArticles, type GroupedArticle } from '../src/core/story/group-articles.ts'
import { createStoryEngine } from '../src/core/story/story-engine.ts'
import { shippedModel, treesByDates, type StoryModel } from '../src/core/story/story-model.ts'
import type { PairScorer } from '../src/core/story/story-partition.ts'
import { readTrees } from '../src/core/story/tree-ensemble.ts'
import { dataFolder } from './data-folder.ts'
import { seededRandom } from './seeded-random.ts'
import { readSeeds, readStorySet, STORY_SETS, type LabelledArticle } from './story-data.ts'
import { scoreStories } from './story-score.ts'
import { seedsAlone, seedsHidden, type SeedTries } from './story-seeds.ts'
import { countBackground, days, foldOf, FOLDS, rowsWithout, trainingRows } from './story-training.ts'
import { trainStoryTrees } from './story-trees.ts'

/** Pairwise F1 / BCubed F1 of the nearest article by cosine, its threshold tuned on each set (../shared/data/README.md). */
const TRIVIAL: Readonly<Record<string, string>> = {
  allsides_full_all: '67.6 / 87.4',
  gva: '58.6 / 88.2',
  giveme5w1h: '91.1 / 95.1',
  ecbplus: '84.7 / 89.3',
  'og2021 en': '44.8 / 73.1',
}

const BOOTSTRAPS = 200

/** Times that the seeds are hidden in each set, in each of eight ways. */
const HIDDEN_TRIES = 6

interface Part {
  readonly name: string
  readonly streams: readonly (readonly LabelledArticle[])[]
  readonly models: readonly StoryModel[]
  readonly keep: (article: Article) => boolean
  /** Whether the streams have nothing to do with each other: a story is to be found in each anew. */
  readonly apart?: boolean
}

const groupings = new Map<readonly LabelledArticle[], GroupedArticle[]>()
const folder = dataFolder()
const shipped = process.argv.includes('--shipped')
const sets = Object.fromEntries(STORY_SETS.map((set) => [set, readStorySet(folder, set)]))
const lines = [
  `| set | pair P | pair R | pair F1 (95 %) | BCubed F1 (95 %) | stories, gold | at arrival F1 / B3 | trivial, tuned |`,
  `| --- | --- | --- | --- | --- | --- | --- | --- |`,
]
if (process.argv.includes('--seeds') || process.argv.includes('--shuffle')) {
  if (process.argv.includes('--seeds')) seeds()
  if (process.argv.includes('--shuffle')) shuffles()
  process.exit(0)
}
const scorer = shipped ? undefined : heldOutScorer()
for (const line of lines) console.log(line)
for (const part of parts()) measure(part)
if (shipped) seeds()
const at = process.argv.indexOf('--write')
if (at > 0) writeFileSync(process.argv[at + 1]!, `${lines.join('\n')}\n`)

function heldOutScorer(): PairScorer {
  const rows = trainingRows(sets)
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const { dated, undated } = trainStoryTrees({
      dated: rowsWithout(rows.dated, fold),
      undated: rowsWithout(rows.undated, fold),
    })
    return treesByDates(readTrees(dated), readTrees(undated))
  })
  const foldOfArticle = new Map<string, number>()
  for (const set of Object.values(sets))
    for (const { article, story } of set) foldOfArticle.set(article.id, foldOf(story ?? article.id))
  return (row, offset, a, b) => {
    const one = foldOfArticle.get(a) ?? 0
    const other = foldOfArticle.get(b) ?? 0
    const first = folds[one]!.score(row, offset)
    return one === other ? first : 0.5 * (first + folds[other]!.score(row, offset))
  }
}

/** The parts to measure; the halves of the set that the word counts come from are each read with the other half's counts. */
function parts(): Part[] {
  const model = shippedModel()
  const allsides = sets['allsides_full_all']!
  const half = allsides.length >> 1
  const halves = [allsides.slice(0, half), allsides.slice(half)]
  const crossed = halves.map((_, i) => {
    const counts = readBackground(
      countBackground(
        halves[1 - i]!.map(({ article }) => article),
        'en',
      ),
    )
    return { ...model, backgroundOf: (lang: string) => (lang === 'en' ? counts : null) }
  })
  const all = (): boolean => true
  const plain = ['gva', 'giveme5w1h', 'ecbplus'].map((name) => ({
    name,
    streams: [sets[name]!],
    models: [model],
    keep: all,
  }))
  const languages = ['en', 'de', 'es', 'fr', 'pt', 'ru', 'ar', 'sl'].map((lang) => ({
    name: `og2021 ${lang}`,
    streams: [sets['og2021']!],
    models: [model],
    keep: (article: Article) => article.lang === lang,
  }))
  return [
    shipped
      ? { name: 'allsides_full_all', streams: [allsides], models: [model], keep: all }
      : { name: 'allsides_full_all', streams: halves, models: crossed, keep: all },
    ...plain,
    ...languages,
    ...daysAlone(model),
  ]
}

/** Days of headlines, each as the first that an engine sees: what a one-shot digest of some feeds has. */
function daysAlone(model: StoryModel): Part[] {
  return ['en', 'de', 'es', 'fr', 'pt', 'ru'].map((lang) => {
    const streams = days(sets['og2021']!.filter(({ article }) => article.lang === lang))
    return {
      name: `og2021 ${lang}, each day alone`,
      streams,
      models: streams.map(() => model),
      keep: () => true,
      apart: true,
    }
  })
}

function measure(part: Part): void {
  const gold: (string | null)[] = []
  const final: string[] = []
  const arrival: string[] = []
  part.streams.forEach((stream, s) => {
    const grouped = grouping(stream, part.models[s]!)
    stream.forEach(({ article, story }, i) => {
      const wanted = part.apart === true && story !== null ? `${s} ${story}` : story
      gold.push(part.keep(article) ? wanted : null)
      final.push(`${s} ${grouped[i]!.story}`)
      arrival.push(`${s} ${grouped[i]!.atArrival}`)
    })
  })
  const score = scoreStories(gold, final)
  const first = scoreStories(gold, arrival)
  const [pair, bcubed] = intervals(gold, final)
  const line = `| ${part.name} | ${[
    f(score.pairPrecision),
    f(score.pairRecall),
    `${f(score.pairF1)} (${pair})`,
    `${f(score.bcubedF1)} (${bcubed})`,
    `${score.predicted}, ${score.gold}`,
    `${f(first.pairF1)} / ${f(first.bcubedF1)}`,
    TRIVIAL[part.name] ?? '',
  ].join(' | ')} |`
  lines.push(line)
  console.log(line)
}

function grouping(stream: readonly LabelledArticle[], model: StoryModel): GroupedArticle[] {
  const known = groupings.get(stream)
  if (known !== undefined) return known
  const made = groupArticles(
    stream.map(({ article }) => article),
    scorer === undefined ? { model } : { model, scorer },
  )
  groupings.set(stream, made)
  return made
}

/** 95 % intervals over resampled gold stories; model and threshold stay fixed, so they are a little narrow. */
function intervals(gold: readonly (string | null)[], predicted: readonly string[]): [string, string] {
  const stories = [...new Set(gold.filter((story) => story !== null))]
  const random = seededRandom(1)
  const runs = Array.from({ length: BOOTSTRAPS }, () => {
    const copies = new Map<string, number>()
    for (let i = 0; i < stories.length; i++) {
      const story = stories[Math.floor(random() * stories.length)]!
      copies.set(story, (copies.get(story) ?? 0) + 1)
    }
    return scoreStories(gold, predicted, copies)
  })
  return [interval(runs.map(({ pairF1 }) => pairF1)), interval(runs.map(({ bcubedF1 }) => bcubedF1))]
}

function interval(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return `${f(sorted[Math.floor(0.025 * sorted.length)]!)}-${f(sorted[Math.floor(0.975 * sorted.length)]!)}`
}

/** The seeds alone in all orders, and hidden among 300 articles of each set, each way of showing them apart. */
function seeds(): void {
  const five = readSeeds(folder)
  const found = seedsAlone(five, {})
  for (const set of STORY_SETS) {
    const others = sets[set]!.map(({ article }) => article).filter(({ lang }) => lang === 'en')
    found.push(...seedsHidden(five, set, others, HIDDEN_TRIES, {}))
  }
  for (const { name, right, tries, wrong } of found)
    console.log(`${right} of ${tries} right: ${name}${wrong.length === 0 ? '' : ` (${wrong.join(', ')})`}`)
  const sum = (of: (one: SeedTries) => number): number => found.reduce((all, one) => all + of(one), 0)
  console.log(`${sum(({ right }) => right)} of ${sum(({ tries }) => tries)} right in all`)
}

/** Pair F1 as the articles were published, and the most that three shuffles of the arrivals within an hour change it by. */
function shuffles(): void {
  for (const [name, set] of Object.entries(sets)) {
    const dates = set.map(({ article }) => article.publishedAtMs)
    if (dates.includes(null)) continue
    for (const [way, group] of [
      ['as one batch', storiesAtOnce],
      ['one by one', storiesOneByOne],
    ] as const) {
      const inOrder = pairF1(set, group(set))
      const changes = [1, 2, 3].map((seed) => {
        const random = seededRandom(seed)
        const shuffled = set
          .map((one) => ({ one, atMs: (one.article.publishedAtMs ?? 0) + random() * 3_600_000 }))
          .sort((a, b) => a.atMs - b.atMs)
          .map(({ one }) => one)
        return Math.abs(pairF1(shuffled, group(shuffled)) - inOrder)
      })
      console.log(
        `${name} ${way}: pair F1 ${f(inOrder)}, shuffled within an hour changes it by ${f(Math.max(...changes))}`,
      )
    }
  }
}

function pairF1(set: readonly LabelledArticle[], stories: readonly string[]): number {
  return scoreStories(
    set.map(({ story }) => story),
    stories,
  ).pairF1
}

function storiesAtOnce(set: readonly LabelledArticle[]): string[] {
  return groupArticles(set.map(({ article }) => article)).map(({ story }) => story)
}

function storiesOneByOne(set: readonly LabelledArticle[]): string[] {
  const engine = createStoryEngine()
  const story = new Map<string, string>()
  for (const { article } of set) {
    const { placements, moves } = engine.step([article])
    for (const { articleId, story: to } of placements) story.set(articleId, to)
    for (const { articleId, to } of moves) story.set(articleId, to)
  }
  return set.map(({ article }) => story.get(article.id) ?? '')
}

function f(value: number): string {
  return value.toFixed(1)
}
