import type { Article } from '../core/feed/article.ts'
import { articleId } from '../core/feed/article-id.ts'
import { articleKey } from '../core/dedup/article-key.ts'
import { planIngest, type IngestPlan } from '../core/dedup/plan-ingest.ts'
import { StoryGrouper } from './group-stories.ts'
import type { ArticleStore, IngestBatch } from './ports/article-store.ts'
import type { StoryStore } from './ports/story-store.ts'

/** What an ingest needs from the street. */
export interface IngestPorts {
  readonly articles: ArticleStore
  readonly stories: StoryStore
  readonly nowMs: () => number
}

/** What became of the articles so far. */
export interface IngestCounts {
  readonly added: number
  readonly revised: number
  readonly unchanged: number
  /** Dated before the time asked for, and left out. */
  readonly older: number
}

/** How to ingest. */
export interface IngestOptions {
  /** Articles dated before are left out, epoch ms; those without a date come in. */
  readonly sinceMs?: number
  /** Called with the counts after each batch. */
  readonly onProgress?: (counts: IngestCounts) => void
}

/** What an ingest did. */
export interface IngestReport extends IngestCounts {
  /** Stories that are new or changed. */
  readonly stories: number
}

/** Articles saved in one transaction. */
const BATCH = 50

/**
 * Stores articles that somebody names and places them in stories. Doing it twice changes nothing. Memory holds one batch,
 * however many there are.
 */
export async function ingestArticles(
  articles: AsyncIterable<Article> | Iterable<Article>,
  ports: IngestPorts,
  { sinceMs, onProgress }: IngestOptions = {},
): Promise<IngestReport> {
  const counts = { added: 0, revised: 0, unchanged: 0, older: 0 }
  let batch: Article[] = []
  const save = async () => {
    for (const { kind } of await saveBatch(batch, ports)) counts[kind] += 1
    batch = []
    onProgress?.({ ...counts })
  }
  for await (const article of articles) {
    if (isOlder(article, sinceMs)) counts.older += 1
    else batch.push(underKey(article))
    if (batch.length >= BATCH) await save()
  }
  await save()
  return { ...counts, stories: await groupAll(ports) }
}

function isOlder({ publishedAtMs }: Article, sinceMs: number | undefined): boolean {
  return sinceMs !== undefined && publishedAtMs !== null && publishedAtMs < sinceMs
}

async function saveBatch(batch: readonly Article[], ports: IngestPorts): Promise<IngestPlan['entries']> {
  if (batch.length === 0) return []
  const known = await ports.articles.knownArticles(batch.map(articleKey), null)
  const plan = planIngest(
    batch,
    known.map(({ id, key, contentHash, earlierHashes }) => ({
      id,
      key,
      contentHashes: [...earlierHashes, contentHash],
    })),
  )
  const revisions = new Map(known.map(({ key, revision }) => [key, revision]))
  await ports.articles.saveIngest(batchOf(plan, revisions, ports.nowMs()))
  return plan.entries
}

/** Rows of two files may share an id; what names an article for good is its key. */
function underKey(article: Article): Article {
  return {
    ...article,
    id: articleId(articleKey(article), null),
  }
}

function batchOf(plan: IngestPlan, revisions: ReadonlyMap<string, number>, atMs: number): IngestBatch {
  const added: IngestBatch['added'][number][] = []
  const revised: IngestBatch['revised'][number][] = []
  const unchanged: string[] = []
  for (const entry of plan.entries) {
    const { article, key, contentHash } = entry
    if (entry.kind === 'added') added.push({ article, key, contentHash })
    else if (entry.kind === 'unchanged') unchanged.push(key)
    else {
      const revision = (revisions.get(key) ?? 1) + 1
      revised.push({ article: { ...article, id: entry.knownId }, key, contentHash, revision })
    }
  }
  return { feedId: null, atMs, added, revised, unchanged }
}

async function groupAll(ports: IngestPorts): Promise<number> {
  const grouper = await StoryGrouper.open(ports)
  let stories = 0
  for (;;) {
    const step = await grouper.step()
    stories += step.stories
    if (!step.more) return stories
  }
}
