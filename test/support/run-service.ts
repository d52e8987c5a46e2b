import { PassThrough } from 'node:stream'
import { inProcessQueue } from '../../src/adapters/queue/in-process-queue.ts'
import type { ExitCode } from '../../src/cli/terminal.ts'
import { runTidings } from '../../src/wire.ts'

/** A service that runs in this process, on a clock that stands until it is moved. */
export interface TestService {
  /** What was printed, and the lines of the log. */
  readonly out: () => string
  readonly log: () => Record<string, unknown>[]
  /** Moves the clock, lets a minute begin, and waits until nothing is left to do. */
  minuteAt(time: string): Promise<void>
  reload(): Promise<void>
  /** Stops it in good order; gives its exit code. */
  stop(): Promise<number>
}

/** Starts `tidings run` on a settings file, at a time of day. */
export async function startService(config: string, time: string): Promise<TestService> {
  let clockMs = Date.parse(time)
  let out = ''
  let err = ''
  let worst: ExitCode = 0
  let onTick = (): void => undefined
  let onReload = (): void => undefined
  const stop = new AbortController()
  const queue = inProcessQueue()
  const ended = runTidings({
    args: ['run', '--config', config],
    env: {},
    terminal: {
      out: (text) => (out += text),
      err: (text) => (err += text),
      ...{ columns: 80, color: false, progressTo: null },
      finish: (code) => (worst = code),
    },
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    // A moment passes with every look at it.
    nowMs: () => (clockMs += 1),
    listen: () => ({ stop: stop.signal, onReload: (reload) => (onReload = reload) }),
    serviceTime: {
      ticker: { start: (tick) => (onTick = tick), stop: () => undefined },
      queue,
      sleep: () => Promise.resolve(),
    },
  })
  const log = () =>
    err
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  const rest = async () => {
    for (let calm = 0; calm < 20; calm += 1) {
      await queue.idle()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const until = async (isThere: () => boolean) => {
    const isOver = ended.then(() => true)
    while (!isThere()) {
      const turn = new Promise<false>((resolve) =>
        setImmediate(() => {
          resolve(false)
        }),
      )
      if (await Promise.race([isOver, turn])) return
    }
    await rest()
  }
  await until(() => err.includes('"started"'))
  return {
    out: () => out,
    log,
    async minuteAt(next) {
      clockMs = Date.parse(next)
      onTick()
      await rest()
    },
    async reload() {
      const before = log().length
      onReload()
      await until(() =>
        log()
          .slice(before)
          .some(({ what }) => String(what).startsWith('reload')),
      )
    },
    async stop() {
      stop.abort()
      const code = await ended
      return Math.max(code, worst)
    },
  }
}
