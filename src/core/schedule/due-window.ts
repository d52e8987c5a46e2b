/** The window of one digest: what was accepted after `fromMs` and not after `toMs`. Windows of one destination touch and never overlap. */
export interface DigestWindow {
  readonly fromMs: number
  readonly toMs: number
  /** Scheduled runs that this window stands for; more than 1 after a pause of the service. */
  readonly folded: number
  /** Whether the limit cut the beginning of the window off. */
  readonly cut: boolean
}

/** What decides a window. */
export interface DueInput {
  /** End of the last window, or when the digest was set up. */
  readonly lastToMs: number
  /** The run that is due. */
  readonly runAtMs: number
  readonly nowMs: number
  /** The run after a given time, of the same schedule; `null` where none comes. */
  readonly runAfter: (afterMs: number) => number | null
  /** Longest window that a catch-up digest may span. */
  readonly maxCatchUpMs: number
}

/** Runs that are counted in a catch-up: past it "many" is all that matters. */
const MAX_FOLDED = 1_000

/**
 * The window that is due, or `null` while its run lies ahead. All runs that were missed fold into one window that ends
 * with the last of them, so nothing between is lost and nothing is told twice; a window longer than the limit begins
 * later instead.
 */
export function dueWindow(input: DueInput): DigestWindow | null {
  const { lastToMs, runAtMs, nowMs, runAfter, maxCatchUpMs } = input
  if (runAtMs > nowMs) return null
  let toMs = runAtMs
  let folded = 1
  for (
    let next = runAfter(toMs);
    next !== null && next <= nowMs && folded < MAX_FOLDED;
    next = runAfter(toMs)
  ) {
    toMs = next
    folded += 1
  }
  if (folded === MAX_FOLDED) toMs = nowMs
  const fromMs = Math.max(lastToMs, toMs - maxCatchUpMs)
  return { fromMs: Math.min(fromMs, toMs), toMs, folded, cut: fromMs > lastToMs }
}
