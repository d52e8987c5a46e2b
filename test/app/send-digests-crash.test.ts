import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { DigestSender, type SendPorts } from '../../src/app/send-digests.ts'
import { countingPublisher, type CountingPublisher } from '../support/counting-publisher.ts'
import { DyingProcess } from '../support/dying-ports.ts'
import { shelveStory, shelveSubscription } from '../support/story-shelf.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 2, 9, 20)
const EIGHT = START + 12 * 60 * MINUTE
const LIVE = { stop: new AbortController().signal, abort: new AbortController().signal }

/** More steps than a round of two digests takes. */
const MAX_STEPS = 80

let folder: string
let shelf: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-crash-'))
  shelf = join(folder, 'shelf.db')
  const store = await openStore(`sqlite:${shelf}`)
  for (const id of ['s1', 's2']) await shelveSubscription(store, { id, nextRunAtMs: EIGHT, atMs: START })
  for (const n of [1, 12, 23]) await shelveStory(store, n, START + n * MINUTE)
  await store.close()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function senderOf(store: Store, publisher: CountingPublisher, nowMs: () => number, dying?: DyingProcess) {
  const watch = <T extends object>(target: T): T => dying?.watch(target) ?? target
  const ports: SendPorts = {
    articles: watch(store.articles),
    stories: watch(store.stories),
    subscriptions: watch(store.subscriptions),
    digests: watch(store.digests),
    publishers: new Map([['discord', dying?.watch(publisher, ['cut']) ?? publisher]]),
    nowMs,
    log: () => undefined,
  }
  return new DigestSender(ports, { claimant: dying === undefined ? 'second' : 'first', publicUrl: null })
}

interface Aftermath {
  readonly died: boolean
  readonly received: Readonly<Record<string, number>>
  readonly states: readonly string[]
  readonly unknown: readonly string[]
}

/** Lets a process die at a step, starts another on the same file, and lets half an hour pass. */
async function live(diesAt: number, diesAfter: boolean, canTell: boolean): Promise<Aftermath> {
  const file = join(folder, 'run.db')
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  copyFileSync(shelf, file)
  const publisher = countingPublisher({ canTell })
  const dying = new DyingProcess(diesAt, diesAfter)
  const first = await openStore(`sqlite:${file}`)
  await senderOf(first, publisher, () => EIGHT, dying)
    .sendDue(LIVE)
    .catch(() => undefined)
  await first.close()
  const second = await openStore(`sqlite:${file}`)
  let nowMs = EIGHT
  const sender = senderOf(second, publisher, () => nowMs)
  for (; nowMs < EIGHT + 30 * MINUTE; nowMs += 4 * MINUTE) await sender.sendDue(LIVE)
  const digests = (await Promise.all(['to-s1', 'to-s2'].map((id) => second.digests.digests(id, 5)))).flat()
  const parts = (await Promise.all(digests.map(({ id }) => second.digests.deliveries(id)))).flat()
  await second.close()
  return {
    died: dying.isDead,
    received: Object.fromEntries(
      Object.entries(Object.groupBy(publisher.received, ({ nonce }) => nonce)).map(([nonce, all]) => [
        nonce,
        all?.length ?? 0,
      ]),
    ),
    states: parts.map(({ state }) => state),
    unknown: parts.flatMap(({ state, nonce }) => (state === 'unknown' ? [nonce] : [])),
  }
}

describe.each([true, false])(
  'a sender that dies, on a platform that can tell what arrived: %s',
  (canTell) => {
    it.each([false, true])(
      'sends each part exactly once, or calls it unknown; dies after the step: %s',
      async (after) => {
        let steps = 0
        for (let diesAt = 1; diesAt <= MAX_STEPS; diesAt += 1) {
          const { died, received, states, unknown } = await live(diesAt, after, canTell)
          const where = `dead at step ${diesAt}`
          expect(states, where).toHaveLength(4)
          expect(
            Object.values(received).every((times) => times === 1),
            where,
          ).toBe(true)
          expect(
            states.every((state) => state === 'sent' || state === 'unknown'),
            where,
          ).toBe(true)
          // At most the try that was under way is unknown, and only where nobody can tell.
          expect(unknown.length, where).toBeLessThanOrEqual(canTell ? 0 : 2)
          const missing = 4 - Object.keys(received).length
          expect(missing, where).toBeLessThanOrEqual(unknown.length)
          if (!died) break
          steps = diesAt
        }
        expect(steps).toBeGreaterThan(20)
        expect(steps).toBeLessThan(MAX_STEPS)
      },
    )
  },
)
