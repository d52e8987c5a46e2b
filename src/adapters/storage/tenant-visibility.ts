import type { ExpressionBuilder, ExpressionWrapper, Kysely, SqlBool } from 'kysely'
import type { CopyKind } from '../../core/dedup/copy.ts'
import type { ArticleEntry } from '../../app/ports/article-store.ts'
import type { TenantView } from '../../app/ports/tenant-view.ts'
import { chunks } from './chunks.ts'
import type { Tables } from './schema.ts'

/** How `tenant`, `owner` and `visible_to` write the operator, that is everybody. */
export const OPERATOR = ''

/** Names in one look-up; below what PostgreSQL and SQLite take as parameters. */
const MAX_IDS = 1_000

/** The tenant rule: the one condition under which an article is shown, counted or linked. */
export function articleIsVisible(view: TenantView) {
  return (eb: ExpressionBuilder<Tables, 'articles'>): ExpressionWrapper<Tables, 'articles', SqlBool> =>
    view.tenant === null
      ? eb('articles.visible_to', '=', OPERATOR)
      : eb('articles.visible_to', 'in', [OPERATOR, view.tenant])
}

/** The tenant rule for feeds themselves. */
export function feedIsVisible(view: TenantView) {
  return (eb: ExpressionBuilder<Tables, 'feeds'>): ExpressionWrapper<Tables, 'feeds', SqlBool> =>
    eb.or([eb('feeds.published', '=', 1), eb('feeds.tenant', 'in', [OPERATOR, view.tenant ?? OPERATOR])])
}

/** Articles as lists show them: those asked for, or all present members of stories. */
export type WhichEntries =
  { readonly articleIds: readonly string[] } | { readonly storyIds: readonly string[] }

/** The articles among those asked for that the view may see, by date, with copies told within what it sees. */
export async function loadEntries(
  db: Kysely<Tables>,
  which: WhichEntries,
  view: TenantView,
): Promise<ArticleEntry[]> {
  const rows: EntryRow[] = []
  const ids = 'articleIds' in which ? which.articleIds : which.storyIds
  for (const some of chunks(ids, MAX_IDS)) {
    const query = selectEntries(db).where(articleIsVisible(view))
    rows.push(
      ...(await query
        .where('articleIds' in which ? 'articles.id' : 'story_members.story_id', 'in', some)
        .execute()),
    )
  }
  rows.sort((a, b) => a.sort_at_ms - b.sort_at_ms || (a.id < b.id ? -1 : 1))
  const originals = await visibleOriginals(db, rows, view)
  return rows.map((row) => readEntry(row, originals))
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number]

function selectEntries(db: Kysely<Tables>) {
  return db
    .selectFrom('articles')
    .leftJoin('story_members', (join) =>
      join.onRef('story_members.article_id', '=', 'articles.id').on('story_members.left_at_ms', 'is', null),
    )
    .leftJoin('copies', 'copies.article_id', 'articles.id')
    .select([
      'articles.id',
      'articles.url',
      'articles.title',
      'articles.outlet',
      'articles.publisher',
      'articles.published_at_ms',
      'articles.sort_at_ms',
      'articles.lang',
      'story_members.story_id',
      'copies.copy_of',
      'copies.kind',
    ])
}

function readEntry(row: EntryRow, originals: ReadonlyMap<string, string>): ArticleEntry {
  const original = row.copy_of === null ? undefined : originals.get(row.copy_of)
  const copyOf = original === row.id ? undefined : original
  return {
    id: row.id,
    url: row.url,
    title: row.title,
    outlet: row.outlet,
    publisher: row.publisher,
    publishedAtMs: row.published_at_ms,
    lang: row.lang,
    storyId: row.story_id,
    copyOf: copyOf ?? null,
    copyKind: copyOf === undefined ? null : (row.kind as CopyKind | null),
  }
}

/**
 * For each original of these rows the article that stands for it in this view: itself, or where it is hidden the earliest visible copy
 * of it. Two copies of a hidden text are still one voice.
 */
async function visibleOriginals(
  db: Kysely<Tables>,
  rows: readonly EntryRow[],
  view: TenantView,
): Promise<Map<string, string>> {
  const asked = [...new Set(rows.flatMap(({ copy_of }) => copy_of ?? []))]
  const standIns = new Map<string, string>()
  for (const some of chunks(asked, MAX_IDS)) {
    const visible = await db
      .selectFrom('articles')
      .select('articles.id')
      .where('articles.id', 'in', some)
      .where(articleIsVisible(view))
      .execute()
    for (const { id } of visible) standIns.set(id, id)
  }
  const hidden = asked.filter((id) => !standIns.has(id))
  for (const some of chunks(hidden, MAX_IDS)) {
    const copies = await db
      .selectFrom('copies')
      .innerJoin('articles', 'articles.id', 'copies.article_id')
      .select(['copies.copy_of', 'articles.id'])
      .where('copies.copy_of', 'in', some)
      .where(articleIsVisible(view))
      .orderBy('articles.sort_at_ms')
      .orderBy('articles.id')
      .execute()
    for (const { copy_of, id } of copies) if (!standIns.has(copy_of)) standIns.set(copy_of, id)
  }
  return standIns
}
