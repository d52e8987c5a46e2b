/** How long an id is kept, ms: Slack repeats events for an hour at most; signed requests are good for five minutes. */
const KEPT_MS = 3_900_000

/** Ids kept; the oldest go first. */
const MAX_IDS = 20_000

/** Remembers what was seen, so that nothing is done twice. */
export class RecentIds {
  readonly #seenAtMs = new Map<string, number>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Whether `id` comes for the first time; it is kept from now on. */
  isNew(id: string): boolean {
    const nowMs = this.#nowMs()
    for (const [oldest, atMs] of this.#seenAtMs) {
      if (atMs > nowMs - KEPT_MS && this.#seenAtMs.size < MAX_IDS) break
      this.#seenAtMs.delete(oldest)
    }
    if (this.#seenAtMs.has(id)) return false
    this.#seenAtMs.set(id, nowMs)
    return true
  }
}
