import { setTimeout as delay } from 'node:timers/promises'
import { App, type AuthorizeResult, type Receiver } from '@slack/bolt'
import type { ChatPlatform, CommandDesk, CommandReply, PrivateNote } from '../../app/ports/chat.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import { at, textAt } from './json-value.ts'
import { lifeEvent } from './life-events.ts'
import type { SeenRequests } from './seen-requests.ts'
import { replyMessages } from './render-reply.ts'
import { BOT_SCOPES } from './scopes.ts'
import { codeWords } from './send-outcome.ts'
import { silentLogger } from './silent-logger.ts'
import { SlackAnswers } from './slack-answers.ts'
import { SlackPeople } from './slack-people.ts'
import type { SlackInstall } from './slack-tokens.ts'
import { webOptions, type SlackAnswer, type SlackWeb } from './slack-web.ts'

/** How requests come in. */
export interface SlackEntrance {
  readonly receiver: Receiver
  /** The receiver looks installations up by itself. */
  readonly hasInstaller: boolean
  /** Resolves once requests come in; over HTTP with the port. */
  start(): Promise<number | undefined>
  stop(): Promise<void>
  /** Deletes the token of a workspace that sent the app away. */
  forget(tenant: string): Promise<void>
  /** Takes the workspace of the operator's own token for one that installed the app; absent where it is the only one. */
  readonly adopt?: (own: Identity, scopes: readonly string[]) => Promise<void>
}

/** Hears of a new installation. */
export type OnInstalled = (install: SlackInstall, installer: string) => void

/** What the platform needs. */
export interface SlackChatOptions {
  readonly web: SlackWeb
  readonly apiUrl: string | null
  readonly log: OutcomeLog
  readonly nowMs: () => number
  /** Workspaces that installed the app by OAuth and have it still. */
  readonly installed: () => Promise<readonly { readonly id: string; readonly name: string }[]>
  /** What is wrong with the way in that requests take, one line each. */
  readonly checkEntrance: () => Promise<readonly string[]>
  /** Refuses what came before, in common with the entrance. */
  readonly seen: SeenRequests
  readonly openEntrance: (onInstalled: OnInstalled) => SlackEntrance
}

/** Longest wait for what is under way when the service stops, ms. */
const DRAIN_MS = 5_000

/** Wait before Slack is asked again who we are, ms. */
const RETRY_MS = 10_000

/** Who the bot is in the workspace of the operator's token. */
export interface Identity {
  readonly team: string
  readonly teamName: string
  readonly botId: string
  readonly botUserId: string
}

/** Slack as a platform on which people ask. */
export class SlackChat implements ChatPlatform {
  readonly platform = 'slack'
  readonly #options: SlackChatOptions
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(options: SlackChatOptions) {
    this.#options = options
  }

  async serve(desk: CommandDesk, signal: AbortSignal): Promise<void> {
    const { openEntrance, seen } = this.#options
    const entrance = openEntrance((install, installer) => {
      this.#track(this.#welcome(desk, install, installer))
    })
    const own = entrance.hasInstaller ? null : await this.#identify(signal)
    if (entrance.adopt !== undefined) await this.#adopt(desk, entrance.adopt, signal)
    if (signal.aborted) return
    this.#openApp(desk, entrance, own, { seen, signal })
    if (own !== null) await desk.tenantAdded({ platform: 'slack', tenant: own.team, name: own.teamName })
    const stopped = Promise.withResolvers<undefined>()
    signal.addEventListener('abort', () => {
      stopped.resolve(undefined)
    })
    try {
      const port = await Promise.race([entrance.start(), stopped.promise])
      const facts = port === undefined ? {} : { port }
      this.#options.log({ level: 'info', what: 'slack-connected', facts })
      await stopped.promise
    } finally {
      await entrance.stop()
      await Promise.race([Promise.allSettled(this.#underWay), delay(DRAIN_MS, undefined, { ref: false })])
    }
  }

  /** Asks Slack who we are until it answers; rejects where it says that the token will never do. */
  async #identify(signal: AbortSignal): Promise<Identity | null> {
    while (!signal.aborted) {
      const answer = await this.#options.web.call({ tenant: null, method: 'auth.test', args: {} }, signal)
      if (answer.kind === 'done') return readIdentity(answer.data)
      if (answer.kind === 'error') throw new Error(`Cannot log in to Slack: ${codeWords(answer)}`)
      this.#options.log({ level: 'warn', what: 'slack-out-of-reach', facts: { problem: problemOf(answer) } })
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
    return null
  }

  /** The operator's own workspace needs no installation by hand. A token that Slack does not take is told, and stops nobody else. */
  async #adopt(
    desk: CommandDesk,
    adopt: NonNullable<SlackEntrance['adopt']>,
    signal: AbortSignal,
  ): Promise<void> {
    const answer = await this.#options.web.call({ tenant: null, method: 'auth.test', args: {} }, signal)
    if (answer.kind === 'no-token') return
    if (answer.kind !== 'done') {
      this.#options.log({
        level: 'error',
        what: 'slack-token-refused',
        facts: { problem: problemOf(answer) },
      })
      return
    }
    const own = readIdentity(answer.data)
    await adopt(own, answer.scopes)
    await desk.tenantAdded({ platform: 'slack', tenant: own.team, name: own.teamName })
  }

  #openApp(
    desk: CommandDesk,
    entrance: SlackEntrance,
    own: Identity | null,
    { seen, signal }: { readonly seen: SeenRequests; readonly signal: AbortSignal },
  ): void {
    const { web, apiUrl, log, nowMs } = this.#options
    const answers = new SlackAnswers({ desk, web, people: new SlackPeople(web, nowMs), apiUrl, log, signal })
    const app = new App({
      receiver: entrance.receiver,
      ...(own === null ? {} : { authorize: () => Promise.resolve(authorization(own)) }),
      ...{ clientOptions: webOptions(apiUrl), logger: silentLogger, convoStore: false, ignoreSelf: false },
    })
    app.error((error) => {
      log({ level: 'error', what: 'slack-event-failed', facts: { problem: error.message } })
      return Promise.resolve()
    })
    // Slack repeats what it thinks was lost, and others may repeat what they saw: each is done once.
    app.use(async ({ body, next, ...rest }) => {
      const id = textAt(body, 'event_id') || textAt(body, 'trigger_id')
      if (id === '' || (await seen.isNew(id))) return next()
      if ('ack' in rest && typeof rest.ack === 'function') await rest.ack()
    })
    this.#listen(app, answers, { desk, forget: (tenant) => entrance.forget(tenant) })
  }

  /** Everything is acknowledged before it is worked on: Slack waits 3 s, answers may take longer. */
  #listen(app: App, answers: SlackAnswers, life: Parameters<typeof lifeEvent>[1]): void {
    app.command(/.*/, async ({ body, ack }) => {
      await this.#acknowledge(ack)
      this.#track(answers.command(body))
    })
    app.action(/.*/, async ({ body, ack }) => {
      await this.#acknowledge(ack)
      this.#track(answers.action(body))
    })
    app.view({ callback_id: /.*/, type: 'view_submission' }, async ({ body, ack }) => {
      await this.#acknowledge(ack)
      this.#track(answers.form(body))
    })
    app.event(/.*/, ({ body, event }) => {
      this.#track(this.#event(body, event, answers, life))
      return Promise.resolve()
    })
  }

  /** A connection that breaks just now takes no acknowledgement; the person sees an error of Slack then, and the answer all the same. */
  async #acknowledge(ack: () => Promise<void>): Promise<void> {
    try {
      await ack()
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      this.#options.log({ level: 'warn', what: 'slack-not-acknowledged', facts: { problem } })
    }
  }

  async #event(
    body: unknown,
    event: unknown,
    answers: SlackAnswers,
    life: Parameters<typeof lifeEvent>[1],
  ): Promise<void> {
    const tenant = textAt(body, 'team_id')
    const type = textAt(event, 'type')
    if (type === 'app_mention') return answers.mention(tenant, event)
    if (type === 'app_home_opened') {
      if (at(event, 'tab') !== 'messages') await answers.home(tenant, textAt(event, 'user'))
      return
    }
    if (await lifeEvent(body, life)) {
      this.#options.log({ level: 'info', what: 'slack-life-event', facts: { type, tenant } })
    }
  }

  #track(work: Promise<void>): void {
    const safe = work.catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error)
      this.#options.log({ level: 'error', what: 'slack-answer-failed', facts: { problem } })
    })
    this.#underWay.add(safe)
    void safe.finally(() => this.#underWay.delete(safe))
  }

  async #welcome(desk: CommandDesk, { team, teamName }: SlackInstall, installer: string): Promise<void> {
    const welcome: CommandReply | null = await desk.tenantAdded({
      platform: 'slack',
      tenant: team,
      name: teamName,
    })
    if (welcome?.kind === 'message') {
      await this.tell({ platform: 'slack', tenant: team, person: installer, reply: welcome })
    }
  }

  async tell({ tenant, person, reply }: PrivateNote): Promise<'told' | 'closed' | 'failed'> {
    for (const { text, blocks } of replyMessages(reply)) {
      const args = { channel: person, text, blocks, unfurl_links: false, unfurl_media: false }
      const answer = await this.#options.web.call({ tenant, method: 'chat.postMessage', args })
      if (answer.kind === 'error' && UNWILLING.has(answer.code)) return 'closed'
      if (answer.kind !== 'done') return 'failed'
    }
    return 'told'
  }

  async check(channels: readonly string[]): Promise<readonly string[]> {
    const { web, checkEntrance } = this.#options
    const entrance = [...(await checkEntrance()), ...(await this.#checkInstalled())]
    const answer = await web.call({ tenant: null, method: 'auth.test', args: {} })
    if (answer.kind === 'no-token') {
      const words = 'no workspace is known for it: set SLACK_BOT_TOKEN, or set the digest up in Slack'
      return [
        ...entrance,
        ...channels.map((channel) => `Cannot post to Slack channel "${channel}": ${words}`),
      ]
    }
    if (answer.kind !== 'done') return [...entrance, `Cannot log in to Slack: ${problemOf(answer)}`]
    const missing = missingScopes(answer.scopes)
    const closed: string[] = []
    for (const channel of channels) {
      const problem = await this.channelProblem(null, channel)
      if (problem !== null) closed.push(`Cannot post to Slack channel "${channel}": ${problem}`)
    }
    return [...entrance, ...missing, ...closed]
  }

  async #checkInstalled(): Promise<string[]> {
    const problems: string[] = []
    for (const { id, name } of await this.#options.installed()) {
      const answer = await this.#options.web.call({ tenant: id, method: 'auth.test', args: {} })
      const found = answer.kind === 'done' ? missingScopes(answer.scopes) : [problemOf(answer)]
      problems.push(...found.map((problem) => `Slack workspace "${name}" (${id}): ${problem}`))
    }
    return problems
  }

  /** @param tenant `null` for the only workspace */
  async channelProblem(tenant: string | null, channel: string): Promise<string | null> {
    const call = { tenant, method: 'conversations.info', args: { channel } }
    const answer = await this.#options.web.call(call, AbortSignal.timeout(RETRY_MS))
    if (answer.kind === 'error' && answer.code === 'channel_not_found') {
      return 'there is no such channel, or it is private and the app is not in it: invite it there with /invite'
    }
    if (answer.kind !== 'done') return problemOf(answer)
    const info = at(answer.data, 'channel')
    if (at(info, 'is_archived') === true) return 'it is archived'
    if (at(info, 'is_member') === true || at(info, 'is_im') === true) return null
    // The first digest joins a public channel by itself.
    const mayJoin = answer.scopes.includes('channels:join') || answer.scopes.includes('chat:write.public')
    return mayJoin && at(info, 'is_private') !== true
      ? null
      : 'the app is not in it: invite it there with /invite, or grant the scope "channels:join" for public ones'
  }

  async channelName(tenant: string, channel: string): Promise<string | null> {
    const call = { tenant, method: 'conversations.info', args: { channel } }
    const answer = await this.#options.web.call(call, AbortSignal.timeout(RETRY_MS))
    return answer.kind === 'done' ? textAt(answer.data, 'channel', 'name') || null : null
  }

  async enterChannel(tenant: string, channel: string): Promise<string | null> {
    const call = { tenant, method: 'conversations.join', args: { channel } }
    const answer = await this.#options.web.call(call, AbortSignal.timeout(RETRY_MS))
    const isNoMatter = answer.kind === 'error' && NEEDS_NO_JOIN.has(answer.code)
    return answer.kind === 'done' || isNoMatter ? null : problemOf(answer)
  }
}

/** Answers to a wish to join a channel that can be sent to all the same: it is private, or may be posted to from outside. */
const NEEDS_NO_JOIN = new Set(['method_not_supported_for_channel_type', 'missing_scope'])

function missingScopes(granted: readonly string[]): string[] {
  return Object.entries(BOT_SCOPES)
    .filter(([scope]) => !granted.includes(scope))
    .map(([scope, why]) => `Slack has not granted "${scope}" (${why}): add it and install the app again`)
}

/** Codes of people who take no private messages. */
const UNWILLING = new Set([
  'channel_not_found',
  'user_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
])

function readIdentity(data: unknown): Identity {
  return {
    ...{ team: textAt(data, 'team_id'), teamName: textAt(data, 'team') },
    ...{ botId: textAt(data, 'bot_id'), botUserId: textAt(data, 'user_id') },
  }
}

function authorization({ team, botId, botUserId }: Identity): AuthorizeResult {
  // Calls are made by our own client; this one is never used.
  return { botToken: 'unused', botId, botUserId, teamId: team }
}

function problemOf(answer: Exclude<SlackAnswer, { kind: 'done' }>): string {
  switch (answer.kind) {
    case 'error':
      return codeWords(answer)
    case 'busy':
      return 'Slack asks for patience: try again in a minute'
    case 'no-token':
      return 'the app is not installed in this workspace'
    case 'unreached':
    case 'unclear':
      return `Slack does not answer: ${answer.problem}`
  }
}
