import { createHash } from 'node:crypto'
import type {
  MessagePart,
  PartToSend,
  Publisher,
  ResolveOutcome,
  SendOutcome,
} from '../../app/ports/publisher.ts'
import { ArchivedThreads } from './archived-threads.ts'
import type { BotDirectory } from './bot-directory.ts'
import { isForumType, PERMISSION, whyClosed, type ChannelPlaces } from './channel-places.ts'
import type { DiscordRest, RestAnswer, RestRequest } from './discord-rest.ts'
import { CODE, codeOfAnswer, judgeAnswer } from './judge-answer.ts'
import { at, listAt, numberAt, textAt } from './json-value.ts'
import { cutForDiscord, discordMessage, type DiscordPart } from './render-digest.ts'

/** What publishing needs. */
export interface DiscordPublisherOptions {
  readonly rest: DiscordRest
  readonly places: ChannelPlaces
  readonly bots: BotDirectory
  readonly nowMs: () => number
}

/** How long Discord surely knows a nonce again: it says "the past few minutes". */
const NONCE_MS = 120_000

/** Tries and channels remembered. */
const MAX_REMEMBERED = 10_000

/** Messages looked through for one that may have arrived, in pages of 100. */
const MAX_HISTORY_PAGES = 5

/** A part is tried for a day at most (deliver-parts.ts); older messages cannot be it. */
const MAX_TRY_AGE_MS = 90_000_000

/** Minutes until a thread of ours goes out of the list. */
const AUTO_ARCHIVE_MINUTES = 1_440

/** Wait where a thread could not be opened for passing trouble, ms. */
const THREAD_RETRY_MS = 15_000

/** Channels whose messages can have threads. */
const THREADABLE_TYPES: ReadonlySet<number> = new Set([0, 5])

/** What Discord answers where a thread cannot be had; its part goes into the channel. */
const NO_THREAD: ReadonlySet<number> = new Set([
  CODE.missingPermissions,
  CODE.wrongChannelType,
  CODE.tooManyThreads,
  CODE.unknownMessage,
])

const LOST = 'the channel was deleted, or the bot is not in its server any more'
const NOWHERE = 'no server that the bot is in has such a channel, unless it is an archived private thread'

/** A kind of channel, or why nothing can be sent there. */
type Kind =
  | { readonly kind: 'channel'; readonly type: number; readonly guildId: string }
  | { readonly kind: 'no'; readonly outcome: SendOutcome }

type Looked =
  | { readonly kind: 'found'; readonly messageId: string }
  /** `empty`: nothing at all is there, which Discord also says to who may not read. */
  | { readonly kind: 'absent' | 'empty' | 'blind' }

/**
 * Sends digests to channels, threads and forums of Discord. Every message carries its nonce twice: as Discord's `nonce`, so that another
 * try within minutes gives the first message again, and as the number of its first component, so that it is found in the history of
 * the channel later on.
 */
export class DiscordPublisher implements Publisher {
  readonly platform = 'discord'
  readonly #options: DiscordPublisherOptions
  readonly #channels = new Map<string, { readonly type: number; readonly guildId: string }>()
  readonly #triedAtMs = new Map<string, number>()
  readonly #threads = new Map<string, true>()
  readonly #archived: ArchivedThreads

  constructor(options: DiscordPublisherOptions) {
    this.#options = options
    this.#archived = new ArchivedThreads(options.rest, options.places)
  }

  /** See {@link Publisher.cut}. */
  cut = cutForDiscord

  /** See {@link Publisher.send}. */
  /** Of another bot is what this one does not see: a server that another one greeted, or none that is known while there are others. */
  async isElsewhere({ address, tenant }: PartToSend['destination']): Promise<boolean> {
    const { places, bots } = this.#options
    if (places.place(address) !== null || places.isLost(address)) return false
    return bots.isOfOther(tenant)
  }

  async send(part: PartToSend, signal: AbortSignal): Promise<SendOutcome> {
    const { destination, message } = part
    const body = readPart(message)
    const what = `Cannot send to channel "${destination.address}"`
    if (body === null) return { kind: 'refused', problem: `${what}: the part is not one of Discord's` }
    if (destination.tenant !== null && this.#options.places.isGone(destination.tenant)) {
      return { kind: 'closed', problem: `${what}: the bot is not in the server any more`, gone: true }
    }
    const channel = await this.#kindOf(destination.address, what, signal)
    if (channel.kind === 'no') return channel.outcome
    if (!this.#triedAtMs.has(part.nonce)) remember(this.#triedAtMs, part.nonce, performance.now())
    if (message.inThread && part.parentId !== null) {
      return this.#sendInThread(part, part.parentId, body, channel.type, signal)
    }
    if (isForumType(channel.type)) return this.#openPost(part, body, signal)
    return this.#post(destination.address, part, body, signal)
  }

  /** See {@link Publisher.resolve}. */
  async resolve(part: PartToSend, signal: AbortSignal): Promise<ResolveOutcome> {
    const { destination, message, nonce, parentId } = part
    const channel = await this.#kindOf(destination.address, '', signal)
    if (channel.kind === 'no') return { kind: 'unknown' }
    const isForum = isForumType(channel.type)
    const isRecent = performance.now() - (this.#triedAtMs.get(nonce) ?? -NONCE_MS) < NONCE_MS
    const threadId = message.inThread ? parentId : null
    const looked =
      isForum && threadId === null
        ? await this.#lookInForum(channel.guildId, part, signal)
        : await this.#lookAround(destination.address, threadId, nonce, signal)
    if (looked.kind === 'found') return { kind: 'sent', messageId: looked.messageId }
    // Posts of forums carry no nonce: one that is still under way would come twice.
    if (isForum && threadId === null)
      return { kind: looked.kind === 'absent' && !isRecent ? 'not-sent' : 'unknown' }
    if (looked.kind === 'absent') return { kind: 'not-sent' }
    if (!isRecent) return { kind: 'unknown' }
    // Within minutes a second try cannot make a second message: it gives the first, or is it.
    const again = await this.send(part, signal)
    return again.kind === 'sent' ? again : { kind: 'unknown' }
  }

  /** See {@link Publisher.edit}. */
  async edit(part: PartToSend, messageId: string, signal: AbortSignal): Promise<SendOutcome> {
    const what = `Cannot change message "${messageId}"`
    const body = readPart(part.message)
    if (body === null) return { kind: 'refused', problem: `${what}: the part is not one of Discord's` }
    const found = await this.#channelOfMessage(part, messageId, what, signal)
    if (typeof found !== 'string') return found
    const answer = await this.#change('PATCH', found, messageId, signal, contentOf(body, part.nonce))
    return judgeAnswer(answer, what, this.#options.nowMs())
  }

  /** See {@link Publisher.remove}. */
  async remove(part: PartToSend, messageId: string, signal: AbortSignal): Promise<SendOutcome> {
    const what = `Cannot take message "${messageId}" back`
    const found = await this.#channelOfMessage(part, messageId, what, signal)
    if (typeof found !== 'string') return found
    if (found === messageId) return { kind: 'refused', problem: `${what}: it is the head of a post` }
    const answer = await this.#change('DELETE', found, messageId, signal)
    const isGone = answer.kind === 'answered' && answer.status < 300
    if (isGone || codeOfAnswer(answer) === CODE.unknownMessage) return { kind: 'sent', messageId }
    return judgeAnswer(answer, what, this.#options.nowMs())
  }

  /** The channel, thread or post that a sent part stands in. */
  async #channelOfMessage(
    { destination, message, parentId }: PartToSend,
    messageId: string,
    what: string,
    signal: AbortSignal,
  ): Promise<string | SendOutcome> {
    const channel = await this.#kindOf(destination.address, what, signal)
    if (channel.kind === 'no') return channel.outcome
    if (message.inThread && parentId !== null) return parentId
    return isForumType(channel.type) ? messageId : destination.address
  }

  /** A thread that went out of the list comes back for it: nothing changes in an archived one. */
  async #change(
    method: 'PATCH' | 'DELETE',
    channelId: string,
    messageId: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<RestAnswer> {
    const { rest } = this.#options
    const request: RestRequest = {
      ...{ method, bucket: `${method} message ${channelId}`, signal },
      path: `/channels/${channelId}/messages/${messageId}`,
      ...(body === undefined ? {} : { body }),
    }
    const answer = await rest.request(request)
    if (codeOfAnswer(answer) !== CODE.archived) return answer
    await rest.request({
      ...{ method: 'PATCH', path: `/channels/${channelId}`, bucket: `PATCH channel ${channelId}` },
      ...{ body: { archived: false }, signal },
    })
    return rest.request(request)
  }

  /** Why nothing can be sent to a channel of a server, or `null`. */
  async problem(tenant: string, address: string, signal: AbortSignal): Promise<string | null> {
    if (!/^\d{15,20}$/.test(address)) return 'that is not the id of a channel'
    const channel = await this.#kindOf(address, '', signal)
    if (channel.kind === 'no') return problemOf(channel.outcome)
    return channel.guildId === tenant ? null : 'that channel is not in this server'
  }

  async #kindOf(address: string, what: string, signal: AbortSignal): Promise<Kind> {
    const { places, rest, nowMs } = this.#options
    const place = places.place(address)
    if (place !== null) {
      const why = whyClosed(place)
      if (why === null) return { kind: 'channel', ...place }
      return { kind: 'no', outcome: { kind: 'closed', problem: `${what}: ${why}`, gone: false } }
    }
    if (places.isLost(address))
      return { kind: 'no', outcome: { kind: 'closed', problem: `${what}: ${LOST}`, gone: true } }
    const known = this.#channels.get(address) ?? (await this.#archived.find(address, signal))
    if (known === 'absent')
      return { kind: 'no', outcome: { kind: 'closed', problem: `${what}: ${NOWHERE}`, gone: true } }
    if (known !== 'unclear') return { kind: 'channel', ...known }
    const answer = await rest.request({
      method: 'GET',
      path: `/channels/${encodeURIComponent(address)}`,
      bucket: `GET channel ${address}`,
      signal,
    })
    const outcome = judgeAnswer(answer, what, nowMs())
    if (outcome.kind !== 'sent' || answer.kind !== 'answered')
      return { kind: 'no', outcome: asNotTried(outcome, nowMs()) }
    const found = { type: numberAt(answer.body, 'type') ?? 0, guildId: textAt(answer.body, 'guild_id') }
    remember(this.#channels, address, found)
    return { kind: 'channel', ...found }
  }

  async #post(
    channelId: string,
    { destination, nonce }: PartToSend,
    body: DiscordPart,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const answer = await this.#options.rest.request({
      method: 'POST',
      path: `/channels/${channelId}/messages`,
      bucket: `POST message ${channelId}`,
      body: { ...contentOf(body, nonce), nonce, enforce_nonce: true },
      signal,
    })
    // What is known of the channel may have changed.
    if (answer.kind === 'answered' && answer.status >= 400) this.#channels.delete(destination.address)
    return judgeAnswer(answer, `Cannot send to channel "${destination.address}"`, this.#options.nowMs())
  }

  async #openPost(part: PartToSend, body: DiscordPart, signal: AbortSignal): Promise<SendOutcome> {
    const { address } = part.destination
    const answer = await this.#options.rest.request({
      method: 'POST',
      path: `/channels/${address}/threads`,
      bucket: `POST thread ${address}`,
      body: {
        name: body.title,
        auto_archive_duration: AUTO_ARCHIVE_MINUTES,
        message: contentOf(body, part.nonce),
      },
      signal,
    })
    return judgeAnswer(answer, `Cannot post to forum "${address}"`, this.#options.nowMs())
  }

  async #sendInThread(
    part: PartToSend,
    parentId: string,
    body: DiscordPart,
    channelType: number,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const { address } = part.destination
    const opened = await this.#openThread(part, parentId, body, channelType, signal)
    if (opened === 'none') return this.#post(address, part, body, signal)
    if (opened !== 'open') return opened
    const outcome = await this.#post(parentId, part, body, signal)
    // A thread that somebody locked or deleted says nothing of the channel.
    return outcome.kind === 'closed' ? { kind: 'refused', problem: outcome.problem } : outcome
  }

  /** Opens the thread under part 0 where it is not there yet; `none` where this channel has no threads for us. */
  async #openThread(
    part: PartToSend,
    parentId: string,
    { title }: DiscordPart,
    channelType: number,
    signal: AbortSignal,
  ): Promise<'open' | 'none' | SendOutcome> {
    const { address } = part.destination
    const { rest, places, nowMs } = this.#options
    // A thread has the id of its message: the gateway may have told of one that a process before this one opened.
    const isThere = this.#threads.has(parentId) || places.place(parentId) !== null
    if (isForumType(channelType) || isThere) return 'open'
    if (!THREADABLE_TYPES.has(channelType) || !this.#mayOpenThreads(address)) return 'none'
    const answer = await rest.request({
      method: 'POST',
      path: `/channels/${address}/messages/${parentId}/threads`,
      bucket: `POST message thread ${address}`,
      body: { name: title, auto_archive_duration: AUTO_ARCHIVE_MINUTES },
      signal,
    })
    const code = codeOfAnswer(answer)
    const what = `Cannot open a thread in channel "${address}"`
    const outcome = judgeAnswer(answer, what, nowMs())
    if (outcome.kind === 'sent' || code === CODE.threadExists) {
      remember(this.#threads, parentId, true)
      return 'open'
    }
    return NO_THREAD.has(code) ? 'none' : asNotTried(outcome, nowMs())
  }

  #mayOpenThreads(address: string): boolean {
    const place = this.#options.places.place(address)
    const needed = PERMISSION.createThreads | PERMISSION.sendInThreads
    return place === null || (place.permissions & needed) === needed
  }

  /** In its thread, and in the channel where there is no such thread. */
  async #lookAround(
    address: string,
    threadId: string | null,
    nonce: string,
    signal: AbortSignal,
  ): Promise<Looked> {
    if (threadId === null) return this.#lookIn(address, nonce, signal)
    const inThread = await this.#lookIn(threadId, nonce, signal)
    if (inThread.kind === 'found') return inThread
    const inChannel = await this.#lookIn(address, nonce, signal)
    if (inChannel.kind === 'found' || inThread.kind === 'absent') return inChannel
    // Who may read a channel may read its threads: one that was opened just before its first message could be sent is truly empty.
    return { kind: inThread.kind === 'empty' && inChannel.kind === 'absent' ? 'absent' : 'blind' }
  }

  async #lookIn(channelId: string, nonce: string, signal: AbortSignal): Promise<Looked> {
    const mark = markOf(nonce)
    let before = ''
    for (let page = 0; page < MAX_HISTORY_PAGES; page++) {
      const answer = await this.#options.rest.request({
        method: 'GET',
        path: `/channels/${channelId}/messages?limit=100${before === '' ? '' : `&before=${before}`}`,
        bucket: `GET messages ${channelId}`,
        signal,
      })
      // A thread that was never opened holds nothing.
      if (codeOfAnswer(answer) === CODE.unknownChannel) return { kind: 'absent' }
      if (answer.kind !== 'answered' || answer.status !== 200) return { kind: 'blind' }
      const messages = listAt(answer.body)
      const found = messages.find((one) => numberAt(one, 'components', 0, 'id') === mark)
      if (found !== undefined) return { kind: 'found', messageId: textAt(found, 'id') }
      // Without the right to read, Discord shows an empty channel.
      if (messages.length === 0 && page === 0 && !this.#mayRead(channelId)) return { kind: 'empty' }
      before = textAt(messages.at(-1), 'id')
      if (messages.length < 100 || this.#isTooOld(before)) return { kind: 'absent' }
    }
    return { kind: 'blind' }
  }

  #mayRead(channelId: string): boolean {
    const place = this.#options.places.place(channelId)
    return place !== null && (place.permissions & PERMISSION.readHistory) !== 0n
  }

  #isTooOld(messageId: string): boolean {
    return this.#options.nowMs() - timeOf(messageId) > MAX_TRY_AGE_MS
  }

  /** A new post is an open thread of the forum whose first message bears the mark. */
  async #lookInForum(
    guildId: string,
    { destination, nonce }: PartToSend,
    signal: AbortSignal,
  ): Promise<Looked> {
    const { rest } = this.#options
    const answer = await rest.request({
      method: 'GET',
      path: `/guilds/${guildId}/threads/active`,
      bucket: `GET threads ${guildId}`,
      signal,
    })
    if (answer.kind !== 'answered' || answer.status !== 200) return { kind: 'blind' }
    const recent = listAt(answer.body, 'threads')
      .filter((thread) => textAt(thread, 'parent_id') === destination.address)
      .map((thread) => textAt(thread, 'id'))
      .filter((id) => !this.#isTooOld(id))
      .slice(0, 100)
    for (const id of recent) {
      const path = `/channels/${id}/messages/${id}`
      const first = await rest.request({ method: 'GET', path, bucket: `GET message ${id}`, signal })
      if (first.kind !== 'answered') return { kind: 'blind' }
      if (numberAt(first.body, 'components', 0, 'id') === markOf(nonce))
        return { kind: 'found', messageId: id }
    }
    return { kind: 'absent' }
  }
}

/** The message of a part, marked with its nonce. */
function contentOf(part: DiscordPart, nonce: string): object {
  const [first, ...others] = part.components
  return { ...discordMessage(part), components: [{ ...first, id: markOf(nonce) }, ...others] }
}

/** A number of 31 bits that stands for a nonce, beyond those that Discord gives to components itself. */
function markOf(nonce: string): number {
  const bits = createHash('sha256').update(nonce).digest().readUInt32BE(0)
  return (bits & 0x3fff_ffff) | 0x4000_0000
}

function readPart({ body }: MessagePart): DiscordPart | null {
  const components = listAt(body, 'components')
  if (components.length === 0 || textAt(body, 'title') === '') return null
  const mentionRole = at(body, 'mentionRole')
  return {
    title: textAt(body, 'title'),
    mentionRole: typeof mentionRole === 'string' ? mentionRole : null,
    components: components as DiscordPart['components'],
  }
}

/** A step before the message itself: whatever became of it, the message was not sent. */
function asNotTried(outcome: SendOutcome, nowMs: number): SendOutcome {
  return outcome.kind === 'unclear'
    ? { kind: 'not-sent', problem: outcome.problem, retryAtMs: nowMs + THREAD_RETRY_MS }
    : outcome
}

function problemOf(outcome: SendOutcome): string {
  return outcome.kind === 'sent' ? '' : outcome.problem.replace(/^: /, '')
}

/** When Discord made an id, epoch ms. */
function timeOf(snowflake: string): number {
  return /^\d{15,20}$/.test(snowflake) ? Number(BigInt(snowflake) >> 22n) + 1_420_070_400_000 : 0
}

/** Keeps a bounded memory: the oldest goes first. */
function remember<V>(memory: Map<string, V>, key: string, value: V): void {
  const [oldest] = memory.keys()
  if (memory.size >= MAX_REMEMBERED && oldest !== undefined) memory.delete(oldest)
  memory.set(key, value)
}
