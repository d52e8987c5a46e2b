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
  /** Called for each article that was dealt with. */
  readonly tick: () => void
}

/** What an ingest did. */
export interface IngestReport {
  readonly added: number
  readonly revised: number
  readonly unchanged: number
  /** Stories that are new or changed. */
  readonly stories: number
}

/** Articles saved in one transaction. */
const BATCH = 50

/** Stores articles that somebody names and places them in stories. Doing it twice changes nothing. */
export async function ingestArticles(
  articles: readonly Article[],
  ports: IngestPorts,
): Promise<IngestReport> {
  const report = { added: 0, revised: 0, unchanged: 0 }
  for (let from = 0; from < articles.length; from += BATCH) {
    const batch = articles.slice(from, from + BATCH).map(underKey)
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
    for (const { kind } of plan.entries) {
      report[kind] += 1
      ports.tick()
    }
  }
  return { ...report, stories: await groupAll(ports) }
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
