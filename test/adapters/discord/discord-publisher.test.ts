import { describe, expect, it } from 'vitest'
import { botIdOf } from '../../../src/adapters/discord/bot-directory.ts'
import { openDiscord } from '../../../src/adapters/discord/open-discord.ts'
import type { ChatPlatform } from '../../../src/app/ports/chat.ts'
import type { DigestToCut, MessagePart, PartToSend } from '../../../src/app/ports/publisher.ts'
import { publisherContract, type PublisherBench } from '../../contracts/publisher-contract.ts'
import {
  BOT,
  CHANNEL,
  FORUM,
  GUILD,
  openFakeDiscord,
  TOKEN,
  type FakeDiscord,
} from '../../support/fake-discord-server.ts'
import { FORGETFUL } from '../../support/request-memories.ts'
import { makeDigestOf, makeEntry } from '../../support/make-digest-entry.ts'

const MESSAGES = /^POST .*\/messages$/

interface Bench extends PublisherBench {
  readonly fake: FakeDiscord
  readonly part: (part: number, changes?: Partial<PartToSend>) => PartToSend
}

async function openBench(token = TOKEN): Promise<Bench> {
  const fake = await openFakeDiscord()
  const { publisher } = openDiscord({
    ...{ token, apiUrl: fake.api, shard: null, requests: FORGETFUL, nowMs: () => 1_000_000 },
    log: () => undefined,
  })
  const destination = { id: 'd', platform: 'discord', address: CHANNEL, tenant: GUILD, name: 'news' }
  const parts = publisher.cut(digestToCut())
  return {
    ...{ fake, publisher, destination },
    part: (part, changes) => ({
      ...{ destination, digestId: 'd1', part, nonce: `n-d1-${part}`, parentId: null },
      ...{ message: parts[part]!, ...changes },
    }),
    received: () =>
      Promise.resolve([...fake.messages.values()].flat().map((message) => JSON.stringify(message))),
    behave(behaviour) {
      fake.troubles.length = 0
      const match = MESSAGES
      if (behaviour === 'busy') {
        fake.troubles.push({ match, status: 429, body: { retry_after: 90 }, times: 9 })
      }
      if (behaviour === 'closed') {
        fake.troubles.push({ match, status: 403, body: { code: 50013 }, times: 9 })
      }
      if (behaviour === 'loses-answer') fake.troubles.push({ match, dropsAfter: true, times: 1 })
      return true
    },
    close: () => fake.close(),
  }
}

function digestToCut(): DigestToCut {
  return {
    ...{ digestId: 'd1', name: 'morning', timeZone: 'UTC', publicUrl: null },
    digest: makeDigestOf(Array.from({ length: 12 }, (_, index) => makeEntry(`s${index}`))),
    subscription: { overflow: 'thread', mentionRole: '1100000000000001102', lang: null },
  }
}

publisherContract('openDiscord()', () => openBench())

async function withBench(
  check: (bench: Bench, signal: AbortSignal) => Promise<void>,
  token?: string,
): Promise<void> {
  const bench = await openBench(token)
  try {
    await check(bench, AbortSignal.timeout(20_000))
  } finally {
    await bench.close()
  }
}

/** Lets the gateway tell of the server; gives what ends it. */
async function serve(chat: ChatPlatform): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const arrived = Promise.withResolvers<undefined>()
  const desk = {
    ...{
      shapes: [],
      answer: () => Promise.reject(new Error('unasked')),
      complete: () => Promise.resolve([]),
    },
    tenantAdded: () => {
      arrived.resolve(undefined)
      return Promise.resolve(null)
    },
    ...{ tenantRemoved: () => Promise.resolve(), channelClosed: () => Promise.resolve() },
    ...{ channelOpened: () => Promise.resolve(), channelRenamed: () => Promise.resolve() },
  }
  const served = chat.serve(desk, stop.signal)
  await arrived.promise
  return async () => {
    stop.abort()
    await served
  }
}

describe('openDiscord() with what its gateway tells', () => {
  it('does not open a thread again that a process before it opened', async () => {
    const fake = await openFakeDiscord()
    const { publisher, chat } = openDiscord({
      ...{ token: TOKEN, apiUrl: fake.api, shard: null, requests: FORGETFUL, nowMs: Date.now },
      log: () => undefined,
    })
    const end = await serve(chat)
    const message = publisher.cut(digestToCut()).find(({ inThread }) => inThread)!
    const destination = { id: 'd', platform: 'discord', address: CHANNEL, tenant: GUILD, name: 'news' }
    const send = (parentId: string) =>
      publisher.send(
        { destination, digestId: 'd1', part: 1, nonce: `n-${parentId}`, parentId, message },
        AbortSignal.timeout(20_000),
      )
    const [known, unknown] = ['1500000000000000001', '1500000000000000002']
    fake.dispatch('THREAD_CREATE', { id: known, type: 11, guild_id: GUILD, parent_id: CHANNEL, name: 'News' })
    await expect.poll(() => chat.channelName?.(GUILD, known)).toBe('News')
    expect([await send(known), await send(unknown)]).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }])
    const opened = fake.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/threads'))
    expect(opened.map(({ path }) => path)).toEqual([`/channels/${CHANNEL}/messages/${unknown}/threads`])
    await end()
    await fake.close()
  })
})

describe('openDiscord() in a process that does not see the server', () => {
  it('takes an empty thread for empty where it can read the channel, and else for unknown', async () => {
    const fake = await openFakeDiscord()
    const { publisher } = openDiscord({
      ...{ token: TOKEN, apiUrl: fake.api, shard: null, requests: FORGETFUL, nowMs: Date.now },
      log: () => undefined,
    })
    const message = publisher.cut(digestToCut()).find(({ inThread }) => inThread)!
    const destination = { id: 'd', platform: 'discord', address: CHANNEL, tenant: GUILD, name: 'news' }
    const parentId = '1500000000000000001'
    const part = { destination, digestId: 'd1', part: 1, nonce: 'n-1', parentId, message }
    const signal = AbortSignal.timeout(20_000)
    expect(await publisher.resolve(part, signal)).toEqual({ kind: 'unknown' })
    fake.messages.set(CHANNEL, [
      { id: String(BigInt(Date.now() - 1_420_070_400_000) << 22n), components: [] },
    ])
    expect(await publisher.resolve(part, signal)).toEqual({ kind: 'not-sent' })
    await fake.close()
  })
})

describe('openDiscord() beside another bot', () => {
  it('leaves alone what the other one serves and what it cannot see itself', async () => {
    const fake = await openFakeDiscord()
    const asked: (string | null)[] = []
    const isOfOther = (tenant: string | null) => {
      asked.push(tenant)
      return Promise.resolve(tenant !== 'mine')
    }
    const { publisher, chat } = openDiscord({
      ...{ token: TOKEN, apiUrl: fake.api, shard: null, requests: FORGETFUL, nowMs: Date.now },
      ...{ bots: { isOfOther }, log: () => undefined },
    })
    const at = (address: string, tenant: string | null) =>
      publisher.isElsewhere?.({ id: 'd', platform: 'discord', address, tenant, name: '' })
    expect([await at('5', 'mine'), await at('5', 'theirs'), await at('5', null)]).toEqual([false, true, true])
    const end = await serve(chat)
    expect(await at(CHANNEL, null)).toBe(false)
    expect(asked).toEqual(['mine', 'theirs', null])
    await end()
    await fake.close()
  })
})

describe('botIdOf()', () => {
  it.each([
    [TOKEN, BOT],
    ['bad.token', null],
    ['', null],
    ['aGFyYm91cg.x.y', null],
  ])('reads the bot of %j', (token, bot) => {
    expect(botIdOf(token)).toBe(bot)
  })
})

describe('openDiscord() as a publisher', () => {
  it('sends components alone, with a nonce, and mentions nobody but the role of a manager', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      await publisher.send(part(0), signal)
      await publisher.send(part(1), signal)
      const [first, second] = fake.messages.get(CHANNEL)!
      expect(first).toMatchObject({
        ...{ flags: 32_768, nonce: 'n-d1-0', enforce_nonce: true },
        allowed_mentions: { parse: [], roles: ['1100000000000001102'] },
      })
      expect(second?.['allowed_mentions']).toEqual({ parse: [] })
      expect(first).not.toHaveProperty('content')
    }))

  it('opens a thread under part 0 once, and goes on in it', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      const first = await publisher.send(part(0), signal)
      if (first.kind !== 'sent') throw new Error(first.problem)
      const parentId = first.messageId
      await publisher.send(part(1, { parentId }), signal)
      await publisher.send(part(2, { parentId }), signal)
      expect(fake.messages.get(parentId)).toHaveLength(2)
      expect(fake.requests.filter(({ path }) => path.endsWith('/threads'))).toHaveLength(1)
    }))

  it.each([
    ['threads are forbidden', { code: 50013 }, 403],
    ['the channel has none', { code: 50024 }, 400],
    ['the message is gone', { code: 10008 }, 404],
  ])('stays in the channel where %s', (_why, body, status) =>
    withBench(async ({ fake, publisher, part }, signal) => {
      fake.troubles.push({ match: /\/threads$/, status, body, times: 1 })
      const outcome = await publisher.send(part(1, { parentId: '1600000000000000999' }), signal)
      expect(outcome.kind).toBe('sent')
      expect(fake.messages.get(CHANNEL)).toHaveLength(1)
    }),
  )

  it('takes a thread that is there already', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      fake.troubles.push({ match: /\/threads$/, status: 400, body: { code: 160004 }, times: 1 })
      const parentId = '1600000000000000999'
      await publisher.send(part(1, { parentId }), signal)
      expect(fake.messages.get(parentId)).toHaveLength(1)
    }))

  it('makes a post of a forum, and finds it again after a lost answer', () =>
    withBench(async ({ fake, publisher, part, destination }, signal) => {
      const inForum = part(0, { destination: { ...destination, address: FORUM } })
      fake.troubles.push({ match: /\/threads$/, dropsAfter: true, times: 1 })
      expect((await publisher.send(inForum, signal)).kind).toBe('unclear')
      const found = await publisher.resolve(inForum, signal)
      expect(found).toEqual({ kind: 'sent', messageId: [...fake.messages.keys()][0] })
    }))

  it('does not say that a post of a forum never came while it may be under way', () =>
    withBench(async ({ fake, publisher, part, destination }, signal) => {
      const inForum = part(0, { destination: { ...destination, address: FORUM } })
      fake.troubles.push({ match: /\/threads$/, status: 502, times: 1 })
      await publisher.send(inForum, signal)
      expect(await publisher.resolve(inForum, signal)).toEqual({ kind: 'unknown' })
    }))

  it('finds a message of an earlier process by its mark', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      await publisher.send(part(0), signal)
      const [message] = fake.messages.get(CHANNEL)!
      const later = openDiscord({
        token: TOKEN,
        apiUrl: fake.api,
        shard: null,
        requests: FORGETFUL,
        nowMs: Date.now,
        log: () => undefined,
      })
      expect(await later.publisher.resolve(part(0), signal)).toEqual({
        kind: 'sent',
        messageId: message?.['id'],
      })
      expect(await later.publisher.resolve(part(1), signal)).toEqual({ kind: 'not-sent' })
    }))

  it('does not take an empty history for a proof', () =>
    withBench(async ({ publisher, part }, signal) => {
      expect(await publisher.resolve(part(0), signal)).toEqual({ kind: 'unknown' })
    }))

  it('sends again by itself only within minutes, where the nonce keeps it single', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      fake.troubles.push({ match: MESSAGES, status: 500, times: 1 })
      expect((await publisher.send(part(0), signal)).kind).toBe('unclear')
      expect((await publisher.resolve(part(0), signal)).kind).toBe('sent')
      expect(fake.messages.get(CHANNEL)).toHaveLength(1)
    }))

  it('waits for a short limit and is told of a long one', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      fake.troubles.push({ match: MESSAGES, status: 429, body: { retry_after: 0.05 }, times: 2 })
      expect((await publisher.send(part(0), signal)).kind).toBe('sent')
      fake.troubles.push({ match: MESSAGES, status: 429, body: { retry_after: 90, global: true }, times: 1 })
      const outcome = await publisher.send(part(1), signal)
      expect(outcome).toMatchObject({ kind: 'not-sent' })
      const asked = fake.requests.length
      expect((await publisher.send(part(2), signal)).kind).toBe('not-sent')
      expect(fake.requests).toHaveLength(asked)
    }))

  it('asks nothing more once its token is refused', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      expect(await publisher.send(part(0), signal)).toMatchObject({ kind: 'locked-out', tenant: null })
      await publisher.send(part(1), signal)
      expect(fake.requests).toHaveLength(1)
    }, 'another.token'))

  it.each([
    [404, { code: 10003 }, { kind: 'closed', gone: true }],
    [403, { code: 50001 }, { kind: 'closed', gone: false }],
    [403, { code: 160005 }, { kind: 'closed', gone: false }],
    [400, { code: 50035 }, { kind: 'refused' }],
    [400, { code: 20016 }, { kind: 'not-sent' }],
    [403, {}, { kind: 'not-sent' }],
    [503, {}, { kind: 'unclear' }],
  ])('takes status %i with %j for %j', (status, body, expected) =>
    withBench(async ({ fake, publisher, part }, signal) => {
      fake.troubles.push({ match: MESSAGES, status, body, times: 1 })
      expect(await publisher.send(part(0), signal)).toMatchObject(expected)
    }),
  )

  it('says that nothing arrived where nobody listens', async () => {
    const bench = await openBench()
    await bench.close()
    const outcome = await bench.publisher.send(bench.part(0), AbortSignal.timeout(5_000))
    expect(outcome).toMatchObject({ kind: 'not-sent', retryAtMs: 1_030_000 })
  })

  it('changes a message where it is', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      const thread = '1600000000000000999'
      await publisher.edit(part(0), '16', signal)
      await publisher.edit(part(1, { parentId: thread }), '17', signal)
      expect(fake.requests.filter(({ method }) => method === 'PATCH').map(({ path }) => path)).toEqual([
        `/channels/${CHANNEL}/messages/16`,
        `/channels/${thread}/messages/17`,
      ])
    }))

  it('brings an archived thread back to change a message in it, and takes a needless message back', () =>
    withBench(async ({ fake, publisher, part }, signal) => {
      const match = /^PATCH .*\/messages\//
      fake.troubles.push({ match, status: 400, body: { code: 50083 }, times: 1 })
      const inThread = part(1, { parentId: '1600000000000000999' })
      expect(await publisher.edit(inThread, '5', signal)).toEqual({ kind: 'sent', messageId: '5' })
      expect(fake.requests.find(({ path }) => path === '/channels/1600000000000000999')).toMatchObject({
        ...{ method: 'PATCH', raw: '{"archived":false}' },
      })
      fake.troubles.push({ match: /^DELETE /, status: 404, body: { code: 10008 }, times: 1 })
      expect(await publisher.remove?.(inThread, '5', signal)).toEqual({ kind: 'sent', messageId: '5' })
      const address = FORUM
      const post = part(0, { destination: { ...part(0).destination, address } })
      expect(await publisher.remove?.(post, '5', signal)).toMatchObject({ kind: 'refused' })
    }))

  it('refuses a part that is none of its own', () =>
    withBench(async ({ publisher, part }, signal) => {
      const message: MessagePart = { body: { text: 'x' }, storyIds: [], inThread: false }
      expect((await publisher.send(part(0, { message }), signal)).kind).toBe('refused')
    }))
})
