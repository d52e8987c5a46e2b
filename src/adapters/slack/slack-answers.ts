import type { Asker, CommandDesk, CommandReply } from '../../app/ports/chat.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import { at, listAt, textAt } from './json-value.ts'
import { parseCommand } from './parse-command.ts'
import { channelNameOf, packOrigin, readAction, readFields, readOrigin, type Origin } from './read-payload.ts'
import {
  answerView,
  fileMessages,
  formView,
  homeView,
  replyMessages,
  type SlackMessage,
} from './render-reply.ts'
import { respond } from './respond.ts'
import type { SlackPeople } from './slack-people.ts'
import type { SlackAnswer, SlackWeb } from './slack-web.ts'

/** What answering needs. */
export interface SlackAnswersOptions {
  readonly desk: CommandDesk
  readonly web: SlackWeb
  readonly people: SlackPeople
  readonly apiUrl: string | null
  readonly log: OutcomeLog
  readonly signal: AbortSignal
}

/** Where an answer is wanted, and how it can be shown there. */
interface Place extends Origin {
  readonly tenant: string
  readonly person: string
  /** Opens a window, once and within 3 s; `''` where there is none. */
  readonly trigger: string
  /** A window of ours that shows the answer in place. */
  readonly viewId: string
  /** Under which message a mention is answered. */
  readonly threadTs: string
}

const NOWHERE = { responseUrl: '', channelName: '', trigger: '', viewId: '', threadTs: '' }

const TITLE = 'tidings'

const WORKING: SlackMessage = {
  text: 'Working',
  blocks: [{ type: 'section', text: { type: 'plain_text', text: 'One moment …', emoji: false } }],
}

const TOO_LATE: SlackMessage = {
  text: 'Slack gave the window up before it could be opened. Try again.',
  blocks: [
    {
      type: 'section',
      text: {
        type: 'plain_text',
        text: 'Slack gave the window up before it could be opened. Try again.',
        emoji: false,
      },
    },
  ],
}

/** Brings what people ask on Slack to the desk, and the answers back. Payloads are foreign: nothing of them is trusted to be there. */
export class SlackAnswers {
  readonly #options: SlackAnswersOptions

  constructor(options: SlackAnswersOptions) {
    this.#options = options
  }

  /** `/news` and `/newsroom`. */
  async command(body: unknown): Promise<void> {
    const place: Place = {
      ...NOWHERE,
      tenant: textAt(body, 'team_id'),
      person: textAt(body, 'user_id'),
      channel: textAt(body, 'channel_id'),
      channelName: textAt(body, 'channel_name'),
      responseUrl: textAt(body, 'response_url'),
      trigger: textAt(body, 'trigger_id'),
    }
    const command = textAt(body, 'command').replace(/^\//, '')
    await this.#ask(place, (asker) => this.#command(asker, command, textAt(body, 'text')))
  }

  /** A mention is `/news`. */
  async mention(tenant: string, event: unknown): Promise<void> {
    if (at(event, 'bot_id') !== undefined || textAt(event, 'user') === '') return
    const place: Place = {
      ...NOWHERE,
      tenant,
      person: textAt(event, 'user'),
      channel: textAt(event, 'channel'),
      threadTs: textAt(event, 'thread_ts'),
    }
    const text = textAt(event, 'text').replace(/^\s*(?:<@[A-Z0-9]+(?:\|[^<>]*)?>\s*)+/, '')
    await this.#ask(place, (asker) => this.#command(asker, 'news', text))
  }

  #command(asker: Asker, command: string, text: string): Promise<CommandReply> {
    const { desk, signal } = this.#options
    return desk.answer({ kind: 'command', asker, ...parseCommand(command, text, desk.shapes) }, signal)
  }

  /** A button or a menu, on a message, in a window or on the home tab. */
  async action(body: unknown): Promise<void> {
    const isInView = textAt(body, 'container', 'type') === 'view'
    const place: Place = {
      ...NOWHERE,
      tenant: tenantOf(body),
      person: textAt(body, 'user', 'id'),
      channel: textAt(body, 'channel', 'id') || readOrigin(textAt(body, 'view', 'private_metadata')).channel,
      channelName: textAt(body, 'channel', 'name'),
      responseUrl: textAt(body, 'response_url'),
      trigger: textAt(body, 'trigger_id'),
      viewId: isInView && textAt(body, 'view', 'type') === 'modal' ? textAt(body, 'view', 'id') : '',
    }
    const [pressed] = listAt(body, 'actions')
    const { action, chosen } = readAction(pressed)
    const shown = isInView && place.viewId === '' ? await this.#openWindow(place) : place
    const { desk, signal } = this.#options
    await this.#ask(shown, (asker) => desk.answer({ kind: 'action', asker, action, chosen }, signal))
  }

  /** A form that was sent. */
  async form(body: unknown): Promise<void> {
    const origin = readOrigin(textAt(body, 'view', 'private_metadata'))
    const place: Place = { ...NOWHERE, ...origin, tenant: tenantOf(body), person: textAt(body, 'user', 'id') }
    const action = textAt(body, 'view', 'callback_id')
    const { desk, signal } = this.#options
    await this.#ask(place, (asker) =>
      desk.answer({ kind: 'form', asker, action, fields: readFields(at(body, 'view')) }, signal),
    )
  }

  /** The home tab: what one follows; for managers also digests, the next of them, and feeds that fail. */
  async home(tenant: string, person: string): Promise<void> {
    const { desk, signal, web } = this.#options
    const asker = await this.#asker({ ...NOWHERE, tenant, person, channel: person })
    const paths = [
      ...(asker.isManager ? [['newsroom', 'status']] : []),
      ['news', 'following'],
      ['news', 'help'],
    ]
    const replies = await Promise.all(
      paths.map((path) => desk.answer({ kind: 'command', asker, path, options: {} }, signal)),
    )
    const view = homeView(replies.flatMap((reply) => (reply.kind === 'message' ? [reply] : [])))
    const answer = await web.call(
      { tenant, method: 'views.publish', args: { user_id: person, view } },
      signal,
    )
    this.#note('home', tenant, answer)
  }

  async #ask(place: Place, ask: (asker: Asker) => Promise<CommandReply>): Promise<void> {
    const asker = await this.#asker(place)
    await this.#deliver(place, await ask(asker))
  }

  async #asker({ tenant, person, channel, channelName }: Place): Promise<Asker> {
    const { isManager, locale } = await this.#options.people.person(tenant, person)
    return { platform: 'slack', tenant, channel, ...channelNameOf(channelName), person, isManager, locale }
  }

  async #deliver(place: Place, reply: CommandReply): Promise<void> {
    switch (reply.kind) {
      case 'form':
        return this.#openForm(place, formView(reply.form, packOrigin(place)))
      case 'file':
        return this.#show(place, fileMessages(reply), { visibility: 'private', replace: false })
      case 'message':
        return this.#show(place, replyMessages(reply), reply)
    }
  }

  async #openForm(place: Place, view: unknown): Promise<void> {
    const { web, signal } = this.#options
    const { tenant, viewId, trigger } = place
    const call =
      viewId === ''
        ? { tenant, method: 'views.open', args: { trigger_id: trigger, view } }
        : { tenant, method: 'views.update', args: { view_id: viewId, view } }
    const answer = await web.call(call, signal)
    if (answer.kind === 'done') return
    this.#note('form', tenant, answer)
    await this.#show({ ...place, viewId: '' }, [TOO_LATE], { visibility: 'private', replace: false })
  }

  /** The home tab has no place for answers: they get a window, opened before the work begins, since the leave to open one ends after 3 s. */
  async #openWindow(place: Place): Promise<Place> {
    const { web, signal } = this.#options
    const view = answerView(TITLE, [WORKING], packOrigin(place))
    const args = { trigger_id: place.trigger, view }
    const answer = await web.call({ tenant: place.tenant, method: 'views.open', args }, signal)
    return answer.kind === 'done' ? { ...place, viewId: textAt(answer.data, 'view', 'id') } : place
  }

  async #show(
    place: Place,
    messages: readonly SlackMessage[],
    kind: { readonly visibility: 'private' | 'channel'; readonly replace: boolean },
  ): Promise<void> {
    const { web, signal, apiUrl } = this.#options
    if (place.viewId !== '') {
      const view = answerView(TITLE, messages, packOrigin(place))
      const args = { view_id: place.viewId, view }
      this.#note(
        'window',
        place.tenant,
        await web.call({ tenant: place.tenant, method: 'views.update', args }, signal),
      )
      return
    }
    for (const [index, message] of messages.entries()) {
      if (place.responseUrl === '') await this.#say(place, message, kind.visibility)
      else {
        const problem = await respond(
          place.responseUrl,
          message,
          { ...kind, replace: kind.replace && index === 0 },
          apiUrl,
        )
        if (problem !== null) this.#warn('answer', place.tenant, problem)
      }
    }
  }

  /** Without an address to answer to: in the channel where the app was mentioned, else in a private message. */
  async #say(place: Place, { text, blocks }: SlackMessage, visibility: 'private' | 'channel'): Promise<void> {
    const { web, signal } = this.#options
    const { tenant, person, channel, threadTs } = place
    const thread = threadTs === '' ? {} : { thread_ts: threadTs }
    const isThere = /^[CG]/.test(channel) && (await this.#mayWriteIn(tenant, channel))
    if (isThere && visibility === 'private') {
      const args = { channel, user: person, text, blocks, ...thread }
      const answer = await web.call({ tenant, method: 'chat.postEphemeral', args }, signal)
      if (answer.kind !== 'error') return
    }
    const to = isThere && visibility === 'channel' ? { channel, ...thread } : { channel: person }
    const args = { ...to, text, blocks, unfurl_links: false, unfurl_media: false }
    this.#note('answer', tenant, await web.call({ tenant, method: 'chat.postMessage', args }, signal))
  }

  /** A mention can come from a channel that the app is not in. Where Slack does not tell, the message itself will. */
  async #mayWriteIn(tenant: string, channel: string): Promise<boolean> {
    const { web, signal } = this.#options
    const call = { tenant, method: 'conversations.info', args: { channel } }
    const answer = await web.call(call, signal)
    if (answer.kind === 'error' && answer.code === 'channel_not_found') return false
    return answer.kind !== 'done' || at(answer.data, 'channel', 'is_member') !== false
  }

  #note(what: string, tenant: string, answer: SlackAnswer): void {
    if (answer.kind === 'done') return
    const problem =
      answer.kind === 'error' ? `${answer.code} ${answer.needed}${answer.details}`.trim() : answer.kind
    this.#warn(what, tenant, problem)
  }

  #warn(what: string, tenant: string, problem: string): void {
    this.#options.log({ level: 'warn', what: 'slack-answer-lost', facts: { of: what, tenant, problem } })
  }
}

/** The workspace of an interaction. */
function tenantOf(body: unknown): string {
  return (
    textAt(body, 'view', 'app_installed_team_id') ||
    textAt(body, 'team', 'id') ||
    textAt(body, 'user', 'team_id')
  )
}
