import type { Beat, WorkQueue } from '../../app/ports/work-queue.ts'

/** A {@link WorkQueue} of one process, that can also be waited for. */
export interface InProcessQueue extends WorkQueue {
  /** Resolves when no round runs or waits. */
  idle(): Promise<void>
}

interface Lane {
  readonly round: () => Promise<void>
  isAsked: boolean
  running: Promise<void> | null
}

/** Rounds of one process: beats side by side, rounds of one beat after each other. */
export function inProcessQueue(): InProcessQueue {
  const lanes = new Map<Beat, Lane>()
  let isClosed = false
  const work = async (lane: Lane) => {
    // A turn of the event loop first: who asks need not wait.
    await new Promise((resolve) => setImmediate(resolve))
    while (lane.isAsked && !isClosed) {
      lane.isAsked = false
      await lane.round()
    }
    lane.running = null
  }
  const running = () => [...lanes.values()].flatMap((lane) => (lane.running === null ? [] : [lane.running]))
  const idle = async () => {
    for (let now = running(); now.length > 0; now = running()) await Promise.all(now)
  }
  return {
    ask(beat) {
      const lane = lanes.get(beat)
      if (lane !== undefined && !isClosed) {
        lane.isAsked = true
        lane.running ??= work(lane)
      }
      return Promise.resolve()
    },
    serve(beat, round) {
      lanes.set(beat, { round, isAsked: false, running: null })
      return Promise.resolve()
    },
    idle,
    async close() {
      isClosed = true
      await idle()
    },
  }
}
