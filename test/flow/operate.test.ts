import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inProcessQueue } from '../../src/adapters/queue/in-process-queue.ts'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { runInProcess } from '../support/in-process.ts'
import { openLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts'
import { shelveStory } from '../support/story-shelf.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const NOON = Date.UTC(2026, 2, 9, 12)
const HOUR = 3_600_000

let server: LoopbackServer
let folder: string
let config: string

beforeAll(async () => {
  server = await openLoopbackServer((request, response) => {
    const item = '<item><title>Ferry aground</title><link>https://harbourpost.example/1</link></item>'
    const rss = `<rss version="2.0"><channel><title>Harbour Post</title>${item}</channel></rss>`
    if (request.url === '/rss') response.setHeader('Content-Type', 'application/rss+xml').end(rss)
    else if (request.url === '/') {
      response.setHeader('Content-Type', 'text/html')
      response.end('<link rel="alternate" type="application/rss+xml" href="/rss"><p>News</p>')
    } else response.writeHead(404).end()
  })
})
afterAll(() => server.close())
beforeEach(() => {
  folder = scratchFolder()
  config = writeConfig('')
})

function writeConfig(more: string): string {
  const path = join(folder, 'tidings.yaml')
  const database = `database: sqlite:${join(folder, 'tidings.db')}\n`
  writeFileSync(path, `${database}fetch: { allow_addresses: ["127.0.0.0/8"] }\n${more}`)
  return path
}

function run(...args: string[]) {
  let clockMs = NOON + HOUR
  return runInProcess([...args, '--config', config], {
    nowMs: () => (clockMs += 1),
    serviceTime: {
      ticker: { start: () => undefined, stop: () => undefined },
      queue: inProcessQueue(),
      sleep: (ms) => Promise.resolve((clockMs += ms)),
    },
  })
}

describe('tidings check', () => {
  it('says when all is in order', async () => {
    config = writeConfig('digests: [{ name: m, to: [{ console: true }], at: ["08:00"] }]\n')
    expect(await run('check')).toEqual({
      ...{ code: 0, err: '' },
      out: 'Settings are in order: 0 feeds, 1 digest\n',
    })
    expect(existsSync(join(folder, 'tidings.db'))).toBe(false)
  })

  it('tells every problem at once', async () => {
    config =
      writeConfig(`feeds: [{ url: "${server.origin}/none" }, { url: "${server.origin}/" }, { url: "${server.origin}/" }]
digests:
  - { name: m, to: [{ discord: "123" }, { slack: C1 }, { file: "${config}/out" }], at: ["08:00"], topics: { include: ["(ferry"] } }
`)
    const { code, err, out } = await run('check', '--online')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err.trim().split('\n')).toEqual([
      `Feed "${server.origin}/" is named twice`,
      expect.stringContaining('Digest "m": Cannot read topic "(ferry"'),
      'Platform "discord" gets digests, but the environment has no DISCORD_TOKEN',
      expect.stringContaining('Platform "slack" gets digests, but the environment has no SLACK_BOT_TOKEN'),
      `Cannot write into folder "${config}/out": it cannot be made or written`,
      expect.stringContaining('status is 404'),
      expect.stringContaining('it is a page'),
      expect.stringContaining('it is a page'),
    ])
  })

  it('tells a cron expression that never comes, with its place', async () => {
    config = writeConfig('digests: [{ name: m, to: [{ console: true }], cron: "0 8 31 2 *" }]\n')
    const { code, err } = await run('check')
    expect(code).toBe(2)
    expect(err).toContain('tidings.yaml:3:')
    expect(err).toContain('"digests.0.cron" cannot be read: "0 8 31 2 *" never comes')
  })
})

describe('tidings feeds', () => {
  it('adds, lists, exports and removes a feed', async () => {
    const url = `${server.origin}/rss`
    expect(await run('feeds', 'add', url, '--tags', 'harbour, sea')).toMatchObject({
      code: 0,
      out: `Added feed "Harbour Post" (${url}): it lists 1 article\n`,
    })
    expect((await run('feeds', 'list')).out).toBe(`${url} · Harbour Post · harbour, sea\n`)
    const { out: opml } = await run('feeds', 'export')
    expect(await run('feeds', 'remove', 'harbour post')).toMatchObject({ code: 0 })
    expect((await run('feeds', 'list')).out).toContain('No feed is stored')
    writeFileSync(join(folder, 'a.opml'), opml)
    expect(await run('feeds', 'import', join(folder, 'a.opml'))).toMatchObject({ out: 'Imported 1 feed\n' })
    expect((await run('feeds', 'list')).out).toContain('harbour, sea')
  })

  it('tests a feed without storing it, and names the feeds of a page', async () => {
    expect((await run('feeds', 'test', `${server.origin}/rss`)).out).toContain('Ferry aground')
    const page = await run('feeds', 'add', server.origin)
    expect(page).toMatchObject({ code: 1 })
    expect(page.out).toContain(`${server.origin}/rss`)
    expect(existsSync(join(folder, 'tidings.db'))).toBe(true)
    expect((await run('feeds', 'list')).out).toContain('No feed is stored')
  })

  it('tells a feed that is not there', async () => {
    expect(await run('feeds', 'remove', 'nothing')).toMatchObject({
      ...{ code: 1, out: '' },
      err: 'Cannot remove feed "nothing": there is none\n',
    })
    expect(await run('feeds', 'import', join(folder, 'no.opml'))).toMatchObject({ code: 1 })
  })
})

describe('tidings preview', () => {
  it('shows the next digest and why each story is in it', async () => {
    config = writeConfig(
      'digests: [{ name: m, to: [{ console: true }], at: ["08:00"], topics: { mute: [tram] } }]\n',
    )
    const store = await openStore(`sqlite:${join(folder, 'tidings.db')}`)
    await shelveStory(store, 8, NOON)
    await shelveStory(store, 33, NOON)
    await store.close()
    const { code, out } = await run('preview', 'm')
    expect(code).toBe(0)
    expect(out).toContain('Digest "m" for console "console", next: 2026-03-10T08:00:00.000Z')
    expect(out).toContain('The ferry of Marholm opened again')
    expect(out).toMatch(
      /The tram of Lissane opens again, part 33: left-out; every article of it is muted by "tram"/,
    )
    const json = JSON.parse((await run('preview', 'm', '--json')).out) as { digest: { stories: unknown[] } }
    expect(json.digest.stories).toHaveLength(1)
  })

  it('tells a digest that is not there', async () => {
    expect(await run('preview', 'x')).toMatchObject({ code: 1 })
  })
})

describe('tidings db', () => {
  it('migrates, tells its status, backs up, restores and copies', async () => {
    expect(await run('db', 'status')).toMatchObject({ code: 1 })
    expect(await run('db', 'migrate')).toMatchObject({ code: 0 })
    expect((await run('db', 'status')).out).toContain('pending: none')
    const backup = join(folder, 'backup.db')
    expect(await run('db', 'backup', backup)).toMatchObject({ code: 0 })
    expect(await run('db', 'backup', backup)).toMatchObject({ code: 1 })
    expect(await run('db', 'restore', backup, '--force')).toMatchObject({ code: 0, err: '' })
    const to = `sqlite:${join(folder, 'copy.db')}`
    const copied = await runInProcess(['db', 'copy', '--from', `sqlite:${backup}`, '--to', to])
    expect(copied).toMatchObject({ code: 0, err: '' })
    expect(copied.out).toContain('All counts are the same')
  })
})

describe('tidings run', () => {
  it('refuses a role of many processes on SQLite', async () => {
    const { code, err } = await run('run', '--role', 'send')
    expect(code).toBe(2)
    expect(err).toContain('SQLite serves one process')
  })
})
