import { cutForDiscord, discordMessage } from './adapters/discord/render-digest.ts'
import { cutForSlack, slackMessage } from './adapters/slack/render-digest.ts'
import type { DigestToCut } from './app/ports/publisher.ts'
import type { Digest } from './core/digest/digest.ts'
import { DEFAULT_SUBSCRIPTION } from './core/subscription/subscription.ts'

/** The messages that a platform would get for a digest, in order, as its own API takes them; times are UTC. */
export function previewMessages(digest: Digest, platform: 'discord' | 'slack'): readonly unknown[] {
  const toCut: DigestToCut = {
    ...{ digestId: digest.hash, name: 'Digest', digest, timeZone: 'UTC', publicUrl: null },
    subscription: { ...DEFAULT_SUBSCRIPTION, overflow: 'next-message' },
  }
  return platform === 'discord'
    ? cutForDiscord(toCut).map(({ body }) => discordMessage(body))
    : cutForSlack(toCut).map(({ body }) => slackMessage(body))
}
