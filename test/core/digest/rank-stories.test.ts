import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoryToTell } from '../../../src/core/digest/digest.ts'
import { rankStories } from '../../../src/core/digest/rank-stories.ts'
import { makeArticle } from '../../support/make-article.ts'

function story(
  id: string,
  outlets: readonly string[],
  options: { copies?: number; published?: string } = {},
): StoryToTell {
  const { copies = 0, published = '2026-03-09T08:00:00Z' } = options
  return {
    id,
    members: outlets.map((source, index) => ({
      article: makeArticle({ id: `${id}${index}`, source, url: null, published }),
      copyOf: index > 0 && index <= copies ? `${id}0` : null,
      copyKind: index > 0 && index <= copies ? ('exact' as const) : null,
      why: '',
    })),
  }
}

const END_MS = Date.parse('2026-03-09T08:00:00Z')
const order = (stories: readonly StoryToTell[]) =>
  rankStories(stories, END_MS).map((ranked) => ranked.story.id)

describe('rankStories()', () => {
  it('puts independent publishers before many articles of one', () => {
    expect(order([story('one', ['A', 'A', 'A', 'A']), story('four', ['A', 'B', 'C', 'D'])])).toEqual([
      'four',
      'one',
    ])
  })

  it('puts own texts before copies of one text', () => {
    expect(order([story('copied', ['A', 'B', 'C'], { copies: 2 }), story('own', ['A', 'B', 'C'])])).toEqual([
      'own',
      'copied',
    ])
  })

  it('puts a fresh story before an equal old one', () => {
    const old = story('old', ['A', 'B'], { published: '2026-03-06T08:00:00Z' })
    expect(order([old, story('fresh', ['A', 'B'])])).toEqual(['fresh', 'old'])
  })

  it('says why a story stands where it stands', () => {
    const [first] = rankStories([story('copied', ['A', 'B', 'C'], { copies: 2 })], END_MS)
    expect(first?.why).toBe('1 of 3 publishers with own text, 3 articles, 2 copies, latest within the hour')
  })

  it('gives one order whatever the order of the input', () => {
    const stories = ['a', 'b', 'c', 'd'].map((id) => story(id, ['A', 'B']))
    fc.assert(
      fc.property(fc.shuffledSubarray(stories, { minLength: 4 }), (shuffled) => {
        expect(order(shuffled)).toEqual(['a', 'b', 'c', 'd'])
      }),
    )
  })
})
