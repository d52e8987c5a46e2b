import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newFeedState, parseFeedState, type FeedState } from '../../../src/core/feed/feed-state.ts'

const NOW_MS = Date.UTC(2026, 4, 4, 6, 0, 0)

describe('parseFeedState()', () => {
  test('reads back what was stored', () => {
    const state: FeedState = {
      movedTo: 'https://news.example.org/rss',
      validators: { etag: '"v1"', lastModified: 'Mon, 04 May 2026 05:00:00 GMT', bodyHash: 'abc' },
      breaker: 'half-open',
      failures: 6,
      last: { kind: 'failed', atMs: NOW_MS - 5, failure: 'tls', problem: 'certificate has expired' },
      lastGoodAtMs: NOW_MS - 10,
      rhythmMs: 3_600_000,
      unannouncedAtMs: null,
      nextPollAtMs: null,
    }
    expect(parseFeedState(JSON.parse(JSON.stringify(state)) as Record<string, unknown>, NOW_MS)).toEqual(
      state,
    )
  })

  test('takes an empty state as a new one, due at once', () => {
    expect(parseFeedState({}, NOW_MS)).toEqual(newFeedState(NOW_MS))
  })

  test('reads anything, and reads its own reading the same', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('open', 'failed', NaN, undefined))
    const stored = fc.dictionary(fc.constantFrom(...Object.keys(newFeedState(0)), 'other'), field)
    fc.assert(
      fc.property(stored, (record) => {
        const state = parseFeedState(record, NOW_MS)
        expect(parseFeedState({ ...state }, NOW_MS)).toEqual(state)
      }),
    )
  })
})
