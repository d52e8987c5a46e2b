import { Kysely, PostgresDialect, sql, type CreateTableBuilder, type SqlBool, type Transaction } from 'kysely'
import pg from 'pg'
import { addArticleColumns } from './article-columns.ts'
import type { Database, Dialect } from './dialect.ts'
import type { Tables } from './schema.ts'
import { StorageError } from './storage-error.ts'

/** Connections of one process; PostgreSQL allows 100 by default, for all processes together. Range 2-50. */
const MAX_CONNECTIONS = 10

const CONNECT_TIMEOUT_MS = 10_000

/** Opens a PostgreSQL database by its URL. Nothing is connected before the first query. */
export function openPostgres(url: string): Database {
  const types = new pg.TypeOverrides()
  // 64-bit integers are times and numbers of rows here: all of them fit a JavaScript number.
  types.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'tidings',
    types,
  })
  // An idle connection that breaks is replaced with the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    dialect: postgresDialect,
    writer: db,
    reader: db,
    backup: refuseBackup,
    close: () => db.destroy(),
  }
}

async function refuseBackup(path: string): Promise<void> {
  throw new StorageError(`Cannot write backup "${path}": use pg_dump for PostgreSQL`)
}

/**
 * Up to so many matches are all read and put in order; with more, the newest articles are walked until a page is full. Left to itself
 * PostgreSQL guesses, and for a rare word it walked all 40,000 articles (0.4 s). Range 1,000-20,000: below, the walk is long (at a million
 * articles 1,000,000 / 5,000 for each answer); above, so is the reading.
 */
const FEW_MATCHES = 5_000

/** Makes this transaction's searches go by the index of words, or by that of dates. */
async function planBy(trx: Transaction<Tables>, index: 'words' | 'date'): Promise<void> {
  const byWords = index === 'words'
  await sql`select set_config('enable_seqscan', 'off', true),
    set_config('enable_indexscan', ${byWords ? 'off' : 'on'}, true),
    set_config('enable_bitmapscan', ${byWords ? 'on' : 'off'}, true)`.execute(trx)
}

const postgresDialect: Dialect = {
  name: 'postgres',
  maxRowsPerStatement: 200,
  keepsWordsInRow: true,

  async createArticleTable(db) {
    await addArticleColumns(
      db.schema
        .createTable('articles')
        .addColumn('seq', 'bigint', (col) => col.primaryKey().generatedByDefaultAsIdentity()),
    )
      .addColumn('search_words', sql`tsvector`)
      .execute()
    await sql`create index articles_by_words on articles using gin (search_words)`.execute(db)
  },

  withSeq<Name extends string>(table: CreateTableBuilder<Name>): CreateTableBuilder<Name, 'seq'> {
    return table.addColumn('seq', 'bigint', (col) => col.primaryKey().generatedByDefaultAsIdentity())
  },

  async nextSeqs() {
    return null
  },

  wordColumns(words) {
    return { search_words: sql`array_to_tsvector(${words}::text[])` }
  },

  async indexWords(trx, rows) {
    if (rows.length === 0) return
    const seqs = rows.map(({ seq }) => seq)
    const lines = rows.map(({ words }) => words.join(' '))
    await sql`update articles set search_words = array_to_tsvector(string_to_array(nullif(given.line, ''), ' '))
      from unnest(${seqs}::bigint[], ${lines}::text[]) as given (seq, line)
      where articles.seq = given.seq`.execute(trx)
  },

  async search(db, query, { words, limit, offset }) {
    // Quoted words joined by & are the one form of tsquery in which no sign of a word is syntax.
    const sought = words.map((word) => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`).join(' & ')
    const matches = sql<SqlBool>`articles.search_words @@ ${sought}::tsquery`
    return db.transaction().execute(async (trx) => {
      await planBy(trx, 'words')
      const probe = trx
        .selectFrom('articles')
        .select('articles.id')
        .where(matches)
        .limit(FEW_MATCHES + 1)
      const few = (await probe.execute()).length <= FEW_MATCHES
      if (!few) await planBy(trx, 'date')
      const compiled = query
        .where(matches)
        .orderBy('articles.sort_at_ms', 'desc')
        .orderBy('articles.seq', 'desc')
        .limit(limit)
        .offset(offset)
        .compile()
      const { rows } = await trx.executeQuery(compiled)
      return rows.map(({ id }) => id)
    })
  },

  idStartsWith(prefix) {
    return sql<SqlBool>`id collate "C" >= ${prefix} and id collate "C" < ${`${prefix}\u{10ffff}`}`
  },
}
