import type { Outcome } from './outcome-log.ts'
import type { MetricsText } from './service-health.ts'

/** Counts what a process does. Nothing it is told ever throws or waits. */
export interface ServiceMeter {
  /** Hears every line of the log; counts it by its name and level, and reads the figures out of some. */
  outcome(outcome: Outcome): void
  /** An article found its place in a story so long after it was published, ms. */
  placed(delayMs: number): void
  /** An article was told in a digest so long after it was published, ms. */
  told(delayMs: number): void
  /** A page was answered; `page` is its kind. */
  answered(answer: { readonly page: string; readonly status: number; readonly ms: number }): void
  /** All meters, for a scraper. */
  render(): Promise<MetricsText>
}
