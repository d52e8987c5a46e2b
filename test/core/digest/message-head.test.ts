import { describe, expect, it } from 'vitest'
import { messageHead } from '../../../src/core/digest/message-head.ts'
import { makeDigestOf, makeEntry } from '../../support/make-digest-entry.ts'

describe('messageHead()', () => {
  it('tells window, zone, stories and counts by the clock of the destination', () => {
    const head = messageHead(makeDigestOf([makeEntry('s')], { storiesInWindow: 9 }), 'morning', 'Asia/Tokyo')
    expect(head).toEqual({
      name: 'morning',
      day: 'Mon 9 Mar 2026',
      facts: 'Mon 9 Mar 2026, 17:00–18:00 (Asia/Tokyo) · 1 of 9 stories · 1 article · 1 publisher · 0 copies',
      empty: null,
    })
  })

  it('counts stories under a heading as told', () => {
    const entries = [makeEntry('a', { related: [makeEntry('b'), makeEntry('c')] }), makeEntry('d')]
    expect(messageHead(makeDigestOf(entries, { storiesInWindow: 9 }), 'x', 'UTC').facts).toContain(
      '4 of 9 stories',
    )
    expect(messageHead(makeDigestOf(entries, { storiesInWindow: 4 }), 'x', 'UTC').facts).toContain(
      ' · 4 stories',
    )
  })

  it('names both days where the window spans a midnight', () => {
    const { facts } = messageHead(
      makeDigestOf([], { fromMs: Date.parse('2026-03-08T23:00:00Z') }),
      'x',
      'UTC',
    )
    expect(facts).toContain('Sun 8 Mar 2026, 23:00 – Mon 9 Mar 2026, 09:00 (UTC)')
  })

  it('says that there is nothing, and names what has no name', () => {
    const head = messageHead(makeDigestOf([], { fromMs: null, toMs: null }), '\u200b', 'UTC')
    expect(head).toMatchObject({ name: 'News', day: null, empty: 'No story in this window.' })
    expect(head.facts).toBe('0 stories · 0 articles · 1 publisher · 0 copies')
  })
})
