import { plural } from '../core/digest/count-words.ts'
import { composeDigest, type StoryWithSummary } from '../core/digest/compose-digest.ts'
import {
  countMembers,
  type Digest,
  type DigestEntry,
  type StoryMember,
  type StoryToTell,
  type StoryUpdate,
} from '../core/digest/digest.ts'
import { keepMembers } from '../core/digest/keep-members.ts'
import { rankStories, type RankedStory } from '../core/digest/rank-stories.ts'
import { relateStories, type Affair } from '../core/digest/relate-stories.ts'
import type { ToldStory } from '../core/digest/told-story.ts'
import type { Article } from '../core/feed/article.ts'
import { compileSubscription } from '../core/subscription/compile-subscription.ts'
import { selectStories } from '../core/subscription/select-stories.ts'
import type { Subscription } from '../core/subscription/subscription.ts'
import type { Summary, SummaryOptions } from '../core/summary/summary.ts'
import { summarizeStory } from '../core/summary/summarize-story.ts'
import type { ComposableMember, ComposableStory } from './ports/story-store.ts'

/** What a digest for one destination is made of. */
export interface CompositionInput {
  readonly subscription: Subscription
  /** Stories with an article accepted in the window, corrections of the tenant applied: see load-window.ts. */
  readonly stories: readonly ComposableStory[]
  /** The window takes in what was accepted after `fromMs` and not after `toMs`. */
  readonly fromMs: number
  readonly toMs: number
  /** What the destination was told before of these stories or their articles. */
  readonly told: readonly ToldStory[]
  /** Summaries are the dear part: a caller that composes many digests hands in one that remembers. Default {@link summarizeStory}. */
  readonly summarize?: (articles: readonly Article[], options: SummaryOptions) => Summary
}

/** What became of one story of the window, in plain words for the manager. */
export interface StoryVerdict {
  readonly storyId: string
  readonly headline: string
  /** `told` at a place of its own, `related` under the heading of another, or `left-out`. */
  readonly kind: 'told' | 'related' | 'left-out'
  /** 1-based place of the entry, its own or that of its heading; `null` where left out. */
  readonly place: number | null
  /** Which rule let it in; `null` where none did. */
  readonly rule: string | null
  /** Why it stands where it stands, or why it is missing. */
  readonly why: string
}

/** A digest and what explains it. */
export interface ComposedDigest {
  readonly digest: Digest
  /** One for each story of the input, told ones first in order of place. */
  readonly verdicts: readonly StoryVerdict[]
  /** What to remember once the digest is stored, in order of place. */
  readonly told: readonly ToldStory[]
  /** Why nothing should be sent (no story, fewer than `skipBelow`), or `null`. */
  readonly skip: string | null
  /** Topics and patterns that cannot be read; the others hold. */
  readonly problems: readonly string[]
}

/** Most sentences of a story that stands under the heading of another. */
const RELATED_SENTENCES = 1

/**
 * The digest of one subscription for one window, with the reason for every story in it and every story missing.
 *
 * Rules select and mute, what was told before is taken away, ranks are given, stories of one affair are put under one heading, the best
 * are summarised. A preview and a sent digest both come from here. The same input gives the same digest to the byte; cost is mostly
 * that of the summaries.
 */
export function composeForSubscription(input: CompositionInput): ComposedDigest {
  const { subscription, stories, toMs } = input
  const { rules, problems } = compileSubscription(subscription)
  const present = stories.map((story) => until(story, toMs)).filter(({ members }) => members.length > 0)
  const leftOut: StoryVerdict[] = []
  const candidates = new Map<string, Candidate>()
  for (const [index, selection] of selectStories(present, rules).entries()) {
    const story = present[index]
    if (story === undefined) continue
    const candidate =
      selection.kind === 'out' ? selection.why : chooseNews(story, selection.shown, selection.rule, input)
    if (typeof candidate !== 'string') candidates.set(story.id, candidate)
    else
      leftOut.push(
        missing(story.id, headlineOf(story), selection.kind === 'in' ? selection.rule : null, candidate),
      )
  }
  const ranked = rankStories(
    [...candidates.values()].map(({ story }) => story),
    toMs,
  )
  const affairs = relateStories(ranked, subscription.maxStories)
  const told = affairs
    .slice(0, subscription.maxStories)
    .map((affair) => tellAffair(affair, candidates, input))
  const digest = composeDigest({
    stories: ranked.map(({ story }) => story),
    told,
    fromMs: input.fromMs,
    toMs,
    // Pictures are hashed where they are shown, so that a digest without keeps the hash that it had before there were any.
    options: { subscription: { ...subscription, pictures: undefined }, told: input.told },
    pictures: subscription.pictures,
  })
  return {
    digest,
    verdicts: [
      ...digest.entries.flatMap((entry, at) => toldVerdicts(entry, at + 1, candidates)),
      ...noRoom(affairs, subscription.maxStories, candidates),
      ...leftOut,
    ],
    told: digest.entries
      .flatMap((entry) => [entry, ...(entry.related ?? [])])
      .map((entry) => remember(entry, toMs)),
    skip: skipReason(ranked.length, stories.length, subscription),
    problems,
  }
}

/** A story that may be told: its new part, and what was told of it before. */
interface Candidate {
  readonly story: StoryToTell
  readonly rule: string
  readonly update: Omit<StoryUpdate, 'sentences'> | null
  readonly toldSentences: readonly string[]
  /** Made already where it decided whether there is anything new. */
  readonly summary: Summary | null
}

function until(story: ComposableStory, toMs: number): ComposableStory {
  const members = story.members.filter(({ acceptedAtMs }) => acceptedAtMs <= toMs)
  return members.length === story.members.length ? story : { id: story.id, members }
}

/** What of a selected story is to be told, or why nothing is. */
function chooseNews(
  { id, members }: ComposableStory,
  selected: readonly ComposableMember[],
  rule: string,
  input: CompositionInput,
): Candidate | string {
  if (!selected.some(({ acceptedAtMs }) => acceptedAtMs > input.fromMs))
    return 'nothing of it came in the window'
  const shown = keepMembers(members, selected)
  const before = toldBefore(id, shown, input.told)
  if (before === null) {
    return { story: { id, members: shown }, rule, update: null, toldSentences: [], summary: null }
  }
  return chooseUpdate(id, shown, before, rule, input)
}

interface ToldBefore {
  readonly sinceMs: number
  readonly articleIds: ReadonlySet<string>
  readonly sentences: readonly string[]
}

/** What was told under this id or, since stories merge, of these articles. */
function toldBefore(
  id: string,
  shown: readonly ComposableMember[],
  told: readonly ToldStory[],
): ToldBefore | null {
  const ids = new Set(shown.map(({ article }) => article.id))
  const records = told.filter(
    ({ storyId, articleIds }) => storyId === id || articleIds.some((articleId) => ids.has(articleId)),
  )
  if (records.length === 0) return null
  return {
    sinceMs: Math.max(...records.map(({ toldAtMs }) => toldAtMs)),
    articleIds: new Set(records.flatMap(({ articleIds }) => articleIds)),
    sentences: records.flatMap(({ sentences }) => sentences),
  }
}

function chooseUpdate(
  id: string,
  shown: readonly ComposableMember[],
  before: ToldBefore,
  rule: string,
  input: CompositionInput,
): Candidate | string {
  const fresh = shown.filter(({ article }) => !before.articleIds.has(article.id))
  const since = 'told before'
  if (fresh.length === 0) return `${since}; no article has come since`
  const known = new Set(
    shown.filter((member) => !fresh.includes(member)).map(({ article }) => article.publisher),
  )
  const story = { id, members: fresh }
  const summary = summarize(story, newVoices(fresh, before), before.sentences, input)
  if (summary.sentences.length === 0)
    return `${since}; ${plural(fresh.length, 'article')} since then say nothing new`
  const publishers = new Set(fresh.map(({ article }) => article.publisher))
  const update = {
    sinceMs: before.sinceMs,
    articles: fresh.length,
    publishers: [...publishers].filter((publisher) => !known.has(publisher)).length,
    inAll: countMembers(shown),
  }
  return { story, rule, update, toldSentences: before.sentences, summary }
}

/** A copy of what was told says nothing new, however few of its sentences were shown. */
function newVoices(fresh: readonly ComposableMember[], { articleIds }: ToldBefore): ComposableMember[] {
  return fresh.filter(({ copyOf }) => copyOf === null || !articleIds.has(copyOf))
}

function summarize(
  story: StoryToTell,
  members: readonly StoryMember[],
  told: readonly string[],
  { subscription, summarize: make = summarizeStory }: CompositionInput,
): Summary {
  const copies = new Map<string, string>()
  for (const { article, copyOf } of story.members) if (copyOf !== null) copies.set(article.id, copyOf)
  const articles = members.map(({ article }) => article)
  // An update needs to know whether there is anything new, even where only headlines are shown.
  const sentences = told.length > 0 ? Math.max(1, subscription.maxSentences) : subscription.maxSentences
  const summary = make(articles, { sentences, copies, lang: subscription.lang, told })
  const said = new Set(told)
  return { ...summary, sentences: summary.sentences.filter(({ text }) => !said.has(text)) }
}

function tellAffair(
  { head, related }: Affair,
  candidates: ReadonlyMap<string, Candidate>,
  input: CompositionInput,
): StoryWithSummary {
  const { maxSentences } = input.subscription
  return {
    ...tellStory(head, maxSentences, candidates, input),
    related: related.map((story) =>
      tellStory(story, Math.min(maxSentences, RELATED_SENTENCES), candidates, input),
    ),
  }
}

function tellStory(
  ranked: RankedStory,
  maxSentences: number,
  candidates: ReadonlyMap<string, Candidate>,
  input: CompositionInput,
): StoryWithSummary {
  const { story } = ranked
  const candidate = candidates.get(story.id)
  const made = candidate?.summary ?? summarize(story, story.members, candidate?.toldSentences ?? [], input)
  const summary = { ...made, sentences: made.sentences.slice(0, maxSentences) }
  const update = candidate?.update ?? null
  const told = { ...ranked, story: { id: story.id, members: plain(story.members) } }
  if (update === null) return { ranked: told, summary }
  return { ranked: told, summary, update: { ...update, sentences: made.sentences.length } }
}

function toldVerdicts(
  entry: DigestEntry,
  place: number,
  candidates: ReadonlyMap<string, Candidate>,
): StoryVerdict[] {
  const verdict = (one: DigestEntry, kind: 'told' | 'related'): StoryVerdict => ({
    storyId: one.storyId,
    headline: one.headline,
    kind,
    place,
    rule: candidates.get(one.storyId)?.rule ?? null,
    why: kind === 'told' ? one.why : `of the same affair as "${entry.headline}"; ${one.why}`,
  })
  return [verdict(entry, 'told'), ...(entry.related ?? []).map((one) => verdict(one, 'related'))]
}

function noRoom(
  affairs: readonly Affair[],
  maxStories: number,
  candidates: ReadonlyMap<string, Candidate>,
): StoryVerdict[] {
  const verdicts: StoryVerdict[] = []
  for (const [at, { head, related, left, lowered }] of affairs.entries()) {
    const isTold = at < maxStories
    const place = `place ${at + 1} of ${affairs.length}; the digest has room for ${maxStories}`
    const full = lowered === null ? place : `${place}; ${lowered}`
    for (const { story } of isTold ? left : [head, ...related, ...left]) {
      const why = isTold ? `its affair ("${headlineOf(head.story)}") is told by three stories already` : full
      verdicts.push(missing(story.id, headlineOf(story), candidates.get(story.id)?.rule ?? null, why))
    }
  }
  return verdicts
}

function missing(storyId: string, headline: string, rule: string | null, why: string): StoryVerdict {
  return { storyId, headline, kind: 'left-out', place: null, rule, why }
}

/** The title of its first article: for stories that are not told nothing better is worth its time. */
function headlineOf({ members }: StoryToTell): string {
  return members.find(({ article }) => article.title !== '')?.article.title ?? 'Story without a title'
}

function remember({ storyId, members, sentences }: DigestEntry, toldAtMs: number): ToldStory {
  return {
    storyId,
    toldAtMs,
    articleIds: members.map(({ article }) => article.id),
    sentences: sentences.map(({ text }) => text),
  }
}

function skipReason(toTell: number, inWindow: number, { skipBelow }: Subscription): string | null {
  if (toTell === 0) {
    return inWindow === 0
      ? 'no story came in the window'
      : `none of ${plural(inWindow, 'story', 'stories')} of the window is to be told`
  }
  if (toTell >= skipBelow) return null
  return `${plural(toTell, 'story', 'stories')} to tell, the digest wants at least ${skipBelow}`
}

/** A digest keeps of its members what a digest shows. */
function plain(members: readonly StoryMember[]): StoryMember[] {
  return members.map(({ article, copyOf, copyKind, why }) => ({ article, copyOf, copyKind, why }))
}
