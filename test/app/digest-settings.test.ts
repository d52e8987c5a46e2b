import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_DIGEST_SETTINGS,
  parseDigestSettings,
  schedulesOf,
  type DigestSettings,
} from '../../src/app/digest-settings.ts'
import { DEFAULT_SUBSCRIPTION } from '../../src/core/subscription/subscription.ts'

const FULL: DigestSettings = {
  subscription: {
    ...DEFAULT_SUBSCRIPTION,
    feeds: { ids: ['f1'], tags: ['world'] },
    topics: { include: ['harbour'], exclude: ['sport'], mute: ['celebrity'] },
    publishers: { only: ['harbourpost'], muted: ['coastradio'] },
    languages: ['en'],
    patterns: ['ferr(y|ies)'],
    minPublishers: 2,
    maxStories: 5,
    maxSentences: 0,
    skipBelow: 3,
    overflow: 'drop',
    lang: 'de',
    mentionRole: '42',
    pictures: true,
  },
  cron: ['0 8,18 * * *'],
  timeZone: 'Europe/Berlin',
  quiet: { fromMinute: 1_320, toMinute: 360, days: [0] },
  setBy: 'file',
}

describe('parseDigestSettings()', () => {
  it('reads back what was stored', () => {
    expect(parseDigestSettings(JSON.parse(JSON.stringify(FULL)))).toEqual(FULL)
  })

  it.each([
    null,
    undefined,
    7,
    'x',
    [],
    {},
    { subscription: 3, cron: 'daily', timeZone: 'Mars/Base', quiet: [] },
  ])('takes defaults for %j', (stored) => {
    expect(parseDigestSettings(stored)).toEqual(DEFAULT_DIGEST_SETTINGS)
  })

  it('brings numbers into their range', () => {
    const { subscription } = parseDigestSettings({
      subscription: { maxStories: 900, maxSentences: -1, skipBelow: Number.NaN, minPublishers: 2.4 },
    })
    expect(subscription).toMatchObject({ maxStories: 50, maxSentences: 0, skipBelow: 0, minPublishers: 2 })
  })

  it('never throws, and what it reads is stable', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        const settings = parseDigestSettings({
          subscription: stored,
          quiet: stored,
          cron: stored,
          timeZone: stored,
        })
        expect(parseDigestSettings(settings)).toEqual(settings)
      }),
    )
  })
})

describe('schedulesOf()', () => {
  it('gives each expression the zone and the quiet time', () => {
    const { timeZone, quiet } = FULL
    expect(schedulesOf(FULL)).toEqual([{ cron: '0 8,18 * * *', timeZone, quiet }])
  })
})
