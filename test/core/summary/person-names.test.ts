import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { findNameUse } from '../../../src/core/summary/person-names.ts'
import { readSentences } from '../../../src/core/summary/story-sentence.ts'

/** Names that each sentence of a text uses alone. */
function needsIn(text: string): (readonly string[])[] {
  const sentences = readSentences(createArticle({ id: 'a', text, lang: 'en' }), 0)
  return findNameUse(sentences, 'en').map(({ needs }) => needs)
}

const OWNER = 'Mayor Ada Quill closed the old harbour bridge for nine months.'

describe('findNameUse()', () => {
  it('sees a surname that stands alone', () => {
    expect(needsIn(`${OWNER} The plan of Quill was known to all of the town.`)[1]).toEqual(['Quill'])
  })

  it('sees it behind a nickname, and in the name of a family', () => {
    const nicked = 'Captain Otto (Lanky) Vance closed the old harbour bridge for nine months.'
    expect(needsIn(`${nicked} The plan of Vance was known to all of the town.`)[1]).toEqual(['Vance'])
    expect(needsIn(`${OWNER} A court told the Quills to pay for the harbour bridge.`)[1]).toEqual(['Quill'])
  })

  it('sees a surname that owns what a place gave its name to, and one behind a doing', () => {
    expect(needsIn(`${OWNER} The town likes Quill’s Marholm-based firm of nine men.`)[1]).toEqual(['Quill'])
    expect(needsIn(`${OWNER} Calling Quill a liar was not wise, said all of the town.`)[1]).toEqual(['Quill'])
  })

  it('takes no group for a person that speaks', () => {
    const text = `${OWNER} Divers said that the piers of it are old. Some divers of Marholm were there. Critics said that they knew it. Oduya questioned all of it.`
    const sentences = readSentences(createArticle({ id: 'a', text, lang: 'en' }), 0)
    expect(findNameUse(sentences, 'en').map(({ weak }) => weak)).toEqual([[], [], [], [], ['Oduya']])
  })

  it('keeps a person whom somebody once ran from, or whose house something was in', () => {
    const text = `${OWNER} A dog ran away from Quill. The key was in Quill's house. Two men told Quill of it. All of them thanked Quill. None liked Quill.`
    expect(
      needsIn(text)
        .slice(1)
        .every((needs) => needs.includes('Quill')),
    ).toBe(true)
  })

  it('takes what mostly stands behind in and from for a place', () => {
    const text =
      'Otto Ashford lives in the north. The bridge in Ashford is closed. A ship came from Ashford today.'
    expect(needsIn(text).flat()).toEqual([])
  })

  it('takes a place behind an age for where somebody lives, and a name behind named for given', () => {
    const text = `${OWNER} Otto Ashford likes her. Ships come from Ashford. Adam Vance, 17 of Ashford, fell from it.`
    expect(needsIn(text)[3]).toEqual([])
    const named = `${OWNER} A nurse named Mary saw it fall from her house in Marholm. Mary said that she was told of it.`
    const sentences = readSentences(createArticle({ id: 'a', text: named, lang: 'en' }), 0)
    const uses = findNameUse(sentences, 'en')
    expect(uses[1]?.gives).toContain('Mary')
    expect([...(uses[1]?.needs ?? []), ...(uses[1]?.weak ?? [])]).toEqual([])
    expect([...(uses[2]?.needs ?? []), ...(uses[2]?.weak ?? [])]).toEqual(['Mary'])
  })

  it('takes a name in the middle of another for no mention of its bearer', () => {
    const text = `Ada Watson Nowling fell from the bridge. Otto Watson was on it. All of them saw that Watson was well.`
    const sentences = readSentences(createArticle({ id: 'a', text, lang: 'en' }), 0)
    const uses = findNameUse(sentences, 'en')
    expect(uses[0]?.gives).not.toContain('Watson')
    expect(uses[1]?.gives).toContain('Watson')
    expect(uses[2]?.needs).toEqual(['Watson'])
  })

  it('takes a well-known place for a person where the article names one in full', () => {
    const text = 'Otto Washington fell from the old pier. A man saw that Washington was on the pier.'
    expect(needsIn(text)[1]).toEqual(['Washington'])
    expect(needsIn(`${OWNER} She said that Washington was not asked about it.`)[1]).toEqual([])
  })

  it('sees what a lone name does that the article brought up earlier', () => {
    const text =
      'The seal Brindle came to the pier. Nobody knows why. The noise did not help, but Brindle stayed there. Xi was told of it.'
    const sentences = readSentences(createArticle({ id: 'a', text, lang: 'en' }), 0)
    const uses = findNameUse(sentences, 'en')
    expect(uses.map(({ later }) => later)).toEqual([[], [], ['Brindle'], []])
    expect(uses[0]?.mentions).toContain('Brindle')
    expect(uses[3]?.mentions).toEqual(['Xi'])
  })
})
