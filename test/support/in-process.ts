import { PassThrough } from 'node:stream'
import type { ExitCode } from '../../src/cli/terminal.ts'
import type { Street } from '../../src/street.ts'
import { runTidings } from '../../src/wire.ts'
import type { ProgramRun } from './run-tidings.ts'

/** A program that runs in this process: quicker than one of its own, and on any clock. */
export interface InProcess {
  readonly printed: { out: string; err: string }
  /** Its exit code. */
  readonly ended: Promise<number>
}

/** Starts a command line in this process, with an empty environment. */
export function startInProcess(args: readonly string[], more: Partial<Street> = {}): InProcess {
  const printed = { out: '', err: '' }
  let worst: ExitCode = 0
  const ended = runTidings({
    ...{ args, env: {}, stdin: new PassThrough(), stdout: new PassThrough(), nowMs: Date.now },
    terminal: {
      out: (text) => (printed.out += text),
      err: (text) => (printed.err += text),
      ...{ columns: 80, color: false, progressTo: null },
      finish: (code) => {
        if (code > worst) worst = code
      },
    },
    listen: () => ({ stop: new AbortController().signal, onReload: () => undefined }),
    ...more,
  })
  return { printed, ended: ended.then((code) => Math.max(code, worst)) }
}

/** Runs a command line in this process to its end. */
export async function runInProcess(args: readonly string[], more: Partial<Street> = {}): Promise<ProgramRun> {
  const { printed, ended } = startInProcess(args, more)
  const code = await ended
  return { code, ...printed }
}
