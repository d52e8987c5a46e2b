import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecentIds } from '../../../src/adapters/slack/recent-ids.ts'
import { tokenSeal } from '../../../src/adapters/slack/token-seal.ts'

describe('tokenSeal()', () => {
  it('opens with the same key for the same owner alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, owner) => {
        const sealed = tokenSeal('key').seal(secret, owner)
        expect(tokenSeal('key').open(sealed, owner)).toBe(secret)
        expect(tokenSeal('key').open(sealed, `${owner}x`)).toBeNull()
        expect(tokenSeal('other').open(sealed, owner)).toBeNull()
      }),
    )
  })

  it('opens nothing that was changed, and never seals twice alike', () => {
    const seal = tokenSeal('key')
    const sealed = seal.seal('xoxb-1', 'T1')
    expect(sealed).not.toBe(seal.seal('xoxb-1', 'T1'))
    for (const text of [
      '',
      'v1.',
      'v1.AAAA',
      sealed.slice(0, -2),
      sealed.replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')),
      sealed.slice(3),
    ]) {
      expect(seal.open(text, 'T1')).toBeNull()
    }
  })
})

describe('RecentIds', () => {
  it('knows an id for over an hour', () => {
    let nowMs = 0
    const seen = new RecentIds(() => nowMs)
    expect([seen.isNew('a'), seen.isNew('a'), seen.isNew('b')]).toEqual([true, false, true])
    nowMs = 3_600_000
    expect(seen.isNew('a')).toBe(false)
    nowMs = 4_000_000
    expect(seen.isNew('a')).toBe(true)
  })
})
