import { describe, expect, it } from 'vitest'
import { cutTitle } from '../../../src/core/story/cut-title.ts'

const of = (title: string, text = '', lang: string | null = 'en') => ({ title, text, lang })
const LONG = 'Passengers of the ferry aground off Marholm taken ashore by'

describe('cutTitle()', () => {
  it('cuts dots', () => {
    expect(cutTitle('Ferry runs aground off …', of(''))).toBe('Ferry runs aground off')
    expect(cutTitle('Ferry runs aground...', of(''))).toBe('Ferry runs aground')
  })

  it.each([
    ['en', 'Ferry runs aground off the', 'Ferry runs aground off'],
    ['en', 'Ferry hits the rocks and the', 'Ferry hits the rocks'],
    ['en', 'Captain arrested after fire where', 'Captain arrested after fire'],
    ['de', 'Fähre läuft auf Grund vor der', 'Fähre läuft auf Grund vor'],
    ['fr', 'Un ferry échoue au large de', 'Un ferry échoue au large'],
    ['ru', 'Паром сел на мель и', 'Паром сел на мель'],
  ])('sees that more must follow (%s): %s', (lang, title, rest) => {
    expect(cutTitle(title, of(title, '', lang))).toBe(rest)
  })

  it('sees the beginning of a word of the text', () => {
    const title = `${LONG} fish`
    expect(cutTitle(title, of(title, 'They were taken ashore by a fisherman.'))).toBe(LONG)
    expect(cutTitle(title, of(title, 'They were given fish by a fisherman.'))).toBeNull()
  })

  it.each([
    ['boat', 'Two boats took them ashore.'],
    ['bomb', 'The bomber was taken ashore.'],
    ['boat', 'Ashore they came with a ship.'],
  ])('takes no other form of a word for more of it: %s', (last, text) => {
    const title = `${LONG} ${last}`
    expect(cutTitle(title, of(title, text))).toBeNull()
  })

  it('takes a form for more of the word behind the same word', () => {
    const title = `${LONG} Nav`
    expect(cutTitle(title, of(title, 'They were taken ashore by Navy boats.'))).toBe(LONG)
    expect(cutTitle(title, of(title, 'The Navy took them ashore.'))).toBeNull()
  })

  it('believes another text that has the word, and titles of another length', () => {
    const title = `${LONG} fish`
    const article = of(title, 'They were taken ashore by a fisherman.')
    expect(cutTitle(title, article, (word) => word === 'fish')).toBeNull()
    expect(cutTitle('Taken ashore by fish', of('Taken ashore by fish', article.text))).toBeNull()
  })

  it('leaves whole titles alone', () => {
    for (const title of ['', 'Ferry', 'Ferry runs aground off Marholm', 'What the mayor waits for'])
      expect(cutTitle(title, of(title, 'A ferry ran aground.'))).toBeNull()
  })
})
