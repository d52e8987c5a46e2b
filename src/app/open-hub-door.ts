import { planNo, planYes, type HubLease } from '../core/feed/hub-lease.ts'
import type { HubDoor } from './ports/hub-door.ts'
import type { HubStore } from './ports/hub-store.ts'
import type { OutcomeLog } from './ports/outcome-log.ts'

/** What the door needs from the house. */
export interface HubDoorPorts {
  readonly hubs: Pick<HubStore, 'leaseByToken' | 'changeLease' | 'dropLease' | 'notePing'>
  readonly nowMs: () => number
  readonly random01: () => number
  readonly log: OutcomeLog
  /** Something is new: feeds may be due. */
  readonly onPing: () => void
}

/** Longest text that is given back to a hub, characters. */
const MAX_CHALLENGE_CHARS = 1_000
/** Longest reason of a hub that is logged, characters. */
const MAX_REASON_CHARS = 200

/**
 * Answers hubs by what the store says was asked of them. A message only makes its feed due: what is in it is fetched from the feed itself, so
 * limits, copies and the one transaction of a poll hold as ever.
 */
export function openHubDoor({ hubs, nowMs, random01, log, onPing }: HubDoorPorts): HubDoor {
  return {
    async answer(token, { mode, topic, challenge, leaseSeconds, reason }) {
      const lease = await hubs.leaseByToken(token)
      if (lease === null || lease.topic !== topic || !wasAsked(lease)) return null
      const { feedId, hub, isLeaving } = lease
      if (mode === 'denied') {
        await hubs.changeLease(token, planNo(nowMs()))
        const why = reason === undefined ? null : reason.slice(0, MAX_REASON_CHARS)
        log({ level: 'warn', what: 'hub-denies', facts: { feed: feedId, hub, reason: why } })
        return ''
      }
      if (challenge === undefined || challenge === '' || challenge.length > MAX_CHALLENGE_CHARS) return null
      if (mode !== (isLeaving ? 'unsubscribe' : 'subscribe')) return null
      if (isLeaving) await hubs.dropLease(token)
      else await hubs.changeLease(token, planYes(secondsOf(leaseSeconds), nowMs(), random01()))
      log({ level: 'info', what: isLeaving ? 'hub-left' : 'hub-subscribed', facts: { feed: feedId, hub } })
      return challenge
    },
    async secretOf(token) {
      const lease = await hubs.leaseByToken(token)
      return lease === null || lease.isLeaving ? null : lease.secret
    },
    async ping(token) {
      if (await hubs.notePing(token, nowMs())) onPing()
    },
  }
}

function wasAsked({ asks, leaseUntilMs }: HubLease): boolean {
  return asks > 0 || leaseUntilMs !== null
}

function secondsOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null
}
