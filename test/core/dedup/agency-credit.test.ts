import { describe, expect, test } from 'vitest'
import { creditsOf, namesOf } from '../../../src/core/dedup/agency-credit.ts'
import { articleOf } from './fictional-news.ts'

describe('creditsOf()', () => {
  test.each([
    ['BREVIK (Reuters) - The bridge is closed.', ['reuters']],
    ['BREVIK, March 3 (AP) — The bridge is closed.', ['ap']],
    ['The bridge is closed.\nAFP contributed to this report.', ['afp']],
    ['The bridge is closed.\n(with inputs from PTI)', ['pti']],
    ['The bridge is closed.\nThe Associated Press and Xinhua contributed.', ['ap', 'xinhua']],
    ['The bridge is closed. © AFP', ['afp']],
    ['The bridge is closed, according to the Brevik Herald.', ['brevik herald']],
    ['The bridge is closed, according to a report by Brevik News.', ['brevik']],
    ['The bridge is closed, according to police.', []],
    ['A man from Reuters asked about the bridge and got no answer at all that day.', []],
    ['', []],
  ])('%j credits %j', (text, expected) => {
    expect(creditsOf(articleOf({ id: 'x', text })).toSorted()).toEqual(expected)
  })

  test('leaves out the own name of the article', () => {
    const article = articleOf({
      id: 'x',
      source: 'Reuters',
      text: 'BREVIK (Reuters) - The bridge is closed.',
    })
    expect(creditsOf(article)).toEqual([])
    expect(namesOf(article)).toContain('reuters')
  })

  test('names at most eight sources of a text that lists hundreds', () => {
    const text = Array.from({ length: 300 }, (_, n) => `according to Paper${n} X`).join('; ')
    expect(creditsOf(articleOf({ id: 'x', text })).length).toBe(8)
  })
})
