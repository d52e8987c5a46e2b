import type { Digest, DigestEntry, DigestSentence } from '../core/digest/digest.ts'

/** A digest in which every sentence stands in its stored article, and what was taken out of it. */
export interface TrueDigest {
  readonly digest: Digest
  readonly refused: readonly DigestSentence[]
}

/**
 * Takes out every sentence that is not the range which it names of the article as stored: the last look before a digest is
 * stored and sent (guarantee 1). An article that is not there any more vouches for nothing.
 *
 * @param textOf stored text of an article, `undefined` where there is none
 */
export function keepTrueQuotes(
  digest: Digest,
  textOf: (articleId: string) => string | undefined,
): TrueDigest {
  const refused: DigestSentence[] = []
  const isTrue = (sentence: DigestSentence): boolean => {
    const { articleId, start, end, text } = sentence
    const holds = text !== '' && textOf(articleId)?.slice(start, end) === text
    if (!holds) refused.push(sentence)
    return holds
  }
  const keep = (entry: DigestEntry): DigestEntry => ({
    ...entry,
    sentences: entry.sentences.filter(isTrue),
    ...(entry.related === undefined ? {} : { related: entry.related.map(keep) }),
  })
  const entries = digest.entries.map(keep)
  return refused.length === 0 ? { digest, refused } : { digest: { ...digest, entries }, refused }
}

/** Articles that a digest quotes, each once. */
export function quotedArticles({ entries }: Digest): string[] {
  const all = entries.flatMap((entry) => [entry, ...(entry.related ?? [])])
  return [...new Set(all.flatMap(({ sentences }) => sentences.map(({ articleId }) => articleId)))]
}
