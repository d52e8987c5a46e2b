import { printProblem, type ExitCode, type Terminal } from './terminal.ts'

/** What a command has to say. */
export interface Printed {
  /** Results, without line ends. */
  readonly lines: readonly string[]
  readonly problems: readonly string[]
  readonly code: ExitCode
}

/** Prints results to `out` and problems to `err`. */
export function show(terminal: Terminal, { lines, problems, code }: Printed): void {
  if (lines.length > 0) terminal.out(`${lines.join('\n')}\n`)
  for (const problem of problems) printProblem(terminal, problem)
  terminal.finish(code)
}
