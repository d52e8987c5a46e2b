import { createHmac, randomBytes } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'

/** How much one address may ask for. */
export interface WebLimits {
  /** Requests of all kinds, each minute. */
  readonly requestsPerMinute: number
  /** Questions and messages of hubs, each minute: one hub may tell of thousands of feeds. */
  readonly hubMessagesPerMinute: number
  /** Searches, each minute: they cost the database most. */
  readonly searchesPerMinute: number
  /** Wrong or right tries of the operator's token, each quarter of an hour. */
  readonly loginsPerQuarterHour: number
}

/** Generous to a person with many tabs, tight to a script. */
export const DEFAULT_WEB_LIMITS: WebLimits = {
  requestsPerMinute: 240,
  hubMessagesPerMinute: 1_200,
  searchesPerMinute: 40,
  loginsPerQuarterHour: 8,
}

/** What is counted. */
export type Counted = 'request' | 'search' | 'login' | 'hub'

/** Addresses are counted in so many buckets, picked by a keyed hash: memory stays bounded whoever comes. Range 1,024-1,048,576. */
const BUCKETS = 65_536

/** Counts what addresses ask for, in this process. */
export class VisitorLimits {
  readonly #limiters: Readonly<Record<Counted, RateLimiterMemory>>
  readonly #salt = randomBytes(16)

  constructor(limits: WebLimits) {
    this.#limiters = {
      request: new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 }),
      hub: new RateLimiterMemory({ points: limits.hubMessagesPerMinute, duration: 60 }),
      search: new RateLimiterMemory({ points: limits.searchesPerMinute, duration: 60 }),
      login: new RateLimiterMemory({ points: limits.loginsPerQuarterHour, duration: 900 }),
    }
  }

  /** Seconds to wait where the address has had its share, else `null`. */
  async take(counted: Counted, address: string): Promise<number | null> {
    const bucket =
      createHmac('sha256', this.#salt).update(networkOf(address)).digest().readUInt32BE(0) % BUCKETS
    try {
      await this.#limiters[counted].consume(String(bucket))
      return null
    } catch (refused) {
      if (refused instanceof Error) throw refused
      const ms =
        typeof refused === 'object' && refused !== null && 'msBeforeNext' in refused
          ? Number(refused.msBeforeNext)
          : 0
      return Math.max(1, Math.ceil(ms / 1_000))
    }
  }
}

/** An IPv6 network of one customer counts as one address. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const left = head.split(':').filter((part) => part !== '')
  const right = (tail ?? '').split(':').filter((part) => part !== '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}
