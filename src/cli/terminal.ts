import type { Writable } from 'node:stream'

/** 0 done, 1 failed, 2 wrong usage or config. */
export type ExitCode = 0 | 1 | 2

/** Where a command prints. Results go to `out`, progress and problems to `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Width of the terminal behind `out` in columns; 80 where there is none. */
  readonly columns: number
  /** Whether `out` shows colours (a terminal, and NO_COLOR is not set). */
  readonly color: boolean
  /** The terminal behind `err` for a progress bar, or `null` where no person watches. */
  readonly progressTo: Writable | null
  /** Says how the command ended. The worst code said wins. */
  finish(code: ExitCode): void
}

/** Prints one problem as one line. */
export function printProblem(terminal: Terminal, problem: string): void {
  terminal.err(`${problem.replace(/[\p{Cc}]+/gu, ' ')}\n`)
}
