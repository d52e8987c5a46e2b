import { parseOpml } from '../core/feed/opml.ts'

/** A feed that a first settings file would name. */
export interface SetupFeed {
  readonly url: string
  /** `''`: as the feed calls itself. */
  readonly name: string
  readonly tags: readonly string[]
  /** Somebody named it; the others are offers. */
  readonly isNamed: boolean
}

/** Feeds that are offered together. */
export interface FeedPack {
  readonly topic: string
  readonly lang: string
  readonly feeds: readonly { readonly name: string; readonly url: string }[]
}

/** Where the feeds of a first start come from. */
export interface FeedChoice {
  readonly packs: readonly FeedPack[]
  /** Text of an OPML file, or `null`. */
  readonly opml: string | null
  readonly urls: readonly string[]
}

/** All feeds of a choice, each address once with the tags of every pack that has it; those that somebody named first. */
export function setupFeeds({ packs, opml, urls }: FeedChoice): SetupFeed[] {
  const named = urls.map((url) => ({ url, name: '', tags: [] as readonly string[], isNamed: true }))
  const listed = opml === null ? [] : parseOpml(opml).feeds
  const offered = packs.flatMap(({ topic, feeds }) =>
    feeds.map(({ name, url }) => ({ url, name, tags: [topic], isNamed: false })),
  )
  const feeds = new Map<string, SetupFeed>()
  for (const feed of [
    ...named,
    ...listed.map(({ url, title, tags }) => ({ url, name: title, tags, isNamed: true })),
    ...offered,
  ]) {
    const known = feeds.get(feed.url)
    if (known === undefined) feeds.set(feed.url, feed)
    else feeds.set(feed.url, { ...known, tags: [...new Set([...known.tags, ...feed.tags])] })
  }
  return [...feeds.values()]
}

/** What a first reading of the feeds leaves. */
export interface TriedFeeds {
  readonly feeds: readonly SetupFeed[]
  readonly problems: readonly string[]
}

/**
 * Leaves out the offers that did not answer. What somebody named stays, with its problem told; where nothing at all answered the network is
 * away, and every feed stays.
 */
export function keepAnswering(
  feeds: readonly SetupFeed[],
  problems: ReadonlyMap<string, string>,
): TriedFeeds {
  if (feeds.length > 0 && feeds.every(({ url }) => problems.has(url))) {
    const first = [...problems.values()].slice(0, 1)
    return {
      feeds,
      problems: [...first, 'No feed could be read; all are kept: tidings check --online tries again'],
    }
  }
  const kept = feeds.filter(({ url, isNamed }) => isNamed || !problems.has(url))
  const told = feeds.flatMap(({ url, isNamed }) => {
    const problem = problems.get(url)
    return problem === undefined ? [] : [isNamed ? `${problem}; it is kept` : `${problem}; it is left out`]
  })
  return { feeds: kept, problems: told }
}

/** The packs of some topics in some languages; a topic or language that no pack has is a problem. */
export function packsOf<T extends FeedPack>(
  packs: readonly T[],
  { topics, languages }: { readonly topics: readonly string[]; readonly languages: readonly string[] },
): { readonly packs: readonly T[] } | { readonly problem: string } {
  const has = (field: 'topic' | 'lang') => [...new Set(packs.map((pack) => pack[field]))]
  const noTopic = topics.find((topic) => !has('topic').includes(topic))
  if (noTopic !== undefined)
    return { problem: `topic "${noTopic}" has no feeds; there are ${has('topic').join(', ')}` }
  const noLang = languages.find((lang) => !has('lang').includes(lang))
  if (noLang !== undefined)
    return { problem: `language "${noLang}" has no feeds; there are ${has('lang').join(', ')}` }
  return { packs: packs.filter(({ topic, lang }) => topics.includes(topic) && languages.includes(lang)) }
}
