import { setTimeout as delay } from 'node:timers/promises'
import type { RequestMemory } from '../../app/ports/request-memory.ts'
import { RecentIds } from './recent-ids.ts'

/** Longest wait for the common memory, ms: Slack gives a request up after 3 s. */
const MAX_WAIT_MS = 1_000

/** Refuses what came before: to this process by its own memory, to others by the one that all processes share. */
export class SeenRequests {
  readonly #own: RecentIds
  readonly #shared: RequestMemory
  readonly #nowMs: () => number

  constructor(shared: RequestMemory, nowMs: () => number) {
    this.#own = new RecentIds(nowMs)
    this.#shared = shared
    this.#nowMs = nowMs
  }

  /** Never throws. While the common memory is out of reach each process has only its own: nothing can be changed then either. */
  async isNew(id: string): Promise<boolean> {
    if (!this.#own.isNew(id)) return false
    const asked = this.#shared.isNew(`slack ${id}`, this.#nowMs()).catch(() => true)
    return Promise.race([asked, delay(MAX_WAIT_MS, true, { ref: false })])
  }
}
