import type { DigestEntry, StoryMember } from '../core/digest/digest.ts'
import { updateWords } from '../core/digest/update-words.ts'
import { bearsHeadline } from '../core/story/headline.ts'
import { DEFAULT_SUBSCRIPTION, type Subscription } from '../core/subscription/subscription.ts'
import { summarizeStory } from '../core/summary/summarize-story.ts'
import { printable } from '../core/text/printable.ts'
import { countsWords } from '../core/digest/count-words.ts'
import { button, linked, reply } from './commands/reply-words.ts'
import { NOT_TOLD, unfollowAction } from './commands/news-follow.ts'
import { quoteLine } from './commands/story-card.ts'
import { agoWords } from './commands/time-words.ts'
import { composeForSubscription } from './compose-for-subscription.ts'
import { parseDigestSettings } from './digest-settings.ts'
import { loadWindow, type WindowPorts } from './load-window.ts'
import type { PrivateNote, ReplyBlock } from './ports/chat.ts'
import type { OutcomeLog } from './ports/outcome-log.ts'
import type { ComposableStory } from './ports/story-store.ts'
import type { Follow, SubscriptionStore } from './ports/subscription-store.ts'

const HOUR_MS = 3_600_000

/** Stories of one private message, and sentences of each. */
const MAX_STORIES = 5
const MAX_SENTENCES = 3

/** How far back news are told after a pause of the service; older ones stand in the digests. */
const MAX_BACK_MS = 24 * HOUR_MS

/** A follow without news moves on after this time, so that the window which all share stays short. */
const MOVE_ON_MS = 6 * HOUR_MS

/** How long a person whose private messages are closed is left alone: platforms take repeated tries for spam. */
const CLOSED_REST_MS = 24 * HOUR_MS

/** Follows read at a time. */
const PAGE = 1_000

/** People remembered as closed. */
const MAX_RESTING = 10_000

/** What telling followers needs. */
export interface FollowPorts extends WindowPorts {
  readonly subscriptions: Pick<
    SubscriptionStore,
    'audit' | 'corrections' | 'follows' | 'markFollowTold' | 'subscriptions' | 'tenant'
  >
  readonly tell: (note: PrivateNote) => Promise<'told' | 'closed' | 'failed'>
  /** Whether processes of another bot tell the people of this tenant; by default nobody else does. */
  readonly isElsewhere?: (platform: string, tenant: string) => Promise<boolean>
  readonly nowMs: () => number
  /** Hears of tenants whose round failed. */
  readonly onFailure?: (error: unknown, what: string) => void
}

/** How one round went, in follows. */
export interface FollowReport {
  readonly told: number
  readonly closed: number
  readonly failed: number
  /** Nothing new, or told by another process. */
  readonly quiet: number
}

/** How often people are told what is new in what they follow, ms. */
const EVERY_MS = 5 * 60_000

/** What serving followers needs. */
export interface ServeOptions {
  readonly stop: AbortSignal
  /** Waits, or not any longer once `stop` fires. */
  readonly pause: (ms: number, stop: AbortSignal) => Promise<void>
  readonly log: OutcomeLog
}

/** Tells followers every five minutes until `stop`. A database that is away for a while must not silence them for good. */
export async function serveFollowers(
  teller: Pick<FollowTeller, 'run'>,
  { stop, pause, log }: ServeOptions,
): Promise<void> {
  while (!stop.aborted) {
    try {
      const report = await teller.run(stop)
      const { told, closed, failed } = report
      if (told + closed + failed > 0) log({ level: 'info', what: 'followers-told', facts: { ...report } })
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      log({ level: 'error', what: 'followers-untold', facts: { problem } })
    }
    await pause(EVERY_MS, stop)
  }
}

/** Tells people what is new in what they follow. One for a process: it remembers whose private messages are closed. */
export class FollowTeller {
  readonly #ports: FollowPorts
  readonly #restingUntilMs = new Map<string, number>()

  constructor(ports: FollowPorts) {
    this.#ports = ports
  }

  /**
   * One round over all follows. Each piece of news is told at most once, whichever process tells it: the follow is moved on first, and
   * moved back where the person surely got nothing. A tenant that fails stops no other.
   */
  async run(signal: AbortSignal): Promise<FollowReport> {
    const counts = { told: 0, closed: 0, failed: 0, quiet: 0 }
    for (const [tenant, follows] of Map.groupBy(await this.#allFollows(), (follow) => follow.tenant)) {
      if (signal.aborted) break
      try {
        const { platform = '' } = follows[0] ?? {}
        if ((await this.#ports.isElsewhere?.(platform, tenant)) === true) continue
        await this.#tellTenant(tenant, follows, counts, signal)
      } catch (error) {
        counts.failed += follows.length
        this.#ports.onFailure?.(error, `followers of tenant "${tenant}"`)
      }
    }
    return counts
  }

  async #tellTenant(
    tenant: string,
    follows: readonly Follow[],
    counts: Record<keyof FollowReport, number>,
    signal: AbortSignal,
  ): Promise<void> {
    const round = await this.#openRound(tenant, follows)
    for (const follow of follows) {
      if (signal.aborted) return
      counts[await this.#tellFollow(follow, round)] += 1
    }
  }

  async #allFollows(): Promise<Follow[]> {
    const all: Follow[] = []
    for (;;) {
      const page = await this.#ports.subscriptions.follows(PAGE, all.at(-1) ?? null)
      all.push(...page)
      if (page.length < PAGE) return all
    }
  }

  async #openRound(tenant: string, follows: readonly Follow[]): Promise<Round> {
    const { subscriptions, stories } = this.#ports
    const nowMs = this.#ports.nowMs()
    const oldest = Math.min(...follows.map(({ toldAtMs }) => toldAtMs))
    const window = { fromMs: Math.max(oldest, nowMs - MAX_BACK_MS), toMs: nowMs }
    const view = { tenant }
    const [inWindow, digests, known] = await Promise.all([
      loadWindow(this.#ports, window, view),
      subscriptions.subscriptions(tenant),
      subscriptions.tenant(tenant),
    ])
    const followed = follows.flatMap(({ target }) => (target.kind === 'story' ? [target.storyId] : []))
    const present = new Set(inWindow.map(({ id }) => id))
    const currentIds = new Map<string, string>()
    // A story that was merged goes on under another id.
    for (const id of new Set(followed.filter((one) => !present.has(one)))) {
      const [story] = present.size === 0 ? [] : await stories.storiesById([id], view)
      if (story !== undefined) currentIds.set(id, story.id)
    }
    const zone = digests[0] === undefined ? 'UTC' : parseDigestSettings(digests[0].settings).timeZone
    return { nowMs, stories: inWindow, currentIds, zone, isGone: known?.removedAtMs != null }
  }

  async #tellFollow(follow: Follow, round: Round): Promise<keyof FollowReport> {
    const { subscriptions, tell } = this.#ports
    const { nowMs } = round
    const entries = round.isGone || this.#rests(follow, nowMs) ? [] : newsOf(follow, round)
    if (entries.length === 0) {
      if (!this.#rests(follow, nowMs) && nowMs - follow.toldAtMs > MOVE_ON_MS) {
        await subscriptions.markFollowTold(follow, nowMs)
      }
      return 'quiet'
    }
    if (!(await subscriptions.markFollowTold(follow, nowMs))) return 'quiet'
    const outcome = await tell(noteOf(follow, entries, round))
    if (outcome === 'told') return 'told'
    await subscriptions.markFollowTold({ ...follow, toldAtMs: nowMs }, follow.toldAtMs)
    if (outcome === 'closed') await this.#rest(follow, nowMs)
    return outcome
  }

  #rests(follow: Follow, nowMs: number): boolean {
    return (this.#restingUntilMs.get(personKey(follow)) ?? 0) > nowMs
  }

  /** They find it under `/news following`: a closed message cannot tell it. */
  async #rest(follow: Follow, nowMs: number): Promise<void> {
    const [oldest] = this.#restingUntilMs.keys()
    if (this.#restingUntilMs.size >= MAX_RESTING && oldest !== undefined) this.#restingUntilMs.delete(oldest)
    this.#restingUntilMs.set(personKey(follow), nowMs + CLOSED_REST_MS)
    const { tenant, person, place } = follow
    const details = place === undefined ? {} : { place }
    await this.#ports.subscriptions.audit({ tenant, atMs: nowMs, actor: person, action: NOT_TOLD, details })
  }
}

/** What all follows of one tenant share in a round. */
interface Round {
  readonly nowMs: number
  readonly stories: readonly ComposableStory[]
  readonly currentIds: ReadonlyMap<string, string>
  readonly zone: string
  readonly isGone: boolean
}

function personKey({ platform, person, place = '' }: Follow): string {
  return `${platform} ${person} ${place}`
}

/** What a follow has new, composed as a digest is: told before is what was there when the person was told last. */
function newsOf(follow: Follow, { stories, nowMs, currentIds }: Round): readonly DigestEntry[] {
  const { target, toldAtMs } = follow
  const fromMs = Math.max(toldAtMs, nowMs - MAX_BACK_MS)
  const wanted =
    target.kind === 'words'
      ? stories
      : stories.filter(({ id }) => id === (currentIds.get(target.storyId) ?? target.storyId))
  const fresh = wanted.filter(({ members }) => members.some(({ acceptedAtMs }) => acceptedAtMs > fromMs))
  const subscription: Subscription = {
    ...DEFAULT_SUBSCRIPTION,
    topics: { include: target.kind === 'words' ? [target.words] : [], exclude: [], mute: [] },
    maxStories: MAX_STORIES,
    maxSentences: MAX_SENTENCES,
  }
  const told = fresh.flatMap((story) => knownBefore(story, toldAtMs))
  const { digest, problems } = composeForSubscription({
    subscription,
    stories: fresh,
    fromMs,
    toMs: nowMs,
    told,
  })
  return problems.length > 0 ? [] : digest.entries
}

function knownBefore({ id, members }: ComposableStory, toldAtMs: number) {
  const before = members.filter(({ acceptedAtMs }) => acceptedAtMs <= toldAtMs)
  if (before.length === 0) return []
  const articleIds = before.map(({ article }) => article.id)
  return [{ storyId: id, toldAtMs, articleIds, sentences: sentencesOf(before) }]
}

function sentencesOf(members: readonly StoryMember[]): string[] {
  const { sentences } = summarizeStory(
    members.map(({ article }) => article),
    { form: 'long' },
  )
  return sentences.map(({ text }) => text)
}

function noteOf(follow: Follow, entries: readonly DigestEntry[], { nowMs, zone }: Round): PrivateNote {
  const { tenant, platform, person, target, place } = follow
  const blocks = entries.map((entry) => entryBlock(entry, nowMs, zone))
  const who = place === undefined ? 'You follow' : 'Somebody follows'
  const why = target.kind === 'words' ? `${who} "${target.words}"` : `${who} this story`
  const foot: ReplyBlock = {
    lines: [[{ text: `${why}${place === undefined ? '' : ' in this thread'}.`, quiet: true }]],
    buttons: button('Unfollow', unfollowAction(follow)),
  }
  const fallback = `New: ${entries[0]?.headline ?? ''}`
  const where = place === undefined ? {} : { place }
  return { platform, tenant, person, ...where, reply: reply([...blocks, foot], { fallback }) }
}

function entryBlock(entry: DigestEntry, nowMs: number, zone: string): ReplyBlock {
  const { headline, members, sentences, counts, update, lastAtMs, related = [] } = entry
  const bearer = members.find(({ article }) => bearsHeadline(article.title, headline)) ?? members[0]
  const facts = [countsWords(counts), agoWords(lastAtMs, nowMs)]
  const news = update === undefined ? facts : [updateWords(update, nowMs, zone), ...facts]
  return {
    heading: [linked(printable(headline) || 'Story without a title', bearer?.article.url ?? null, true)],
    lines: [
      ...sentences.map(quoteLine),
      ...related.map((one) => [
        { text: 'Related: ' },
        linked(printable(one.headline), one.members[0]?.article.url ?? null),
      ]),
      [{ text: news.join(' · '), quiet: true }],
    ],
  }
}
