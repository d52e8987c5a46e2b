import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newFeedState, type FeedState } from '../../../src/core/feed/feed-state.ts'
import { planNextPoll, type PollOutcome } from '../../../src/core/feed/plan-poll.ts'

const NOW_MS = Date.UTC(2026, 4, 4, 6, 0, 0)
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const VALIDATORS = { etag: '"v2"', lastModified: null, bodyHash: 'h2' }

type Fetched = Extract<PollOutcome, { kind: 'fetched' }>
const fetched = (changes: Partial<Fetched> = {}): Fetched => ({
  kind: 'fetched',
  validators: VALIDATORS,
  movedTo: null,
  freshForMs: null,
  newArticles: 0,
  publishedAtMs: [],
  hintMs: null,
  ...changes,
})
const failed = (changes: Partial<Extract<PollOutcome, { kind: 'failed' }>> = {}): PollOutcome => ({
  kind: 'failed',
  failure: 'status',
  status: 503,
  problem: 'Cannot fetch "https://news.example.org/rss": status is 503',
  retryAtMs: null,
  ...changes,
})
const notModified: PollOutcome = {
  kind: 'not-modified',
  validators: VALIDATORS,
  movedTo: null,
  freshForMs: null,
}

/** Dates of `count` articles, one every `gapMs`, the newest `gapMs` old. */
const dates = (count: number, gapMs: number) =>
  Array.from({ length: count }, (_, i) => NOW_MS - (i + 1) * gapMs)
const plan = (outcome: PollOutcome, state: Partial<FeedState> = {}, jitter01 = 0) =>
  planNextPoll({ ...newFeedState(NOW_MS), ...state }, outcome, NOW_MS, jitter01)
const waitMs = (state: FeedState) => (state.nextPollAtMs ?? Number.NaN) - NOW_MS

describe('planNextPoll() after a good answer', () => {
  test.each([
    ['every minute', MINUTE_MS, 15 * MINUTE_MS],
    ['every hour', HOUR_MS, HOUR_MS / 2],
    ['every six hours', 6 * HOUR_MS, 3 * HOUR_MS],
    ['every month', 720 * HOUR_MS, 24 * HOUR_MS],
  ])('polls a feed with an article %s at its own rhythm', (_what, gapMs, expectedMs) => {
    expect(waitMs(plan(fetched({ publishedAtMs: dates(20, gapMs) })))).toBe(expectedMs)
  })

  test('counts the silence since the last article, and not dates to come', () => {
    const burst = Array.from({ length: 10 }, (_, i) => NOW_MS - 240 * HOUR_MS - i * MINUTE_MS)
    expect(waitMs(plan(fetched({ publishedAtMs: burst })))).toBeGreaterThan(11 * HOUR_MS)
    const ahead = [...dates(10, HOUR_MS), ...Array.from({ length: 20 }, () => NOW_MS + HOUR_MS)]
    expect(waitMs(plan(fetched({ publishedAtMs: ahead })))).toBe(HOUR_MS / 2)
  })

  test('learns the rhythm of a feed without dates from what its polls find', () => {
    const last = { kind: 'fetched', atMs: NOW_MS - 4 * HOUR_MS, failure: null, problem: null } as const
    expect(plan(fetched({ newArticles: 2 }), { last }).rhythmMs).toBe(2 * HOUR_MS)
    expect(plan(fetched({ newArticles: 0 }), { last, rhythmMs: HOUR_MS }).rhythmMs).toBe(1.25 * HOUR_MS)
    expect(plan(fetched({ newArticles: 12 })).rhythmMs).toBe(HOUR_MS)
  })

  test('slows down while nothing changes, up to a day', () => {
    let state: FeedState = { ...newFeedState(NOW_MS), rhythmMs: HOUR_MS }
    const waits: number[] = []
    for (let i = 0; i < 30; i++) {
      state = planNextPoll(state, notModified, NOW_MS, 0)
      waits.push(waitMs(state))
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBe(24 * HOUR_MS)
  })

  test.each([
    ['a cache time', { freshForMs: HOUR_MS }, HOUR_MS],
    ['a hint of the feed', { hintMs: HOUR_MS }, HOUR_MS],
    ['a cache time of a year, no longer than two hours', { freshForMs: 8_760 * HOUR_MS }, 2 * HOUR_MS],
    ['a cache time shorter than its rhythm not', { freshForMs: 1 }, 15 * MINUTE_MS],
  ])('waits for %s', (_what, changes, expectedMs) => {
    expect(waitMs(plan(fetched({ publishedAtMs: dates(10, MINUTE_MS), ...changes })))).toBe(expectedMs)
  })

  test('remembers validators and permanent moves', () => {
    const moved = plan(fetched({ movedTo: 'https://new.example/rss' }))
    expect(moved).toMatchObject({
      movedTo: 'https://new.example/rss',
      validators: VALIDATORS,
      lastGoodAtMs: NOW_MS,
    })
    expect(planNextPoll(moved, notModified, NOW_MS, 0).movedTo).toBe('https://new.example/rss')
  })
})

describe('planNextPoll() after a failure', () => {
  test('waits twice as long each time, up to a day, and opens the breaker at the fifth', () => {
    let state = newFeedState(NOW_MS)
    const seen: [minutes: number, breaker: string][] = []
    for (let i = 0; i < 9; i++) {
      state = planNextPoll(state, failed(), NOW_MS, 0)
      seen.push([waitMs(state) / MINUTE_MS, state.breaker])
    }
    expect(seen.map(([minutes]) => minutes)).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440])
    expect(seen.map(([, breaker]) => breaker).indexOf('open')).toBe(4)
  })

  test('needs two good answers to trust an open feed again', () => {
    const open = plan(failed(), { failures: 6 })
    const trial = planNextPoll(open, notModified, NOW_MS, 0)
    expect(trial).toMatchObject({ breaker: 'half-open', failures: 7 })
    expect(planNextPoll(trial, notModified, NOW_MS, 0)).toMatchObject({ breaker: 'closed', failures: 0 })
    const again = planNextPoll(trial, failed(), NOW_MS, 0)
    expect([again.breaker, waitMs(again)]).toEqual(['open', 24 * HOUR_MS])
  })

  test('does not come back before Retry-After, nor later than a day', () => {
    expect(waitMs(plan(failed({ retryAtMs: NOW_MS + 5 * HOUR_MS })))).toBe(5 * HOUR_MS)
    expect(waitMs(plan(failed({ retryAtMs: NOW_MS + 1 })))).toBe(15 * MINUTE_MS)
    expect(waitMs(plan(failed({ retryAtMs: NOW_MS + 800 * HOUR_MS })))).toBe(24 * HOUR_MS)
  })

  test('stops polling a feed that is gone, and says so', () => {
    expect(plan({ kind: 'gone', problem: 'status is 410' })).toMatchObject({
      nextPollAtMs: null,
      last: { kind: 'gone', problem: 'status is 410' },
    })
  })

  test('goes back to the old place when the new one is gone or fails four times', () => {
    const moved = { movedTo: 'https://new.example/rss', validators: VALIDATORS }
    const expected = { movedTo: null, validators: { etag: null, lastModified: null, bodyHash: null } }
    const gone = plan({ kind: 'gone', problem: 'status is 410' }, moved)
    expect(gone).toMatchObject(expected)
    expect(waitMs(gone)).toBe(15 * MINUTE_MS)
    expect(plan(failed(), { ...moved, failures: 2 }).movedTo).toBe('https://new.example/rss')
    expect(plan(failed(), { ...moved, failures: 3 })).toMatchObject(expected)
  })

  test('keeps the validators of the last feed when an answer holds none', () => {
    const state = plan({ kind: 'unreadable', problem: 'no feed' }, { validators: VALIDATORS })
    expect(state).toMatchObject({
      validators: VALIDATORS,
      failures: 1,
      last: { kind: 'unreadable', failure: null },
    })
  })

  test('holds nothing against a feed whose host rests or whose poll was stopped', () => {
    const state = { ...newFeedState(NOW_MS), failures: 3, rhythmMs: HOUR_MS }
    const resting = planNextPoll(
      state,
      failed({ failure: 'host-rests', retryAtMs: NOW_MS + HOUR_MS }),
      NOW_MS,
      0,
    )
    expect(resting).toEqual({ ...state, nextPollAtMs: NOW_MS + HOUR_MS })
    expect(planNextPoll(state, failed({ failure: 'aborted' }), NOW_MS, 0)).toEqual({
      ...state,
      nextPollAtMs: NOW_MS,
    })
  })
})

describe('planNextPoll() always', () => {
  const time = fc.integer({ min: NOW_MS - 1000 * HOUR_MS, max: NOW_MS + 1000 * HOUR_MS })
  const outcome: fc.Arbitrary<PollOutcome> = fc.oneof(
    fc
      .record({
        at: fc.array(time),
        fresh: fc.option(fc.nat()),
        hint: fc.option(fc.nat()),
        count: fc.nat(50),
      })
      .map((r) =>
        fetched({ publishedAtMs: r.at, freshForMs: r.fresh, hintMs: r.hint, newArticles: r.count }),
      ),
    fc.constant(notModified),
    fc.constant<PollOutcome>({ kind: 'unreadable', problem: 'no feed' }),
    fc.option(time).map((retryAtMs) => failed({ retryAtMs })),
    time.map((retryAtMs) => failed({ failure: 'host-rests', retryAtMs })),
  )

  test('polls between 15 minutes and a day from now', () => {
    const jitter = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, jitter), { maxLength: 15 }), (polls) => {
        let state = newFeedState(NOW_MS)
        for (const [one, jitter01] of polls) {
          state = planNextPoll(state, one, NOW_MS, jitter01)
          expect(waitMs(state)).toBeGreaterThanOrEqual(15 * MINUTE_MS)
          expect(waitMs(state)).toBeLessThanOrEqual(24 * HOUR_MS)
        }
      }),
    )
  })

  test('parts feeds that were polled together', () => {
    const waits = [0, 0.25, 0.5, 0.75, 1].map((jitter01) => waitMs(plan(failed(), {}, jitter01)))
    expect(new Set(waits).size).toBe(5)
    const longest = [0, 0.5, 1].map((jitter01) => waitMs(plan(failed(), { failures: 20 }, jitter01)))
    expect(new Set(longest).size).toBe(3)
  })
})

describe('planNextPoll() with a hub', () => {
  const pushed = (outcome: PollOutcome, isAnnounced: boolean, isTrusted: boolean, jitter01 = 0) =>
    planNextPoll(newFeedState(NOW_MS), outcome, NOW_MS, jitter01, { isAnnounced, isTrusted })
  const hourly = fetched({ newArticles: 1, publishedAtMs: dates(20, HOUR_MS) })

  test('polls four times as seldom while a hub that is trusted tells of news, an hour apart at least', () => {
    expect(waitMs(pushed(hourly, true, true))).toBe(2 * HOUR_MS)
    const busy = fetched({ newArticles: 1, publishedAtMs: dates(20, MINUTE_MS) })
    expect(waitMs(pushed(busy, true, true))).toBe(HOUR_MS)
    const rare = fetched({ newArticles: 1, publishedAtMs: dates(20, 720 * HOUR_MS) })
    expect(waitMs(pushed(rare, true, true))).toBe(24 * HOUR_MS)
    expect(waitMs(pushed(hourly, true, false))).toBe(HOUR_MS / 2)
  })

  test('polls as ever once it finds an article that the hub did not tell of, and remembers it', () => {
    const state = pushed(hourly, false, true)
    expect(waitMs(state)).toBe(HOUR_MS / 2)
    expect(state.unannouncedAtMs).toBe(NOW_MS)
    expect(pushed(hourly, true, true).unannouncedAtMs).toBeNull()
    expect(plan(hourly).unannouncedAtMs).toBeNull()
  })

  test('asks again soon where the hub tells of news that the feed does not show', () => {
    expect(waitMs(pushed(notModified, true, true))).toBe(15 * MINUTE_MS)
    expect(waitMs(pushed(fetched({ newArticles: 0, publishedAtMs: [] }), true, true))).toBe(15 * MINUTE_MS)
    expect(waitMs(pushed(notModified, false, true))).toBeGreaterThan(HOUR_MS)
  })
})
