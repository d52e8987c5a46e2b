import type { Digest, DigestEntry, StoryMember } from '../../core/digest/digest.ts'

/** A digest as the JSON document of DESIGN.md section 3: ISO 8601 UTC times, ids of the input, ranges in its texts. */
export function digestToJson(digest: Digest): string {
  const { hash, fromMs, toMs, counts, entries } = digest
  return `${JSON.stringify({ hash, from: isoTime(fromMs), to: isoTime(toMs), counts, stories: entries.map(storyRow) }, null, 2)}\n`
}

function storyRow(entry: DigestEntry) {
  return {
    id: entry.storyId,
    headline: entry.headline,
    counts: entry.counts,
    articles: entry.members.map(articleRow),
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
    why: {
      rank: entry.why,
      articles: Object.fromEntries(entry.members.map(({ article, why }) => [article.id, why])),
    },
  }
}

function articleRow({ article, copyOf, copyKind }: StoryMember) {
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
