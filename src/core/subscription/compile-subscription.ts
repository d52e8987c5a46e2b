import type { Subscription } from './subscription.ts'
import { parsePattern, type TextPattern } from './text-pattern.ts'
import { parseTopicQuery, type TopicQuery } from './topic-query.ts'

/** A topic as written and as read. */
export interface CompiledTopic {
  readonly source: string
  readonly query: TopicQuery
}

/** The rules of a subscription, read once and ready for many stories. */
export interface SubscriptionRules {
  readonly feedIds: ReadonlySet<string>
  /** Lower-case. */
  readonly feedTags: ReadonlySet<string>
  readonly include: readonly CompiledTopic[]
  readonly exclude: readonly CompiledTopic[]
  readonly mute: readonly CompiledTopic[]
  readonly onlyPublishers: ReadonlySet<string>
  readonly mutedPublishers: ReadonlySet<string>
  readonly languages: ReadonlySet<string>
  readonly patterns: readonly TextPattern[]
  readonly minPublishers: number
  /** Language of the reader, ISO 639-1, or `null`: topics are met in it as well. */
  readonly lang: string | null
}

/** Rules and one sentence for each that cannot be read; those are left out. */
export interface CompiledSubscription {
  readonly rules: SubscriptionRules
  readonly problems: readonly string[]
}

/** Reads topics and patterns. What cannot be read is a problem, not an exception: the other rules hold. */
export function compileSubscription(subscription: Subscription): CompiledSubscription {
  const problems: string[] = []
  const { feeds, topics, publishers, languages, patterns, minPublishers, lang } = subscription
  return {
    rules: {
      feedIds: new Set(feeds.ids),
      feedTags: new Set(feeds.tags.map((tag) => tag.toLowerCase())),
      include: compileTopics(topics.include, problems),
      exclude: compileTopics(topics.exclude, problems),
      mute: compileTopics(topics.mute, problems),
      onlyPublishers: new Set(publishers.only),
      mutedPublishers: new Set(publishers.muted),
      languages: new Set(languages.map((lang) => lang.toLowerCase())),
      patterns: compilePatterns(patterns, problems),
      minPublishers,
      lang: lang?.toLowerCase() ?? null,
    },
    problems,
  }
}

function compileTopics(sources: readonly string[], problems: string[]): CompiledTopic[] {
  return sources.flatMap((source) => {
    const parsed = parseTopicQuery(source)
    if (parsed.kind === 'query') return [{ source, query: parsed.query }]
    problems.push(`Cannot read topic "${source}": ${parsed.problem} (character ${parsed.at + 1})`)
    return []
  })
}

function compilePatterns(sources: readonly string[], problems: string[]): TextPattern[] {
  return sources.flatMap((source) => {
    const parsed = parsePattern(source)
    if (parsed.kind === 'pattern') return [parsed.pattern]
    problems.push(`Cannot read pattern "${source}": ${parsed.problem}`)
    return []
  })
}
