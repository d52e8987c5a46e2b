import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openLoopbackServer } from '../support/loopback-server.ts'
import { runTidings } from '../support/run-tidings.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const FEED = `<rss version="2.0"><channel><title>Quay</title><link>https://quay.example</link>
<item><guid>1</guid><title>Ferry runs aground</title><link>https://quay.example/1</link></item></channel></rss>`

let folder = ''
beforeEach(() => {
  folder = scratchFolder()
})
const init = (...args: string[]) => runTidings(['init', ...args], { cwd: folder })
const settings = () => readFileSync(join(folder, 'tidings.yaml'), 'utf8')

describe('tidings init', () => {
  it('writes settings that check takes, and sends a test', async () => {
    const server = await openLoopbackServer((_request, response) => response.end(FEED))
    const url = `${server.origin}/rss`
    const allow = ['--allow', '127.0.0.1/32', '--timezone', 'Europe/Berlin']
    const run = await init('--feed', url, '--console', '--file', 'out', ...allow)
    await server.close()
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toContain('Wrote "tidings.yaml": 1 feed, 2 destinations')
    expect(run.out).toContain('Sent a test to file "out"')
    expect(readdirSync(join(folder, 'out'))).toHaveLength(1)
    const check = await runTidings(['check'], { cwd: folder })
    expect(check).toMatchObject({ code: 0, out: 'Settings are in order: 1 feed, 1 digest\n' })
  })

  it('writes nothing where something is wrong', async () => {
    const run = await init('--feed', 'https://quay.example/rss', '--discord', 'general', '--no-online')
    expect(run).toMatchObject({ code: 2, out: '' })
    expect(run.err).toContain('is not a Discord channel id')
    expect(existsSync(join(folder, 'tidings.yaml'))).toBe(false)
  })

  it('does not replace a file unless told to', async () => {
    writeFileSync(join(folder, 'tidings.yaml'), 'feeds: []\n')
    const run = await init('--topic', 'world', '--console', '--no-online')
    expect(run).toMatchObject({ code: 1, out: '' })
    expect(run.err).toBe('Cannot write "tidings.yaml": it is there already; --force replaces it\n')
    expect(settings()).toBe('feeds: []\n')
    expect(await init('--topic', 'world', '--console', '--no-online', '--force')).toMatchObject({ code: 0 })
    expect(settings()).toContain('feeds:\n  - { url:')
  })

  it('says how to go on without a terminal', async () => {
    const run = await init()
    expect(run.code).toBe(2)
    expect(run.err).toContain('there is no terminal to ask on')
  })

  it('tells a chat platform without a token after everything is written', async () => {
    const run = await init('--topic', 'science', '--slack', 'C0123456789', '--no-online')
    expect(run.code).toBe(0)
    const again = await init('--feed', 'http://127.0.0.1:9/rss', '--slack', 'C0123456789', '--force')
    expect(again.code).toBe(1)
    expect(again.err).toContain('Cannot send a test to slack: its token is missing')
    expect(statSync(join(folder, 'tidings.yaml')).size).toBeGreaterThan(100)
  })
})
