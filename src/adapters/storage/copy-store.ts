import { sql, type Kysely, type RawBuilder } from 'kysely'
import { chunks } from './chunks.ts'
import type { Database } from './dialect.ts'
import type { Tables } from './schema.ts'
import { indexedWords } from './search-words.ts'
import { StorageError } from './storage-error.ts'
import { inTransaction } from './transaction.ts'

/** How far a copy is. */
export interface CopyProgress {
  readonly table: string
  /** Rows of all tables looked at so far, those that were there already too. */
  readonly rows: number
  readonly totalRows: number
}

/** A copied table; both counts are of the databases as they are at the end. */
export interface CopiedTable {
  readonly table: string
  readonly sourceRows: number
  readonly targetRows: number
}

/** Rows read at once. Range 50-1,000. */
const PAGE_ROWS = 200

type TableName = Exclude<keyof Tables, 'article_words' | 'window_fences'>

/** Each table with the columns that name its rows; a table stands after those that it refers to. */
const TABLES: readonly (readonly [TableName, readonly string[]])[] = [
  ['feeds', ['id']],
  ['articles', ['ingested_at_ms', 'seq']],
  ['article_feeds', ['article_id', 'feed_id']],
  ['article_revisions', ['article_id', 'revision']],
  ['copies', ['article_id']],
  ['stories', ['id']],
  ['story_steps', ['id']],
  ['story_members', ['article_id', 'joined_step']],
  ['story_redirects', ['id']],
  ['summaries', ['story_id', 'form', 'input_hash']],
  ['tenants', ['id']],
  ['destinations', ['id']],
  ['subscriptions', ['id']],
  ['digests', ['id']],
  ['told_stories', ['destination_id', 'story_id', 'digest_id']],
  ['deliveries', ['digest_id', 'part']],
  ['corrections', ['id']],
  ['follows', ['tenant', 'platform', 'person', 'kind', 'target']],
  ['installations', ['platform', 'id']],
  ['audit', ['seq']],
  ['page_links', ['destination_id']],
  ['seen_requests', ['id']],
  ['hub_leases', ['feed_id']],
]

type Row = Readonly<Record<string, unknown>>

/**
 * Copies everything from one database into another of any kind. May be stopped at any point and run again: rows that are there are
 * left as they are. The source should not be written meanwhile: the counts at the end tell.
 *
 * @throws {StorageError} where the target has other rows than the source when all is copied
 */
export async function copyDatabase(
  from: Database,
  to: Database,
  onProgress: (progress: CopyProgress) => void,
): Promise<CopiedTable[]> {
  const sizes = new Map<string, number>()
  for (const [table] of TABLES) sizes.set(table, await countRows(from.reader, table))
  const totalRows = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  let rows = 0
  for (const [table, key] of TABLES) {
    for await (const page of pagesOf(from.reader, table, key)) {
      await savePage(to, table, page)
      rows += page.length
      onProgress({ table, rows, totalRows })
    }
  }
  await copyFence(from, to)
  if (to.dialect.name === 'postgres') await moveOn(to.writer)
  return compare(from, to)
}

async function countRows(db: Kysely<Tables>, table: TableName): Promise<number> {
  const { rows } = await sql<{ size: number }>`select count(*) as size from ${sql.table(table)}`.execute(db)
  return rows[0]?.size ?? 0
}

async function* pagesOf(
  db: Kysely<Tables>,
  table: TableName,
  key: readonly string[],
): AsyncGenerator<readonly Row[]> {
  const columns = sql.join(key.map((name) => sql.ref(name)))
  let after: RawBuilder<unknown> = sql`true`
  for (;;) {
    const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${after}
      order by ${columns} limit ${PAGE_ROWS}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = sql`(${columns}) > (${sql.join(key.map((name) => last[name]))})`
  }
}

async function savePage(to: Database, table: TableName, page: readonly Row[]): Promise<void> {
  await inTransaction(to.writer, async (trx) => {
    const fresh = table === 'articles' ? await withoutKnown(trx, page) : page
    for (const some of chunks(fresh, to.dialect.maxRowsPerStatement)) {
      if (table === 'articles') await insertArticles(to, trx, some)
      else await insertRows(trx, table, some)
    }
  })
}

type Writer = Parameters<Parameters<typeof inTransaction>[1]>[0]

async function insertRows(trx: Writer, table: TableName, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {})
  const columns = sql.join(names.map((name) => sql.ref(name)))
  const values = sql.join(rows.map((row) => sql`(${sql.join(names.map((name) => row[name]))})`))
  await sql`insert into ${sql.table(table)} (${columns}) values ${values} on conflict do nothing`.execute(trx)
}

async function withoutKnown(trx: Writer, rows: readonly Row[]): Promise<Row[]> {
  const ids = rows.map((row) => text(row['id']))
  const known = await trx.selectFrom('articles').select('id').where('id', 'in', ids).execute()
  const knownIds = new Set(known.map(({ id }) => id))
  return rows.filter((row) => !knownIds.has(text(row['id'])))
}

/** Articles get numbers and a full text index as the target has them. */
async function insertArticles({ dialect }: Database, trx: Writer, rows: readonly Row[]): Promise<void> {
  const inOrder = rows.toSorted((a, b) => Number(a['sort_at_ms']) - Number(b['sort_at_ms']))
  const seqs = await dialect.nextSeqs(
    trx,
    inOrder.map((row) => Number(row['sort_at_ms'])),
  )
  // Where the database counts by itself, it counts arrivals.
  const ordered = seqs === null ? rows : inOrder
  const prepared = ordered.map((row, i) => {
    const columns = Object.entries(row).filter(([name]) => name !== 'seq' && name !== 'search_words')
    return {
      ...Object.fromEntries(columns),
      ...(seqs === null ? {} : { seq: seqs[i] }),
      ...dialect.wordColumns(wordsOf(row)),
    }
  })
  await insertRows(trx, 'articles', prepared)
  if (dialect.keepsWordsInRow || seqs === null) return
  await dialect.indexWords(
    trx,
    ordered.map((row, i) => ({ seq: seqs[i] ?? 0, ...wordsOf(row) })),
  )
}

function wordsOf(row: Row): { readonly sortAtMs: number; readonly words: readonly string[] } {
  const { title, text: body, outlet, lang } = row
  const words = indexedWords({ title: text(title), text: text(body), outlet: text(outlet), lang: text(lang) })
  return { sortAtMs: Number(row['sort_at_ms']), words }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

async function copyFence(from: Database, to: Database): Promise<void> {
  const { at_ms } = await from.reader.selectFrom('window_fences').select('at_ms').executeTakeFirstOrThrow()
  await to.writer.updateTable('window_fences').set({ at_ms }).where('at_ms', '<', at_ms).execute()
}

/** PostgreSQL goes on counting after the highest number that was copied. */
async function moveOn(db: Kysely<Tables>): Promise<void> {
  await sql`select setval(pg_get_serial_sequence('audit', 'seq'), (select coalesce(max(seq), 0) + 1 from audit), false)`.execute(
    db,
  )
}

async function compare(from: Database, to: Database): Promise<CopiedTable[]> {
  const copied: CopiedTable[] = []
  for (const [table] of TABLES) {
    const sourceRows = await countRows(from.reader, table)
    copied.push({ table, sourceRows, targetRows: await countRows(to.reader, table) })
  }
  const wrong = copied.filter(({ sourceRows, targetRows }) => sourceRows !== targetRows)
  if (wrong.length > 0) {
    const counts = wrong.map(
      ({ table, sourceRows, targetRows }) => `${table} has ${targetRows} rows instead of ${sourceRows}`,
    )
    throw new StorageError(`Cannot copy database: ${counts.join(', ')}`, 'COUNTS_DIFFER')
  }
  return copied
}
