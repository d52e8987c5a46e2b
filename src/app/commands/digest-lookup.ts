import { parseDigestSettings, type DigestSettings } from '../digest-settings.ts'
import type { Asker, CommandReply, Completion } from '../ports/chat.ts'
import type { Destination } from '../ports/publisher.ts'
import type { StoredSubscription } from '../ports/subscription-store.ts'
import type { Ask, ReaderAsk } from './command-family.ts'
import { choice, echo, say } from './reply-words.ts'

/** A digest of the asker's tenant with its settings read. */
export interface KnownDigest {
  readonly stored: StoredSubscription
  readonly settings: DigestSettings
}

/** One digest, or the reply that says why there is not exactly one. */
export type OneDigest =
  ({ readonly kind: 'digest' } & KnownDigest) | { readonly kind: 'reply'; readonly reply: CommandReply }

/**
 * All digests that the asker's managers care for: those of the tenant, by channel and name, then those that the operator's settings file
 * sends to the very channel that the asker is in. None in a direct message.
 */
export async function digestsOf(ask: ReaderAsk): Promise<KnownDigest[]> {
  const { asker, view, ports } = ask
  if (view.tenant === null) return []
  const [own, operators] = await Promise.all([
    ports.subscriptions.subscriptions(view.tenant),
    ports.subscriptions.subscriptions(null),
  ])
  const here = operators.filter(({ destination }) => isHere(destination, asker))
  return [...own, ...here].map((stored) => ({ stored, settings: parseDigestSettings(stored.settings) }))
}

/** Whether a destination is the channel that somebody is in. The platform says where they are, so it is no guess. */
export function isHere(
  { platform, address }: Destination,
  asker: Pick<Asker, 'platform' | 'channel'>,
): boolean {
  return platform === asker.platform && address === asker.channel
}

/** The digest that a name or an id means; without one the only digest of the channel, else of the tenant. */
export async function findOneDigest(ask: Ask, name: string | undefined): Promise<OneDigest> {
  const all = await digestsOf(ask)
  if (all.length === 0) {
    return no('There is no digest yet. Start with /newsroom setup, or make one with /newsroom digest add.')
  }
  const wanted = name?.toLowerCase()
  const named =
    wanted === undefined
      ? all
      : all.filter(({ stored }) => stored.id === name || stored.name.toLowerCase() === wanted)
  const here = named.filter(({ stored }) => stored.destination.address === ask.asker.channel)
  const fitting = here.length > 0 ? here : named
  const [only] = fitting
  if (only === undefined) return no(`There is no digest ${echo(name ?? '')}. There are: ${digestNames(all)}.`)
  if (fitting.length === 1) return { kind: 'digest', ...only }
  return no(`Which digest? Name one of: ${digestNames(fitting)}.`)
}

function no(words: string): OneDigest {
  return { kind: 'reply', reply: say(words) }
}

/** Digests that an answer names. */
const MAX_NAMED = 20

function digestNames(digests: readonly KnownDigest[]): string {
  const names = digests.slice(0, MAX_NAMED).map(({ stored }) => digestLabel(stored))
  return names.join(', ') + (digests.length > MAX_NAMED ? ' and more' : '')
}

/** `"morning" in general`. */
export function digestLabel({ name, destination }: StoredSubscription): string {
  return `"${name}" in ${destination.name || destination.address}`
}

/** Offers of digests for what is typed so far. */
export async function completeDigest(ask: Ask, typed: string): Promise<Completion[]> {
  const wanted = typed.trim().toLowerCase()
  const all = await digestsOf(ask)
  return all
    .filter(({ stored }) => digestLabel(stored).toLowerCase().includes(wanted))
    .flatMap(({ stored }) => choice(digestLabel(stored), stored.id))
}

/** The zone in which times are told here: that of the channel's first digest, else of the tenant's first, else UTC. */
export async function zoneOf(ask: Ask): Promise<string> {
  const all = await digestsOf(ask)
  const here = all.find(({ stored }) => stored.destination.address === ask.asker.channel)
  return (here ?? all[0])?.settings.timeZone ?? 'UTC'
}
