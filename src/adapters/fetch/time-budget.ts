/** Time that a fetch may take, spent only while this process listens. */
export interface TimeBudget {
  readonly maxMs: number
  /** Lets time run; `onEnd` is called once when none is left. The answer stops it. */
  start(onEnd: () => void): () => void
}

/** Checks of the time in one budget: the limit is kept to 2 %. */
const STEPS = 50
/** Shortest step between two checks, ms. */
const MIN_STEP_MS = 5

/**
 * A budget of `maxMs` over all its runs.
 *
 * Time in which the process itself was busy, parsing or saving, counts for two steps at most: else a burst of feeds would
 * make servers look dead whose answers wait to be read.
 */
export function createTimeBudget(maxMs: number): TimeBudget {
  const stepMs = Math.max(MIN_STEP_MS, maxMs / STEPS)
  let leftMs = maxMs
  return {
    maxMs,
    start: (onEnd) => {
      let lastMs = performance.now()
      const charge = () => {
        const nowMs = performance.now()
        leftMs -= Math.min(nowMs - lastMs, 2 * stepMs)
        lastMs = nowMs
      }
      const timer = setInterval(() => {
        charge()
        if (leftMs > 0) return
        clearInterval(timer)
        onEnd()
      }, stepMs)
      return () => {
        clearInterval(timer)
        charge()
      }
    },
  }
}
