import type { ChannelPlaces } from './channel-places.ts'
import type { DiscordRest } from './discord-rest.ts'
import { listAt, numberAt, textAt } from './json-value.ts'

/** What is known of an archived thread. */
export interface ArchivedThread {
  readonly type: number
  readonly guildId: string
}

/** What a look gave: the thread, that there is no such, or that it cannot be told from here. */
export type ArchivedLook = ArchivedThread | 'absent' | 'unclear'

/** Channels whose archives are listed to find one thread; a bot of more servers asks for the thread itself. Range 20-500. */
const MAX_PARENTS = 200

/** Pages of 100 threads of one channel. */
const MAX_PAGES = 3

/** How long the lists hold, ms. */
const HOLD_MS = 600_000

/**
 * Finds archived threads, which the gateway does not tell of. A channel that no server of ours has would be a refused request, and
 * Discord shuts out who makes many of those; lists of what is there are never refused.
 */
export class ArchivedThreads {
  readonly #rest: Pick<DiscordRest, 'request'>
  readonly #places: ChannelPlaces
  #lists: Promise<Lists> | null = null
  #listedAtMs = 0

  constructor(rest: Pick<DiscordRest, 'request'>, places: ChannelPlaces) {
    this.#rest = rest
    this.#places = places
  }

  /** Looks a thread up in all archives that we may read. */
  async find(threadId: string, signal: AbortSignal): Promise<ArchivedLook> {
    const parents = this.#places.threadParents()
    if (parents === null || parents.length > MAX_PARENTS) return 'unclear'
    if (this.#lists === null || performance.now() - this.#listedAtMs > HOLD_MS) {
      this.#listedAtMs = performance.now()
      this.#lists = this.#list(parents, signal)
    }
    const { threads, isWhole } = await this.#lists
    if (!isWhole) this.#lists = null
    return threads.get(threadId) ?? (isWhole ? 'absent' : 'unclear')
  }

  async #list(parents: readonly string[], signal: AbortSignal): Promise<Lists> {
    const threads = new Map<string, ArchivedThread>()
    const whole = await Promise.all(parents.map((parent) => this.#listOne(parent, threads, signal)))
    return { threads, isWhole: whole.every(Boolean) }
  }

  async #listOne(parent: string, threads: Map<string, ArchivedThread>, signal: AbortSignal) {
    let before = ''
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await this.#rest.request({
        method: 'GET',
        path: `/channels/${parent}/threads/archived/public?limit=100${before}`,
        bucket: `GET archived threads ${parent}`,
        signal,
      })
      if (answer.kind !== 'answered' || answer.status !== 200) return false
      const found = listAt(answer.body, 'threads')
      for (const one of found) {
        threads.set(textAt(one, 'id'), {
          type: numberAt(one, 'type') ?? 0,
          guildId: textAt(one, 'guild_id'),
        })
      }
      if (found.length < 100) return true
      before = `&before=${encodeURIComponent(textAt(found.at(-1), 'thread_metadata', 'archive_timestamp'))}`
    }
    return false
  }
}

interface Lists {
  readonly threads: ReadonlyMap<string, ArchivedThread>
  /** Every archive was read to its end. */
  readonly isWhole: boolean
}
