import { describe, expect, it } from 'vitest'
import { keepTrueQuotes, quotedArticles } from '../../src/app/keep-true-quotes.ts'
import { makeDigestOf, makeEntry } from '../support/make-digest-entry.ts'

const digest = makeDigestOf([makeEntry('a', { related: [makeEntry('b')] })])
const textOf = (entry: { members: readonly { article: { text: string } }[] }) =>
  entry.members[0]?.article.text ?? ''

describe('keepTrueQuotes()', () => {
  it('keeps a digest as it is where every sentence stands in its article', () => {
    const kept = keepTrueQuotes(digest, () => textOf(digest.entries[0]!))
    expect(kept.refused).toEqual([])
    expect(kept.digest).toBe(digest)
  })

  it('takes out what does not stand there word for word, in related stories too', () => {
    const kept = keepTrueQuotes(digest, (id) =>
      id === 'a-a' ? textOf(digest.entries[0]!) : 'Another text. And more.',
    )
    expect(kept.refused.map(({ articleId }) => articleId)).toEqual(['b-a'])
    expect(kept.digest.entries[0]?.sentences).toHaveLength(1)
    expect(kept.digest.entries[0]?.related?.[0]?.sentences).toEqual([])
  })

  it('believes no article that is gone', () => {
    expect(keepTrueQuotes(digest, () => undefined).refused).toHaveLength(2)
  })
})

describe('quotedArticles()', () => {
  it('names each quoted article once', () => {
    expect(quotedArticles(digest)).toEqual(['a-a', 'b-a'])
  })
})
