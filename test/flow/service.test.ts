import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts'
import { startService, type TestService } from '../support/run-service.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const STORIES = {
  ferry: [
    'Ferry runs aground off Marholm',
    'A ferry with 212 passengers ran aground off Marholm on Monday morning. Boats from the harbour took everybody ashore within the hour.',
  ],
  court: [
    'Former mayor of Lissane sentenced',
    'The court in Lissane sentenced the former mayor to three years in prison. Prosecutors had asked for five years.',
  ],
  snow: [
    'Snow closes the Brackwater pass',
    'Heavy snow closed the mountain pass above Brackwater on Sunday evening. Ploughs will need two days to open the road.',
  ],
} as const

let folder: string
let server: LoopbackServer
let posts: string[]
let listed: (keyof typeof STORIES)[]
let service: TestService | null

beforeEach(async () => {
  folder = scratchFolder()
  posts = []
  listed = ['ferry']
  service = null
  server = await openLoopbackServer((request, response) => {
    if (request.method === 'POST') {
      void take(request).then(() => response.end())
      return
    }
    if (request.url === '/rss') response.setHeader('Content-Type', 'application/rss+xml').end(feed())
    else response.writeHead(404).end()
  })
})
afterEach(async () => {
  await service?.stop()
  await server.close()
})

async function take(request: IncomingMessage): Promise<void> {
  posts.push(await text(request))
}

function feed(): string {
  const items = listed.map((name) => {
    const [title, body] = STORIES[name]
    return `<item><title>${title}</title><link>https://harbourpost.example/${name}</link><description>${body}</description></item>`
  })
  return `<rss version="2.0"><channel><title>Harbour Post</title>${items.join('')}</channel></rss>`
}

function writeConfig(more = ''): string {
  const path = join(folder, 'tidings.yaml')
  writeFileSync(
    path,
    `database: sqlite:${join(folder, 'tidings.db')}
feeds: [{ url: "${server.origin}/rss", tags: [harbour] }]
fetch: { allow_addresses: ["127.0.0.0/8"] }
digests:
  - name: morning
    to: [{ file: "${join(folder, 'out')}" }, { console: true }, { webhook: "${server.origin}/hook" }]
    at: ["08:00"]
    timezone: Europe/Berlin
${more}`,
  )
  return path
}

const files = () => {
  try {
    return readdirSync(join(folder, 'out')).map((name) => readFileSync(join(folder, 'out', name), 'utf8'))
  } catch {
    return []
  }
}

describe('tidings run', () => {
  it('collects a feed, groups it, and sends its digest at the time of the place to every destination once', async () => {
    service = await startService(writeConfig(), '2026-03-09T05:50:00Z')
    expect(service.log().find(({ what }) => what === 'collected')).toMatchObject({ feeds: 1, added: 1 })
    await service.minuteAt('2026-03-09T06:59:00Z')
    expect(files()).toEqual([])
    await service.minuteAt('2026-03-09T07:00:00Z')
    await service.minuteAt('2026-03-09T07:01:00Z')
    expect(files()).toHaveLength(1)
    expect(files()[0]).toContain('A ferry with 212 passengers ran aground off Marholm on Monday morning.')
    expect(service.out().match(/Ferry runs aground/g)).toHaveLength(1)
    expect(posts).toHaveLength(1)
    expect(JSON.parse(posts[0] ?? '')).toMatchObject({
      name: 'morning',
      to: '2026-03-09T07:00:00.000Z',
      stories: [{ headline: 'Ferry runs aground off Marholm' }],
    })
    expect(await service.stop()).toBe(0)
  })

  it('tells in the next digest only what has come since, also after a restart', async () => {
    const config = writeConfig()
    service = await startService(config, '2026-03-09T05:50:00Z')
    await service.minuteAt('2026-03-09T07:00:00Z')
    await service.stop()
    listed = ['ferry', 'court']
    service = await startService(config, '2026-03-09T12:00:00Z')
    await service.minuteAt('2026-03-10T07:00:00Z')
    expect(posts.map((post) => (JSON.parse(post) as { stories: unknown[] }).stories.length)).toEqual([1, 1])
    expect(posts[1]).toContain('Former mayor of Lissane sentenced')
  })

  it('catches up on missed digests with one', async () => {
    const config = writeConfig()
    service = await startService(config, '2026-03-09T07:50:00Z')
    await service.stop()
    service = await startService(config, '2026-03-12T09:30:00Z')
    expect(posts).toHaveLength(1)
    await service.minuteAt('2026-03-12T09:31:00Z')
    expect(posts).toHaveLength(1)
  })

  it('reads its settings again when it is told to, and refuses broken ones', async () => {
    const config = writeConfig()
    service = await startService(config, '2026-03-09T05:50:00Z')
    writeConfig(`  - { name: noon, to: [{ webhook: "${server.origin}/noon" }], at: ["12:00"] }\n`)
    await service.reload()
    expect(service.log().at(-1)).toMatchObject({ what: 'reloaded' })
    writeConfig('colour: blue\n')
    await service.reload()
    expect(service.log().at(-1)).toMatchObject({ what: 'reload-refused' })
    listed = ['ferry', 'snow']
    await service.minuteAt('2026-03-09T11:00:00Z')
    await service.minuteAt('2026-03-09T12:00:00Z')
    expect(posts.map((post) => (JSON.parse(post) as { name: string }).name).sort()).toEqual([
      'morning',
      'noon',
    ])
  })

  it('does not start twice on one SQLite file', async () => {
    const config = writeConfig()
    service = await startService(config, '2026-03-09T05:50:00Z')
    const second = await startService(config, '2026-03-09T05:51:00Z')
    expect(await second.stop()).toBe(1)
  })

  it('goes on after a round that failed', async () => {
    service = await startService(writeConfig(), '2026-03-09T05:50:00Z')
    await server.close()
    await service.minuteAt('2026-03-09T06:30:00Z')
    expect(service.log().find(({ what }) => what === 'feed-trouble')).toMatchObject({ kind: 'failed' })
    await service.minuteAt('2026-03-09T07:00:00Z')
    expect(files()).toHaveLength(1)
    expect(service.log().filter(({ what }) => what === 'part-delayed')).toHaveLength(1)
  })
})
