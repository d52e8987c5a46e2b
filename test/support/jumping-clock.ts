/** A clock that runs with this machine and can be put forward: a day passes in the minutes that its work takes. */
export interface JumpingClock {
  readonly nowMs: () => number
  /** Puts the clock forward to `atMs`; never back. */
  jumpTo(atMs: number): void
}

/** A clock that shows `startMs` now. */
export function startJumpingClock(startMs: number): JumpingClock {
  let offsetMs = startMs - performance.now()
  const nowMs = () => Math.floor(performance.now() + offsetMs)
  return {
    nowMs,
    jumpTo: (atMs) => {
      offsetMs += Math.max(0, atMs - nowMs())
    },
  }
}
