import { bestPassage } from './best-passage.ts'
import { conceptsOf } from './concept-weights.ts'
import { softLimit, type LengthLimit } from './length-limit.ts'
import { isWhole, MAX_LEAD_WORDS, MAX_SENTENCE_WORDS, standingOf, type Standing } from './readability.ts'
import { rankLeads } from './rank-leads.ts'
import { goOn, MAX_LONG_POSITION } from './go-on.ts'
import { selectSentences, type Candidate } from './select-sentences.ts'
import { MIN_NEW_SHARE, repetitionIn, type RepetitionForm, type RepetitionMeasures } from './repetition.ts'
import { carries, coreOf, MAX_SHORT_POSITION } from './story-core.ts'
import { sentenceKey, type Need, type References } from './references.ts'
import type { StoryText } from './story-text.ts'

/** What {@link chooseSentences} may use of a story. */
export interface Choice {
  readonly weights: Float64Array
  readonly limit: LengthLimit
  /** Whether a sentence (by index) may be shown at all: it is new, and no other rule forbids it. */
  readonly isAllowed: (sentence: number) => boolean
  readonly references: References
  /** The headline that stands above them. */
  readonly headline: string
  /** Articles (by index) whose leads stand back. */
  readonly weakDocs?: ReadonlySet<number>
  /** Sentences that are told before those that are chosen. */
  readonly told?: readonly number[]
}

/** Candidates that selection looks at: more cost time and change nothing (those with the largest own weight stay). */
const MAX_CANDIDATES = 250

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
  const core = coreOf(story)
  const standings = story.sentences.map((sentence) =>
    standingOf(sentence, story.lang, sentence.position === 0 ? leadWords : MAX_SENTENCE_WORDS),
  )
  const few = soft !== null && choice.limit.sentences <= MAX_SHORT_SENTENCES
  const carrying = (maxPosition: number): Way => ({
    isShort: true,
    resolve: 'strictly',
    useOf: (i) => (standings[i] === 'opens' && carries(story, i, core, maxPosition) ? 'alone' : 'never'),
  })
  const opening = (resolve: Way['resolve'], maxPosition = Infinity): Way => ({
    isShort: soft !== null,
    resolve,
    useOf: (i) =>
      standings[i] === 'opens' && (story.sentences[i]?.position ?? 0) <= maxPosition ? 'alone' : 'never',
  })
  const ways: readonly Way[] = [
    ...(few ? [carrying(MAX_SHORT_POSITION), carrying(MAX_LONG_POSITION)] : []),
    ...(soft !== null && !few ? [opening('strictly', MAX_LONG_POSITION)] : []),
    ...(soft !== null ? [opening('strictly')] : []),
    opening('plainly'),
    {
      isShort: soft !== null,
      resolve: 'never',
      useOf: (i) => (isWhole(story.sentences[i]?.text ?? '') ? 'alone' : 'never'),
    },
    { isShort: soft !== null, resolve: 'never', useOf: () => 'alone' },
  ]
  const least = few ? MIN_FEW_SENTENCES : soft === null ? 1 : MIN_LONG_SENTENCES
  const enough = Math.min(least, choice.limit.sentences)
  const atLeast = few ? enough : choice.limit.sentences
  const further = (chosen: readonly number[]): readonly number[] =>
    soft === null ? chosen : goOn(story, { ...choice, limit: soft, standings, core, atLeast }, chosen)
  let best: readonly number[] = []
  if (soft !== null && !few) {
    const tops = opening('strictly', MAX_LONG_POSITION)
    best = further(choosePassage(story, { ...choice, limit: soft }, standings, tops))
    if (best.length >= enough) return best
  }
  for (const [at, way] of ways.entries()) {
    if (best.length > 0 && at > LAST_CAREFUL_WAY) break
    const found = chooseWithin(story, choice, limits, way)
    const chosen = few && at === 0 ? found : further(found)
    if (chosen.length > best.length)
      best = at === 0 && !way.isShort ? filled(story, choice, standings, chosen) : chosen
    if (best.length >= enough) break
  }
  return best
}

/** The passage that tells a story best; it begins with a lone name that only a title brings up where every one does. */
function choosePassage(
  story: StoryText,
  choice: Choice,
  standings: readonly Standing[],
  way: Way,
): readonly number[] {
  const leads = candidatesOf(story, choice, way)
    .filter((candidate) => candidate.leads)
    .filter(({ sentence }) => needsOf(choice, way, sentence).length === 0)
  const titled = leads.filter(({ sentence }) => choice.references.needsBehind(sentence).length === 0)
  return bestPassage(story, { ...choice, standings }, titled.length > 0 ? titled : leads)
}

/** With fewer sentences than these, where more are wanted, a summary of few sentences is chosen less carefully. */
const MIN_FEW_SENTENCES = 2
/** The same for summaries of more sentences. */
const MIN_LONG_SENTENCES = 3
/** Only where nothing is told are sentences shown that do not stand alone, or are beside the story. */
const LAST_CAREFUL_WAY = 1

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
/** How sentences may be used in one try. */
interface Way {
  readonly isShort: boolean
  /** Whether what a sentence points at must be told before it: what may be unclear, what surely is, or nothing. */
  readonly resolve: 'strictly' | 'plainly' | 'never'
  readonly useOf: (sentence: number) => 'alone' | 'behind' | 'never'
}

/** The choice itself where it is full, else one that also uses sentences behind the one they lean on, if that tells more. */
function filled(
  story: StoryText,
  choice: Choice,
  standings: readonly Standing[],
  chosen: readonly number[],
): readonly number[] {
  const wordsOf = (list: readonly number[]): number =>
    list.reduce((sum, i) => sum + (story.sentences[i]?.length.words ?? 0), 0)
  const { words, sentences } = choice.limit
  if (words === Infinity || sentences < Infinity || wordsOf(chosen) >= words * FULL_SHARE) return chosen
  const useOf = (i: number): 'alone' | 'behind' | 'never' => {
    const standing = standings[i]
    return standing === 'opens' ? 'alone' : standing === 'follows' ? 'behind' : 'never'
  }
  const more = chooseAt(story, choice, { isShort: false, resolve: 'plainly', useOf })
  return wordsOf(more) > wordsOf(chosen) ? more : chosen
}

function chooseAt(story: StoryText, choice: Choice, way: Way): readonly number[] {
  const repetition = repetitionIn(story, formOf(choice.limit, way), choice.headline)
  const empty = new Set<number>()
  for (;;) {
    const isAllowed = (i: number): boolean => choice.isAllowed(i) && !empty.has(i)
    const chosen = chooseOnce(story, { ...choice, isAllowed }, way, repetition)
    const isFinal = !way.isShort || empty.size >= MAX_EMPTY
    const worst = isFinal ? undefined : (untitled(chosen, choice.references) ?? emptiest(chosen, repetition))
    if (worst === undefined) return chosen
    empty.add(worst)
  }
}

/** In so many words or bytes a fact told twice stands out. */
const MAX_BRIEF_WORDS = 150
const MAX_BRIEF_BYTES = 1000

function formOf({ words, bytes, chars, sentences }: LengthLimit, { isShort }: Way): RepetitionForm {
  if (isShort) return sentences <= MAX_SHORT_SENTENCES ? 'few' : 'many'
  return words <= MAX_BRIEF_WORDS || Math.min(bytes, chars) <= MAX_BRIEF_BYTES ? 'brief' : 'full'
}

/**
 * What one more article costs, where few sentences are wanted, as a share of what a good sentence tells (0..1).
 *
 * Sentences of one article seldom tell a fact twice and lean on each other; at 0 four in ten long summaries told one twice. On MultiLing
 * a sentence tells as much up to .4; above, summaries stay with one article whatever the others say.
 */
const ARTICLE_SHARE = 0.35
/** Sentences that are put aside at most because the others say all that they say; each costs a new choice. */
const MAX_EMPTY = 12

/** Of the sentences behind the first one one that begins with somebody whom only the title of its article brings up. */
function untitled(chosen: readonly number[], references: References): number | undefined {
  const isTold = (i: number, keys: Need): boolean =>
    chosen.some((j) => j !== i && references.gives(j, new Set(keys)).length > 0)
  return chosen.slice(1).find((i) => references.needsBehind(i).some((keys) => !isTold(i, keys)))
}

/** Of the sentences behind the first one the one that adds least, where that is too little. */
function emptiest(chosen: readonly number[], { newShare }: RepetitionMeasures): number | undefined {
  const [, ...others] = chosen
  let least = MIN_NEW_SHARE
  let found: number | undefined
  for (const i of others) {
    const share = newShare(
      i,
      chosen.filter((other) => other !== i),
    )
    if (share >= least) continue
    least = share
    found = i
  }
  return found
}

function chooseOnce(
  story: StoryText,
  choice: Choice,
  way: Way,
  { repeats }: RepetitionMeasures,
): readonly number[] {
  const best = withNeeds(richest(candidatesOf(story, choice, way), choice.weights), choice, way)
  const sentenceOf = (i: number): number => best[i]?.sentence ?? -1
  const conflicts = (a: number, b: number): boolean => repeats(sentenceOf(a), sentenceOf(b))
  const articleShare = way.isShort ? ARTICLE_SHARE : 0
  const { chosen } = selectSentences(best, choice.weights, choice.limit, { conflicts, articleShare })
  return chosen.map(sentenceOf)
}

/** All candidates, ranked where few sentences are wanted; what they need of each other is not looked up yet. */
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
    candidates.push({ sentence: i, doc, concepts, length, leads, needs: [], gives: [] })
  })
  return way.isShort ? rankLeads(story, candidates, choice) : candidates
}

/** The first sentence of an article that stands alone leads, if it stands no later: a caption or a stray line may come before it. */
const MAX_LEAD_POSITION = 3

/** What a sentence needs of the others, without what is told already. */
function needsOf({ references, told = [] }: Choice, way: Way, i: number): Need[] {
  const needs: Need[] = way.resolve === 'never' ? [] : [...references.needs(i, way.resolve === 'strictly')]
  if (way.useOf(i) === 'behind') needs.push([sentenceKey(i - 1)])
  if (told.length === 0 || needs.length === 0) return needs
  const wanted = new Set(needs.flat())
  const given = new Set(told.flatMap((sentence) => references.gives(sentence, wanted)))
  return needs.filter((keys) => !keys.some((key) => given.has(key)))
}

/** Candidates with what they need of others, and what they give of that. */
function withNeeds(candidates: readonly Candidate[], choice: Choice, way: Way): Candidate[] {
  const needing = candidates.map((one) => ({ ...one, needs: needsOf(choice, way, one.sentence) }))
  const wanted = new Set(needing.flatMap(({ needs }) => needs.flat()))
  if (wanted.size === 0) return needing
  return needing.map((one) => ({ ...one, gives: choice.references.gives(one.sentence, wanted) }))
}

function richest(candidates: readonly Candidate[], weights: Float64Array): Candidate[] {
  if (candidates.length <= MAX_CANDIDATES) return [...candidates]
  const own = candidates.map(({ concepts }) =>
    concepts.reduce((sum, concept) => sum + (weights[concept] ?? 0), 0),
  )
  const order = candidates.map((_, i) => i).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b)
  return order.slice(0, MAX_CANDIDATES).flatMap((i) => candidates[i] ?? [])
}
