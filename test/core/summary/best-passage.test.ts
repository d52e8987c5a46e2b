import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { summarizeStory } from '../../../src/core/summary/summarize-story.ts'

/** Two reports of one fire; the first is told best from its top, the second adds a few facts. */
const POST = `A fire destroyed the old paper mill of Ashford early on Monday, officials of the town said.
It began about 2 a.m. in a store room on the ground floor, where dried reeds from the marshes were kept.
Night watchman Otto Vance smelled smoke, woke nine sleeping ferrymen next door and led them across a roof.
“Nobody would have come out of that house alive without the watchman and his old dog,” one ferryman said.
He was treated for burns on both hands at Marholm hospital and later sent home.
Forty volunteers pumped water until noon, when the last beams fell and a wall was pulled down.
Insurers had refused to cover the building since a flood in 2009.
Two sculptors had rented the upper floor and lost eleven years of work.`
const GAZETTE = `Officials of Ashford said that a fire had destroyed the old paper mill of the town on Monday.
Mill owner Ada Quill, whose grandfather came to Ashford to print paper money, offered helpers 80,000 crowns for boots, coats, gloves and three weeks of hot soup.
Everybody in the town was very sad about the beautiful old mill and its tall chimney.`

const article = (id: string, text: string, title: string) =>
  createArticle({ id, title, lang: 'en', text, url: `https://${id}.example/1` })
const docs = [
  article('post', POST, 'Fire destroys old paper mill of Ashford'),
  article('gazette', GAZETTE, 'Fire destroys paper mill of Ashford'),
]
const long = summarizeStory(docs, { form: 'long' }).sentences

describe('bestPassage()', () => {
  it('tells the article that tells most from its top, in its order', () => {
    const own = long.filter(({ doc }) => doc === 0)
    expect(own.length).toBeGreaterThanOrEqual(5)
    expect(own.map(({ start }) => start)).toEqual(own.map(({ start }) => start).toSorted((a, b) => a - b))
    expect(long.slice(0, own.length)).toEqual(own)
    expect(own[0]?.start).toBe(0)
  })

  it('leaves out what leans on a sentence that it leaves out', () => {
    const texts = long.map(({ text }) => text)
    expect(texts.some((text) => text.startsWith('“Nobody'))).toBe(false)
    expect(texts.some((text) => text.startsWith('He was treated'))).toBe(false)
    expect(texts[1]).toMatch(/^It began/u)
  })

  it('adds what another article has of its own, and not what it felt', () => {
    const others = long.filter(({ doc }) => doc === 1).map(({ text }) => text)
    expect(others).toEqual([
      'Mill owner Ada Quill, whose grandfather came to Ashford to print paper money, offered helpers 80,000 crowns for boots, coats, gloves and three weeks of hot soup.',
    ])
  })

  it('leaves out somebody of whom only a sentence that it left out may speak', () => {
    const clinic =
      'The Marholm clinic has treated nine paper mill workers of Ashford since her office opened in 2009 with 80,000 crowns.'
    const post = POST.replace(/He was treated.*/u, clinic)
    const told = summarizeStory([article('post', post, 'Fire destroys old paper mill of Ashford')], {
      form: 'long',
    })
    const texts = told.sentences.map(({ text }) => text)
    expect(texts).not.toContain(clinic)
    expect(texts.some((text) => text.startsWith('Insurers had refused'))).toBe(true)
  })

  it('tells when and where it happened, though its event was told', () => {
    const text = `Two ferrymen were killed by a gas blast on an old ferry in Ashford, the harbour office said.
The blast happened about 3 a.m. at Pier Nine near Quill Street, officers of the harbour said.
The blast happened on the ferry, officers said.
Insurers had refused to cover the ferry since a flood in Marholm.`
    const told = summarizeStory([article('post', text, 'Gas blast on ferry kills two in Ashford')], {
      form: 'long',
    })
    const texts = told.sentences.map((sentence) => sentence.text)
    expect(texts.some((one) => one.includes('Pier Nine'))).toBe(true)
    expect(texts).not.toContain('The blast happened on the ferry, officers said.')
  })

  it('keeps to the number of sentences asked for', () => {
    for (const sentences of [5, 6, 7, 8])
      expect(summarizeStory(docs, { sentences }).sentences.length).toBeLessThanOrEqual(sentences)
  })

  it('does not depend on the order of articles', () => {
    const turned = summarizeStory(docs.toReversed(), { form: 'long' }).sentences
    expect(turned.map(({ text }) => text)).toEqual(long.map(({ text }) => text))
  })
})
