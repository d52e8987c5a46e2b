import { describe, expect, it } from 'vitest'
import { checkAccess } from '../../../src/adapters/discord/check-access.ts'
import type { RestAnswer } from '../../../src/adapters/discord/discord-rest.ts'
import { BOT, CHANNEL, fakeGuild, FORUM, GUILD } from '../../support/fake-discord-server.ts'

const NEVER = new AbortController().signal
const THREAD = '1300000000000000001'

/** Discord with one server in which the bot's own overwrite denies `deny`, and a thread in its text channel. */
function discord(deny: bigint, changes: Readonly<Record<string, RestAnswer>> = {}) {
  const guild = fakeGuild(String(deny)) as { channels: readonly Record<string, unknown>[] }
  const channels = [
    ...guild.channels,
    { id: THREAD, type: 11, name: 'old', guild_id: GUILD, parent_id: CHANNEL },
    { id: '1300000000000000002', type: 2, name: 'voice', guild_id: GUILD, parent_id: null },
  ]
  const answers: Record<string, RestAnswer> = {
    '/users/@me': ok({ id: BOT }),
    [`/guilds/${GUILD}`]: ok({ ...guild, channels: undefined }),
    [`/guilds/${GUILD}/members/${BOT}`]: ok({ roles: [] }),
    ...Object.fromEntries(channels.map((one) => [`/channels/${String(one['id'])}`, ok(one)])),
    ...changes,
  }
  return {
    request: ({ method, path }: { method: string; path: string }) => {
      expect(method).toBe('GET')
      return Promise.resolve(answers[path] ?? failed(404, 10003))
    },
  }
}

function ok(body: unknown): RestAnswer {
  return { kind: 'answered', status: 200, body, isDiscord: true }
}

function failed(status: number, code: number): RestAnswer {
  return { kind: 'answered', status, body: { code, message: 'no' }, isDiscord: true }
}

describe('checkAccess()', () => {
  it('finds nothing where the bot may do all that it needs', async () => {
    expect(await checkAccess(discord(0n), [CHANNEL, FORUM, THREAD], NEVER)).toEqual([])
  })

  it('names each missing right of each channel', async () => {
    const deny = (1n << 11n) | (1n << 35n) | (1n << 38n)
    expect(await checkAccess(discord(deny), [CHANNEL, FORUM, THREAD], NEVER)).toEqual([
      `Cannot send to Discord channel "${CHANNEL}" (#news in Harbour readers) as it should be: allow the bot "Send Messages", "Create Public Threads", "Send Messages in Threads" there`,
      `Cannot send to Discord channel "${FORUM}" (#forum in Harbour readers) as it should be: allow the bot "Create Posts", "Send Messages in Threads" there`,
      `Cannot send to Discord channel "${THREAD}" (#old in Harbour readers) as it should be: allow the bot "Send Messages in Threads" there`,
    ])
  })

  it('says what is wrong with channels that are none', async () => {
    const hidden = { [`/channels/${FORUM}`]: failed(403, 50001) }
    const given = ['1300000000000000009', FORUM, '1300000000000000002']
    expect(await checkAccess(discord(0n, hidden), given, NEVER)).toEqual([
      'Cannot send to Discord channel "1300000000000000009": the channel does not exist any more',
      `Cannot send to Discord channel "${FORUM}": the bot cannot see the channel: allow it "View Channel" there`,
      'Cannot send to Discord channel "1300000000000000002": it takes no digests: choose a text channel, a thread or a forum',
    ])
  })

  it('says first of all that the token is no good, or that Discord cannot be reached', async () => {
    const refused = discord(0n, { '/users/@me': { kind: 'locked-out', problem: 'status is 401' } })
    expect(await checkAccess(refused, [CHANNEL], NEVER)).toEqual([
      'Cannot log in to Discord: it does not take the token: check DISCORD_TOKEN',
    ])
    const away = discord(0n, { '/users/@me': { kind: 'not-sent', problem: 'ECONNREFUSED', retryAtMs: null } })
    expect(await checkAccess(away, [CHANNEL], NEVER)).toEqual(['Cannot log in to Discord: ECONNREFUSED'])
  })
})
