/**
 * Counts how things and people are first mentioned: `node bench/train-mentions.ts [--data DIR]`, writes src/core/summary/first-mentions-en.json.
 *
 * English articles of the story sets. Deterministic: the same data give the same file; about a minute. What the numbers mean is in
 * docs/summary-model.md.
 */
import { writeFileSync } from 'node:fs'
import type { Article } from '../src/core/feed/article.ts'
import { definiteMentions, type DefiniteMention } from '../src/core/summary/definite-mentions.ts'
import { readSentences, type StorySentence } from '../src/core/summary/story-sentence.ts'
import { formOf } from '../src/core/summary/tokens.ts'
import { dataFolder } from './data-folder.ts'
import { readStorySet } from './story-data.ts'

const SETS = ['allsides_full_all', 'gva', 'giveme5w1h', 'ecbplus'] as const
/** Sentences of an article that are counted; later ones are comment and background. */
const MAX_SENTENCES = 40
/** A noun that is described less often is judged like the others of its form together. */
const MIN_MENTIONS = 20
/** Mentions of its form that each noun is mixed with. */
const PRIOR_MENTIONS = 6
/** A word is a verb if it stands behind `they`, `would` and the like so often, and so many times as often as behind `the`, `of` and the like. */
const MIN_VERB_USES = 12
const MIN_VERB_RATIO = 3
/** The same for words that end in `s`: nouns in the plural seldom stand behind subjects. */
const MIN_S_VERB_USES = 6
/** A noun may be counted if so many of its uses stand behind `a` or `an` (0..1), and so many at least. */
const MIN_COUNTED_SHARE = 0.05
const MIN_COUNTED_USES = 20
/** Names that stand alone in so many first sentences are shipped. */
const MIN_NAME_USES = 3
/** A word is a person's name if it stands so often behind another name, and so seldom behind `in` and the like (0..1). */
const MIN_NAMED_SHARE = 0.25
const MAX_PLACED_SHARE = 0.15

const DETERMINERS = new Set(
  'the a an his her its their this that these those our my your another every of'.split(' '),
)
const SUBJECTS = new Set(
  'he she it they who we i you to would will can could may might should must did does do not also'.split(' '),
)

/** Mentions in first sentences whose noun neither the title nor the sentence has before, in later sentences, and those of them that are first mentions. */
interface Counts {
  first: number
  later: number
  unseen: number
}

const articles = SETS.flatMap((set) => readStorySet(dataFolder(), set).map(({ article }) => article)).filter(
  ({ lang }) => lang === 'en' || lang === null,
)
const verbs = verbsOf(articles)
const nouns = nounsOf(articles, verbs)
const model = {
  countedIn: 'first and later sentences of English news articles (allsides, gva, giveme5w1h, ecbplus)',
  verbs: [...verbs].sort(),
  counted: countedNouns(articles).filter((word) => nouns['bare']?.[formOf(word, 'en')] !== undefined),
  nouns,
  ...namesOf(articles),
}
writeFileSync(
  new URL('../src/core/summary/first-mentions-en.json', import.meta.url),
  `${JSON.stringify(model)}\n`,
)
console.log(
  `${articles.length} articles, ${model.verbs.length} verbs, ${Object.keys(model.names).length} names, ${Object.keys(model.people).length} people`,
)
for (const [form, table] of Object.entries(model.nouns))
  console.log(`${form}: ${Object.keys(table).length} nouns, any other ${table[''] ?? 0}`)

function verbsOf(list: readonly Article[]): Set<string> {
  const noun = new Map<string, number>()
  const verb = new Map<string, number>()
  for (const { text } of list) {
    const words = text.match(/[\p{L}’']+|[.,;:!?]/gu) ?? []
    words.forEach((word, i) => {
      const before = (words[i - 1] ?? '').toLowerCase()
      if (!/^\p{Ll}/u.test(word)) return
      if (DETERMINERS.has(before) || /['’]s$/u.test(before)) add(noun, word)
      else if (SUBJECTS.has(before)) add(verb, word)
    })
  }
  const isVerb = ([word, uses]: readonly [string, number]): boolean =>
    uses >= (word.endsWith('s') ? MIN_S_VERB_USES : MIN_VERB_USES) &&
    uses > MIN_VERB_RATIO * (noun.get(word) ?? 0) &&
    !/(?:ed|ly)$/u.test(word)
  return new Set([...verb].filter(isVerb).map(([word]) => word))
}

/** Nouns in the singular that hardly stand without a word like `a` before them: `that claim` points, `that violence` may not. */
function countedNouns(list: readonly Article[]): string[] {
  const counted = new Map<string, number>()
  const all = new Map<string, number>()
  for (const { text } of list)
    for (const [, before = '', word = ''] of text.matchAll(/(?<=([\p{L}]+)\s)(\p{Ll}{3,})(?![\p{L}'’-])/gu)) {
      add(all, word)
      if (/^an?$/iu.test(before)) add(counted, word)
    }
  return [...counted]
    .filter(([word, uses]) => uses >= MIN_COUNTED_USES && uses >= MIN_COUNTED_SHARE * (all.get(word) ?? 0))
    .map(([word]) => word)
    .filter((word) => !/(?:s|ly|ed|ing)$/u.test(word))
    .sort()
}

/** For each form of description and noun how like a first mention it is, in hundredths; `''` is any other noun. */
function nounsOf(
  list: readonly Article[],
  known: ReadonlySet<string>,
): Record<string, Record<string, number>> {
  const counts = new Map<string, Map<string, Counts>>()
  const total = { first: 0, later: 0 }
  for (const article of list) {
    const seen = new Set(stemsOf(article.title))
    for (const sentence of sentencesOf(article)) {
      const stems = stemsOf(sentence.text)
      total[sentence.position === 0 ? 'first' : 'later'] += stems.length
      for (const mention of definiteMentions(sentence.text, (word) => known.has(word)))
        count(counts, mention, sentence, seen)
      for (const stem of stems) seen.add(stem)
    }
  }
  const scale = total.later / Math.max(1, total.first)
  return Object.fromEntries([...counts].map(([form, nouns]) => [form, scored(nouns, scale)]))
}

function count(
  counts: Map<string, Map<string, Counts>>,
  mention: DefiniteMention,
  { text, position }: StorySentence,
  seen: ReadonlySet<string>,
): void {
  const nouns = counts.get(mention.form) ?? new Map<string, Counts>()
  const own = nouns.get(mention.noun) ?? { first: 0, later: 0, unseen: 0 }
  const isSeen = seen.has(mention.noun) || stemsOf(text.slice(0, mention.start)).includes(mention.noun)
  if (position > 0) own.later++
  if (!isSeen) own[position > 0 ? 'unseen' : 'first']++
  counts.set(mention.form, nouns.set(mention.noun, own))
}

/** Root of the rate in first sentences against that in later ones, times the share of later ones that are first mentions. */
function scored(nouns: ReadonlyMap<string, Counts>, scale: number): Record<string, number> {
  const sum = (key: keyof Counts): number => [...nouns.values()].reduce((all, one) => all + one[key], 0)
  const [first, later, unseen] = [sum('first'), sum('later'), sum('unseen')]
  const score = (own: Counts): number => {
    const mixed = own.later + PRIOR_MENTIONS
    const ratio = ((own.first + (PRIOR_MENTIONS * first) / later) * scale) / mixed
    return Math.round((100 * Math.sqrt(ratio) * (own.unseen + (PRIOR_MENTIONS * unseen) / later)) / mixed)
  }
  const frequent = [...nouns].filter(([, own]) => own.first + own.later >= MIN_MENTIONS)
  return Object.fromEntries([
    ['', score({ first: 0, later: 0, unseen: 0 })],
    ...frequent.sort(([a], [b]) => (a < b ? -1 : 1)).map(([noun, own]) => [noun, score(own)]),
  ]) as Record<string, number>
}

/** Names that stand alone in first sentences, and in how many (without those that the title has); people's apart from others. */
function namesOf(list: readonly Article[]): {
  names: Record<string, number>
  people: Record<string, number>
} {
  const uses = new Map<string, NameCounts>()
  for (const article of list) {
    const title = new Set(article.title.match(/[\p{L}\p{M}]+/gu) ?? [])
    for (const { text, position } of sentencesOf(article))
      countNames(uses, text, position === 0 ? title : null)
  }
  const known = [...uses]
    .filter(([, { opening }]) => opening >= MIN_NAME_USES)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const table = (isWanted: (counts: NameCounts) => boolean): Record<string, number> =>
    Object.fromEntries(
      known.filter(([, counts]) => isWanted(counts)).map(([name, { opening }]) => [name, opening]),
    )
  return { names: table((counts) => !isPerson(counts)), people: table(isPerson) }
}

/** How often a capitalised word stands alone in first sentences, alone anywhere, behind a place's preposition, behind a name. */
interface NameCounts {
  opening: number
  alone: number
  placed: number
  named: number
}

function isPerson({ alone, placed, named }: NameCounts): boolean {
  return named >= MIN_NAMED_SHARE * (named + alone) && placed <= MAX_PLACED_SHARE * alone
}

function countNames(uses: Map<string, NameCounts>, text: string, title: ReadonlySet<string> | null): void {
  const words = [...text.matchAll(/[\p{L}][\p{L}\p{M}’'-]*\.?|[^\s\p{L}]/gu)].map(([word]) => word)
  words.forEach((word, i) => {
    const name = word.replace(/['’]s?$|\.$/u, '')
    const before = words[i - 1] ?? '.'
    if (!/^(?:\p{Lu}\p{L}*\p{Ll}|\p{Lu}{3,6}$)/u.test(name) || /^[.!?:]$/u.test(before)) return
    const isNamed = /^\p{Lu}/u.test(before) && i > 1
    if (!isNamed && /^\p{Lu}/u.test(words[i + 1] ?? '')) return
    const own = uses.get(name) ?? { opening: 0, alone: 0, placed: 0, named: 0 }
    if (isNamed) own.named++
    else {
      own.alone++
      if (/^(?:in|at|from|near|across|to)$/u.test(before)) own.placed++
      if (title?.has(name) === false) own.opening++
    }
    uses.set(name, own)
  })
}

function sentencesOf(article: Article): StorySentence[] {
  return readSentences(article, 0, MAX_SENTENCES)
}

function stemsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => formOf(word, 'en'))
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
