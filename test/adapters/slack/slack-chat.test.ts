import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSlack, type SlackMode } from '../../../src/adapters/slack/open-slack.ts'
import type { InstallationStore } from '../../../src/adapters/slack/slack-tokens.ts'
import type {
  ActionRequest,
  CommandDesk,
  CommandReply,
  CommandRequest,
  FormRequest,
} from '../../../src/app/ports/chat.ts'
import type { Outcome } from '../../../src/app/ports/outcome-log.ts'
import type { Installation, Tenant } from '../../../src/app/ports/subscription-store.ts'
import { openFakeSlack, signedHeaders, type FakeSlackServer } from '../../support/fake-slack-server.ts'

type Request = CommandRequest | ActionRequest | FormRequest

const SECRET = 'signing-secret'

const shape = { description: 'd', managersOnly: false, opensForm: false, options: [] }
const shapes = [
  { ...shape, path: ['news', 'latest'] },
  { ...shape, path: ['news', 'following'] },
  { ...shape, path: ['news', 'help'] },
  { ...shape, path: ['newsroom', 'status'] },
  { ...shape, path: ['newsroom', 'setup'] },
]

const message = (
  text: string,
  more: Partial<Extract<CommandReply, { kind: 'message' }>> = {},
): CommandReply => ({
  ...{
    kind: 'message',
    visibility: 'private',
    replace: false,
    fallback: text,
    blocks: [{ lines: [[{ text }]] }],
  },
  ...more,
})

const FORM: CommandReply = {
  kind: 'form',
  form: {
    title: 'Set up',
    action: 'setup',
    fields: [{ name: 'times', label: 'When', value: '', hint: '', required: true, long: false }],
  },
}

let slack: FakeSlackServer
let stop: AbortController
let asked: Request[]
let life: unknown[][]
let log: Outcome[]
let stored: Map<string, Installation>
let installed: Tenant[]
/** What other processes saw. */
let common: { isNew: (id: string) => Promise<boolean> }
let reply: (request: Request) => CommandReply

const desk: CommandDesk = {
  shapes,
  answer: (request) => {
    asked.push(request)
    return Promise.resolve(reply(request))
  },
  complete: () => Promise.resolve([]),
  tenantAdded: (arrival) => {
    life.push(['added', arrival.tenant, arrival.name])
    return Promise.resolve(message('Welcome.'))
  },
  tenantRemoved: async (...args) => void life.push(['removed', ...args]),
  channelClosed: async (...args) => void life.push(['closed', ...args]),
  channelOpened: async (...args) => void life.push(['opened', ...args]),
  channelRenamed: async (...args) => void life.push(['renamed', ...args]),
}

const store: InstallationStore = {
  saveInstallation: async (one) => void stored.set(one.id, one),
  installation: async (_platform, id) => stored.get(id) ?? null,
  removeInstallation: async (_platform, id) => void stored.delete(id),
  tenants: () => Promise.resolve(installed),
}

beforeEach(async () => {
  slack = await openFakeSlack()
  stop = new AbortController()
  asked = []
  life = []
  log = []
  stored = new Map()
  installed = []
  common = { isNew: () => Promise.resolve(true) }
  reply = () => message('Here you are.')
})
afterEach(async () => {
  stop.abort()
  await slack.close()
})

let port = 0

function open(mode: SlackMode, nowMs: () => number = Date.now) {
  return openSlack({
    ...{ mode, apiUrl: slack.api, store, nowMs, log: (outcome) => log.push(outcome) },
    requests: { isNew: (id) => common.isNew(id) },
  })
}

/** A machine with much else to do takes its time. */
function waitFor(check: () => void): Promise<void> {
  return vi.waitFor(check, 10_000)
}

const listen = { host: '127.0.0.1', port: 0 }
const HTTP: SlackMode = { kind: 'http', botToken: 'xoxb-1', signingSecret: SECRET, listen }
const SOCKET: SlackMode = { kind: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1' }
const OAUTH: SlackMode = {
  ...{
    kind: 'oauth',
    signingSecret: SECRET,
    clientId: '1.2',
    clientSecret: 'cs',
    stateSecret: 'state secret',
  },
  ...{ publicUrl: 'https://news.example', botToken: null, listen },
}

async function connected(): Promise<void> {
  await waitFor(() => {
    const connection = log.find(({ what }) => what === 'slack-connected')
    expect(connection).toBeDefined()
    port = Number(connection?.facts['port'])
  })
}

let triggers = 0
const slashBody = (more: Record<string, string> = {}) => ({
  ...{
    command: '/news',
    text: 'latest',
    team_id: 'T1',
    user_id: 'U0BOB',
    channel_id: 'C1',
    channel_name: 'general',
  },
  ...{ response_url: slack.responseUrl, trigger_id: `trigger-${++triggers}` },
  ...more,
})

async function post(body: string, headers = signedHeaders(body, SECRET, Date.now())): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body, headers })
  await answer.body?.cancel()
  return answer.status
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const interaction = (payload: unknown) => form({ payload: JSON.stringify(payload) })
let events = 0
const eventBody = (event: Record<string, unknown>) =>
  JSON.stringify({
    type: 'event_callback',
    team_id: 'T1',
    event_id: `Ev${++events}`,
    event,
    authorizations: [{ team_id: 'T1', user_id: 'U0BOT' }],
  })

describe('openSlack() over HTTP', () => {
  it('answers a command to the asker alone, with who asks and where', async () => {
    const served = open(HTTP).chat.serve(desk, stop.signal)
    await connected()
    expect(life).toEqual([['added', 'T1', 'One']])
    expect(await post(form(slashBody({ user_id: 'U0ADMIN' })))).toBe(200)
    await waitFor(() => {
      expect(slack.responses).toHaveLength(1)
    })
    expect(slack.responses[0]).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'Here you are.',
    })
    expect(asked).toEqual([
      {
        ...{ kind: 'command', path: ['news', 'latest'], options: {} },
        asker: {
          platform: 'slack',
          tenant: 'T1',
          channel: 'C1',
          channelName: 'general',
          person: 'U0ADMIN',
          isManager: true,
          locale: 'de-DE',
        },
      },
    ])
    stop.abort()
    await served
  })

  it('refuses forged, stale and early requests and exact replays', async () => {
    void open(HTTP).chat.serve(desk, stop.signal)
    await connected()
    const body = form(slashBody())
    const now = Date.now()
    expect(await post(body, signedHeaders(body, 'other', now))).toBe(401)
    expect(await post(body, { 'Content-Type': 'application/x-www-form-urlencoded' })).toBe(401)
    expect(await post(body, signedHeaders(body, SECRET, now - 310_000))).toBe(401)
    expect(await post(body, signedHeaders(body, SECRET, now + 310_000))).toBe(401)
    expect(await post(body, signedHeaders(body, SECRET, now + 200_000))).toBe(200)
    expect(await post(body, signedHeaders(body, SECRET, now + 200_000))).toBe(401)
    // The same trigger signed again is taken, and does nothing.
    expect(await post(body, signedHeaders(body, SECRET, now))).toBe(200)
    await waitFor(() => {
      expect(slack.responses).toHaveLength(1)
    })
    expect(asked).toHaveLength(1)
  })

  it('refuses what another process has done, and goes on alone while the common memory is away', async () => {
    void open(HTTP).chat.serve(desk, stop.signal)
    await connected()
    const seen: string[] = []
    common.isNew = (id) => Promise.resolve(!id.includes('signature') || seen.push(id) === 0)
    expect(await post(form(slashBody()))).toBe(401)
    expect(seen).toEqual([expect.stringMatching(/^slack signature v0=/)])
    common.isNew = (id) => Promise.resolve(id.includes('signature'))
    expect(await post(form(slashBody()))).toBe(200)
    expect(asked).toEqual([])
    common.isNew = () => Promise.reject(new Error('database is away'))
    await post(form(slashBody()))
    await waitFor(() => {
      expect(asked).toHaveLength(1)
    })
  })

  it('does an event once that Slack repeats, and tells of channels and workspaces that go', async () => {
    void open(HTTP).chat.serve(desk, stop.signal)
    await connected()
    life = []
    const archived = eventBody({ type: 'channel_archive', channel: 'C1', user: 'U1' })
    await post(archived)
    await post(archived, signedHeaders(archived, SECRET, Date.now() - 60_000))
    await post(eventBody({ type: 'channel_unarchive', channel: 'C1' }))
    await post(eventBody({ type: 'member_joined_channel', channel: 'C2', user: 'U0BOB' }))
    await post(eventBody({ type: 'member_joined_channel', channel: 'C2', user: 'U0BOT' }))
    await post(eventBody({ type: 'group_rename', channel: { id: 'G1', name: 'inner-circle' } }))
    await post(eventBody({ type: 'tokens_revoked', tokens: { oauth: ['U0BOB'], bot: [] } }))
    await post(eventBody({ type: 'app_uninstalled' }))
    await waitFor(() => {
      expect(life).toHaveLength(5)
    })
    expect(life).toEqual([
      ['closed', 'slack', 'T1', 'C1', 'it was archived'],
      ['opened', 'slack', 'T1', 'C1'],
      ['opened', 'slack', 'T1', 'C2'],
      ['renamed', 'slack', 'T1', 'G1', 'inner-circle'],
      ['removed', 'slack', 'T1'],
    ])
  })

  it('answers buttons, menus, forms and mentions', async () => {
    void open(HTTP).chat.serve(desk, stop.signal)
    await connected()
    const who = { user: { id: 'U0BOB' }, team: { id: 'T1' }, channel: { id: 'C1', name: 'general' } }
    const pressed = {
      ...who,
      type: 'block_actions',
      container: { type: 'message' },
      response_url: slack.responseUrl,
    }
    reply = () => message('Next page.', { replace: true })
    await post(
      interaction({
        ...pressed,
        trigger_id: 'b1',
        actions: [{ type: 'button', action_id: 'latest:1', value: 'latest:1', block_id: 'b' }],
      }),
    )
    await waitFor(() => {
      expect(slack.responses).toMatchObject([{ replace_original: true }])
    })
    await post(
      interaction({
        ...pressed,
        trigger_id: 'b2',
        actions: [
          { type: 'static_select', action_id: 'open', selected_option: { value: 's1' }, block_id: 'b' },
        ],
      }),
    )
    await waitFor(() => {
      expect(asked).toHaveLength(2)
    })
    expect(asked).toMatchObject([
      { action: 'latest:1', chosen: [] },
      { action: 'open', chosen: ['s1'] },
    ])

    reply = () => FORM
    await post(form(slashBody({ command: '/newsroom', text: 'setup' })))
    await waitFor(() => {
      expect(slack.calls.at(-1)).toMatchObject({
        method: 'views.open',
        args: { view: { callback_id: 'setup' } },
      })
    })
    const view = slack.calls.at(-1)!.args['view'] as Record<string, unknown>
    reply = () => message('Set up.')
    slack.responses.length = 0
    const values = { times: { times: { type: 'plain_text_input', value: '08:00' } } }
    await post(
      interaction({
        ...who,
        type: 'view_submission',
        trigger_id: 'v1',
        view: { ...view, state: { values } },
      }),
    )
    await waitFor(() => {
      expect(slack.responses).toMatchObject([{ text: 'Set up.' }])
    })
    expect(asked.at(-1)).toMatchObject({
      kind: 'form',
      action: 'setup',
      fields: { times: '08:00' },
      asker: { channel: 'C1' },
    })

    await post(
      eventBody({ type: 'app_mention', user: 'U0BOB', channel: 'C1', text: '<@U0BOT> latest', ts: '1.1' }),
    )
    await waitFor(() => {
      expect(slack.calls.at(-1)).toMatchObject({ method: 'chat.postEphemeral', args: { user: 'U0BOB' } })
    })
    expect(asked.at(-1)).toMatchObject({ path: ['news', 'latest'] })
  })

  it('answers a mention in a channel that the app is not in by a private message', async () => {
    void open(HTTP).chat.serve(desk, stop.signal)
    await connected()
    await post(eventBody({ type: 'app_mention', user: 'U0BOB', channel: 'C2', text: '<@U0BOT>', ts: '1.1' }))
    await waitFor(() => {
      expect(slack.posted).toMatchObject([{ channel: 'U0BOB' }])
    })
    expect(slack.calls.map(({ method }) => method)).not.toContain('chat.postEphemeral')
  })

  it('fills the home tab, and answers its buttons in a window', async () => {
    void open(HTTP).chat.serve(desk, stop.signal)
    await connected()
    await post(eventBody({ type: 'app_home_opened', user: 'U0ADMIN', tab: 'home', channel: 'D1' }))
    await waitFor(() => {
      expect(slack.calls.at(-1)).toMatchObject({ method: 'views.publish', args: { user_id: 'U0ADMIN' } })
    })
    expect(asked.map((one) => (one.kind === 'command' ? one.path.join(' ') : ''))).toEqual([
      'newsroom status',
      'news following',
      'news help',
    ])
    const pressed = {
      type: 'block_actions',
      user: { id: 'U0ADMIN' },
      team: { id: 'T1' },
      container: { type: 'view', view_id: 'H1' },
      view: { id: 'H1', type: 'home' },
    }
    await post(
      interaction({
        ...pressed,
        trigger_id: 'h1',
        actions: [{ type: 'button', action_id: 'status:1', value: 'status:1', block_id: 'b' }],
      }),
    )
    await waitFor(() => {
      expect(slack.calls.at(-1)).toMatchObject({ method: 'views.update', args: { view_id: 'V1' } })
    })
  })

  it('rejects where Slack does not know the token', async () => {
    slack.troubles.set('auth.test', [{ error: 'invalid_auth' }])
    await expect(open(HTTP).chat.serve(desk, stop.signal)).rejects.toThrow(
      'Cannot log in to Slack: Slack does not know the token',
    )
  })
})

describe('handle()', () => {
  it('answers what another server hands on, and leaves other paths to it', async () => {
    const { chat, handle } = open({ ...HTTP, listen: null })
    const server = createServer((request, response) => {
      if (!handle(request, response)) response.writeHead(418).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const ask = (path: string, body: string) =>
      fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
        ...{ method: 'POST', body, headers: signedHeaders(body, SECRET, Date.now()) },
      }).then(({ status }) => status)
    const body = form(slashBody())
    expect(await ask('/slack/events', body)).toBe(503)
    void chat.serve(desk, stop.signal)
    await connected()
    expect(await ask('/slack/events', body)).toBe(200)
    expect(await ask('/slack/elsewhere', body)).toBe(404)
    expect(await ask('/other', body)).toBe(418)
    server.close()
  })
})

describe('openSlack() with OAuth', () => {
  it('installs by its own state alone, seals the token, welcomes the installer, and forgets it with the app', async () => {
    slack.troubles.set('oauth.v2.access', [])
    const { chat, publisher } = open(OAUTH)
    void chat.serve(desk, stop.signal)
    await connected()
    const base = `http://127.0.0.1:${port}`
    const begun = await fetch(`${base}/slack/install`, { redirect: 'manual' })
    const target = new URL(begun.headers.get('location') ?? '')
    expect(target.searchParams.get('redirect_uri')).toBe('https://news.example/slack/oauth_redirect')
    const state = target.searchParams.get('state') ?? ''
    const cookie = (begun.headers.get('set-cookie') ?? '').split(';', 1).join('')
    expect(
      (await fetch(`${base}/slack/oauth_redirect?code=c&state=forged`, { headers: { cookie } })).status,
    ).toBe(400)
    expect((await fetch(`${base}/slack/oauth_redirect?code=c&state=${state}`)).status).toBe(400)
    expect(stored.size).toBe(0)
    const done = await fetch(`${base}/slack/oauth_redirect?code=c&state=${state}`, { headers: { cookie } })
    expect(done.status).toBe(200)
    await waitFor(() => {
      expect(slack.posted).toMatchObject([{ channel: 'U0ADMIN', text: 'Welcome.' }])
    })
    expect(stored.get('T1')?.sealed).not.toContain('xoxb')
    expect(life).toEqual([['added', 'T1', 'One']])

    expect(await post(form(slashBody()))).toBe(200)
    await waitFor(() => {
      expect(slack.responses).toHaveLength(1)
    })
    expect(await chat.channelProblem?.('T2', 'C1')).toBe('the app is not installed in this workspace')
    await post(eventBody({ type: 'app_uninstalled' }))
    await waitFor(() => {
      expect(stored.size).toBe(0)
    })
    const destination = { id: 'd', platform: 'slack', address: 'C1', tenant: 'T1', name: '' }
    const part = {
      destination,
      digestId: 'd',
      part: 0,
      nonce: 'n',
      parentId: null,
      message: { body: { text: 't', blocks: [] }, storyIds: [], inThread: false },
    }
    expect(await publisher.send(part, AbortSignal.timeout(5_000))).toMatchObject({
      kind: 'locked-out',
      tenant: 'T1',
    })
  })
})

describe('openSlack() with OAuth and a token of the operator', () => {
  const mode: SlackMode = { ...OAUTH, botToken: 'xoxb-own' }

  it('serves the workspace of that token without an installation', async () => {
    const slackSide = open(mode)
    void slackSide.chat.serve(desk, stop.signal)
    await connected()
    expect(life).toEqual([['added', 'T1', 'One']])
    expect(stored.get('T1')?.sealed).toMatch(/^v1[.]/)
    expect(await post(form(slashBody()))).toBe(200)
    await waitFor(() => {
      expect(slack.responses).toHaveLength(1)
    })
  })

  it('serves the others where Slack does not take it', async () => {
    slack.troubles.set('auth.test', [{ error: 'token_revoked' }])
    void open(mode).chat.serve(desk, stop.signal)
    await connected()
    expect(stored.size).toBe(0)
    expect(log.map(({ what }) => what)).toContain('slack-token-refused')
  })
})

describe('openSlack() in Socket Mode', () => {
  it('acknowledges and answers commands, while connections are renewed too', async () => {
    const served = open(SOCKET).chat.serve(desk, stop.signal)
    await connected()
    expect(await slack.socketCommand(slashBody())).toBe(true)
    slack.refresh()
    expect(await slack.socketCommand(slashBody())).toBe(true)
    await waitFor(() => {
      expect(slack.sockets()).toBe(2)
    })
    await waitFor(() => {
      expect(slack.responses).toHaveLength(2)
    })
    stop.abort()
    await served
  })

  it('comes back after every trouble, and ends the process with none', async () => {
    void open(SOCKET).chat.serve(desk, stop.signal)
    await connected()
    slack.troubles.set('apps.connections.open', [{ error: 'invalid_auth' }, { status: 503 }, 'lost'])
    slack.drop()
    await waitFor(() => {
      expect(slack.sockets()).toBe(1)
    })
    expect(await slack.socketCommand(slashBody())).toBe(true)
    expect(log.filter(({ what }) => what === 'slack-connection-lost')).toHaveLength(3)
  }, 15_000)

  it('rejects at the start where Slack refuses the app token', async () => {
    slack.troubles.set('apps.connections.open', [{ error: 'invalid_auth' }])
    await expect(open(SOCKET).chat.serve(desk, stop.signal)).rejects.toThrow(
      'SLACK_APP_TOKEN is refused: invalid_auth',
    )
  })
})

describe('tell() and channelProblem()', () => {
  it('says who takes no private messages', async () => {
    const note = {
      platform: 'slack',
      tenant: 'T1',
      person: 'U1',
      reply: message('Hello.') as Extract<CommandReply, { kind: 'message' }>,
    }
    const { chat } = open(SOCKET)
    expect(await chat.tell(note)).toBe('told')
    slack.troubles.set('chat.postMessage', [{ error: 'messages_tab_disabled' }, { status: 503 }])
    expect(await chat.tell(note)).toBe('closed')
    expect(await chat.tell(note)).toBe('failed')
  })

  it('names what is missing', async () => {
    const { chat } = open(SOCKET)
    slack.troubles.set('conversations.info', [
      { error: 'missing_scope', needed: 'groups:read' },
      { error: 'channel_not_found' },
    ])
    expect(await chat.channelProblem?.('T1', 'C1')).toContain('"groups:read"')
    expect(await chat.channelProblem?.('T1', 'C1')).toContain('/invite')
    expect(await chat.channelProblem?.('T1', 'C1')).toBeNull()
    expect(await chat.channelProblem?.('T1', 'C2')).toContain('"channels:join"')
  })
})

describe('enterChannel()', () => {
  it('joins a public channel, and says why it cannot', async () => {
    const { chat } = open(SOCKET)
    expect(await chat.enterChannel?.('T1', 'C2')).toBeNull()
    expect(slack.calls.at(-1)).toMatchObject({ method: 'conversations.join', args: { channel: 'C2' } })
    slack.troubles.set('conversations.join', [
      { error: 'method_not_supported_for_channel_type' },
      { error: 'is_archived' },
    ])
    expect(await chat.enterChannel?.('T1', 'G1')).toBeNull()
    expect(await chat.enterChannel?.('T1', 'C2')).toContain('archived')
  })
})

describe('check()', () => {
  it('names each scope that is not granted, and a token that is refused', async () => {
    const check = (mode: SlackMode, channels: string[] = []) => open(mode).chat.check?.(channels)
    const problems = (await check(SOCKET, ['C1', 'C2'])) ?? []
    expect(problems).toContain(
      'Slack has not granted "chat:write" (posts digests and answers): add it and install the app again',
    )
    expect(problems.join()).not.toContain('"commands"')
    expect(problems.join()).not.toContain('"C1"')
    expect(problems.at(-1)).toContain('Cannot post to Slack channel "C2": the app is not in it')
    slack.troubles.set('auth.test', [{ error: 'token_revoked' }])
    expect(await check(HTTP)).toEqual(['Cannot log in to Slack: the token was revoked (token_revoked)'])
    slack.troubles.set('apps.connections.open', [{ error: 'not_allowed_token_type' }])
    expect((await check(SOCKET))?.[0]).toContain('SLACK_APP_TOKEN is refused (not_allowed_token_type)')
    expect(await check(OAUTH, ['C1'])).toEqual([expect.stringContaining('no workspace is known for it')])
    const tenant = { platform: 'slack', settings: {}, addedAtMs: 1, removedAtMs: null }
    installed = [
      { ...tenant, id: 'T1', name: 'One' },
      { ...tenant, id: 'T2', name: 'Two', removedAtMs: 2 },
    ]
    expect(await check(OAUTH)).toEqual([
      'Slack workspace "One" (T1): the app is not installed in this workspace',
    ])
    expect(slack.posted).toEqual([])
  })
})
