import type { Readable, Writable } from 'node:stream'
import type { Ticker } from './app/ports/ticker.ts'
import type { WorkQueue } from './app/ports/work-queue.ts'
import type { Terminal } from './cli/terminal.ts'

/** The process as the house sees it: everything that `main` alone may touch, handed in. */
export interface Street {
  /** Arguments without node and script. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  readonly stdin: Readable
  readonly stdout: Writable
  readonly nowMs: () => number
  /** Begins to listen to the signals of the system; before that they end the process as usual. */
  readonly listen: () => LifeSignals
  /** In place of the minutes of the clock. */
  readonly serviceTime?: ServiceTime
}

/** What the system says to a service. */
export interface LifeSignals {
  /** End in good order. */
  readonly stop: AbortSignal
  /** Calls `reload` whenever the settings are to be read again. */
  readonly onReload: (reload: () => void) => void
}

/** Time that is not the clock's: a test says when a minute begins, and nobody waits. */
export interface ServiceTime {
  readonly ticker: Ticker
  /** In place of the database's own. */
  readonly queue?: WorkQueue
  readonly sleep: (ms: number) => Promise<unknown>
}
