import { describe, expect, test } from 'vitest'
import { newFeedState, type FeedState } from '../../../src/core/feed/feed-state.ts'
import {
  hubNews,
  hubOffer,
  mayWake,
  newHubLease,
  planAsk,
  planNo,
  planYes,
  type HubLease,
} from '../../../src/core/feed/hub-lease.ts'

const NOW_MS = Date.UTC(2026, 4, 4, 6)
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const OFFER = { hub: 'https://hub.example/', topic: 'https://harbour.example/feed' }

function lease(changes: Partial<HubLease> = {}): HubLease {
  return { ...newHubLease('harbour', OFFER, { token: 't', secret: 's' }, NOW_MS), ...changes }
}

function polled(changes: Partial<FeedState> = {}): FeedState {
  const last = { kind: 'fetched', atMs: NOW_MS - HOUR_MS, failure: null, problem: null } as const
  return { ...newFeedState(NOW_MS), last, nextPollAtMs: NOW_MS + HOUR_MS, ...changes }
}

describe('hubOffer()', () => {
  test('takes a hub and the own address of a feed, and nothing without both', () => {
    expect(hubOffer(OFFER.hub, OFFER.topic)).toEqual(OFFER)
    expect(hubOffer(OFFER.hub, null)).toBeNull()
    expect(hubOffer(null, OFFER.topic)).toBeNull()
    expect(hubOffer(OFFER.hub, `https://harbour.example/${'x'.repeat(1_000)}`)).toBeNull()
  })
})

describe('planAsk()', () => {
  test('waits twice as long with each asking that brings no yes, a week at most', () => {
    const waits = [0, 1, 2, 5, 50].map(
      (asks) => (planAsk(lease({ asks }), NOW_MS, 0)?.nextAskAtMs ?? 0) - NOW_MS,
    )
    expect(waits.map((ms) => ms / HOUR_MS)).toEqual([1, 2, 4, 32, 168])
    expect(planAsk(lease(), NOW_MS, 1)).toEqual({ asks: 1, nextAskAtMs: NOW_MS + 1.2 * HOUR_MS })
  })

  test('asks a hub three times to end a lease, then no more', () => {
    expect(planAsk(lease({ isLeaving: true, asks: 2 }), NOW_MS, 0)).not.toBeNull()
    expect(planAsk(lease({ isLeaving: true, asks: 3 }), NOW_MS, 0)).toBeNull()
  })
})

describe('planYes()', () => {
  test('renews a lease when four fifths of it are over', () => {
    expect(planYes(864_000, NOW_MS, 0)).toEqual({
      ...{ asks: 0, leaseUntilMs: NOW_MS + 10 * DAY_MS, nextAskAtMs: NOW_MS + 8 * DAY_MS },
    })
    expect(planYes(864_000, NOW_MS, 1).nextAskAtMs).toBe(NOW_MS + 9 * DAY_MS)
  })

  test('believes no lease for ever, and asks not more often than every ten minutes', () => {
    expect(planYes(1e12, NOW_MS, 0).leaseUntilMs).toBe(NOW_MS + 30 * DAY_MS)
    expect(planYes(1, NOW_MS, 0)).toMatchObject({
      leaseUntilMs: NOW_MS + 1000,
      nextAskAtMs: NOW_MS + 600_000,
    })
    expect(planYes(null, NOW_MS, 0).leaseUntilMs).toBe(NOW_MS + 10 * DAY_MS)
  })
})

describe('planNo()', () => {
  test('ends the lease and asks again in a week', () => {
    expect(planNo(NOW_MS)).toEqual({ leaseUntilMs: null, nextAskAtMs: NOW_MS + 7 * DAY_MS })
  })
})

describe('hubNews()', () => {
  const living = { leaseUntilMs: NOW_MS + DAY_MS }

  test('is null without a lease that lives', () => {
    for (const one of [null, lease(), lease({ leaseUntilMs: NOW_MS }), lease({ ...living, isLeaving: true })])
      expect(hubNews(one, polled(), NOW_MS)).toBeNull()
  })

  test('trusts a hub that has told of something, until a poll finds what it did not tell of', () => {
    expect(hubNews(lease(living), polled(), NOW_MS)?.isTrusted).toBe(false)
    const told = lease({ ...living, pingedAtMs: NOW_MS - 2 * HOUR_MS })
    expect(hubNews(told, polled(), NOW_MS)?.isTrusted).toBe(true)
    expect(hubNews(told, polled({ unannouncedAtMs: NOW_MS - HOUR_MS }), NOW_MS)?.isTrusted).toBe(false)
    expect(hubNews(told, polled({ unannouncedAtMs: NOW_MS - 3 * HOUR_MS }), NOW_MS)?.isTrusted).toBe(true)
  })

  test('tells a poll that a message made from one by the clock', () => {
    const woken = lease({ ...living, wokenAtMs: NOW_MS - 60_000 })
    expect(hubNews(woken, polled(), NOW_MS)?.isAnnounced).toBe(true)
    expect(
      hubNews(lease({ ...living, wokenAtMs: NOW_MS - 2 * HOUR_MS }), polled(), NOW_MS)?.isAnnounced,
    ).toBe(false)
  })
})

describe('mayWake()', () => {
  test('leaves feeds alone that failed, that are gone, and that are due anyway', () => {
    expect(mayWake(polled(), NOW_MS)).toBe(true)
    expect(mayWake(polled({ failures: 1 }), NOW_MS)).toBe(false)
    expect(mayWake(polled({ nextPollAtMs: null }), NOW_MS)).toBe(false)
    expect(mayWake(polled({ nextPollAtMs: NOW_MS }), NOW_MS)).toBe(false)
  })
})
