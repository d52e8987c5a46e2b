import { describe, expect, it } from 'vitest'
import type {
  Destination,
  DigestToCut,
  MessagePart,
  PartToSend,
  Publisher,
} from '../../src/app/ports/publisher.ts'
import type { Digest } from '../../src/core/digest/digest.ts'
import { makeDigestOf, makeEntry } from '../support/make-digest-entry.ts'

/** How a platform behaves next: takes the message, asks for patience, takes it and loses the answer, or closes the place. */
export type Behaviour = 'takes' | 'busy' | 'loses-answer' | 'closed'

/** A publisher with the place that it sends to. */
export interface PublisherBench {
  readonly publisher: Publisher
  readonly destination: Destination
  /** Bodies that arrived, in order. */
  received(): Promise<readonly string[]>
  /** How the platform behaves from now on; `false` where this platform never does so. */
  behave(behaviour: Behaviour): boolean
  close(): Promise<void>
}

/** What every publisher must keep, on a platform of its own making. */
export function publisherContract(name: string, open: () => Promise<PublisherBench>): void {
  describe(`${name} as a publisher`, () => {
    const run = (title: string, check: (bench: PublisherBench) => Promise<void>) => {
      it(title, async () => {
        const bench = await open()
        try {
          await check(bench)
        } finally {
          await bench.close()
        }
      })
    }

    run('cuts every story once, in order, and the same each time', async ({ publisher }) => {
      const entries = Array.from({ length: 60 }, (_, index) =>
        makeEntry(`s${index}`, { headline: 'é👩‍👩‍👧'.repeat(400) }),
      )
      const digest = toCut(makeDigestOf(entries))
      const parts = publisher.cut(digest)
      expect(parts.flatMap(({ storyIds }) => storyIds)).toEqual(entries.map(({ storyId }) => storyId))
      expect(publisher.cut(digest)).toEqual(parts)
    })

    run('cuts a digest without stories into one part', async ({ publisher }) => {
      expect(publisher.cut(toCut(makeDigestOf([])))).toHaveLength(1)
    })

    run('makes parts that survive being stored', async ({ publisher }) => {
      const parts = publisher.cut(toCut(makeDigestOf([makeEntry('s')])))
      expect(JSON.parse(JSON.stringify(parts))).toEqual(parts)
    })

    run('delivers a part once', async (bench) => {
      expect(await send(bench)).toMatchObject({ kind: 'sent' })
      const received = await bench.received()
      expect(received).toHaveLength(1)
      expect(received[0]).toContain('A ferry ran aground off Marholm on Monday.')
    })

    run('says that a busy platform did not take the part', async (bench) => {
      if (!bench.behave('busy')) return
      expect(await send(bench)).toMatchObject({ kind: 'not-sent', retryAtMs: expect.any(Number) as number })
      expect(await bench.received()).toHaveLength(0)
    })

    run('says that a lost answer leaves it unclear, and never sends again by itself', async (bench) => {
      if (!bench.behave('loses-answer')) return
      expect(await send(bench)).toMatchObject({ kind: 'unclear' })
      expect(await bench.received()).toHaveLength(1)
      expect(['sent', 'unknown']).toContain(
        (await bench.publisher.resolve(partOf(bench), AbortSignal.timeout(5_000))).kind,
      )
    })

    run('says that a closed place needs somebody to act', async (bench) => {
      if (!bench.behave('closed')) return
      expect(await send(bench)).toMatchObject({
        kind: 'closed',
        problem: expect.stringContaining('Cannot') as string,
      })
    })
  })
}

function toCut(digest: Digest): DigestToCut {
  const subscription = { overflow: 'next-message', mentionRole: null, lang: null } as const
  return { digestId: 'd1', name: 'morning', digest, timeZone: 'UTC', subscription, publicUrl: null }
}

function partOf({ publisher, destination }: PublisherBench): PartToSend {
  const [message] = publisher.cut(toCut(makeDigestOf([makeEntry('s')]))) as readonly [MessagePart]
  return { destination, digestId: 'd1', part: 0, message, nonce: 'n-d1-0', parentId: null }
}

function send(bench: PublisherBench) {
  return bench.publisher.send(partOf(bench), AbortSignal.timeout(10_000))
}
