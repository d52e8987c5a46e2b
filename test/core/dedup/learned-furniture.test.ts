import { describe, expect, test } from 'vitest'
import { createLearnedFurniture } from '../../../src/core/dedup/learned-furniture.ts'
import type { Article } from '../../../src/core/feed/article.ts'
import { articleOf } from './fictional-news.ts'

const BOX = 'Sign the petition of our readers for a cleaner harbour in the city today.'
const TITLES = [
  'Herring prices fall',
  'Lost cat returns',
  'Opera season opens',
  'Chess master resigns',
  'Rain in May',
]

function issue(title: string, text = BOX, source = 'Harbour Post'): Article {
  return articleOf({ id: title, title, source, text: `Something of its own about ${title}.\n${text}` })
}

describe('createLearnedFurniture()', () => {
  test('observe() learns a passage from four unrelated articles of one publisher', () => {
    const learned = createLearnedFurniture()
    const { publisher } = issue('')
    const seen = TITLES.map((title) => {
      learned.observe(issue(title))
      return learned.isFurniture(publisher, BOX)
    })
    expect(seen).toEqual([false, false, false, true, true])
    expect(learned.isFurniture('another paper', BOX)).toBe(false)
    expect(learned.isFurniture(publisher, 'Nobody has ever read this sentence in that paper before.')).toBe(
      false,
    )
  })

  test('observe() learns nothing from articles on the same story', () => {
    const learned = createLearnedFurniture()
    for (const word of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) {
      learned.observe(issue(`Herring quota talks in Brevik: ${word} day`))
    }
    expect(learned.isFurniture(issue('').publisher, BOX)).toBe(false)
  })

  test('observe() learns nothing where the publisher is unknown', () => {
    const learned = createLearnedFurniture()
    for (const title of TITLES) learned.observe(issue(title, BOX, ''))
    expect(learned.isFurniture('', BOX)).toBe(false)
  })

  test('observe() waits longer for short sentences, and takes none of two words', () => {
    const learned = createLearnedFurniture()
    const subjects = 'ab cd ef gh ij kl mn op qr st uv wx yz'.split(' ')
    const { publisher } = issue('')
    for (const [n, subject] of subjects.entries()) {
      if (n === 6) expect(learned.isFurniture(publisher, 'He did not say.')).toBe(false)
      learned.observe(issue(`${subject}${subject} ${subject}x${subject}`, 'He did not say.\nMore soon.'))
    }
    expect(learned.isFurniture(publisher, 'He did not say.')).toBe(true)
    expect(learned.isFurniture(publisher, 'More soon.')).toBe(false)
  })

  test('spansIn() gives ranges of the text that hold the passage', () => {
    const learned = createLearnedFurniture()
    for (const title of TITLES) learned.observe(issue(title))
    const article = issue('A last one', `${BOX}\nThis is news.`)
    const spans = learned.spansIn(article)
    expect(spans.map(({ start, end }) => article.text.slice(start, end))).toEqual([BOX])
    expect(learned.spansIn(issue('A last one', BOX, 'Another Paper'))).toEqual([])
  })

  test('observe() stays within its memory and keeps what repeats', () => {
    const learned = createLearnedFurniture({ maxPassages: 64 })
    for (const title of TITLES) learned.observe(issue(title))
    for (let n = 0; n < 300; n++) {
      learned.observe(issue(`Title ${n}`, `Sentence number ${n} was never printed here before today.`))
    }
    expect(learned.isFurniture(issue('').publisher, BOX)).toBe(true)
  })
})
