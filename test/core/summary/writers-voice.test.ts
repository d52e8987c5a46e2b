import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { summarizeStory } from '../../../src/core/summary/summarize-story.ts'
import { isWritersVoice } from '../../../src/core/summary/writers-voice.ts'

const OPINION = 'The new ferry of Ellmstadt is truly a triumph that the harbour town has earned.'

describe('isWritersVoice()', () => {
  it.each([
    OPINION,
    'Of course the captains will pay for the new pier with higher tolls again.',
    'The pilot must have felt very small beside the crane of Marholm.',
    'The shipyard has a proven track record with ferries of every size.',
  ])('sees that the writer values: %s', (text) => {
    expect(isWritersVoice(text, 'en')).toBe(true)
  })

  it.each([
    'The mayor said that the new ferry is truly a triumph for Ellmstadt.',
    'Captain Quill called the toll “clearly” wrong and left the hall.',
    'The pilot will almost certainly row to Marholm in the morning.',
    'Ada Quill wrote How a Harbour Really Works in her first year.',
  ])('keeps what somebody says, quotes and hedges: %s', (text) => {
    expect(isWritersVoice(text, 'en')).toBe(false)
  })

  it('judges English only', () => {
    expect(isWritersVoice(OPINION, 'de')).toBe(false)
  })
})

describe('summarizeStory()', () => {
  it('tells no opinion of a writer where there is news', () => {
    const news = 'Ellmstadt bought a ferry with silent engines for four million crowns on Monday.'
    const more = 'Passengers of the ferry will cross the bay to Marholm in nine minutes from May.'
    const doc = createArticle({ id: 'a', title: '', text: `${news} ${OPINION} ${more}`, lang: 'en' })
    const told = summarizeStory([doc], { sentences: 3 }).sentences.map(({ text }) => text)
    expect(told).toEqual([news, more])
  })
})
