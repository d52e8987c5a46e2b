import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { standingOf } from '../../../src/core/summary/readability.ts'
import { readSentences } from '../../../src/core/summary/story-sentence.ts'

const LEAD = 'Mayor Ada Quill closed the old harbour bridge for nine months on Monday.'

/** How the second sentence of an article stands. */
function standing(text: string): string | undefined {
  const [, second] = readSentences(createArticle({ id: 'a', text: `${LEAD}\n${text}`, lang: 'en' }), 0)
  return second && standingOf(second, 'en')
}

describe('openingRules()', () => {
  it.each([
    'The files of the old bridge are gone, he said, and his own office is locked.',
    'Otto Vance had done so, and all of Marholm heard of it on Monday.',
    'Officer Mara Fenn confirmed Monday that aspect is part of the case.',
    'A columnist who likes old bridges, he has written of it for years.',
    'The mayor of Marholm says this does not hurt the old bridge.',
    'Signers include Otto Vance of Marholm and nine owners of boats.',
    'Early guests included Otto Vance of Marholm and Mara Fenn.',
    'The town of Marholm, he added, has no other bridge at all.',
    'Ada Quill and Otto Vance met at least twice during this time.',
    'The old book of Otto Vance shows this, and all of it is quite new.',
    'Otto Vance was hurt on the old harbour bridge of Marholm, he said.',
    'Mayor Ada Quill followed this with a ban on all of the old boats.',
    'Mayor Ada Quill knew nothing at all of what came of all of this.',
    'On a Monday in June, that trouble on the river was long over.',
  ])('leans on what stands before: %s', (text) => {
    expect(standing(text)).toBe('follows')
  })

  it.each([
    'Letters included in the files of Marholm speak of old cracks.',
    'The guests of Ada Quill included Otto Vance and Mara Fenn.',
    'The old bridge of Marholm is closed to all lorries at this time.',
    'Mayor Ada Quill and Otto Vance will show this bridge to the king.',
    'Otto Vance of Marholm told Mara Fenn that she likes this town.',
    'In Marholm, the mayor told Mara Fenn that bridges are repaired.',
  ])('stands alone: %s', (text) => {
    expect(standing(text)).toBe('opens')
  })
})
