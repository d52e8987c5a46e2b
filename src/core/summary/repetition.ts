import { assertionOf, isCircumstance } from './assertion.ts'
import { factsOf, factWords, isHarm, type FactWords } from './fact-words.ts'
import { mainDeeds, mainEvents } from './main-event.ts'
import { measuresIn } from './measures.ts'
import { onceEach } from './once-each.ts'
import { openCounts } from './open-counts.ts'
import { contentWords, sharedCount, wordCosine } from './similarity.ts'
import type { StoryText } from './story-text.ts'
import { tokenIds } from './tokens.ts'

/** Tells of two sentences of a story (by index) whether the second would tell again what the first told. */
export type Repetition = (a: number, b: number) => boolean

/**
 * Cosine of facts above which two sentences repeat each other and are never shown together (0..1).
 *
 * At .4 long summaries lose .1 to .3 R-2; above .5 facts are told twice.
 */
export const MAX_REPETITION = 0.5
/** The same in English, where words of one kind count as one. On MultiLing, 100 and 250 words: R-2 +.3 and -.5. */
const MAX_ENGLISH_REPETITION = 0.4
/** The same where only a number of sentences is asked for: in three sentences a half repetition stands out. */
const MAX_FEW_REPETITION = 0.3
/** The same for sentences of different articles: an article seldom says a thing twice, two articles often do. */
const MAX_CROSS_REPETITION = 0.2
/** The same for two sentences that open articles: both say what happened, in words of their own. */
const MAX_TOPS_REPETITION = 0.1
/** Sentences at the top of an article that say what happened, one way or another. */
const RETELLING_SENTENCES = 4
/** The same in a summary of more sentences; at .2 they tell what is beside the story. */
const MAX_MANY_REPETITION = 0.25
/**
 * The same where facts of few sentences count more: details that are told again (0..1).
 *
 * On MultiLing, 3 sentences: share of their pairs in references 21.6 without, 22.4 at .1, 22.1 at .08. 6 sentences lose below .12.
 */
const MAX_FEW_WEIGHED = 0.08
const MAX_MANY_WEIGHED = 0.12
/** What an article says that came so much later may be the news of a later day, in the words of the first. */
const LATER_NEWS_MS = 18 * 3_600_000
/** Two sentences with a number and so many facts in common, the number among them, tell one fact. */
const MIN_NUMBERED_WORDS = 3
/** Two sentences of different articles that mainly tell one kind of event, with so many facts in common, tell one event. */
const MIN_EVENT_WORDS = 2
/** Two sentences of an article that mainly tell one kind of event, with so many other things in common, one of them no name, tell one deed. */
const MIN_DEED_FACTS = 2
/** Things in common, names aside, from which two sentences of different articles tell one fact. */
const MIN_CROSS_THINGS = 3
/** The same in one article: its writer knows what stands above. */
const MIN_OWN_THINGS = 4
/** Who was hurt, and how, is told again by a sentence that asserts so many facts more. */
const MIN_RICH_FACTS = 8
/** Two sentences of a few that have so many kinds of events in common tell them again, in one article too. */
const MIN_SHARED_EVENTS = 2
/** Details that two sentences share (words of hardly any other sentence of the story, and no names) from which they tell one thing. */
const MIN_SHARED_DETAILS = 3
/** The same where the sentences are otherwise alike too. */
const MIN_LIKE_DETAILS = 2
/** Cosine from which two sentences are alike in that sense (0..1). */
const MIN_DETAIL_LIKENESS = 0.15
/** Sentences of the story that a detail stands in at most: so many, and one more for each 25 of the story. */
const MAX_DETAIL_SENTENCES = 2
const SENTENCES_PER_DETAIL = 25
/**
 * Facts that a sentence must add to others to tell anything; who says so, when and where are none (English). Range 1..5: at 4 plain short
 * news ("the line cancelled all crossings") is missing, and summaries of the labelled sets are hardly shorter or longer.
 */
const MIN_NEW_FACTS = 2
/** The same in a summary of few sentences: fewer good ones are better. */
const MIN_NEW_FEW_FACTS = 3
/** The same where its main event was told. */
const MIN_RETOLD_FACTS = 5
/** The same in languages in which sources, times and places count as facts. */
const MIN_PLAIN_FACTS = 3
/** A short sentence that lies this far in a long one repeats it: .7 of its words count as a cosine of .5. */
const CONTAINED_LIKENESS = 0.7
/** A sentence of fewer facts lies in another by chance. */
const MIN_CONTAINED_WORDS = 5

/**
 * How strictly repetitions are judged: `few` sentences, `many` sentences, a `brief` text, or a `full` one; `own` trusts an article
 * not to say a thing twice near its top, and judges sentences of two articles as `many` does.
 */
export type RepetitionForm = 'few' | 'many' | 'own' | 'brief' | 'full'

/** Share of its facts that each sentence of a few must add to the others (0..1); with fewer it tells again in other words. */
export const MIN_NEW_SHARE = 0.6

/** How the sentences of a story repeat each other. */
export interface RepetitionMeasures {
  readonly repeats: Repetition
  /** Share of a sentence's facts that none of the others has (0..1); 0 where it asserts hardly anything that they and the headline do not. */
  readonly newShare: (sentence: number, others: readonly number[]) => number
}

/** The measures of a story's repetitions, under a headline where one is shown; each sentence is looked at once, when first asked for. */
export function repetitionIn(story: StoryText, form: RepetitionForm, headline = ''): RepetitionMeasures {
  const words = factWords(story.vocabulary, story.lang)
  const facts = onceEach((i) => factsOf(story.content[i] ?? NONE, words))
  const likeness = (a: number, b: number): number => factLikeness(facts(a), facts(b))
  const newShare = newShareIn(story, facts, words, form, headlineFacts(story, words, headline))
  const most = story.lang === 'en' ? MAX_ENGLISH_REPETITION : MAX_REPETITION
  const isFull: Repetition = (a, b) => likeness(a, b) > most
  if (form === 'full') return { repeats: isFull, newShare }
  const tellOneFact = sameFactIn(story, facts, words.ofWord.length, likeness)
  const tellOneKind: Repetition = (a, b) =>
    sharedCount(
      facts(a).filter((fact) => words.isEvent(fact)),
      facts(b).filter((fact) => words.isEvent(fact)),
    ) >= MIN_SHARED_EVENTS
  if (form === 'brief') return { repeats: (a, b) => isFull(a, b) || tellOneFact(a, b), newShare }
  const tellOneNumber = sameNumberIn(story, facts)
  const tellOneDeed = sameDeedIn(story, words)
  const tellOneStory = sameThingsIn(story, words)
  const weighed = weighedLikenessIn(story, facts)
  const repeats: Repetition = (a, b) => {
    if (form === 'own' && !isCross(story, a, b)) return isFull(a, b) || tellOneNumber(a, b)
    if (
      tellOneNumber(a, b) ||
      tellOneFact(a, b) ||
      tellOneKind(a, b) ||
      tellOneDeed(a, b) ||
      tellOneStory(a, b)
    )
      return true
    if (form === 'few')
      return likeness(a, b) > maxFewRepetition(story, a, b) || weighed(a, b) > MAX_FEW_WEIGHED
    return likeness(a, b) > MAX_MANY_REPETITION || weighed(a, b) > MAX_MANY_WEIGHED
  }
  return { repeats, newShare }
}

/** How much of a sentence is new; that of {@link RepetitionMeasures}. */
function newShareIn(
  story: StoryText,
  facts: FactsOf,
  words: FactWords,
  form: RepetitionForm,
  known: readonly number[],
): RepetitionMeasures['newShare'] {
  const asserted = onceEach((i) => assertedFacts(story, i, words))
  const events = onceEach((i) => mainEventFacts(story, i, words))
  const enough = form === 'few' || form === 'own' ? MIN_NEW_FEW_FACTS : MIN_NEW_FACTS
  const plainMinimum = story.lang === 'en' ? enough : MIN_PLAIN_FACTS
  return (sentence, others) => {
    const told = new Set(others.flatMap((i) => Array.from(facts(i))))
    const shown = new Set([...known, ...told])
    const isNew = (fact: number): boolean => !told.has(fact)
    const least = events(sentence).some((event) => shown.has(event)) ? MIN_RETOLD_FACTS : plainMinimum
    if (asserted(sentence).filter((fact) => !shown.has(fact)).length < least) return 0
    return facts(sentence).filter(isNew).length / facts(sentence).length
  }
}

/** What the headline tells before any sentence does. */
function headlineFacts({ lang, vocabulary, index }: StoryText, words: FactWords, headline: string): number[] {
  // What only the headline says is in no sentence, and has no number among the facts.
  const size = words.ofWord.length
  const tokens = tokenIds(headline, lang, vocabulary).filter((token) => token < size)
  return [...factsOf(contentWords(tokens, index.isFunction), words)]
}

/** The facts of a sentence without who says so, when and where. */
function assertedFacts(story: StoryText, i: number, words: FactWords): Int32Array {
  const { lang, vocabulary, index } = story
  const tokens = tokenIds(assertionOf(textOf(story, i), lang), lang, vocabulary)
  return factsOf(telling(contentWords(tokens, index.isFunction), story), words)
}

function tellingWords(story: StoryText, i: number): Int32Array {
  return telling(story.content[i] ?? NONE, story)
}

/** Words without those that say only when, where or by whom. */
function telling(content: Int32Array, { lang, vocabulary }: StoryText): Int32Array {
  return lang === 'en' ? content.filter((word) => !isCircumstance(vocabulary.words[word] ?? '')) : content
}

function mainEventFacts(story: StoryText, i: number, { ofWord }: FactWords): number[] {
  return story.lang === 'en' ? mainEvents(textOf(story, i)).map((event) => ofWord.length + event) : []
}

const NONE = new Int32Array(0)

type FactsOf = (sentence: number) => Int32Array

/** Whether two sentences share details, or tell one event or count one thing in two articles. */
function sameFactIn(
  story: StoryText,
  facts: FactsOf,
  firstEvent: number,
  likeness: (a: number, b: number) => number,
): Repetition {
  const events = onceEach((i) => (story.lang === 'en' ? mainEvents(textOf(story, i)) : []))
  const counted = onceEach((i) => countedThings(textOf(story, i), story.lang))
  const details = detailsOf(story)
  const retells: Repetition = (a, b) => events(b).some((event) => facts(a).includes(firstEvent + event))
  const tellOneEvent: Repetition = (a, b) => {
    if (sharedCount(facts(a), facts(b)) < MIN_EVENT_WORDS) return false
    const [x, y] = [story.sentences[a]?.position ?? 0, story.sentences[b]?.position ?? 0]
    return (x <= y && retells(a, b)) || (y <= x && retells(b, a))
  }
  return (a, b) => {
    const shared = sharedCount(details(a), details(b))
    if (shared >= MIN_SHARED_DETAILS || (shared >= MIN_LIKE_DETAILS && likeness(a, b) > MIN_DETAIL_LIKENESS))
      return true
    if (!isCross(story, a, b)) return false
    return tellOneEvent(a, b) || counted(a).some((thing) => counted(b).includes(thing))
  }
}

/**
 * Two sentences that mainly tell one kind of event: in two articles that is one event as a rule, in one article where one stands at
 * its top, or both share what it was about. What somebody did is told again there, with more of it.
 */
function sameDeedIn(story: StoryText, words: FactWords): Repetition {
  const { lang } = story
  const deeds = onceEach((i) => (lang === 'en' ? mainDeeds(textOf(story, i)) : []))
  const asserted = onceEach((i) => assertedFacts(story, i, words))
  const isDone = onceEach((i) => !NATURAL_DEATH.test(textOf(story, i)))
  const told = onceEach((i) => factsOf(tellingWords(story, i), words).filter((fact) => !words.isEvent(fact)))
  const named = onceEach((i) => new Set(Array.from(namesIn(story, i), (word) => words.ofWord[word] ?? word)))
  return (a, b) => {
    const same = deeds(a).filter((deed) => deeds(b).includes(deed))
    if (same.length === 0) return false
    const shared = told(a).filter((fact) => told(b).includes(fact))
    if (shared.length >= MIN_DEED_FACTS && shared.some((fact) => !named(a).has(fact) || !named(b).has(fact)))
      return true
    const isOne = isCross(story, a, b) || (deeds(a)[0] === deeds(b)[0] && isRetelling(story, a, b))
    return (
      isOne &&
      !(same.length === 1 && same.every(isHarm) && isDone(a) && isDone(b) && isRich(asserted(a), asserted(b)))
    )
  }
}

/**
 * Two sentences with so many things in common that are no names: those of the main event are in many sentences of a story, so no measure
 * by rarity sees them.
 */
function sameThingsIn(story: StoryText, words: FactWords): Repetition {
  const things = onceEach((i) => {
    const names = namesIn(story, i)
    return factsOf(
      tellingWords(story, i).filter((word) => !names.has(word)),
      words,
    )
  })
  return (a, b) => {
    const least = isCross(story, a, b) ? MIN_CROSS_THINGS : MIN_OWN_THINGS
    return story.lang === 'en' && sharedCount(things(a), things(b)) >= least
  }
}

/** Nobody did it, so there is no telling who and how. */
const NATURAL_DEATH =
  /^(?!.*\b(?:shot|shoot|kill|gun|stab|murder|crash|blast|bomb|fire)).*\b(?:died|dies|dead|passed\saway)\b/iu

/** Whether one of two sentences has so much that the other has not that it tells who and how. */
function isRich(a: Int32Array, b: Int32Array): boolean {
  return Math.max(a.length, b.length) - sharedCount(a, b) >= MIN_RICH_FACTS
}

/** Whether one of two sentences stands where articles say what happened. */
function isRetelling({ sentences }: StoryText, a: number, b: number): boolean {
  return (
    Math.min(sentences[a]?.position ?? Infinity, sentences[b]?.position ?? Infinity) < RETELLING_SENTENCES
  )
}

function sameNumberIn(story: StoryText, facts: FactsOf): Repetition {
  const measures = onceEach((i) => measuresIn(textOf(story, i), story.lang))
  return (a, b) => {
    if (isCross(story, a, b) && measures(a).some((measure) => measures(b).includes(measure))) return true
    const [x, y] = [facts(a), facts(b)]
    if (sharedCount(x, y) < MIN_NUMBERED_WORDS) return false
    return x.some((word) => story.hasDigit[word] === 1 && y.includes(word))
  }
}

/** Cosine in which a fact counts the more the fewer sentences of the story have it: names of the story count for little. */
function weighedLikenessIn(story: StoryText, facts: FactsOf): (a: number, b: number) => number {
  const held = new Map<number, number>()
  for (const i of story.sentences.keys())
    for (const fact of facts(i)) held.set(fact, (held.get(fact) ?? 0) + 1)
  const weight = (fact: number): number => Math.log1p(story.sentences.length / (held.get(fact) ?? 1)) ** 2
  const length = onceEach((i) => Math.sqrt(facts(i).reduce((sum, fact) => sum + weight(fact), 0)))
  return (a, b) => {
    const own = new Set(facts(a))
    const shared = facts(b).reduce((sum, fact) => sum + (own.has(fact) ? weight(fact) : 0), 0)
    return shared === 0 ? 0 : shared / (length(a) * length(b))
  }
}

function textOf({ sentences }: StoryText, i: number): string {
  return sentences[i]?.text ?? ''
}

function isCross({ sentences }: StoryText, a: number, b: number): boolean {
  return sentences[a]?.doc !== sentences[b]?.doc
}

/** What a sentence counts: a noun whatever the number, and sums of money. */
function countedThings(text: string, lang: string | null): string[] {
  if (!/\d/u.test(text)) return []
  return openCounts(text, lang)
    .filter(({ kind }) => kind !== 'percent')
    .map(({ kind, value }) => (kind.startsWith('count ') ? kind : `${kind} ${value}`))
}

/** Of each sentence the words that hardly another one has, and that are no names; ascending. */
function detailsOf(story: StoryText): (sentence: number) => Int32Array {
  const held = new Int32Array(story.vocabulary.words.length)
  for (const words of story.content) for (const word of words) held[word] = (held[word] ?? 0) + 1
  const most = MAX_DETAIL_SENTENCES + Math.floor(story.sentences.length / SENTENCES_PER_DETAIL)
  return onceEach((i) => {
    const names = namesIn(story, i)
    return (story.content[i] ?? NONE).filter(
      (word) => (held[word] ?? 0) <= most && !names.has(word) && story.hasDigit[word] !== 1,
    )
  })
}

function namesIn({ sentences, lang, vocabulary }: StoryText, i: number): ReadonlySet<number> {
  const names = (sentences[i]?.text.match(NAME) ?? []).join(' ')
  return new Set(tokenIds(names, lang, vocabulary))
}

/** A word with a capital. The first word of a sentence is left out with them: it may be one. */
const NAME = /\p{Lu}[\p{L}\p{M}’'-]*/gu

/** How much of their facts two sentences have in common (0..1): the cosine, or more where a short one lies in a long one. */
export function factLikeness(a: Int32Array, b: Int32Array): number {
  return Math.max(wordCosine(a, b), containment(a, b) * CONTAINED_LIKENESS)
}

function containment(a: Int32Array, b: Int32Array): number {
  const least = Math.min(a.length, b.length)
  return least < MIN_CONTAINED_WORDS ? 0 : sharedCount(a, b) / least
}

function maxFewRepetition({ sentences, docs }: StoryText, a: number, b: number): number {
  const [x, y] = [sentences[a], sentences[b]]
  if (x === undefined || y === undefined || x.doc === y.doc) return MAX_FEW_REPETITION
  if (Math.max(x.position, y.position) < RETELLING_SENTENCES) return MAX_TOPS_REPETITION
  const [atX, atY] = [docs[x.doc]?.publishedAtMs ?? null, docs[y.doc]?.publishedAtMs ?? null]
  const isLater = atX !== null && atY !== null && Math.abs(atX - atY) >= LATER_NEWS_MS
  return isLater ? MAX_FEW_REPETITION : MAX_CROSS_REPETITION
}
