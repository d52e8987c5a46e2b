import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoryToTell } from '../../../src/core/digest/digest.ts'
import { measureLikeness } from '../../../src/core/digest/story-likeness.ts'
import { makeArticle } from '../../support/make-article.ts'

function story(...titles: readonly string[]): StoryToTell {
  const id = titles.join('|')
  return {
    id,
    members: titles.map((title, at) => ({
      article: makeArticle({ id: `${id}${at}`, title, text: '' }),
      copyOf: null,
      copyKind: null,
      why: '',
    })),
  }
}

const OPENS = story('Games of Marholm open with fireworks', 'Fireworks over Marholm as games open')
const CAULDRON = story('Runner Ada Brenn lights cauldron at Marholm games')
const EMPEROR = story('Brenn lights cauldron, fireworks follow')
const FLOUR = story('Bakers in Lissane ask for cheaper flour')
const ALL = [OPENS, CAULDRON, EMPEROR, FLOUR]

describe('measureLikeness()', () => {
  it('finds stories with the same words alike and strangers not', () => {
    const { between } = measureLikeness(ALL)
    expect(between(1, 2)).toBeGreaterThan(0.42)
    expect(between(0, 3)).toBe(0)
  })

  it('finds two stories without a word in common alike through a third', () => {
    const stories = [
      story('Emperor declares festival'),
      story('Emperor lights cauldron'),
      story('Runner lights cauldron'),
      FLOUR,
    ]
    const { between } = measureLikeness(stories)
    expect(between(0, 2)).toBeGreaterThan(0)
    expect(measureLikeness([stories[0]!, stories[2]!, FLOUR]).between(0, 1)).toBe(0)
  })

  it('finds stories alike whose script has no spaces', () => {
    const titles = ['港町の橋が再び開通', '橋が再び開通、港町で祝う', '小麦の値上げに抗議']
    const { between } = measureLikeness(titles.map((title) => story(title)))
    expect(between(0, 1)).toBeGreaterThan(0.2)
    expect(between(0, 2)).toBe(0)
  })

  it('is the same from both sides', () => {
    const { between } = measureLikeness(ALL)
    for (const a of ALL.keys()) for (const b of ALL.keys()) expect(between(a, b)).toBe(between(b, a))
  })

  it('stays between 0 and 2 and says nothing of a story without words', () => {
    const stories = [...ALL, story(''), story('The and of')]
    const { between } = measureLikeness(stories)
    for (const a of stories.keys()) {
      for (const b of stories.keys()) {
        expect(between(a, b)).toBeGreaterThanOrEqual(0)
        expect(between(a, b)).toBeLessThan(2)
      }
      expect(between(a, 4)).toBe(0)
      expect(between(a, 5)).toBe(0)
    }
  })

  it('gives one likeness whatever the order of stories and articles', () => {
    const known = measureLikeness(ALL)
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), fc.boolean(), (order, turned) => {
        const stories = order.map((at) => {
          const { id, members } = ALL[at]!
          return { id, members: turned ? members.toReversed() : [...members] }
        })
        const { between } = measureLikeness(stories)
        for (const a of order.keys()) {
          for (const b of order.keys()) expect(between(a, b)).toBe(known.between(order[a]!, order[b]!))
        }
      }),
    )
  })

  it('reads the opening of a text and not its end', () => {
    const long = `${'Nothing is known of it yet. '.repeat(20)}The cauldron burns.`
    const told = {
      ...story('x'),
      members: [{ ...story('x').members[0]!, article: makeArticle({ id: 'l', title: 'Brief', text: long }) }],
    }
    expect(measureLikeness([told, CAULDRON, FLOUR]).between(0, 1)).toBe(0)
  })
})
