import type { RowFiles, RowWriter } from '../app/ports/row-files.ts'
import { printProblem, type Terminal } from './terminal.ts'
import { openProgress } from './progress.ts'

/** The files of a batch command; `-` is stdin or stdout. */
export interface BatchFiles {
  readonly in: string
  readonly out: string
}

/** What becomes of one row: an output row, or why there is none. */
export type RowResult =
  { readonly kind: 'row'; readonly row: unknown } | { readonly kind: 'problem'; readonly problem: string }

/** Takes the rows of one run. */
export interface BatchStep {
  /** Decides one row; a row that can only be decided with the others gives `null`. */
  take(value: unknown, line: number): Promise<RowResult | null> | RowResult | null
  /** The rows that waited for the end of the input. */
  end?(): Iterable<unknown>
}

/** Rows decided at once: enough to keep the second core busy, few enough to keep memory flat. */
const MAX_IN_FLIGHT = 4

/**
 * Runs every line of a file through a step and writes the results in order. A bad line is told with its number and
 * skipped; the exit code is then 1, after all the rest is written.
 */
export async function runBatch(
  terminal: Terminal,
  files: RowFiles,
  paths: BatchFiles,
  step: BatchStep,
): Promise<void> {
  const writer = await files.create(paths.out)
  if ('problem' in writer) {
    printProblem(terminal, writer.problem)
    terminal.finish(1)
    return
  }
  const progress = openProgress(terminal, 'rows')
  try {
    await copyRows(terminal, files, paths.in, writer, step, progress.tick)
    for (const row of step.end?.() ?? []) await writer.write(row)
  } finally {
    progress.close()
    await writer.close()
  }
}

async function copyRows(
  terminal: Terminal,
  files: RowFiles,
  path: string,
  writer: RowWriter,
  step: BatchStep,
  tick: () => void,
): Promise<void> {
  const inFlight: { line: number; result: Promise<RowResult | null> | RowResult | null }[] = []
  const settle = async () => {
    const next = inFlight.shift()
    if (next === undefined) return
    const result = await next.result
    tick()
    if (result?.kind === 'row') await writer.write(result.row)
    if (result?.kind === 'problem') tellLine(terminal, path, next.line, result.problem)
  }
  for await (const row of files.read(path)) {
    if (row.kind === 'row') inFlight.push({ line: row.line, result: step.take(row.value, row.line) })
    else if (row.kind === 'bad-line') tellLine(terminal, path, row.line, row.problem)
    else {
      printProblem(terminal, row.problem)
      terminal.finish(1)
    }
    if (inFlight.length >= MAX_IN_FLIGHT) await settle()
  }
  while (inFlight.length > 0) await settle()
}

function tellLine(terminal: Terminal, path: string, line: number, problem: string): void {
  printProblem(terminal, `Cannot read line ${line} of "${path}": ${problem}`)
  terminal.finish(1)
}
