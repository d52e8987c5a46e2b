import { setTimeout as delay } from 'node:timers/promises'
import type { RequestMemory } from '../../app/ports/request-memory.ts'

/** Interactions that a process remembers itself; Discord tells one again only with a connection that is resumed. */
const MAX_OWN = 1_000

/** Longest wait for the common memory, ms: Discord drops who has not answered within 3 s. Range 200-1,000. */
const MAX_WAIT_MS = 500

/**
 * Refuses interactions that were told before: to this process, where a connection was resumed, or to another one that holds a connection for
 * the same servers.
 */
export class SeenInteractions {
  readonly #own = new Set<string>()
  readonly #shared: RequestMemory
  readonly #nowMs: () => number

  constructor(shared: RequestMemory, nowMs: () => number) {
    this.#shared = shared
    this.#nowMs = nowMs
  }

  /** Never throws. While the common memory is out of reach each process has only its own, and Discord takes the first answer. */
  async isNew(id: string): Promise<boolean> {
    if (this.#own.has(id)) return false
    this.#own.add(id)
    const [oldest] = this.#own
    if (this.#own.size > MAX_OWN && oldest !== undefined) this.#own.delete(oldest)
    const late = new AbortController()
    const asked = this.#shared.isNew(`discord ${id}`, this.#nowMs()).catch(() => true)
    const waited = delay(MAX_WAIT_MS, true, { signal: late.signal }).catch(() => true)
    const isNew = await Promise.race([asked, waited])
    late.abort()
    return isNew
  }
}
