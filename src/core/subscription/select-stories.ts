import type { Article } from '../feed/article.ts'
import { newsText } from './news-text.ts'
import type { CompiledTopic, SubscriptionRules } from './compile-subscription.ts'
import { indexText, meetsTopic, type IndexedText } from './topic-query.ts'

/** A feed that listed an article, as rules ask for it. */
export interface ListingFeed {
  readonly id: string
  readonly name: string
  readonly tags: readonly string[]
}

/** An article of a story, with the feeds that listed it. */
export interface SelectableArticle {
  readonly article: Article
  readonly feeds: readonly ListingFeed[]
}

/** A story that may be told or not. Its members are what the tenant may see, at least one. */
export interface SelectableStory<M extends SelectableArticle = SelectableArticle> {
  readonly id: string
  readonly members: readonly M[]
}

/** What the rules say about one story. */
export type Selection<M extends SelectableArticle = SelectableArticle> =
  | {
      readonly kind: 'in'
      readonly storyId: string
      /** Members that may be shown: without muted publishers and articles. At least one. */
      readonly shown: readonly M[]
      /** Which rules let it in, as plain words. */
      readonly rule: string
    }
  | {
      readonly kind: 'out'
      readonly storyId: string
      /** Which rule keeps it out, as plain words. */
      readonly why: string
    }

/**
 * Which stories a subscription lets in and by which rule, and for the others which rule keeps them out.
 *
 * Muted publishers and articles are taken away first: nothing of them is shown, counted or asked. Then each rule is asked of what is
 * left; the first that says no is the reason. A topic, a pattern, a feed or a language is met where one article meets it. O(words of the
 * stories), and only where there is a topic or a pattern.
 */
export function selectStories<M extends SelectableArticle>(
  stories: readonly SelectableStory<M>[],
  rules: SubscriptionRules,
): Selection<M>[] {
  return stories.map((story) => selectStory(story, rules))
}

function selectStory<M extends SelectableArticle>(
  { id, members }: SelectableStory<M>,
  rules: SubscriptionRules,
): Selection<M> {
  const out = (why: string): Selection<M> => ({ kind: 'out', storyId: id, why })
  const heard = without(members, rules.mutedPublishers.size, ({ article }) =>
    rules.mutedPublishers.has(article.publisher),
  )
  if (heard.length === 0) return out(`only muted publishers tell it: ${publisherNames(members)}`)
  const shown = without(
    heard,
    rules.mute.length,
    (member) => firstMet(rules.mute, member, rules) !== undefined,
  )
  const [first] = heard
  if (shown.length === 0 && first !== undefined) {
    return out(`every article of it is muted by "${firstMet(rules.mute, first, rules) ?? ''}"`)
  }
  const lets: string[] = []
  for (const ask of QUESTIONS) {
    const answer = ask(shown, rules)
    if (answer === null) continue
    if (!answer.met) return out(answer.words)
    lets.push(answer.words)
  }
  const rule = lets.length === 0 ? 'every story is taken' : lets.join('; ')
  return { kind: 'in', storyId: id, shown, rule }
}

/** The list itself where nothing can be taken away: what is remembered of it holds for all digests. */
function without<M>(members: readonly M[], rules: number, isOut: (member: M) => boolean): readonly M[] {
  return rules === 0 || !members.some(isOut) ? members : members.filter((member) => !isOut(member))
}

/** What one rule says; `null` where the subscription has no such rule. */
type Answer = { readonly met: boolean; readonly words: string } | null
type Question = (shown: readonly SelectableArticle[], rules: SubscriptionRules) => Answer

/** The rules in the order in which they are asked: cheap ones first. */
const QUESTIONS: readonly Question[] = [
  askPublisherCount,
  askFeeds,
  askLanguages,
  askPublishers,
  askExclude,
  askInclude,
  askPatterns,
]

function askPublisherCount(
  shown: readonly SelectableArticle[],
  { minPublishers }: SubscriptionRules,
): Answer {
  if (minPublishers <= 1) return null
  const count = new Set(shown.map(({ article }) => article.publisher)).size
  if (count >= minPublishers) return { met: true, words: `${count} publishers tell it` }
  const told = count === 1 ? '1 publisher tells it' : `${count} publishers tell it`
  return { met: false, words: `${told}, the digest wants ${minPublishers}` }
}

function askFeeds(shown: readonly SelectableArticle[], { feedIds, feedTags }: SubscriptionRules): Answer {
  if (feedIds.size + feedTags.size === 0) return null
  for (const { feeds } of shown) {
    for (const { id, name, tags } of feeds) {
      if (feedIds.has(id)) return { met: true, words: `feed "${name}"` }
      const tag = tags.find((one) => feedTags.has(one.toLowerCase()))
      if (tag !== undefined) return { met: true, words: `feed "${name}" has the tag "${tag}"` }
    }
  }
  return { met: false, words: 'no article of it comes from a feed of the digest' }
}

function askLanguages(shown: readonly SelectableArticle[], { languages }: SubscriptionRules): Answer {
  if (languages.size === 0) return null
  const found = [...new Set(shown.map(({ article }) => article.lang ?? 'unknown'))]
  const met = found.find((lang) => languages.has(lang))
  if (met !== undefined) return { met: true, words: `language "${met}"` }
  return {
    met: false,
    words: `its language is ${found.join(', ')}, the digest wants ${[...languages].join(', ')}`,
  }
}

function askPublishers(shown: readonly SelectableArticle[], { onlyPublishers }: SubscriptionRules): Answer {
  if (onlyPublishers.size === 0) return null
  const met = shown.find(({ article }) => onlyPublishers.has(article.publisher))
  if (met !== undefined) return { met: true, words: `publisher "${met.article.publisher}"` }
  return { met: false, words: `no publisher that the digest wants tells it (${publisherNames(shown)} do)` }
}

function askExclude(shown: readonly SelectableArticle[], { exclude, lang }: SubscriptionRules): Answer {
  for (const member of shown) {
    const topic = firstMet(exclude, member, { lang })
    if (topic !== undefined)
      return { met: false, words: `topic "${topic}" is excluded; ${named(member)} meets it` }
  }
  return null
}

function askInclude(shown: readonly SelectableArticle[], { include, lang }: SubscriptionRules): Answer {
  if (include.length === 0) return null
  for (const member of shown) {
    const topic = firstMet(include, member, { lang })
    if (topic !== undefined) return { met: true, words: `topic "${topic}" in ${named(member)}` }
  }
  const topics = include.map(({ source }) => `"${source}"`).join(', ')
  return { met: false, words: `no article of it meets a topic of the digest (${topics})` }
}

function askPatterns(shown: readonly SelectableArticle[], { patterns }: SubscriptionRules): Answer {
  if (patterns.length === 0) return null
  for (const { article } of shown) {
    const text = `${article.title}\n${newsText(article)}`
    const met = patterns.find((pattern) => pattern.occursIn(text))
    if (met !== undefined) return { met: true, words: `pattern "${met.source}" in "${article.title}"` }
  }
  return { met: false, words: 'no article of it has a pattern of the digest' }
}

function firstMet(
  topics: readonly CompiledTopic[],
  member: SelectableArticle,
  { lang }: Pick<SubscriptionRules, 'lang'>,
): string | undefined {
  if (topics.length === 0) return undefined
  const text = indexOf(member, lang)
  return topics.find(({ query }) => meetsTopic(query, text))?.source
}

/** Thousands of destinations ask the same articles; words are cut once for each, and each language of readers. */
const indexed = new WeakMap<SelectableArticle, Map<string | null, IndexedText>>()

function indexOf(member: SelectableArticle, reader: string | null): IndexedText {
  const known = indexed.get(member) ?? new Map<string | null, IndexedText>()
  indexed.set(member, known)
  const { article, feeds } = member
  // Most readers read their own language, where there is nothing to add.
  const further = reader === article.lang ? null : reader
  const found = known.get(further)
  if (found !== undefined) return found
  const tags = feeds.flatMap((feed) => feed.tags)
  const text = indexText(`${article.title}\n${newsText(article)}`, article.lang, { tags, reader: further })
  known.set(further, text)
  return text
}

function named({ article }: SelectableArticle): string {
  return article.title === '' ? `article "${article.id}"` : `"${article.title}"`
}

/** Publishers that a reason names; more would bury it. */
const MAX_NAMED = 3

function publisherNames(members: readonly SelectableArticle[]): string {
  const names = [...new Set(members.map(({ article }) => article.outlet || article.publisher || 'unknown'))]
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : ''
  return names.slice(0, MAX_NAMED).join(', ') + more
}
