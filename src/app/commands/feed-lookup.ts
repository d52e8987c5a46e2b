import { parseFeedState } from '../../core/feed/feed-state.ts'
import type { CommandReply, Completion } from '../ports/chat.ts'
import type { StoredFeed } from '../ports/feed-store.ts'
import type { Ask } from './command-family.ts'
import { choice, echo, say } from './reply-words.ts'
import { agoWords } from './time-words.ts'
import { feedUrl } from './try-feed.ts'

/** Feeds that the tenant itself added: the only ones that its managers change. */
export async function ownFeeds({ ports, view }: Ask): Promise<StoredFeed[]> {
  if (view.tenant === null) return []
  return (await ports.feeds.feeds(view)).filter(({ tenant }) => tenant === view.tenant)
}

/** Feeds by id, address or name, any case. */
export function feedsNamed(feeds: readonly StoredFeed[], text: string): StoredFeed[] {
  const wanted = text.trim().toLowerCase()
  const url = feedUrl(text)
  const exact = feeds.filter((feed) => feed.id === text || feed.url === text || feed.url === url)
  return exact.length > 0 ? exact : feeds.filter(({ name }) => name.toLowerCase() === wanted)
}

/** One feed of the tenant's own, or the reply that says why there is not exactly one. */
export async function findOwnFeed(
  ask: Ask,
  text: string,
): Promise<{ kind: 'feed'; feed: StoredFeed } | { kind: 'reply'; reply: CommandReply }> {
  const visible = await ask.ports.feeds.feeds(ask.view)
  const named = feedsNamed(visible, text)
  const [own, second] = named.filter(({ tenant }) => tenant !== null && tenant === ask.view.tenant)
  if (second !== undefined) {
    return { kind: 'reply', reply: say(`Several feeds are called ${echo(text)}: give the address instead.`) }
  }
  if (own !== undefined) return { kind: 'feed', feed: own }
  const words =
    named.length > 0
      ? `Feed ${echo(text)} belongs to the operator of this bot and is there for everybody. /newsroom publishers mute keeps an outlet out.`
      : `There is no feed ${echo(text)} of yours. /newsroom feeds list shows all.`
  return { kind: 'reply', reply: say(words) }
}

/** Offers of the tenant's own feeds. */
export async function completeOwnFeed(ask: Ask, typed: string): Promise<Completion[]> {
  return offer(await ownFeeds(ask), typed)
}

function offer(feeds: readonly StoredFeed[], typed: string): Completion[] {
  const wanted = typed.trim().toLowerCase()
  return feeds
    .filter(({ name, url, tenant }) => `${name} ${tenant === null ? '' : url}`.toLowerCase().includes(wanted))
    .flatMap(({ id, name }) => choice(name, id))
}

/** What is wrong with a feed, for its managers; `null` where all is well. */
export function feedTrouble({ state, nextPollAtMs }: StoredFeed, nowMs: number): string | null {
  const { last, failures, lastGoodAtMs } = parseFeedState(state, nowMs)
  if (last?.problem == null || (failures === 0 && nextPollAtMs !== null)) return null
  const since = lastGoodAtMs === null ? 'has never worked' : `last worked ${agoWords(lastGoodAtMs, nowMs)}`
  const next =
    nextPollAtMs === null ? 'it is not asked any more' : `next try ${agoWords(nextPollAtMs, nowMs)}`
  return `${last.problem}; ${since}, ${next}`
}
