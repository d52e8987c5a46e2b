/** Says when a minute begins. */
export interface Ticker {
  /** Calls `onTick` at the beginning of every minute, UTC; after a pause of the machine once, at its end. */
  start(onTick: () => void): void
  /** No more ticks. */
  stop(): void
}
