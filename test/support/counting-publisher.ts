import type {
  MessagePart,
  PartToSend,
  Publisher,
  ResolveOutcome,
  SendOutcome,
} from '../../src/app/ports/publisher.ts'

/** What arrived at a {@link CountingPublisher}. */
export interface ReceivedPart {
  readonly destination: string
  readonly digestId: string
  readonly part: number
  readonly nonce: string
  readonly storyIds: readonly string[]
  readonly parentId: string | null
}

/** A platform that counts what arrives. */
export interface CountingPublisher extends Publisher {
  readonly received: ReceivedPart[]
  readonly edited: (ReceivedPart & { readonly messageId: string })[]
  /** Ids of messages that were taken back. */
  readonly removed: string[]
  /** How the next tries at a destination end; afterwards parts are taken. `lost`: taken, and the answer is lost. */
  readonly script: Map<string, (SendOutcome | 'lost')[]>
}

/** How a {@link CountingPublisher} is. */
export interface CountingOptions {
  readonly platform?: string
  /** Stories of one part. */
  readonly perPart?: number
  /** Whether it can tell if a part arrived, and change it. */
  readonly canTell?: boolean
}

/** A publisher of a platform that never fails unless told to, and remembers every part. */
export function countingPublisher(options: CountingOptions = {}): CountingPublisher {
  const { platform = 'discord', perPart = 2, canTell = true } = options
  const received: ReceivedPart[] = []
  const edited: CountingPublisher['edited'] = []
  const removed: string[] = []
  const script: CountingPublisher['script'] = new Map()
  return {
    platform,
    received,
    edited,
    removed,
    script,
    cut({ digest }) {
      const ids = digest.entries
        .flatMap((entry) => [entry, ...(entry.related ?? [])])
        .map(({ storyId }) => storyId)
      return Array.from({ length: Math.max(1, Math.ceil(ids.length / perPart)) }, (_, at): MessagePart => ({
        body: { text: digest.entries.flatMap(({ sentences }) => sentences.map(({ text }) => text)) },
        storyIds: ids.slice(at * perPart, (at + 1) * perPart),
        inThread: at > 0,
      }))
    },
    send(part) {
      const next = script.get(part.destination.id)?.shift()
      if (next !== undefined && next !== 'lost') return Promise.resolve(next)
      received.push(receivedOf(part))
      if (next === 'lost') return Promise.resolve({ kind: 'unclear', problem: 'the answer was lost' })
      return Promise.resolve({ kind: 'sent', messageId: `m-${part.nonce}` })
    },
    resolve({ nonce }): Promise<ResolveOutcome> {
      if (!canTell) return Promise.resolve({ kind: 'unknown' })
      const isThere = received.some((one) => one.nonce === nonce)
      return Promise.resolve(isThere ? { kind: 'sent', messageId: `m-${nonce}` } : { kind: 'not-sent' })
    },
    edit(part, messageId) {
      if (!canTell)
        return Promise.resolve({ kind: 'refused', problem: 'Cannot edit: there are no edits here' })
      edited.push({ ...receivedOf(part), messageId })
      return Promise.resolve({ kind: 'sent', messageId })
    },
    remove(_part, messageId) {
      removed.push(messageId)
      return Promise.resolve({ kind: 'sent', messageId })
    },
  }
}

function receivedOf({ destination, digestId, part, nonce, message, parentId }: PartToSend): ReceivedPart {
  return { destination: destination.id, digestId, part, nonce, storyIds: message.storyIds, parentId }
}
