import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFakeDiscord, type FakeDiscord } from '../support/fake-discord-server.ts'
import { startService, type TestService } from '../support/run-service.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const REASON = 'Cannot serve Discord: it does not take the token: check DISCORD_TOKEN'

let discord: FakeDiscord
let service: TestService | null

beforeEach(async () => {
  discord = await openFakeDiscord()
  service = null
})
afterEach(async () => {
  await service?.stop()
  await discord.close()
})

async function startWithBadToken(digests: string): Promise<TestService> {
  const folder = scratchFolder()
  const config = join(folder, 'tidings.yaml')
  writeFileSync(config, `database: sqlite:${join(folder, 'tidings.db')}\n${digests}`)
  const env = { DISCORD_TOKEN: 'bad.token', DISCORD_API_URL: discord.api }
  return (service = await startService(config, '2026-03-09T07:00:00Z', env))
}

async function seen(of: TestService, what: string): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const found = of.log().find((one) => one['what'] === what)
    if (found !== undefined) return found
    await delay(10)
  }
  throw new Error(`"${what}" was not logged`)
}

it('tidings run ends with the reason where Discord is all that it serves and takes the token no more', async () => {
  const running = await startWithBadToken('digests: [{ name: a, to: [{ discord: "5" }], at: ["08:00"] }]\n')
  await seen(running, 'stopped')
  expect(await running.stop()).toBe(2)
  expect(running.err().trim().split('\n').at(-1)).toBe(REASON)
})

it('tidings run goes on for other destinations without Discord, and says that it is not ready', async () => {
  const running = await startWithBadToken('digests: [{ name: a, to: [{ console: true }], at: ["08:00"] }]\n')
  expect(await seen(running, 'server-failed')).toMatchObject({ server: 'discord', problem: REASON })
  const { port } = await seen(running, 'pages-served')
  const answer = await fetch(`http://127.0.0.1:${String(port)}/readyz`)
  expect([answer.status, await answer.text()]).toEqual([
    503,
    'database answers: ok\nschema fits: ok\ndiscord serves: not ok\nnot ready\n',
  ])
  expect(await running.stop()).toBe(0)
})
