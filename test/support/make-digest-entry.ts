import type { Digest, DigestEntry } from '../../src/core/digest/digest.ts'
import { makeArticle } from './make-article.ts'

const AT_MS = Date.parse('2026-03-09T08:00:00Z')

/** An entry of a digest with one article and one sentence of it; a test names what matters to it. */
export function makeEntry(storyId: string, more: Partial<DigestEntry> = {}): DigestEntry {
  const article = makeArticle({ id: `${storyId}-a` })
  const text = 'A ferry ran aground off Marholm on Monday.'
  return {
    storyId,
    headline: `Ferry runs aground (${storyId})`,
    counts: { articles: 1, publishers: 1, copies: 0 },
    members: [{ article, copyOf: null, copyKind: null, why: 'It opened the story.' }],
    sentences: [
      {
        text,
        articleId: article.id,
        start: 0,
        end: text.length,
        url: article.url,
        outlet: article.outlet,
        alsoIn: [],
        dateNote: null,
      },
    ],
    disagreements: [],
    firstAtMs: AT_MS,
    lastAtMs: AT_MS,
    why: '1 of 1 publisher with own text',
    ...more,
  }
}

/** A digest of some entries over one hour. */
export function makeDigestOf(entries: readonly DigestEntry[], more: Partial<Digest> = {}): Digest {
  return {
    hash: 'f00d',
    fromMs: AT_MS,
    toMs: AT_MS + 3_600_000,
    counts: { articles: entries.length, publishers: 1, copies: 0 },
    storiesInWindow: entries.length,
    entries,
    ...more,
  }
}
