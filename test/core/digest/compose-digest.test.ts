import { describe, expect, it } from 'vitest'
import { composeDigest } from '../../../src/core/digest/compose-digest.ts'
import type { StoryToTell } from '../../../src/core/digest/digest.ts'
import type { SummarySentence } from '../../../src/core/summary/summary.ts'
import { makeArticle } from '../../support/make-article.ts'

const article = makeArticle({ id: 'a', text: 'Twelve were hurt. The ferry sank.' })
const copy = makeArticle({
  id: 'b',
  source: 'Coast Radio',
  url: 'https://coastradio.example/b',
  text: article.text,
})
const story: StoryToTell = {
  id: 's',
  members: [
    { article, copyOf: null, copyKind: null, why: 'first' },
    { article: copy, copyOf: 'a', copyKind: 'exact', why: 'same text' },
  ],
}

function sentence(start: number, end: number, text: string): SummarySentence {
  const { publishedAtMs } = article
  return { text, doc: 0, articleId: 'a', start, end, publisher: 'Harbour Post', publishedAtMs, alsoIn: [] }
}

function compose(sentences: readonly SummarySentence[], maxStories = 10) {
  const summary = {
    headline: 'Ferry sinks',
    lang: 'en',
    sentences,
    disagreements: [
      {
        what: 'hurt',
        claims: [
          { value: 12, publishers: ['Harbour Post'], doc: 0, start: 0, end: 17 },
          { value: 15, publishers: [''], doc: 1, start: 0, end: 17 },
        ],
      },
    ],
  }
  const told = [{ ranked: { story, score: 1, why: 'largest' }, summary }]
  return composeDigest({ stories: [story], told, fromMs: null, toMs: null, options: { maxStories } })
}

describe('composeDigest()', () => {
  it('counts articles, publishers and copies', () => {
    expect(compose([]).counts).toEqual({ articles: 2, publishers: 2, copies: 1 })
  })

  it('carries sentences with their source', () => {
    const [entry] = compose([sentence(0, 17, 'Twelve were hurt.')]).entries
    expect(entry?.sentences).toEqual([
      {
        text: 'Twelve were hurt.',
        articleId: 'a',
        start: 0,
        end: 17,
        url: 'https://harbourpost.example/a',
        outlet: 'Harbour Post',
        alsoIn: [],
        dateNote: null,
      },
    ])
  })

  it('shows figures that differ with who says which', () => {
    expect(compose([]).entries[0]?.disagreements).toEqual(['hurt: 12 (Harbour Post), 15'])
  })

  it('refuses a sentence that is not the range it names', () => {
    expect(() => compose([sentence(0, 16, 'Twelve were hurt.')])).toThrow('Cannot quote article "a"')
  })

  it('hashes the input: the same gives the same, another option another', () => {
    expect(compose([]).hash).toBe(compose([]).hash)
    expect(compose([]).hash).not.toBe(compose([], 5).hash)
  })
})
