import type { Counts, Digest, DigestEntry, StoryMember } from './digest.ts'

/** A digest as a plain document: the JSON of DESIGN.md section 3. Times are ISO 8601 UTC, ids those of the input. */
export interface DigestDocument {
  readonly hash: string
  readonly from: string | null
  readonly to: string | null
  readonly counts: Counts
  readonly stories: readonly StoryDocument[]
}

/** One story of a {@link DigestDocument}. */
export type StoryDocument = ReturnType<typeof storyDocument>

/** The document of a digest, for JSON output and for machines that receive digests. */
export function digestDocument({ hash, fromMs, toMs, counts, entries }: Digest): DigestDocument {
  return {
    hash,
    from: isoTime(fromMs),
    to: isoTime(toMs),
    counts,
    stories: entries.flatMap(withRelated).map(storyDocument),
  }
}

/** Stories that stand under another's heading follow it, each as a story of its own. */
function withRelated(entry: DigestEntry): DigestEntry[] {
  return [entry, ...(entry.related ?? [])]
}

function storyDocument(entry: DigestEntry) {
  return {
    id: entry.storyId,
    headline: entry.headline,
    counts: entry.counts,
    articles: entry.members.map(articleDocument),
    sentences: entry.sentences.map(({ text, articleId, start, end, url, outlet, alsoIn, dateNote }) => ({
      text,
      article: articleId,
      start,
      end,
      url,
      outlet,
      also_in: alsoIn,
      date_note: dateNote,
    })),
    disagreements: entry.disagreements,
    ...(entry.note === undefined ? {} : { note: entry.note }),
    ...(entry.problem === undefined ? {} : { problem: entry.problem }),
    why: {
      rank: entry.why,
      articles: Object.fromEntries(entry.members.map(({ article, why }) => [article.id, why])),
    },
  }
}

function articleDocument({ article, copyOf, copyKind }: StoryMember) {
  return {
    id: article.id,
    url: article.url,
    title: article.title,
    publisher: article.outlet,
    published: isoTime(article.publishedAtMs),
    copy_of: copyOf,
    copy_kind: copyKind,
  }
}

function isoTime(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString()
}
