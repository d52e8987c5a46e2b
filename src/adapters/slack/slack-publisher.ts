import type { PartToSend, Publisher, ResolveOutcome, SendOutcome } from '../../app/ports/publisher.ts'
import { at, listAt, textAt } from './json-value.ts'
import type { PostPace } from './post-pace.ts'
import { cutForSlack, slackMessage, type SlackPart } from './render-digest.ts'
import { failedOutcome } from './send-outcome.ts'
import type { SlackAnswer, SlackWeb } from './slack-web.ts'

/** What a publisher needs. */
export interface SlackPublisherOptions {
  readonly web: SlackWeb
  readonly pace: PostPace
  readonly nowMs: () => number
}

/** Under this name a message carries its nonce, for nobody but us to see. */
const METADATA_TYPE = 'tidings_digest_part'

/** Messages of one page of history. */
const PAGE = 100

/** Pages looked through for a message whose answer was lost. */
const MAX_PAGES = 5

/** How far back a lost message can be, ms: parts are given up after a day. */
const LOOK_BACK_MS = 25 * 3_600_000

/** Clocks differ, ms. */
const SKEW_MS = 60_000

/** A message whose answer was lost may still be on its way for so long, ms: before that, not to find it says nothing. */
const SETTLE_MS = 30_000

/** Channels remembered as entered. */
const MAX_PLACES = 10_000

/** Tries remembered, to know from when on to look. */
const MAX_TRIES = 2_000

/**
 * Sends digests to Slack channels. A part is posted once and once only: Slack has no idempotency key, so a lost answer is looked up in the
 * channel's history by the nonce in the message's metadata, where the app may read it.
 */
export class SlackPublisher implements Publisher {
  readonly platform = 'slack'
  readonly #options: SlackPublisherOptions
  /** When the latest try of a nonce began, epoch ms. */
  readonly #triedAtMs = new Map<string, number>()
  /** Channels that were looked at, and joined where that was needed. */
  readonly #entered = new Set<string>()

  constructor(options: SlackPublisherOptions) {
    this.#options = options
  }

  readonly cut = cutForSlack

  async send(part: PartToSend, signal: AbortSignal): Promise<SendOutcome> {
    const { tenant, address } = part.destination
    const what = `Cannot post to Slack channel "${address}"`
    if (!(await this.#options.pace.turn(tenant, address, signal))) {
      return { kind: 'not-sent', problem: `${what}: stopped before its turn`, retryAtMs: null }
    }
    const closed = await this.#enter(part, signal)
    if (closed !== null) return closed
    this.#remember(part.nonce)
    const answer = await this.#post(part, signal)
    if (answer.kind !== 'done') {
      this.#entered.delete(placeOf(part))
      return failedOutcome(answer, { what, tenant, nowMs: this.#options.nowMs() })
    }
    const ts = textAt(answer.data, 'ts')
    return ts === ''
      ? { kind: 'unclear', problem: `${what}: the answer names no message` }
      : { kind: 'sent', messageId: ts }
  }

  /** Before the first message to a channel: joins it where it is public. Where Slack does not tell, the post will. */
  async #enter(part: PartToSend, signal: AbortSignal): Promise<SendOutcome | null> {
    const place = placeOf(part)
    if (this.#entered.has(place)) return null
    const { tenant, address } = part.destination
    const args = { channel: address }
    const answer = await this.#options.web.call({ tenant, method: 'conversations.info', args }, signal)
    const info = answer.kind === 'done' ? at(answer.data, 'channel') : null
    if (at(info, 'is_archived') === true) {
      const problem = `Cannot post to Slack channel "${address}": the channel is archived`
      return { kind: 'closed', problem, gone: false }
    }
    if (at(info, 'is_member') === false && at(info, 'is_private') !== true && at(info, 'is_im') !== true) {
      await this.#options.web.call({ tenant, method: 'conversations.join', args }, signal)
    }
    if (this.#entered.size >= MAX_PLACES) this.#entered.clear()
    if (info !== null) this.#entered.add(place)
    return null
  }

  #post({ destination, message, nonce, parentId }: PartToSend, signal: AbortSignal): Promise<SlackAnswer> {
    const args = {
      channel: destination.address,
      ...slackMessage(message.body as SlackPart),
      metadata: { event_type: METADATA_TYPE, event_payload: { nonce } },
      ...(parentId === null ? {} : { thread_ts: parentId }),
    }
    return this.#options.web.call({ tenant: destination.tenant, method: 'chat.postMessage', args }, signal)
  }

  async resolve(part: PartToSend, signal: AbortSignal): Promise<ResolveOutcome> {
    const nowMs = this.#options.nowMs()
    const triedAtMs = this.#triedAtMs.get(part.nonce)
    const oldestMs = (triedAtMs ?? nowMs - LOOK_BACK_MS) - SKEW_MS
    const found = await this.#search(part, oldestMs, signal)
    if (found.kind === 'sent') return found
    const isSettled = triedAtMs === undefined || nowMs - triedAtMs > SETTLE_MS
    return found.kind === 'not-there' && isSettled ? { kind: 'not-sent' } : { kind: 'unknown' }
  }

  async #search(
    { destination, nonce, parentId }: PartToSend,
    oldestMs: number,
    signal: AbortSignal,
  ): Promise<{ kind: 'sent'; messageId: string } | { kind: 'not-there' } | { kind: 'cannot-tell' }> {
    let cursor = ''
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const args = {
        channel: destination.address,
        ...{ limit: PAGE, include_all_metadata: true, oldest: (oldestMs / 1_000).toFixed(6) },
        ...(parentId === null ? {} : { ts: parentId }),
        ...(cursor === '' ? {} : { cursor }),
      }
      const method = parentId === null ? 'conversations.history' : 'conversations.replies'
      const answer = await this.#options.web.call({ tenant: destination.tenant, method, args }, signal)
      if (answer.kind !== 'done') return { kind: 'cannot-tell' }
      const hit = listAt(answer.data, 'messages').find((message) => nonceOf(message) === nonce)
      if (hit !== undefined) return { kind: 'sent', messageId: textAt(hit, 'ts') }
      cursor = textAt(answer.data, 'response_metadata', 'next_cursor')
      if (cursor === '') return { kind: 'not-there' }
    }
    return { kind: 'cannot-tell' }
  }

  async edit(
    { destination, message }: PartToSend,
    messageId: string,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const { tenant, address } = destination
    const { text, blocks } = message.body as SlackPart
    const args = { channel: address, ts: messageId, text, blocks }
    const answer = await this.#options.web.call({ tenant, method: 'chat.update', args }, signal)
    if (answer.kind === 'done') return { kind: 'sent', messageId }
    const what = `Cannot change a message in Slack channel "${address}"`
    return failedOutcome(answer, { what, tenant, nowMs: this.#options.nowMs() })
  }

  #remember(nonce: string): void {
    const [oldest] = this.#triedAtMs.keys()
    if (this.#triedAtMs.size >= MAX_TRIES && oldest !== undefined) this.#triedAtMs.delete(oldest)
    this.#triedAtMs.set(nonce, this.#options.nowMs())
  }
}

function placeOf({ destination }: PartToSend): string {
  return `${destination.tenant ?? ''}/${destination.address}`
}

function nonceOf(message: unknown): string | null {
  if (textAt(message, 'metadata', 'event_type') !== METADATA_TYPE) return null
  return textAt(message, 'metadata', 'event_payload', 'nonce')
}
