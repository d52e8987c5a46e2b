import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { newDetailsIn } from '../../../src/core/summary/new-details.ts'
import { readStory } from '../../../src/core/summary/story-text.ts'

/** New details of the second sentence of an article, behind the first. */
function detailsOf(text: string, headline = '', lang = 'en'): number | null {
  const lead = 'Two ferrymen were killed by a blast in Ashford, the harbour office said.'
  const doc = createArticle({ id: 'a', text: `${lead}\n${text}`, lang })
  return newDetailsIn(readStory([doc], lang, undefined), headline)(1, [0])
}

describe('newDetailsIn()', () => {
  it('counts names and numbers that nobody told, each once', () => {
    expect(detailsOf('The blast came at Pier Nine near Quill Street, and Pier Nine burned.')).toBe(4)
    expect(detailsOf('The blast came at 8:30 p.m. and was heard far from the harbour.')).toBe(1)
  })

  it('counts none that the headline or a sentence told, in words or figures', () => {
    expect(detailsOf('The blast in Ashford killed 2 men who had been ferrymen for years.')).toBe(0)
    expect(detailsOf('Five people were hurt when the ferry burned.', '5 hurt in Ashford blast')).toBe(0)
  })

  it('counts neither who says so nor on which day', () => {
    expect(detailsOf('The blast came on the old ferry, the Marholm Sun Herald reported Wednesday.')).toBe(0)
    expect(detailsOf('According to the Marholm Sun Herald, the blast came on Tuesday.')).toBe(0)
  })

  it('counts none where only the source has a name', () => {
    expect(detailsOf('Marholm officials told Reuters that one of the ferrymen had been ill.')).toBe(0)
    expect(detailsOf('Ada Quill, a member of the council, told The Marholm Sun that it burned.')).toBe(0)
  })

  it('leaves scripts without capitals alone', () => {
    expect(detailsOf('市政府宣布关闭港口的旧桥。', '', 'zh')).toBe(null)
  })
})
