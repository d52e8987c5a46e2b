import type { DigestSettings } from './app/digest-settings.ts'
import type { FileDigest, FileWishes } from './app/sync-settings.ts'
import type { Settings } from './config/settings.ts'
import { cronOfTimes } from './core/schedule/next-run.ts'
import { DEFAULT_SUBSCRIPTION } from './core/subscription/subscription.ts'

/** What the settings file wants, in the words of the app. */
export function wishesOf({ feeds, digests }: Settings): FileWishes {
  return {
    feeds: feeds.map(({ url, name, tags }) => ({ url, name: name ?? null, tags })),
    digests: digests.flatMap((digest) => {
      const settings = settingsOf(digest)
      return digest.to.map((to): FileDigest => ({ name: digest.name, ...placeOf(to), settings }))
    }),
  }
}

function settingsOf(digest: Settings['digests'][number]): Omit<DigestSettings, 'setBy'> {
  return {
    subscription: {
      ...DEFAULT_SUBSCRIPTION,
      topics: digest.topics,
      maxStories: digest.stories,
      maxSentences: digest.sentences,
      skipBelow: digest.skip_below,
      overflow: digest.overflow,
      pictures: digest.pictures,
    },
    cron: digest.cron === undefined ? cronOfTimes(digest.at ?? []) : [digest.cron],
    timeZone: digest.timezone,
    quiet: digest.quiet ?? null,
  }
}

function placeOf(to: Settings['digests'][number]['to'][number]): Pick<FileDigest, 'platform' | 'address'> {
  const [place] = Object.entries(to)
  const [platform, address] = place ?? ['', '']
  return { platform, address: typeof address === 'string' ? address : platform }
}
