import { describe, expect, it } from 'vitest'
import { DEFAULT_DIGEST_SETTINGS } from '../../src/app/digest-settings.ts'
import { DigestSender } from '../../src/app/send-digests.ts'
import { DEFAULT_SUBSCRIPTION } from '../../src/core/subscription/subscription.ts'
import { countingPublisher } from '../support/counting-publisher.ts'
import { makeArticle } from '../support/make-article.ts'
import { memoryLedger, type MemoryLedger } from '../support/memory-ledger.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 1)
const END = Date.UTC(2027, 0, 1)
const LIVE = { stop: new AbortController().signal, abort: new AbortController().signal }

/** With changes of clocks by an hour and by half an hour, at midnight and at night, in both halves of the earth, and without. */
const ZONES = [
  ...['Europe/Berlin', 'Europe/London', 'Europe/Lisbon', 'Europe/Chisinau', 'America/New_York'],
  ...['America/St_Johns', 'America/Santiago', 'America/Asuncion', 'America/Havana', 'America/Sao_Paulo'],
  ...['Africa/Cairo', 'Africa/Casablanca', 'Asia/Beirut', 'Asia/Jerusalem', 'Asia/Kolkata'],
  ...['Asia/Kathmandu', 'Australia/Lord_Howe', 'Australia/Adelaide', 'Pacific/Auckland', 'Pacific/Chatham'],
]

/** Zones whose clocks change at midnight; in the others half past two is left out, comes twice, or is as ever. */
const AT_MIDNIGHT = new Set([
  'America/Santiago',
  'America/Havana',
  'America/Asuncion',
  'Africa/Cairo',
  'Asia/Beirut',
])
const cronOf = (zone: string) => (AT_MIDNIGHT.has(zone) ? '0 0 * * *' : '30 2 * * *')

/** Zones of the year with pauses. */
const FEW_ZONES = ['Europe/Berlin', 'America/St_Johns', 'Asia/Beirut', 'Asia/Kolkata', 'Australia/Lord_Howe']

/** Time for a machine that has other work too, ms. */
const PATIENCE_MS = 120_000

/** Each window has a story of its own. */
function ledgerOfYear(zones: readonly string[]): MemoryLedger {
  const ledger = memoryLedger((fromMs, toMs) => {
    const article = makeArticle({ id: `a-${fromMs}-${toMs}`, title: `News of ${toMs}`, text: '' })
    const member = { article, copyOf: null, copyKind: null, why: 'first', feeds: [], acceptedAtMs: toMs }
    return [{ id: `s-${toMs}`, members: [member] }]
  })
  for (const timeZone of zones) {
    const subscription = { ...DEFAULT_SUBSCRIPTION, maxSentences: 0 }
    ledger.subscriptions.set(timeZone, {
      ...{ id: timeZone, name: timeZone, paused: false, changedAtMs: START, windowEndMs: START },
      destination: { id: timeZone, platform: 'discord', address: timeZone, tenant: null, name: '' },
      settings: { ...DEFAULT_DIGEST_SETTINGS, subscription, cron: [cronOf(timeZone)], timeZone },
      nextRunAtMs: START,
    })
  }
  return ledger
}

/** A year of ticks; the service looks at its work some seconds after a minute began. `isUp` tells when it runs. */
async function liveThroughYear(zones: readonly string[], isUp: (atMs: number) => boolean) {
  const ledger = ledgerOfYear(zones)
  const publisher = countingPublisher()
  let nowMs = START
  const folded: number[] = []
  const sender = new DigestSender(
    {
      ...ledger.ports,
      ...{ publishers: new Map([['discord', publisher]]), nowMs: () => nowMs },
      log: ({ what, facts }) => {
        if (what === 'digest-planned') folded.push(Number(facts['folded']))
      },
    },
    { claimant: 'p', publicUrl: null },
  )
  for (let minute = START; minute < END;) {
    nowMs = minute + 3_000
    if (isUp(minute)) await sender.sendDue(LIVE)
    // The minutes in which nothing is due are passed over.
    const next = Math.min(...[...ledger.subscriptions.values()].map((one) => one.nextRunAtMs ?? END))
    minute = Math.max(minute + MINUTE, Math.ceil(next / MINUTE) * MINUTE)
  }
  return { ledger, publisher, folded }
}

const formats = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
)
const localTime = (zone: string, atMs: number) => formats.get(zone)?.format(atMs) ?? ''

describe('a year of digests in twenty zones', () => {
  it(
    'brings every digest of every day exactly once, at its time of the place',
    { timeout: PATIENCE_MS },
    async () => {
      const { ledger, publisher, folded } = await liveThroughYear(ZONES, () => true)
      expect(new Set(folded)).toEqual(new Set([1]))
      expect(publisher.received).toHaveLength(ledger.digests.length)
      expect(new Set(publisher.received.map(({ nonce }) => nonce)).size).toBe(ledger.digests.length)
      const moved: string[] = []
      for (const zone of ZONES) {
        const mine = ledger.digests.filter(({ destinationId }) => destinationId === zone)
        const times = mine.map(({ toMs }) => localTime(zone, toMs))
        const byDay = Map.groupBy(times, (time) => time.slice(0, 10))
        // The first and the last day of the year begin and end elsewhere.
        const days = [...byDay].slice(1, -1)
        expect(days.length, zone).toBeGreaterThanOrEqual(362)
        for (const [day, all] of days) {
          expect(all, `${zone} ${day}`).toHaveLength(1)
          if (!/ (?:00:00|02:30)$/.test(all[0] ?? '')) moved.push(`${zone} ${all[0] ?? ''}`)
        }
        for (const [at, { fromMs }] of mine.entries()) expect(fromMs, zone).toBe(mine[at - 1]?.toMs ?? START)
      }
      // Where the clocks leave the time out, it comes at the change.
      expect(moved.length).toBeGreaterThan(5)
      expect(new Set(moved.map((time) => time.split(' ')[0])).size).toBe(moved.length)
    },
  )

  it(
    'catches up after every pause with one digest, and leaves no moment out',
    { timeout: PATIENCE_MS },
    async () => {
      // Down from 20 h to 31 h of every second day, and for five days in summer and in autumn.
      const isUp = (atMs: number) => {
        const intoSpan = (atMs - START) % (2 * DAY)
        if (intoSpan >= 20 * HOUR && intoSpan < 31 * HOUR) return false
        return ![Date.UTC(2026, 6, 10), Date.UTC(2026, 9, 23)].some(
          (from) => atMs >= from && atMs < from + 5 * DAY,
        )
      }
      const whole = await liveThroughYear(FEW_ZONES, () => true)
      const broken = await liveThroughYear(FEW_ZONES, isUp)
      expect(broken.publisher.received).toHaveLength(broken.ledger.digests.length)
      expect(broken.ledger.digests.length).toBeLessThan(whole.ledger.digests.length)
      for (const zone of FEW_ZONES) {
        const of = ({ ledger }: typeof whole) =>
          ledger.digests.filter(({ destinationId }) => destinationId === zone)
        const times = new Set(of(whole).map(({ toMs }) => toMs))
        for (const [at, { fromMs, toMs }] of of(broken).entries()) {
          expect(fromMs, zone).toBe(of(broken)[at - 1]?.toMs ?? START)
          expect(times.has(toMs), `${zone} ${toMs}`).toBe(true)
        }
      }
      const runs = broken.folded.reduce((sum, one) => sum + one, 0)
      const cutOff = whole.ledger.digests.length - runs
      // Only what was due after the last digest of the year is still to come.
      expect(cutOff).toBeGreaterThanOrEqual(0)
      expect(cutOff).toBeLessThanOrEqual(FEW_ZONES.length)
    },
  )
})
