/**
 * Learns the weights of concepts from gold summaries: `node bench/train-summary.ts [DATA_FOLDER] [--write]`.
 *
 * Prints R-2 by cross-validation over topics (a topic is in every language, so a fold holds it in all), then, with `--write`,
 * learns from all topics and writes src/core/summary/model.json. Deterministic; about half a minute.
 */
import { writeFileSync } from 'node:fs'
import { learnedWeights } from '../src/core/summary/concept-weights.ts'
import { FEATURE_COUNT, FEATURE_NAMES, forEachConcept } from '../src/core/summary/concept-features.ts'
import { readStory, type StoryText } from '../src/core/summary/story-text.ts'
import { summarizeStory } from '../src/core/summary/summarize-story.ts'
import { tokenIds } from '../src/core/summary/tokens.ts'
import { mean, readGoldStories, type GoldStory } from './gold-summaries.ts'
import { rougeN } from './rouge.ts'

const FOLDS = 5
const EPOCHS = 6
const BATCH = 256
const RATE = 0.01
const DECAY = 1e-5

interface Example {
  readonly features: Float64Array
  readonly target: number
}

const args = process.argv.slice(2)
const gold = readGoldStories(args.find((arg) => !arg.startsWith('--')) ?? '../shared/data')
if (gold !== null) run(gold)

function run(stories: readonly GoldStory[]): void {
  const examples = new Map(stories.map((story) => [story, examplesOf(story)]))
  const recalls = new Map<string, number[]>()
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = train(
      stories.filter(({ topic }) => topic % FOLDS !== fold).flatMap((story) => examples.get(story) ?? []),
    )
    for (const story of stories.filter(({ topic }) => topic % FOLDS === fold)) {
      recalls.set(story.lang, [...(recalls.get(story.lang) ?? []), recallOf(story, weights)])
    }
  }
  for (const [lang, list] of recalls) console.log(`${lang} R-2 ${(100 * mean(list)).toFixed(2)}`)
  console.log(
    `all R-2 ${(100 * mean([...recalls.values()].map(mean))).toFixed(2)} (${FOLDS} folds over topics)`,
  )
  if (!args.includes('--write')) return
  const weights = train(stories.flatMap((story) => examples.get(story) ?? []))
  write(weights)
}

function write(weights: readonly number[]): void {
  const rounded = weights.map((weight) => Number(weight.toFixed(4)))
  const model = {
    trainedOn: 'MultiLing 2011 multi-document pilot (CC BY)',
    features: FEATURE_NAMES,
    weights: rounded,
  }
  writeFileSync('src/core/summary/model.json', `${JSON.stringify(model, null, 2)}\n`)
  FEATURE_NAMES.forEach((name, k) => {
    console.log(`${(rounded[k] ?? 0).toFixed(2).padStart(6)} ${name}`)
  })
}

/** Each story is read with its titles and without: many wire texts have none. */
function examplesOf(story: GoldStory): Example[] {
  const bare = { ...story, docs: story.docs.map((doc) => ({ ...doc, title: '' })) }
  return [story, bare].flatMap(({ docs, lang, references }) => {
    const text = readStory(docs, lang, undefined)
    const share = shareOfReferences(text, references)
    const examples: Example[] = []
    forEachConcept(text, (id, features) => {
      examples.push({ features: Float64Array.from(features), target: share(id) })
    })
    return examples
  })
}

/** Which part of the references holds a concept, 0..1. */
function shareOfReferences(text: StoryText, references: readonly string[]): (id: number) => number {
  const sets = references.map((reference) => {
    const tokens = tokenIds(reference, text.lang, text.vocabulary)
    return new Set(Array.from(tokens.slice(1), (token, i) => `${tokens[i] ?? 0} ${token}`))
  })
  return (id) =>
    mean(
      sets.map((set) =>
        set.has(`${text.index.firstWord[id] ?? 0} ${text.index.secondWord[id] ?? 0}`) ? 1 : 0,
      ),
    )
}

function recallOf(story: GoldStory, weights: readonly number[]): number {
  const summary = summarizeStory(story.docs, { maxWords: story.maxWords }, (text) =>
    learnedWeights(text, weights),
  )
  const text = summary.sentences.map((sentence) => sentence.text).join('\n')
  return rougeN(2, text, story.references, { maxWords: story.maxWords, unicode: story.lang !== 'en' }).recall
}

/** Logistic regression by Adam. */
function train(examples: readonly Example[]): number[] {
  const weights = new Float64Array(FEATURE_COUNT)
  const [first, second] = [new Float64Array(FEATURE_COUNT), new Float64Array(FEATURE_COUNT)]
  const order = examples.map((_, i) => i)
  const random = seeded(7)
  const steps = EPOCHS * Math.ceil(examples.length / BATCH)
  let step = 0
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random)
    for (let from = 0; from < order.length; from += BATCH) {
      const gradient = gradientOf(examples, order.slice(from, from + BATCH), weights)
      step++
      const rate = RATE * (1 - step / (steps + 1))
      for (let k = 0; k < FEATURE_COUNT; k++) {
        const g = gradient[k]! + DECAY * weights[k]!
        const one = (first[k] = 0.9 * first[k]! + 0.1 * g)
        const two = (second[k] = 0.999 * second[k]! + 0.001 * g * g)
        const m = one / (1 - 0.9 ** step)
        const v = two / (1 - 0.999 ** step)
        weights[k] = weights[k]! - (rate * m) / (Math.sqrt(v) + 1e-8)
      }
    }
  }
  return [...weights]
}

function gradientOf(
  examples: readonly Example[],
  batch: readonly number[],
  weights: Float64Array,
): Float64Array {
  const gradient = new Float64Array(FEATURE_COUNT)
  for (const i of batch) {
    const { features, target } = examples[i]!
    let sum = 0
    for (let k = 0; k < FEATURE_COUNT; k++) sum += features[k]! * weights[k]!
    const error = (1 / (1 + Math.exp(-sum)) - target) / batch.length
    for (let k = 0; k < FEATURE_COUNT; k++) gradient[k] = gradient[k]! + error * features[k]!
  }
  return gradient
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
}

/** Mulberry32: the same numbers every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
