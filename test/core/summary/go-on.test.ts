import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { summarizeStory } from '../../../src/core/summary/summarize-story.ts'

/** One report of one fire, each sentence leaning on the one before. */
const TEXT = `A fire destroyed the old paper mill of Ashford early on Monday, officials of the town said.
It began about 2 a.m. in a store room on the ground floor, where dried reeds from the marshes were kept.
Night watchman Otto Vance smelled smoke, woke nine sleeping ferrymen next door and led them across a roof.
He was treated for burns on both hands at Marholm hospital and later sent home.
Forty volunteers pumped water until noon, when the last beams fell and a wall was pulled down.
The fire destroyed all of the old paper mill, officials of Ashford said on Monday.
Insurers had refused to cover the building since a flood in 2009.`

const docs = [
  createArticle({ id: 'post', title: 'Fire destroys old paper mill of Ashford', lang: 'en', text: TEXT }),
]
const told = (sentences: number): string[] =>
  summarizeStory(docs, { sentences }).sentences.map(({ text }) => text)

describe('goOn()', () => {
  it('goes on in the article that is told until there are as many sentences as wanted', () => {
    expect(told(6)).toHaveLength(6)
    expect(told(3).length).toBeGreaterThanOrEqual(2)
  })

  it('takes a sentence that leans on another only right behind it', () => {
    for (const sentences of [2, 3, 4, 5, 6]) {
      const texts = told(sentences)
      const he = texts.findIndex((text) => text.startsWith('He was'))
      if (he >= 0) expect(texts[he - 1]).toContain('Otto Vance')
    }
    expect(told(6).some((text) => text.startsWith('He was'))).toBe(true)
  })

  it('never tells the same again, nor passes the limit', () => {
    expect(told(6).filter((text) => text.includes('destroyed'))).toHaveLength(1)
    for (const sentences of [1, 2, 3, 4, 5]) expect(told(sentences).length).toBeLessThanOrEqual(sentences)
  })

  const LONG_TEXT = `${TEXT}\nTwo sculptors had rented the upper floor and lost eleven years of work.`
  const OTHERS_TOP =
    'Officials of Ashford said that a fire had destroyed the old paper mill of the town on Monday.'
  const OTHERS_NEXT = [
    'Bakers sent warm bread, apples and onion soup.',
    'It was a gift.',
    'It tasted well.',
    'It was all eaten.',
  ]
  const ofOthers = (...sentences: string[]): string[] => {
    const others = createArticle({
      id: 'gazette',
      title: 'Fire destroys paper mill of Ashford',
      lang: 'en',
      text: [OTHERS_TOP, ...sentences].join('\n'),
    })
    const post = createArticle({
      id: 'post',
      title: 'Fire destroys old paper mill of Ashford',
      lang: 'en',
      text: LONG_TEXT,
    })
    return summarizeStory([post, others], { form: 'long' }).sentences.flatMap(({ doc, text }) =>
      doc === 1 ? [text] : [],
    )
  }
  const NAMED =
    'Mill owner Ada Quill, whose grandfather came to Ashford to print paper money, offered helpers 80,000 crowns for boots, coats and soup.'
  const NAMELESS =
    'Warm bread, apples and onion soup were given away by bakers until even hungry dogs and tired horses had eaten.'

  it('takes of others, once a story is told, only what has names or numbers of its own', () => {
    expect(ofOthers(...OTHERS_NEXT.slice(0, 3), NAMED)).toEqual([NAMED])
    expect(ofOthers(...OTHERS_NEXT.slice(0, 3), NAMELESS)).toEqual([])
  })

  it('takes of others only what stands near their top', () => {
    expect(ofOthers(...OTHERS_NEXT, NAMED)).toEqual([])
  })
})
