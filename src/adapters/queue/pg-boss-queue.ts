import { PgBoss } from 'pg-boss'
import type { Beat, WorkQueue } from '../../app/ports/work-queue.ts'

/** How to use a queue of PostgreSQL. */
export interface PgBossOptions {
  /** `postgres://…`, the database of the store. */
  readonly url: string
  /** Hears of everything that went wrong with the queue; it mends itself with the next minute. */
  readonly onProblem: (problem: string) => void
}

/** Connections of one process, besides those of the store. Range 2-10. */
const MAX_CONNECTIONS = 3

/** How long a request lies before somebody looks, where nobody was woken, s. Range 0.5-30. */
const POLL_S = 2

/** A round that takes longer is held for dead, s; nothing depends on it, as requests only wake. */
const EXPIRE_S = 900

/** How long requests are kept that nobody took, and those that are done, s. */
const KEEP_S = 3_600

/** Time for rounds under way when the process stops, ms. */
const STOP_MS = 8_000

const QUEUE = {
  ...{ policy: 'short', notify: true, retryLimit: 0 },
  ...{ expireInSeconds: EXPIRE_S, retentionSeconds: KEEP_S, deleteAfterSeconds: KEEP_S },
} as const

/**
 * Requests for rounds on the PostgreSQL of the store, so that any process may take them. At most one request of a beat waits.
 *
 * @throws where PostgreSQL cannot be reached
 */
export async function openPgBossQueue({ url, onProblem }: PgBossOptions): Promise<WorkQueue> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'tidings queue',
    schema: 'tidings_queue',
    max: MAX_CONNECTIONS,
    schedule: false,
    useListenNotify: true,
  })
  boss.on('error', ({ message }) => {
    onProblem(message)
  })
  await boss.start()
  const made = new Map<Beat, Promise<void>>()
  const make = (beat: Beat) => {
    const making = made.get(beat) ?? boss.createQueue(beat, QUEUE)
    made.set(beat, making)
    making.catch(() => made.delete(beat))
    return making
  }
  const served = new Map<Beat, () => Promise<void>>()
  return {
    async ask(beat) {
      try {
        await make(beat)
        await boss.send(beat, {})
      } catch (error) {
        onProblem(error instanceof Error ? error.message : String(error))
      }
    },
    async serve(beat, round) {
      const isServed = served.has(beat)
      served.set(beat, round)
      if (isServed) return
      await make(beat)
      const options = { pollingIntervalSeconds: POLL_S, notifyPollingIntervalSeconds: POLL_S, batchSize: 1 }
      await boss.work(beat, options, async () => served.get(beat)?.())
    },
    close: () => boss.stop({ graceful: true, timeout: STOP_MS }),
  }
}
