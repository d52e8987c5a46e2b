import { setTimeout as delay } from 'node:timers/promises'
import { expect, describe, it } from 'vitest'
import { openDiscord } from '../../../src/adapters/discord/open-discord.ts'
import type { CommandDesk, CommandReply, CommandShape } from '../../../src/app/ports/chat.ts'
import type { Outcome } from '../../../src/app/ports/outcome-log.ts'
import {
  BOT,
  CHANNEL,
  fakeGuild,
  GUILD,
  openFakeDiscord,
  TOKEN,
  type FakeDiscord,
} from '../../support/fake-discord-server.ts'
import { FORGETFUL, rememberRequests } from '../../support/request-memories.ts'

const SHAPES: readonly CommandShape[] = [
  {
    ...{ path: ['news', 'story'], description: 'One story', managersOnly: false, opensForm: false },
    options: [{ name: 'story', description: 'Which', required: true, completes: true }],
  },
  {
    ...{
      path: ['newsroom', 'feeds', 'import'],
      description: 'Feeds of a file',
      managersOnly: true,
      opensForm: true,
    },
    options: [{ name: 'file', description: 'OPML', required: false, completes: false, kind: 'file' }],
  },
]

function message(text: string, replace = false): CommandReply {
  return {
    kind: 'message',
    visibility: 'private',
    blocks: [{ lines: [[{ text }]] }],
    fallback: text,
    replace,
  }
}

interface Bench {
  readonly fake: FakeDiscord
  /** What the desk was asked, told or heard, in order. */
  readonly heard: unknown[]
  readonly log: Outcome[]
  /** Sends an interaction and waits for its first answer. */
  readonly ask: (id: string, data: object) => Promise<{ type: number; data?: Record<string, unknown> }>
  readonly stopped: Promise<void>
  readonly stop: () => void
}

async function withBench(
  desk: Partial<CommandDesk>,
  check: (bench: Bench) => Promise<void>,
  { token = TOKEN, commands = [] as unknown[], requests = rememberRequests() } = {},
): Promise<void> {
  const fake = await openFakeDiscord()
  fake.commands = commands
  const heard: unknown[] = []
  const log: Outcome[] = []
  const hears =
    <T>(name: string, value: T) =>
    (...given: unknown[]) => {
      heard.push([name, ...given])
      return Promise.resolve(value)
    }
  const whole: CommandDesk = {
    shapes: SHAPES,
    ...{ answer: () => Promise.resolve(message('yes')), complete: () => Promise.resolve([]) },
    ...{ tenantAdded: hears('added', null), tenantRemoved: hears('removed', undefined) },
    ...{ channelClosed: hears('closed', undefined), channelOpened: hears('opened', undefined) },
    channelRenamed: hears('renamed', undefined),
    ...desk,
  }
  const { chat } = openDiscord({
    ...{ token, apiUrl: fake.api, shard: null, requests, nowMs: Date.now },
    log: (outcome) => log.push(outcome),
  })
  const stop = new AbortController()
  const stopped = chat.serve(whole, stop.signal)
  stopped.catch(() => undefined)
  const bench: Bench = {
    ...{ fake, heard, log, stopped },
    stop: () => {
      stop.abort()
    },
    async ask(id, data) {
      fake.dispatch('INTERACTION_CREATE', { ...ASKED, id, token: `token-${id}`, ...data })
      await until(() => fake.answers.has(id))
      return fake.answers.get(id)!
    },
  }
  try {
    if (token === TOKEN) await until(() => log.some(({ what }) => what === 'commands-registered'))
    await check(bench)
  } finally {
    stop.abort()
    await stopped.catch(() => undefined)
    await fake.close()
  }
}

const ASKED = {
  ...{ application_id: '1100000000000000001', guild_id: GUILD, channel_id: CHANNEL, locale: 'de' },
  ...{ channel: { name: 'news' }, member: { user: { id: '77' }, permissions: '32' } },
}

/** `/news story <value>`. */
function storyCommand(value: string, more: object = {}) {
  const option = { name: 'story', type: 3, value, ...more }
  return { type: 2, data: { name: 'news', options: [{ name: 'story', type: 1, options: [option] }] } }
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 10_000
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not happen within 10 s')
    await delay(5)
  }
}

describe('openDiscord() as a chat platform', () => {
  it('asks the desk as the person who typed, and answers them alone', () => {
    const asked: unknown[] = []
    const answer: CommandDesk['answer'] = (request) => {
      asked.push(request)
      return Promise.resolve(message('**ferry** @everyone'))
    }
    return withBench({ answer }, async ({ ask }) => {
      const { type, data } = await ask('1', storyCommand('ferry'))
      expect(type).toBe(4)
      expect(data).toMatchObject({ flags: 32_768 | 64, allowed_mentions: { parse: [] } })
      expect(JSON.stringify(data)).toContain('\\\\*\\\\*ferry\\\\*\\\\* \\\\@everyone')
      const asker = { platform: 'discord', tenant: GUILD, channel: CHANNEL, channelName: 'news' }
      expect(asked).toEqual([
        {
          ...{ kind: 'command', path: ['news', 'story'], options: { story: 'ferry' } },
          asker: { ...asker, person: '77', isManager: true, locale: 'de' },
        },
      ])
    })
  })

  it('announces an answer that takes long, and puts it in its place later', () => {
    const slow = Promise.withResolvers<CommandReply>()
    return withBench({ answer: () => slow.promise }, async ({ fake, ask }) => {
      expect(await ask('1', storyCommand('ferry'))).toEqual({ type: 5, data: { flags: 64 } })
      slow.resolve(message('here it is'))
      await until(() => fake.requests.some(({ method }) => method === 'PATCH'))
      const edit = fake.requests.find(({ method }) => method === 'PATCH')
      expect(edit?.path).toBe('/webhooks/1100000000000000001/token-1/messages/@original')
      expect(edit?.raw).toContain('here it is')
      expect(edit?.authorization).toBeUndefined()
    })
  })

  it('replaces the message whose button was pressed', () =>
    withBench({ answer: () => Promise.resolve(message('page 2', true)) }, async ({ ask }) => {
      const { type } = await ask('1', { type: 3, message: { id: '9' }, data: { custom_id: 'page:1' } })
      expect(type).toBe(7)
    }))

  it('opens forms and reads what was filled in', () => {
    const fields = [{ name: 'zone', label: 'Zone', value: 'UTC', hint: '', required: true, long: false }]
    const asked: unknown[] = []
    const answer: CommandDesk['answer'] = (request) => {
      asked.push(request.kind === 'form' ? request.fields : request)
      return Promise.resolve(
        request.kind === 'form'
          ? message('saved')
          : { kind: 'form', form: { title: 'Set up', action: 'setup', fields } },
      )
    }
    return withBench({ answer }, async ({ ask }) => {
      const opened = await ask('1', { type: 3, data: { custom_id: 'form:setup' } })
      expect(opened).toMatchObject({ type: 9, data: { custom_id: 'setup', title: 'Set up' } })
      const component = { type: 4, custom_id: 'zone', value: 'Europe/Berlin' }
      const channel = { type: 8, custom_id: 'channel', values: [CHANNEL] }
      const components = [component, channel].map((one) => ({ type: 18, component: one }))
      await ask('2', { type: 5, data: { custom_id: 'setup', components } })
      expect(asked.at(-1)).toEqual({ zone: 'Europe/Berlin', channel: CHANNEL })
    })
  })

  it('sends a file to its asker alone', () => {
    const file = { kind: 'file', name: 'feeds.opml', content: '<opml/>', fallback: 'Feeds' } as const
    return withBench({ answer: () => Promise.resolve(file) }, async ({ fake }) => {
      fake.dispatch('INTERACTION_CREATE', { ...ASKED, id: '1', token: 't', ...storyCommand('x') })
      await until(() => fake.requests.some(({ path }) => path.endsWith('/callback')))
      const { raw } = fake.requests.find(({ path }) => path.endsWith('/callback'))!
      expect(raw).toContain('filename="feeds.opml"')
      expect(raw).toContain('<opml/>')
      expect(raw).toContain('attachment://feeds.opml')
    })
  })

  it('reads a file from servers of Discord alone', () => {
    const asked: unknown[] = []
    const answer: CommandDesk['answer'] = (request) => {
      asked.push(request)
      return Promise.resolve(message('read'))
    }
    const importing = (url: string) => ({
      type: 2,
      data: {
        name: 'newsroom',
        options: [
          {
            ...{ name: 'feeds', type: 2 },
            options: [{ name: 'import', type: 1, options: [{ name: 'file', type: 11, value: '5' }] }],
          },
        ],
        resolved: { attachments: { 5: { url } } },
      },
    })
    return withBench({ answer }, async ({ fake, ask }) => {
      const refused = await ask('1', importing('http://169.254.169.254/latest'))
      expect(JSON.stringify(refused)).toContain('it is not on a server of Discord')
      expect(asked).toEqual([])
      await ask('2', importing(`${fake.api}/v10/attachments/5`))
      expect(asked).toMatchObject([{ options: { file: '"<opml/>"' } }])
    })
  })

  it('offers what fits while somebody types', () =>
    withBench(
      { complete: ({ typed }) => Promise.resolve([{ label: `${typed}ry`, value: 'v' }]) },
      async ({ ask }) => {
        const offered = await ask('1', { ...storyCommand('fer', { focused: true }), type: 4 })
        expect(offered).toEqual({ type: 8, data: { choices: [{ name: 'ferry', value: 'v' }] } })
      },
    ))

  it('answers an interaction once that is told again', () => {
    let asked = 0
    const answer = () => Promise.resolve(message(`${++asked}`))
    return withBench({ answer }, async ({ ask }) => {
      await ask('1', storyCommand('a'))
      await ask('1', storyCommand('a'))
      await ask('2', storyCommand('a'))
      expect(asked).toBe(2)
    })
  })

  it('leaves an interaction to the process that took it first, and answers where nobody can tell', async () => {
    const shared = rememberRequests()
    await shared.isNew('discord 1', 0)
    const desk = { answer: () => Promise.resolve(message('mine')) }
    await withBench(
      desk,
      async ({ fake, ask }) => {
        fake.dispatch('INTERACTION_CREATE', { ...ASKED, id: '1', token: 't', ...storyCommand('a') })
        await ask('2', storyCommand('a'))
        expect([...fake.answers.keys()]).toEqual(['2'])
      },
      { requests: shared },
    )
    const away = { isNew: () => Promise.reject(new Error('no database')) }
    await withBench(
      desk,
      async ({ ask }) => {
        expect((await ask('3', storyCommand('a'))).type).toBe(4)
      },
      {
        requests: away,
      },
    )
  })

  it('registers commands only where Discord has others', async () => {
    let registered: unknown[] = []
    await withBench({}, ({ fake }) => {
      registered = fake.commands
      expect(fake.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
      return Promise.resolve()
    })
    expect(registered).toMatchObject([
      { name: 'news', default_member_permissions: null },
      { name: 'newsroom', default_member_permissions: '32', contexts: [0] },
    ])
    const withIds = registered.map((one, index) => ({
      ...(one as object),
      id: `${index}`,
      version: '1',
      nsfw: false,
    }))
    await withBench(
      {},
      ({ fake }) => {
        expect(fake.requests.filter(({ method }) => method === 'PUT')).toHaveLength(0)
        return Promise.resolve()
      },
      { commands: withIds },
    )
  })

  it('welcomes a server where it may write', () =>
    withBench({ tenantAdded: () => Promise.resolve(message('Hello.')) }, async ({ fake }) => {
      await until(() => fake.messages.has(CHANNEL))
      expect(JSON.stringify(fake.messages.get(CHANNEL))).toContain('Hello.')
    }))

  it('tells the desk of servers and channels that go, and of channels that can be sent to again', () =>
    withBench({}, async ({ fake, heard }) => {
      const [channel] = (fakeGuild() as { channels: object[] }).channels
      fake.dispatch('CHANNEL_UPDATE', {
        ...channel,
        permission_overwrites: [{ id: GUILD, allow: '0', deny: '2048' }],
      })
      fake.dispatch('CHANNEL_UPDATE', channel)
      fake.dispatch('GUILD_ROLE_UPDATE', { guild_id: GUILD, role: { id: GUILD, permissions: '0' } })
      fake.dispatch('GUILD_ROLE_UPDATE', { guild_id: GUILD, role: { id: GUILD, permissions: '8' } })
      fake.dispatch('CHANNEL_DELETE', { guild_id: GUILD, id: CHANNEL })
      fake.dispatch('GUILD_DELETE', { id: GUILD, unavailable: true })
      fake.dispatch('GUILD_DELETE', { id: GUILD })
      await until(() => heard.some((one) => Array.isArray(one) && one[0] === 'removed'))
      expect(heard).toEqual([
        ['added', { platform: 'discord', tenant: GUILD, name: 'Harbour readers', bot: BOT }],
        ['opened', 'discord', GUILD, CHANNEL],
        ['opened', 'discord', GUILD, CHANNEL],
        ['opened', 'discord', GUILD, '1100000000000001111'],
        ['closed', 'discord', GUILD, CHANNEL, 'it was deleted'],
        ['removed', 'discord', GUILD],
      ])
    }))

  it('opens a thread for followers and tells them in it', async () => {
    const fake = await openFakeDiscord()
    const { chat } = openDiscord({
      ...{ token: TOKEN, apiUrl: fake.api, shard: null, nowMs: Date.now, log: () => undefined },
      requests: FORGETFUL,
    })
    const stop = new AbortController()
    const ready = Promise.withResolvers<undefined>()
    const desk = {
      ...{
        shapes: SHAPES,
        answer: () => Promise.resolve(message('yes')),
        complete: () => Promise.resolve([]),
      },
      tenantAdded: () => {
        ready.resolve(undefined)
        return Promise.resolve(null)
      },
      ...{ tenantRemoved: () => Promise.resolve(), channelClosed: () => Promise.resolve() },
      ...{ channelOpened: () => Promise.resolve(), channelRenamed: () => Promise.resolve() },
    }
    const served = chat.serve(desk, stop.signal)
    try {
      await ready.promise
      expect(await chat.channelName?.(GUILD, CHANNEL)).toBe('news')
      expect(await chat.channelName?.('1100000000000001200', CHANNEL)).toBeNull()
      expect(await chat.openThread?.('1100000000000001200', CHANNEL, 'News')).toBeNull()
      const place = await chat.openThread?.(GUILD, CHANNEL, 'News: ferry')
      const opened = fake.requests.find(({ path }) => path === `/channels/${CHANNEL}/threads`)
      expect(JSON.parse(opened?.raw ?? '{}')).toEqual({
        ...{ name: 'News: ferry', type: 11, auto_archive_duration: 10_080 },
      })
      const reply = message('ferry is back')
      if (reply.kind !== 'message' || place == null) throw new Error('no thread')
      const note = { platform: 'discord', tenant: GUILD, person: '77', place, reply }
      expect(await chat.tell(note)).toBe('told')
      expect(JSON.stringify(fake.messages.get(place))).toContain('ferry is back')
      fake.troubles.push({ match: /messages$/, status: 404, body: { code: 10003 }, times: 1 })
      expect(await chat.tell({ ...note, reply: { ...reply, fallback: 'again' } })).toBe('closed')
    } finally {
      stop.abort()
      await served
      await fake.close()
    }
  })

  it('tells the desk of a channel that has a new name', () =>
    withBench({}, async ({ fake, heard }) => {
      await until(() => heard.length > 0)
      const renamed = { id: CHANNEL, guild_id: GUILD, type: 0, name: 'harbour' }
      fake.dispatch('CHANNEL_UPDATE', renamed)
      fake.dispatch('CHANNEL_UPDATE', { ...renamed, topic: 'ships' })
      await until(() => heard.length > 1)
      expect(heard.slice(1)).toEqual([['renamed', 'discord', GUILD, CHANNEL, 'harbour']])
    }))

  it('resumes after a lost connection', () =>
    withBench({}, async ({ fake, log, ask }) => {
      for (const socket of fake.sockets) socket.terminate()
      await until(() => log.some(({ what }) => what === 'gateway-resumed'))
      expect((await ask('1', storyCommand('a'))).type).toBe(4)
      expect(fake.frames.filter(({ op }) => op === 2)).toHaveLength(1)
    }))

  it('stops with the reason where the token is no good, and cleanly where it is told to', async () => {
    await withBench({}, ({ stopped }) => expect(stopped).rejects.toThrow('check DISCORD_TOKEN'), {
      token: 'bad',
    })
    await withBench({}, ({ stop, stopped }) => {
      stop()
      return expect(stopped).resolves.toBeUndefined()
    })
  })

  it('stops with the reason where the token is refused in mid-life, and goes on where it was refused once', async () => {
    const refusal = { status: 401, body: { message: '401: Unauthorized', code: 0 } }
    const other = fakeGuild()
    const desk = { tenantAdded: () => Promise.resolve(message('Hello.')) }
    await withBench(desk, async ({ fake, log, stopped }) => {
      await until(() => fake.messages.has(CHANNEL))
      fake.troubles.push({ ...refusal, match: /^POST \/channels/, times: 1 })
      fake.dispatch('GUILD_CREATE', { ...other, name: 'Other name' })
      await until(() => log.some(({ what }) => what === 'token-refused-once'))
      fake.troubles.push({ ...refusal, match: /^(?:POST|GET) \/(?:channels|users)/, times: 9 })
      fake.dispatch('GUILD_CREATE', { ...other, name: 'One more name' })
      await expect(stopped).rejects.toThrow('Cannot serve Discord: it does not take the token')
      expect(fake.sockets.size).toBe(0)
    })
  }, 20_000)

  it('asks for servers alone, no privileged intents', () =>
    withBench({}, ({ fake }) => {
      expect(fake.frames.find(({ op }) => op === 2)?.d).toMatchObject({ intents: 1 })
      return Promise.resolve()
    }))
})

describe('openDiscord() telling one person', () => {
  const reply = message('New in your story') as Extract<CommandReply, { kind: 'message' }>
  const note = { platform: 'discord', tenant: GUILD, person: '77', reply }

  it.each([
    ['told', []],
    ['closed', [{ match: /messages$/, status: 403, body: { code: 50007 }, times: 1 }]],
    ['failed', [{ match: /@me\/channels$/, status: 400, body: { code: 40003 }, times: 1 }]],
    ['told', [{ match: /messages$/, dropsAfter: true, times: 1 }]],
  ])('says %s', async (expected, troubles) => {
    const fake = await openFakeDiscord()
    fake.troubles.push(...troubles)
    const { chat } = openDiscord({
      token: TOKEN,
      apiUrl: fake.api,
      shard: null,
      requests: FORGETFUL,
      nowMs: Date.now,
      log: () => undefined,
    })
    expect(await chat.tell(note)).toBe(expected)
    expect([...fake.messages.values()].flat()).toHaveLength(expected === 'told' ? 1 : 0)
    await fake.close()
  })

  it('vouches for channels of that server alone', async () => {
    const fake = await openFakeDiscord()
    const { chat } = openDiscord({
      token: TOKEN,
      apiUrl: fake.api,
      shard: null,
      requests: FORGETFUL,
      nowMs: Date.now,
      log: () => undefined,
    })
    expect(await chat.channelProblem?.(GUILD, CHANNEL)).toBeNull()
    expect(await chat.channelProblem?.('1100000000000009900', CHANNEL)).toBe(
      'that channel is not in this server',
    )
    expect(await chat.channelProblem?.(GUILD, '1100000000000007777')).toBe(
      'the channel does not exist any more',
    )
    expect(await chat.channelProblem?.(GUILD, '../guilds')).toBe('that is not the id of a channel')
    await fake.close()
  })
})
