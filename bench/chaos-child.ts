// A process of bench/chaos.ts: the service on a clock that runs faster, until it is killed or told to stop.
//   node bench/chaos-child.ts CONFIG START_MS START_REAL_MS SPEED
import type { LifeSignals } from '../src/street.ts'
import { runTidings } from '../src/wire.ts'

const [config = '', startMs = '0', startRealMs = '0', speed = '1'] = process.argv.slice(2)
const nowMs = () => Math.floor(Number(startMs) + (Date.now() - Number(startRealMs)) * Number(speed))
const stop = new AbortController()
process.on('SIGTERM', () => {
  stop.abort()
})
const signals: LifeSignals = { stop: stop.signal, onReload: () => undefined }
let timer: NodeJS.Timeout | undefined
process.exitCode = await runTidings({
  args: ['run', '--config', config],
  env: {},
  terminal: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ...{ columns: 80, color: false, progressTo: null },
    finish: (code) => {
      if (code > 0) process.exitCode = code
    },
  },
  stdin: process.stdin,
  stdout: process.stdout,
  nowMs,
  listen: () => signals,
  serviceTime: {
    ticker: {
      start: (tick) => {
        timer = setInterval(tick, 60_000 / Number(speed))
      },
      stop: () => {
        clearInterval(timer)
      },
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / Number(speed))),
  },
})
