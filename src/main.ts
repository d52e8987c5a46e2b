#!/usr/bin/env node
import type { ExitCode, Terminal } from './cli/terminal.ts'
import type { LifeSignals } from './street.ts'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(`tidings needs Node 24 or later; this is ${process.version} (${process.execPath})\n`)
  process.exit(2)
}

// Stripped types and parsed modules are kept between starts: a command line should answer at once.
const { enableCompileCache } = await import('node:module')
enableCompileCache()

const { runTidings } = await import('./wire.ts')

let worst: ExitCode = 0
const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns : 80,
  color: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
  progressTo: process.stderr.isTTY ? process.stderr : null,
  finish: (code) => {
    if (code > worst) worst = code
  },
}

// `tidings … | head` closes the pipe early; that ends the work and is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

/** An exit in good order waits for threads in the middle of a statement. The first process of a container cannot kill itself: it exits. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL')
  process.exit(1)
}

/** The first SIGTERM or Ctrl-C ends the service in good order, the second at once. */
function listen(): LifeSignals {
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) endAtOnce()
      stop.abort()
    })
  }
  return { stop: stop.signal, onReload: (reload) => process.on('SIGHUP', reload) }
}

const code = await runTidings({
  args: process.argv.slice(2),
  env: process.env,
  terminal,
  stdin: process.stdin,
  stdout: process.stdout,
  nowMs: () => Date.now(),
  listen,
})
process.exitCode = Math.max(code, worst)
