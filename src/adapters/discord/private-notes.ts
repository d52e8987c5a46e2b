import { createHash } from 'node:crypto'
import type { CommandReply, PrivateNote } from '../../app/ports/chat.ts'
import { COMPONENTS_V2_FLAG, NO_MENTIONS } from './discord-limits.ts'
import { pause, type DiscordRest, type RestAnswer } from './discord-rest.ts'
import { CODE, codeOfAnswer, judgeAnswer } from './judge-answer.ts'
import { textAt } from './json-value.ts'
import { fitLabel, type Component } from './message-components.ts'
import { renderReply } from './render-reply.ts'

/** Channels of private messages remembered. */
const MAX_REMEMBERED = 10_000

/** Discord's number for such threads, and how long one stays in the list without news, minutes. */
const PUBLIC_THREAD = 11
const THREAD_MINUTES = 10_080

/** Tries of a message whose answer was lost: its nonce keeps it single. */
const MAX_TRIES = 3
const RETRY_MS = 1_000

/** The person takes no private messages from the bot, or does not exist. */
const CLOSED: ReadonlySet<number> = new Set([CODE.cannotMessageUser, CODE.noMutualGuilds, 10013, 50033])

/** Sends replies that nobody asked for just now: private notes, and the welcome of a server. */
export class NoteSender {
  readonly #rest: DiscordRest
  readonly #channels = new Map<string, string>()

  constructor(rest: DiscordRest) {
    this.#rest = rest
  }

  /** Tells one person by a private message. */
  async tell(
    { person, tenant, reply, place }: PrivateNote,
    signal: AbortSignal,
  ): Promise<'told' | 'closed' | 'failed'> {
    if (place !== undefined) return this.#tellIn(place, person, reply, signal)
    const opened = await this.#open(person, signal)
    if (typeof opened !== 'string') return CLOSED.has(codeOfAnswer(opened)) ? 'closed' : 'failed'
    const sent = await this.post(opened, reply, `${tenant} ${person}`, signal)
    if (sent.kind === 'answered' && sent.status < 300) return 'told'
    return CLOSED.has(codeOfAnswer(sent)) ? 'closed' : 'failed'
  }

  /** A thread is read by those who joined it; nobody is pinged. */
  async #tellIn(
    threadId: string,
    person: string,
    reply: PrivateNote['reply'],
    signal: AbortSignal,
  ): Promise<'told' | 'closed' | 'failed'> {
    const answer = await this.post(threadId, reply, `follow ${person}`, signal)
    const outcome = judgeAnswer(answer, '', 0)
    if (outcome.kind === 'sent') return 'told'
    return outcome.kind === 'closed' ? 'closed' : 'failed'
  }

  /** Opens a thread of a text channel that stands under no message; `null` where it cannot. */
  async openThread(channelId: string, title: string, signal: AbortSignal): Promise<string | null> {
    const answer = await this.#rest.request({
      method: 'POST',
      path: `/channels/${channelId}/threads`,
      bucket: `POST thread ${channelId}`,
      body: { name: fitLabel(title), type: PUBLIC_THREAD, auto_archive_duration: THREAD_MINUTES },
      signal,
    })
    const isOpen = answer.kind === 'answered' && answer.status < 300
    return isOpen ? textAt(answer.body, 'id') || null : null
  }

  /** Posts a reply to a channel; gives the answer for its first message. `seed` makes it one of its kind for some minutes. */
  async post(
    channelId: string,
    reply: Extract<CommandReply, { kind: 'message' }>,
    seed: string,
    signal: AbortSignal,
  ): Promise<RestAnswer> {
    const [first = [], ...others] = renderReply(reply)
    const answer = await this.#postOne(channelId, first, `${seed} 0`, signal)
    if (answer.kind !== 'answered' || answer.status >= 300) return answer
    for (const [index, components] of others.entries()) {
      await this.#postOne(channelId, components, `${seed} ${index + 1}`, signal)
    }
    return answer
  }

  async #postOne(
    channelId: string,
    components: readonly Component[],
    seed: string,
    signal: AbortSignal,
  ): Promise<RestAnswer> {
    const content = JSON.stringify(components)
    const nonce = createHash('sha256').update(`${channelId} ${seed} ${content}`).digest('hex').slice(0, 25)
    for (let tries = 1; ; tries++) {
      const answer = await this.#rest.request({
        method: 'POST',
        path: `/channels/${channelId}/messages`,
        bucket: `POST message ${channelId}`,
        body: {
          components,
          flags: COMPONENTS_V2_FLAG,
          allowed_mentions: NO_MENTIONS,
          nonce,
          enforce_nonce: true,
        },
        signal,
      })
      const isLost = answer.kind === 'lost' || (answer.kind === 'answered' && answer.status >= 500)
      if (!isLost || tries === MAX_TRIES || signal.aborted) return answer
      await pause(RETRY_MS, signal)
    }
  }

  async #open(person: string, signal: AbortSignal): Promise<string | RestAnswer> {
    const known = this.#channels.get(person)
    if (known !== undefined) return known
    const answer = await this.#rest.request({
      method: 'POST',
      path: '/users/@me/channels',
      bucket: 'POST private channel',
      body: { recipient_id: person },
      signal,
    })
    const id = answer.kind === 'answered' && answer.status < 300 ? textAt(answer.body, 'id') : ''
    if (id === '') return answer
    if (this.#channels.size >= MAX_REMEMBERED) this.#channels.clear()
    this.#channels.set(person, id)
    return id
  }
}
