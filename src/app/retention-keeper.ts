import type { ArticleStore } from './ports/article-store.ts'

/** What keeping to the retention needs. */
export interface RetentionPorts {
  readonly articles: Pick<ArticleStore, 'dropBodiesBefore'>
  readonly nowMs: () => number
}

const DAY_MS = 24 * 60 * 60_000

/** Drops the texts of old articles once a day. Stories, titles, counts and quotes in digests stay. */
export class RetentionKeeper {
  readonly #ports: RetentionPorts
  #keptAtMs: number | null = null

  constructor(ports: RetentionPorts) {
    this.#ports = ports
  }

  /**
   * Drops what is older than `bodiesDays` days where the last time is a day ago or more; the answer is how many texts. A
   * round that was stopped, or failed, comes again with the next call.
   */
  async keep(bodiesDays: number, stop: AbortSignal): Promise<number> {
    const { articles, nowMs } = this.#ports
    const atMs = nowMs()
    if (this.#keptAtMs !== null && atMs - this.#keptAtMs < DAY_MS) return 0
    const dropped = await articles.dropBodiesBefore(atMs - bodiesDays * DAY_MS, stop)
    if (!stop.aborted) this.#keptAtMs = atMs
    return dropped
  }
}
