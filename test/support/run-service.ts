import { readFileSync, writeFileSync } from 'node:fs'
import { inProcessQueue } from '../../src/adapters/queue/in-process-queue.ts'
import { startInProcess } from './in-process.ts'

/** A service that runs in this process, on a clock that stands until it is moved. */
export interface TestService {
  /** What was printed, on stderr with the log, and the lines of the log. */
  readonly out: () => string
  readonly err: () => string
  readonly log: () => Record<string, unknown>[]
  /** Moves the clock, lets a minute begin, and waits until nothing is left to do. */
  minuteAt(time: string): Promise<void>
  reload(): Promise<void>
  /** Stops it in good order; gives its exit code. */
  stop(): Promise<number>
}

/** Starts `tidings run` on a settings file, at a time of day, with these variables of the environment. */
export async function startService(
  config: string,
  time: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  let clockMs = Date.parse(time)
  // Tests run side by side: each has its pages on a port of its own.
  const settings = readFileSync(config, 'utf8')
  if (!/^web:/m.test(settings)) writeFileSync(config, `${settings}\nweb: { port: 0 }\n`)
  let onTick = (): void => undefined
  let onReload = (): void => undefined
  const stop = new AbortController()
  const queue = inProcessQueue()
  const { printed, ended } = startInProcess(['run', '--config', config], {
    env,
    // A moment passes with every look at it.
    nowMs: () => (clockMs += 1),
    listen: () => ({ stop: stop.signal, onReload: (reload) => (onReload = reload) }),
    serviceTime: {
      ticker: { start: (tick) => (onTick = tick), stop: () => undefined },
      queue,
      sleep: (ms) => Promise.resolve((clockMs += ms)),
    },
  })
  const log = () =>
    printed.err
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
  await until(() => printed.err.includes('"started"'))
  return {
    out: () => printed.out,
    err: () => printed.err,
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
      return ended
    },
  }
}
