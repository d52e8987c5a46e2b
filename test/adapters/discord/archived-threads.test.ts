import { describe, expect, it } from 'vitest'
import { ArchivedThreads } from '../../../src/adapters/discord/archived-threads.ts'
import { ChannelPlaces } from '../../../src/adapters/discord/channel-places.ts'
import type { RestAnswer } from '../../../src/adapters/discord/discord-rest.ts'
import { BOT, CHANNEL, fakeGuild, FORUM, GUILD } from '../../support/fake-discord-server.ts'

const THREAD = '1300000000000000001'
const NEVER = new AbortController().signal

function places(guilds: readonly string[] = [GUILD]): ChannelPlaces {
  const known = new ChannelPlaces()
  known.ready(BOT, 0, 1, guilds)
  known.guildCreated(fakeGuild())
  return known
}

function listing(pages: readonly unknown[][], status = 200) {
  const asked: string[] = []
  return {
    asked,
    request: ({ path }: { path: string }): Promise<RestAnswer> => {
      asked.push(path)
      const threads = pages[asked.length - 1] ?? []
      return Promise.resolve({ kind: 'answered', status, body: { threads }, isDiscord: true })
    },
  }
}

describe('ArchivedThreads', () => {
  it('find() tells an archived thread from a channel that is nowhere, and lists the archives once', async () => {
    const rest = listing([[{ id: THREAD, type: 11, guild_id: GUILD }]])
    const threads = new ArchivedThreads(rest, places())
    expect(await threads.find(THREAD, NEVER)).toEqual({ type: 11, guildId: GUILD })
    expect(await threads.find('1300000000000000002', NEVER)).toBe('absent')
    expect(rest.asked.toSorted()).toEqual([
      `/channels/${CHANNEL}/threads/archived/public?limit=100`,
      `/channels/${FORUM}/threads/archived/public?limit=100`,
    ])
  })

  it('find() goes through pages, and says so where it did not see all', async () => {
    const full = Array.from({ length: 100 }, (_, n) => ({
      id: String(n),
      thread_metadata: { archive_timestamp: '2026-03-01T00:00:00+00:00' },
    }))
    const rest = listing(Array.from({ length: 9 }, () => full))
    expect(await new ArchivedThreads(rest, places()).find(THREAD, NEVER)).toBe('unclear')
    expect(rest.asked).toContain(
      `/channels/${CHANNEL}/threads/archived/public?limit=100&before=2026-03-01T00%3A00%3A00%2B00%3A00`,
    )
  })

  it('find() claims nothing where a list fails or a server is not known yet', async () => {
    const failing = listing([], 500)
    expect(await new ArchivedThreads(failing, places()).find(THREAD, NEVER)).toBe('unclear')
    const silent = listing([])
    const waiting = places([GUILD, '1100000000000001200'])
    expect(await new ArchivedThreads(silent, waiting).find(THREAD, NEVER)).toBe('unclear')
    expect(silent.asked).toEqual([])
  })
})

describe('ChannelPlaces', () => {
  it('isLost() remembers channels that were deleted or went with their server, until they are back', () => {
    const known = places()
    expect(known.isLost(CHANNEL)).toBe(false)
    known.channelRemoved(GUILD, CHANNEL)
    expect(known.isLost(CHANNEL)).toBe(true)
    known.guildRemoved(GUILD)
    expect(known.isLost(FORUM)).toBe(true)
    known.guildCreated(fakeGuild())
    expect([known.isLost(CHANNEL), known.isLost(FORUM)]).toEqual([false, false])
  })
})
