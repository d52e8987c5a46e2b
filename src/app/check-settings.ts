import { compileSubscription } from '../core/subscription/compile-subscription.ts'
import { tryFeed } from './commands/try-feed.ts'
import { inLanes } from './in-lanes.ts'
import type { FeedSource } from './ports/feed-source.ts'
import type { FileFeed, FileWishes } from './sync-settings.ts'

/** What each platform needs before anything can be sent there: all names of one of the lists. */
const NEEDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  discord: [['DISCORD_TOKEN']],
  slack: [
    ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'],
    ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'SLACK_SIGNING_SECRET'],
  ],
}

/** Problems of settings that have the right shape: rules that cannot be read, things named twice, tokens that are missing. */
export function checkWishes({ feeds, digests }: FileWishes, hasSecret: (name: string) => boolean): string[] {
  const problems = [
    ...twice(feeds.map(({ url }) => url)).map((url) => `Feed "${url}" is named twice`),
    ...twice(digests.map(({ name, platform, address }) => `${name}" for ${platform} "${address}`)).map(
      (one) => `Digest "${one}" is named twice`,
    ),
  ]
  for (const { name, settings } of digests) {
    const { problems: unreadable } = compileSubscription(settings.subscription)
    problems.push(...unreadable.map((problem) => `Digest "${name}": ${problem}`))
  }
  for (const platform of new Set(digests.map((digest) => digest.platform))) {
    const ways = NEEDS[platform]
    if (ways === undefined || ways.some((names) => names.every(hasSecret))) continue
    const words = ways.map((names) => names.join(' and ')).join(', or ')
    problems.push(`Platform "${platform}" gets digests, but the environment has no ${words}`)
  }
  return [...new Set(problems)]
}

function twice(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, at) => words.indexOf(word) < at))]
}

/** Feeds read side by side. */
const FEEDS_AT_ONCE = 16

/** Longest read of one feed, ms. */
const MAX_FEED_MS = 60_000

/** Reads every feed once; what is wrong with each. */
export async function checkFeeds(feeds: readonly FileFeed[], web: FeedSource): Promise<string[]> {
  const problems = await feedProblems(feeds, web)
  return feeds.flatMap(({ url }) => problems.get(url) ?? [])
}

/** Reads every feed once; what is wrong, by the address of the feed. */
export async function feedProblems(
  feeds: readonly { readonly url: string }[],
  web: FeedSource,
): Promise<ReadonlyMap<string, string>> {
  const problems = new Map<string, string>()
  const lanes = { laneOf: ({ url }: { readonly url: string }) => url, maxLanes: FEEDS_AT_ONCE, maxPerLane: 1 }
  await inLanes(feeds, lanes, async ({ url }) => {
    const tried = await tryFeed({ web }, url, AbortSignal.timeout(MAX_FEED_MS))
    if (tried.kind === 'problem') problems.set(url, tried.problem)
    if (tried.kind === 'page')
      problems.set(
        url,
        `Cannot read feed "${url}": it is a page; its feed may be "${tried.links[0]?.url ?? ''}"`,
      )
  })
  return problems
}
