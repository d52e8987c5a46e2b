import { setTimeout as delay } from 'node:timers/promises'

/** Between two messages to one channel, ms: Slack takes one a second (docs.slack.dev/apis/web-api/rate-limits). */
const CHANNEL_SPACING_MS = 1_050

/** Between two messages to one workspace, ms: "several hundred a minute" (same page). Range 100-1,000. */
const WORKSPACE_SPACING_MS = 250

/** Places kept in mind; those whose time has passed are forgotten. */
const MAX_PLACES = 5_000

/** Turns to post: places wait for themselves only. */
export class PostPace {
  readonly #nextAtMs = new Map<string, number>()

  /** Waits for a turn in a channel of a workspace; `false` where the signal fired first. */
  async turn(tenant: string | null, channel: string, signal: AbortSignal): Promise<boolean> {
    const nowMs = performance.now()
    const places = [
      { name: `${tenant ?? ''}/${channel}`, spacingMs: CHANNEL_SPACING_MS },
      { name: tenant ?? '', spacingMs: WORKSPACE_SPACING_MS },
    ]
    const atMs = Math.max(nowMs, ...places.map(({ name }) => this.#nextAtMs.get(name) ?? 0))
    if (this.#nextAtMs.size > MAX_PLACES) this.#forgetPast(nowMs)
    for (const { name, spacingMs } of places) this.#nextAtMs.set(name, atMs + spacingMs)
    if (atMs > nowMs) await delay(atMs - nowMs, undefined, { signal }).catch(() => undefined)
    return !signal.aborted
  }

  #forgetPast(nowMs: number): void {
    for (const [name, atMs] of this.#nextAtMs) if (atMs <= nowMs) this.#nextAtMs.delete(name)
  }
}
