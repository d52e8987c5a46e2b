import { expect, it } from 'vitest'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { DigestSender } from '../../src/app/send-digests.ts'
import { countingPublisher } from '../support/counting-publisher.ts'
import { shelveStory, shelveSubscription } from '../support/story-shelf.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 9, 20)
const LIVE = { stop: new AbortController().signal, abort: new AbortController().signal }

/** Ten days of one story in six hours, the clock moved by `jumpMs` after the third and back after the sixth. */
async function tellWithJump(jumpMs: number) {
  const store = await openStore('sqlite::memory:')
  const publisher = countingPublisher({ perPart: 50 })
  let nowMs = START
  const ports = {
    ...store,
    publishers: new Map([['discord', publisher]]),
    nowMs: () => nowMs,
    log: () => undefined,
  }
  const sender = new DigestSender(ports, { claimant: 'p1', publicUrl: null })
  await shelveSubscription(store, {
    ...{ id: 's1', nextRunAtMs: START + 12 * HOUR, atMs: START },
    subscription: { maxStories: 50, skipBelow: 1 },
  })
  let stories = 0
  for (let hour = 1; hour <= 14 * 24; hour += 1) {
    if (hour === 3 * 24 + 5) nowMs += jumpMs
    if (hour === 6 * 24 + 5) nowMs -= jumpMs
    nowMs += HOUR
    if (hour % 6 === 1 && hour <= 240) await shelveStory(store, (stories += 1), nowMs)
    await sender.sendDue(LIVE)
  }
  const [destination] = await store.subscriptions.destinations(null)
  const digests = await store.digests.digests(destination?.id ?? '', 100)
  const windows = digests.toSorted((a, b) => a.fromMs - b.fromMs)
  await store.close()
  return { told: publisher.received.flatMap(({ storyIds }) => storyIds), stories, windows }
}

it.each([HOUR, -HOUR, DAY, -DAY])(
  'a clock that jumps by %i ms and back tells every story once, in windows that do not overlap',
  async (jumpMs) => {
    const { told, stories, windows } = await tellWithJump(jumpMs)
    expect(stories).toBe(40)
    expect(told.toSorted()).toEqual(Array.from({ length: stories }, (_, n) => `story-${n + 1}`).sort())
    for (const [at, { fromMs }] of windows.entries()) {
      expect(fromMs).toBeGreaterThanOrEqual(windows[at - 1]?.toMs ?? 0)
    }
    // A day of them may be folded into the next one while the clock stands behind.
    expect(windows.length).toBeGreaterThanOrEqual(9)
  },
)
