import { describe, expect, it } from 'vitest'
import {
  checkCron,
  cronOfTimes,
  nextRun,
  type QuietTime,
  type Schedule,
} from '../../../src/core/schedule/next-run.ts'

const at = (iso: string) => Date.parse(iso)
const iso = (atMs: number | null) =>
  atMs === null ? null : new Date(atMs).toISOString().replace(':00.000Z', 'Z')

function daily(times: readonly string[], timeZone: string, quiet: QuietTime | null = null): Schedule[] {
  return cronOfTimes(times).map((cron) => ({ cron, timeZone, quiet }))
}

function runsOf(schedules: readonly Schedule[], from: string, count: number): (string | null)[] {
  const runs: (string | null)[] = []
  let afterMs = at(from)
  while (runs.length < count) {
    const run = nextRun(schedules, afterMs)
    runs.push(iso(run))
    if (run === null) break
    afterMs = run
  }
  return runs
}

describe('cronOfTimes()', () => {
  it('folds times of one minute', () => {
    expect(cronOfTimes(['08:00', '18:00', '12:30'], [5, 1, 5])).toEqual(['0 8,18 * * 1,5', '30 12 * * 1,5'])
  })
})

describe('nextRun()', () => {
  it('runs several times a day in the zone', () => {
    expect(runsOf(daily(['08:00', '18:30'], 'Europe/Berlin'), '2026-01-10T00:00:00Z', 3)).toEqual([
      '2026-01-10T07:00Z',
      '2026-01-10T17:30Z',
      '2026-01-11T07:00Z',
    ])
  })

  it('gives only runs after the time named', () => {
    expect(iso(nextRun(daily(['08:00'], 'UTC'), at('2026-01-10T08:00:00Z')))).toBe('2026-01-11T08:00Z')
  })

  it('runs at the change where the clock leaves the time out', () => {
    expect(runsOf(daily(['02:30'], 'Europe/Berlin'), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-30T00:30Z',
    ])
  })

  it('runs once, the first time, where the clock shows the time twice', () => {
    expect(runsOf(daily(['02:30'], 'Europe/Berlin'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30Z',
      '2026-10-26T01:30Z',
    ])
  })

  it('runs every hour that passes', () => {
    const hourly = [{ cron: '0 * * * *', timeZone: 'Europe/Berlin', quiet: null }]
    expect(runsOf(hourly, '2026-10-24T23:30:00Z', 4)).toEqual([
      '2026-10-25T00:00Z',
      '2026-10-25T01:00Z',
      '2026-10-25T02:00Z',
      '2026-10-25T03:00Z',
    ])
  })

  it('waits for the end of quiet hours, once for all runs in them', () => {
    const quiet = { fromMinute: 22 * 60, toMinute: 7 * 60, days: [] }
    expect(runsOf(daily(['05:00', '06:00', '12:00'], 'UTC', quiet), '2026-01-10T00:00:00Z', 3)).toEqual([
      '2026-01-10T07:00Z',
      '2026-01-10T12:00Z',
      '2026-01-11T07:00Z',
    ])
  })

  it('has no quiet hours where they end as they begin', () => {
    const quiet = { fromMinute: 480, toMinute: 480, days: [] }
    expect(runsOf(daily(['08:00'], 'UTC', quiet), '2026-01-10T00:00:00Z', 1)).toEqual(['2026-01-10T08:00Z'])
  })

  it('waits for the end of quiet days', () => {
    const quiet = { fromMinute: 0, toMinute: 0, days: [6, 0] }
    expect(runsOf(daily(['08:00'], 'UTC', quiet), '2026-01-09T12:00:00Z', 3)).toEqual([
      '2026-01-12T00:00Z',
      '2026-01-12T08:00Z',
      '2026-01-13T08:00Z',
    ])
  })

  it('gives null where nothing is scheduled', () => {
    expect(nextRun([], 0)).toBeNull()
  })

  it('runs each day of a year once in every zone', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    ]
    for (const timeZone of zones) {
      const schedules = daily(['02:30'], timeZone)
      const days = new Set<string>()
      const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
      let runs = 0
      for (
        let run = nextRun(schedules, at('2026-01-01T12:00:00Z'));
        run !== null && run < at('2027-01-01T12:00:00Z');
        run = nextRun(schedules, run)
      ) {
        days.add(format.format(run))
        runs += 1
      }
      expect([timeZone, runs, days.size]).toEqual([timeZone, 365, 365])
    }
  })
})

describe('checkCron()', () => {
  it('takes five fields', () => {
    expect(checkCron('0 8 * * 1-5', 'Europe/Berlin')).toEqual({ kind: 'cron', cron: '0 8 * * 1-5' })
  })

  it.each([
    ['0 8 * *', 'UTC'],
    ['* * * * * *', 'UTC'],
    ['61 8 * * *', 'UTC'],
    ['0 8 31 2 *', 'UTC'],
    ['0 8 * * *', 'Mars/Base'],
  ])('tells what is wrong with %s in %s', (cron, timeZone) => {
    const checked = checkCron(cron, timeZone)
    expect(checked).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining(`"${cron}"`) as string,
    })
  })
})
