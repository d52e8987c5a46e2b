import type { Counts } from '../../core/digest/digest.ts'
import { printable } from '../../core/text/printable.ts'
import { parseDigestSettings } from '../digest-settings.ts'
import type { StoredDigest } from '../ports/digest-store.ts'
import type { ArchivedDigest, DigestStory } from '../ports/news-pages.ts'

/** Headlines of a digest that a list shows. */
const MAX_HEADLINES = 50

type Row = Readonly<Record<string, unknown>>

/** A stored digest with the document that was sent. What is missing or of the wrong kind, as in one of an older version, is empty. */
export function readStoredDigest(stored: StoredDigest): { digest: ArchivedDigest; stories: DigestStory[] } {
  const body = rowOf(stored.body)
  const document = rowOf(body['document'])
  const stories = listOf(document['stories']).map((one) => readStory(rowOf(one)))
  const { id, fromMs, toMs, composedAtMs } = stored
  return {
    stories,
    digest: {
      ...{ id, fromMs, toMs, composedAtMs },
      name: printable(textOf(body['name'])),
      timeZone: parseDigestSettings(body['settings']).timeZone,
      counts: countsOf(document['counts']),
      stories: stories.length,
      headlines: stories.slice(0, MAX_HEADLINES).map(({ storyId, headline }) => ({ storyId, headline })),
    },
  }
}

function readStory(story: Row): DigestStory {
  return {
    storyId: textOf(story['id']),
    headline: printable(textOf(story['headline'])),
    counts: countsOf(story['counts']),
    sentences: listOf(story['sentences']).map((one) => {
      const row = rowOf(one)
      return {
        text: textOf(row['text']),
        url: textOf(row['url']) || null,
        outlet: printable(textOf(row['outlet'])),
        alsoIn: listOf(row['also_in']).map(textOf),
        dateNote: textOf(row['date_note']) || null,
      }
    }),
    disagreements: listOf(story['disagreements']).map(textOf),
  }
}

function countsOf(value: unknown): Counts {
  const { articles, publishers, copies } = rowOf(value)
  return { articles: numberOf(articles), publishers: numberOf(publishers), copies: numberOf(copies) }
}

function rowOf(value: unknown): Row {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
