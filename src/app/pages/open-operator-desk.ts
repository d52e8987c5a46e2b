import { parseFeedState } from '../../core/feed/feed-state.ts'
import { nextRun } from '../../core/schedule/next-run.ts'
import { printable } from '../../core/text/printable.ts'
import { feedTrouble } from '../commands/feed-lookup.ts'
import { outletWords } from '../commands/story-card.ts'
import { scheduleWords } from '../commands/schedule-words.ts'
import { parseDigestSettings, schedulesOf } from '../digest-settings.ts'
import type { StoredFeed } from '../ports/feed-store.ts'
import type {
  CorrectionLine,
  DeliveryLine,
  FeedLine,
  Inspection,
  Listed,
  OperatorDesk,
  OperatorOverview,
  ScheduleLine,
} from '../ports/operator-desk.ts'
import type { OperatorStore, TroubledPart } from '../ports/operator-store.ts'
import type { PageLinkStore } from '../ports/page-link-store.ts'
import type { Correction, StoredSubscription } from '../ports/subscription-store.ts'
import { inspectStory, type InspectPorts } from './inspect-story.ts'
import { actForOperator, freshLink, type ActPorts } from './operator-actions.ts'
import { nameOf, pageEyes, type PagesPorts } from './page-eyes.ts'

/** What the operator's page needs from the street. */
export type OperatorPorts = PagesPorts &
  ActPorts &
  InspectPorts & {
    readonly operator: OperatorStore
    readonly links: PageLinkStore
  }

const DAY_MS = 86_400_000

/** Days of a feed's rhythm that are drawn. */
const DRAWN_DAYS = 14

/** Entries of one page of each list. */
const PAGE_FEEDS = 30
const PAGE_SCHEDULES = 30

/** Feeds that are looked through: more are not sorted by their trouble. */
const MAX_FEEDS = 10_000

/** How far back troubled parts are told, ms, and how many. */
const TROUBLE_BACK_MS = 30 * DAY_MS
const MAX_PARTS = 60

const MAX_CORRECTIONS = 60

/** Titles told of a correction. */
const MAX_TITLES = 4

/** Runs ahead of one digest. */
const COMING_RUNS = 3

/** The operator's page over the store. */
export function openOperatorDesk(ports: OperatorPorts): OperatorDesk {
  return {
    overview: () => overview(ports),
    feeds: (page) => feeds(ports, page),
    deliveries: async () => (await troubledParts(ports)).map(deliveryLine),
    schedules: (page) => schedules(ports, page),
    corrections: () => corrections(ports),
    inspect: (target) => inspect(ports, target),
    act: (action) => actForOperator(ports, action),
  }
}

async function overview(ports: OperatorPorts): Promise<OperatorOverview> {
  const nowMs = ports.nowMs()
  const [queue, counts, all, parts] = await Promise.all([
    ports.operator.queueDepth(nowMs),
    ports.operator.feedCounts(),
    ports.operator.feeds(MAX_FEEDS),
    troubledParts(ports),
  ])
  return {
    ...{ queue, nowMs, feeds: counts.feeds, pausedFeeds: counts.paused },
    failingFeeds: all.filter((feed) => feedTrouble(feed, nowMs) !== null).length,
    troubledParts: parts.length,
    unknownParts: parts.filter(({ state }) => state === 'unknown').length,
  }
}

/** Failing feeds first. */
async function feeds(ports: OperatorPorts, page: number): Promise<Listed<FeedLine>> {
  const nowMs = ports.nowMs()
  const all = (await ports.operator.feeds(MAX_FEEDS)).map((feed) => ({
    feed,
    trouble: feedTrouble(feed, nowMs),
  }))
  all.sort((a, b) => Number(a.trouble === null) - Number(b.trouble === null))
  const shown = all.slice(page * PAGE_FEEDS, (page + 1) * PAGE_FEEDS)
  const today = Math.floor(nowMs / DAY_MS)
  const firstDay = today - DRAWN_DAYS + 1
  const days = await ports.operator.feedDays(
    shown.map(({ feed }) => feed.id),
    firstDay * DAY_MS,
  )
  const byFeed = Map.groupBy(days, ({ feedId }) => feedId)
  const lines = shown.map(({ feed, trouble }) => {
    const counts = new Map((byFeed.get(feed.id) ?? []).map(({ day, articles }) => [day, articles]))
    const drawn = Array.from({ length: DRAWN_DAYS }, (_, i) => counts.get(firstDay + i) ?? 0)
    return feedLine(feed, { trouble, days: drawn, nowMs })
  })
  return { lines, total: all.length, page, more: all.length > (page + 1) * PAGE_FEEDS }
}

function feedLine(
  feed: StoredFeed,
  {
    trouble,
    days,
    nowMs,
  }: { readonly trouble: string | null; readonly days: readonly number[]; readonly nowMs: number },
): FeedLine {
  const { lastGoodAtMs, rhythmMs } = parseFeedState(feed.state, nowMs)
  const { id, name, url, tenant, nextPollAtMs } = feed
  return { id, url, tenant, nextPollAtMs, lastGoodAtMs, rhythmMs, days, trouble, name: printable(name) }
}

function troubledParts(ports: OperatorPorts): Promise<TroubledPart[]> {
  return ports.operator.troubledParts(ports.nowMs() - TROUBLE_BACK_MS, MAX_PARTS)
}

function deliveryLine(one: TroubledPart): DeliveryLine {
  const { digestId, part, attempts, changedAtMs, destination } = one
  return {
    ...{ digestId, part, attempts, changedAtMs, tenant: destination.tenant },
    state: one.state === 'unknown' ? 'unknown' : 'failed',
    place: nameOf(destination),
    problem: printable(one.problem ?? 'no reason is known'),
  }
}

async function schedules(ports: OperatorPorts, page: number): Promise<Listed<ScheduleLine>> {
  const stored = await ports.operator.subscriptions({
    limit: PAGE_SCHEDULES + 1,
    offset: page * PAGE_SCHEDULES,
  })
  const lines = await Promise.all(stored.slice(0, PAGE_SCHEDULES).map((one) => scheduleLine(ports, one)))
  return { lines, total: null, page, more: stored.length > PAGE_SCHEDULES }
}

async function scheduleLine(ports: OperatorPorts, stored: StoredSubscription): Promise<ScheduleLine> {
  const { id, name, destination, paused, nextRunAtMs } = stored
  const settings = parseDigestSettings(stored.settings)
  const runs: number[] = []
  for (
    let at = paused ? null : nextRunAtMs;
    at !== null && runs.length < COMING_RUNS;
    at = nextRun(schedulesOf(settings), at)
  )
    runs.push(at)
  return {
    ...{ id, paused, runs, name: printable(name), destinationId: destination.id },
    ...{ place: nameOf(destination), tenant: destination.tenant },
    ...{ when: scheduleWords(settings.cron), timeZone: settings.timeZone },
    archiveToken: await ports.links.linkOf(destination.id, freshLink(ports)),
  }
}

async function corrections(ports: OperatorPorts): Promise<CorrectionLine[]> {
  const holding = await ports.operator.corrections(MAX_CORRECTIONS)
  const ids = [...new Set(holding.flatMap(({ articleIds }) => articleIds.slice(0, MAX_TITLES)))]
  // Articles of a tenant's own feeds are for its members alone: of those the operator sees that there is one, not what it says.
  const articles = await ports.articles.articles(ids, { tenant: null })
  const titles = new Map(
    articles.map(({ article }) => [article.id, `${outletWords(article)}: ${printable(article.title)}`]),
  )
  return holding.map((correction) => correctionLine(correction, titles))
}

function correctionLine(
  { id, tenant, kind, articleIds, madeBy, madeAtMs }: Correction,
  titles: ReadonlyMap<string, string>,
): CorrectionLine {
  return {
    ...{ id, tenant, madeBy: printable(madeBy), madeAtMs },
    what: kind === 'must-link' ? 'One story' : 'Not one story',
    titles: articleIds
      .slice(0, MAX_TITLES)
      .map((articleId) => titles.get(articleId) ?? 'an article of a feed of its own'),
  }
}

async function inspect(ports: OperatorPorts, target: string): Promise<Inspection> {
  const eyes = await pageEyes(ports, null)
  if (eyes === null) return { kind: 'nothing', words: 'Nothing can be looked up.' }
  const found = await eyes.reader.find(target.slice(0, 300))
  switch (found.kind) {
    case 'none':
      return {
        kind: 'nothing',
        words: 'No story that everybody may see fits. Give its id, or words of one of its articles.',
      }
    case 'several':
      return { kind: 'several', stories: found.stories.map(({ id, headline }) => ({ id, headline })) }
    case 'story':
      return { kind: 'story', story: await inspectStory(ports, found.story, eyes) }
  }
}
