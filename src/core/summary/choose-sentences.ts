import { softLimit, type LengthLimit } from './length-limit.ts'
import { isWhole, MAX_LEAD_WORDS, MAX_SENTENCE_WORDS, standingOf, type Standing } from './readability.ts'
import { selectSentences, type Candidate } from './select-sentences.ts'
import { sharedCount, wordCosine } from './similarity.ts'
import type { StoryText } from './story-text.ts'

/** What {@link chooseSentences} may use of a story. */
export interface Choice {
  readonly weights: Float64Array
  readonly limit: LengthLimit
  /** Whether a sentence (by index) may be shown at all: it is new, and no other rule forbids it. */
  readonly isAllowed: (sentence: number) => boolean
}

/** Candidates that selection looks at: more cost time and change nothing (those with the largest own weight stay). */
const MAX_CANDIDATES = 250

/**
 * Cosine of content words above which two sentences repeat each other and are never shown together (0..1).
 *
 * At .4 long summaries lose .1 to .3 R-2; above .5 facts are told twice.
 */
export const MAX_REPETITION = 0.5
/** The same where only a number of sentences is asked for: in three sentences a half repetition stands out. */
const MAX_SHORT_REPETITION = 0.3
/** Two sentences of a short summary with a number and so many content words in common, the number among them, tell one fact. */
const MIN_NUMBERED_WORDS = 4

/** A longer piece is no sentence but a text without full stops (UTF-16 units); never shown. */
const MAX_SENTENCE_CHARS = 1200

/** Share of the words asked for from which a summary is full (0..1). Below it, sentences that lean on the one before may fill it. */
const FULL_SHARE = 0.85

/**
 * The sentences that tell most of a story within a limit, by index, the opening one first.
 *
 * Only sentences that stand alone. Where those do not fill the limit, sentences that lean on a chosen one directly before them; where
 * none fits, whole sentences, then any that fits: a short notice of one odd sentence is still told.
 */
export function chooseSentences(story: StoryText, choice: Choice): readonly number[] {
  const soft = softLimit(choice.limit)
  const limits = soft === null ? [choice.limit] : [soft, choice.limit]
  const leadWords = maxLeadWords(choice.limit)
  const standings = story.sentences.map((sentence) =>
    standingOf(sentence, story.lang, sentence.position === 0 ? leadWords : MAX_SENTENCE_WORDS),
  )
  const ways: readonly Way[] = [
    ...(soft === null || choice.limit.sentences > MAX_SHORT_SENTENCES
      ? []
      : [
          {
            isShort: true,
            useOf: (i: number) => (standings[i] === 'opens' && carries(story, i) ? 'alone' : 'never'),
          } as const,
        ]),
    { isShort: soft !== null, useOf: (i) => (standings[i] === 'opens' ? 'alone' : 'never') },
    { isShort: soft !== null, useOf: (i) => (isWhole(story.sentences[i]?.text ?? '') ? 'alone' : 'never') },
    { isShort: soft !== null, useOf: () => 'alone' },
  ]
  for (const way of ways) {
    const chosen = chooseWithin(story, choice, limits, way)
    if (chosen.length > 0)
      return way === ways[0] && !way.isShort ? filled(story, choice, standings, chosen) : chosen
  }
  return []
}

/** The choice of the first limit at which it begins with the first sentence of an article; where none does, of the first limit. */
function chooseWithin(
  story: StoryText,
  choice: Choice,
  limits: readonly LengthLimit[],
  way: Way,
): readonly number[] {
  let first: readonly number[] = []
  for (const limit of limits) {
    const chosen = chooseAt(story, { ...choice, limit }, way)
    if (opensArticle(story, chosen)) return chosen
    if (first.length === 0) first = chosen
  }
  return first
}

/** Whether a choice begins with the first sentence of an article. */
function opensArticle({ sentences }: StoryText, [first]: readonly number[]): boolean {
  return first !== undefined && sentences[first]?.position === 0
}

/** Part of a summary that one first sentence may fill, if it is longer than others may be (0..1). */
const MAX_LONG_LEAD_SHARE = 0.3

function maxLeadWords({ words }: LengthLimit): number {
  const room = words === Infinity ? 0 : words * MAX_LONG_LEAD_SHARE
  return Math.max(MAX_SENTENCE_WORDS, Math.min(MAX_LEAD_WORDS, room))
}

/** A summary of more sentences has room for what is beside the story. */
const MAX_SHORT_SENTENCES = 4
/** In a short summary a sentence of fewer words only fills what is left. */
const MIN_SHORT_WORDS = 11
/** Pairs of words that a sentence of a short summary shares with other articles; with fewer it is beside the story. */
const MIN_SHARED_PAIRS = 2
/** With fewer articles, what only one says may be the story too. */
const MIN_VOICES = 3

/** Whether a sentence is fit for a summary of few sentences: long enough to tell a fact, and about what others tell too. */
function carries({ sentences, index }: StoryText, i: number): boolean {
  if ((sentences[i]?.length.words ?? 0) < MIN_SHORT_WORDS) return false
  if (index.docs < MIN_VOICES) return true
  let shared = 0
  for (const id of index.ofSentence[i] ?? NONE) {
    const isNews =
      index.isFunction[index.firstWord[id] ?? 0] !== 1 || index.isFunction[index.secondWord[id] ?? 0] !== 1
    if (isNews && (index.docCount[id] ?? 0) > 1) shared++
  }
  return shared >= MIN_SHARED_PAIRS
}

/** How sentences may be used in one try. */
interface Way {
  readonly isShort: boolean
  readonly useOf: (sentence: number) => 'alone' | 'behind' | 'never'
}

/** The choice itself where it is full, else one that also uses sentences behind the one they lean on, if that tells more. */
function filled(
  story: StoryText,
  choice: Choice,
  standings: readonly Standing[],
  chosen: readonly number[],
): number[] {
  const wordsOf = (list: readonly number[]): number =>
    list.reduce((sum, i) => sum + (story.sentences[i]?.length.words ?? 0), 0)
  const { words, sentences } = choice.limit
  if (words === Infinity || sentences < Infinity || wordsOf(chosen) >= words * FULL_SHARE) return [...chosen]
  const useOf = (i: number): 'alone' | 'behind' | 'never' => {
    const standing = standings[i]
    return standing === 'opens' ? 'alone' : standing === 'follows' ? 'behind' : 'never'
  }
  const more = chooseAt(story, choice, { isShort: false, useOf })
  return wordsOf(more) > wordsOf(chosen) ? more : [...chosen]
}

function chooseAt(story: StoryText, choice: Choice, way: Way): number[] {
  const best = richest(candidatesOf(story, choice, way), choice.weights)
  const most = way.isShort ? MAX_SHORT_REPETITION : MAX_REPETITION
  const repeats = (a: number, b: number): boolean =>
    likeness(story, best[a]?.sentence, best[b]?.sentence) > most ||
    (way.isShort && tellOneNumber(story, best[a]?.sentence, best[b]?.sentence))
  return selectSentences(best, choice.weights, choice.limit, repeats).chosen.map(
    (i) => best[i]?.sentence ?? 0,
  )
}

function candidatesOf(story: StoryText, choice: Choice, way: Way): Candidate[] {
  const { words, bytes, chars } = choice.limit
  const candidates: Candidate[] = []
  const opened = new Set<number>()
  story.sentences.forEach(({ doc, length, position }, i) => {
    if (length.words > words || length.bytes > bytes || length.chars > Math.min(chars, MAX_SENTENCE_CHARS))
      return
    const use = choice.isAllowed(i) ? way.useOf(i) : 'never'
    if (use === 'never') return
    const concepts = conceptsOf(story, choice.weights, i)
    const leads = use === 'alone' && position <= MAX_LEAD_POSITION && !opened.has(doc)
    if (leads) opened.add(doc)
    candidates.push({ sentence: i, concepts, length, leads, ...namesOf(story, i, use === 'behind') })
  })
  return way.isShort ? rankLeads(story, candidates) : candidates
}

/** In a summary of few sentences the lead that agrees best with the other first sentences opens. */
function rankLeads(story: StoryText, candidates: readonly Candidate[]): Candidate[] {
  const openings = story.sentences.flatMap(({ position }, i) => (position === 0 ? [i] : []))
  return candidates.map((candidate) => {
    if (!candidate.leads) return candidate
    const { sentence } = candidate
    const share = story.sentences[sentence]?.position === 0 ? 1 : LATER_LEAD_SHARE
    return { ...candidate, agreement: share * agreementOf(story, sentence, openings) }
  })
}

/** What the agreement of a lead counts for that is not the first sentence of its article (0..1). */
const LATER_LEAD_SHARE = 0.7

/**
 * How near a sentence is to the first sentences of a story, on average, 0..1: what happened, not what else is told.
 *
 * Titles beside them were tried: as many openings got worse as better.
 */
function agreementOf({ content }: StoryText, sentence: number, openings: readonly number[]): number {
  const own = content[sentence] ?? NONE
  const others = openings.filter((i) => i !== sentence)
  return others.reduce((sum, i) => sum + wordCosine(own, content[i] ?? NONE), 0) / Math.max(1, others.length)
}

/** The first sentence of an article that stands alone leads, if it stands no later: a caption or a stray line may come before it. */
const MAX_LEAD_POSITION = 3

/** What a sentence needs and gives: surnames, and itself to the sentence behind it. The first of an article may be taken as known. */
function namesOf(story: StoryText, i: number, isBehind: boolean): Pick<Candidate, 'needs' | 'gives'> {
  const { needs = [], gives = [] } = story.names[i] ?? {}
  const own = story.sentences[i]?.position === 0 ? [] : needs
  return { needs: isBehind ? [...own, `#${i - 1}`] : own, gives: [...gives, `#${i}`] }
}

const NONE = new Int32Array(0)

/** The word pairs of a sentence, and its content words where they have weights too: those stand behind the pairs. */
export function conceptsOf(story: StoryText, weights: Float64Array, sentence: number): Int32Array {
  const pairs = story.index.ofSentence[sentence] ?? NONE
  if (weights.length === story.index.size) return pairs
  const words = story.content[sentence] ?? NONE
  const all = new Int32Array(pairs.length + words.length)
  all.set(pairs)
  words.forEach((word, k) => {
    all[pairs.length + k] = story.index.size + word
  })
  return all
}

/** A short sentence that lies this far in a long one repeats it: .7 of its words count as a cosine of .5. */
const CONTAINED_LIKENESS = 0.7
/** A sentence of fewer content words lies in another by chance. */
const MIN_CONTAINED_WORDS = 5

function containment(a: Int32Array, b: Int32Array): number {
  const least = Math.min(a.length, b.length)
  return least < MIN_CONTAINED_WORDS ? 0 : sharedCount(a, b) / least
}

function likeness(story: StoryText, a: number | undefined, b: number | undefined): number {
  const [x, y] = [story.content[a ?? -1] ?? NONE, story.content[b ?? -1] ?? NONE]
  return Math.max(wordCosine(x, y), containment(x, y) * CONTAINED_LIKENESS)
}

function tellOneNumber(story: StoryText, a = -1, b = -1): boolean {
  const [x, y] = [story.content[a] ?? NONE, story.content[b] ?? NONE]
  return (
    sharedCount(x, y) >= MIN_NUMBERED_WORDS &&
    x.some((word) => story.hasDigit[word] === 1 && y.includes(word))
  )
}

function richest(candidates: readonly Candidate[], weights: Float64Array): Candidate[] {
  if (candidates.length <= MAX_CANDIDATES) return [...candidates]
  const own = candidates.map(({ concepts }) =>
    concepts.reduce((sum, concept) => sum + (weights[concept] ?? 0), 0),
  )
  const order = candidates.map((_, i) => i).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b)
  return order.slice(0, MAX_CANDIDATES).flatMap((i) => candidates[i] ?? [])
}
