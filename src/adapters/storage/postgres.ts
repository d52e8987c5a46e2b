import { Kysely, PostgresDialect, sql, type CreateTableBuilder, type SqlBool, type Transaction } from 'kysely'
import pg from 'pg'
import { addArticleColumns } from './article-columns.ts'
import type { Database, Dialect } from './dialect.ts'
import type { Tables } from './schema.ts'
import { StorageError } from './storage-error.ts'
import { timeReaches, timeWords } from './time-words.ts'

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
  // So would one that breaks in a transaction between two queries: the next query fails, and with it the transaction.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
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

/** Makes this transaction read by the index of words: the planner knows only roughly how often a word stands, and guesses wrongly. */
async function planByWords(trx: Transaction<Tables>): Promise<void> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`.execute(
    trx,
  )
}

/** Quoted words are the one form of tsquery in which no sign of a word is syntax. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
}

async function newestDate(trx: Transaction<Tables>): Promise<number> {
  const newest = trx.selectFrom('articles').select('sort_at_ms').orderBy('sort_at_ms', 'desc').limit(1)
  return (await newest.executeTakeFirst())?.sort_at_ms ?? 0
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

  wordColumns({ sortAtMs, words }) {
    return { search_words: sql`array_to_tsvector(${[...timeWords(sortAtMs), ...words]}::text[])` }
  },

  async indexWords(trx, rows) {
    if (rows.length === 0) return
    const seqs = rows.map(({ seq }) => seq)
    const lines = rows.map(({ sortAtMs, words }) => [...timeWords(sortAtMs), ...words].join(' '))
    await sql`update articles set search_words = array_to_tsvector(string_to_array(given.line, ' '))
      from unnest(${seqs}::bigint[], ${lines}::text[]) as given (seq, line)
      where articles.seq = given.seq`.execute(trx)
  },

  async search(db, query, { words, sinceMs, untilMs, limit, offset }) {
    const sought = words.map(quoted).join(' & ')
    return db.transaction().execute(async (trx) => {
      const newestMs = await newestDate(trx)
      await planByWords(trx)
      const find = async (condition: string) => {
        const compiled = query
          .where(sql<SqlBool>`articles.search_words @@ ${condition}::tsquery`)
          .orderBy('articles.sort_at_ms', 'desc')
          .orderBy('articles.seq', 'desc')
          .limit(limit)
          .offset(offset)
          .compile()
        const { rows } = await trx.executeQuery(compiled)
        return rows.map(({ id }) => id)
      }
      for (const reach of timeReaches(Math.min(newestMs, untilMs ?? newestMs))) {
        const found = await find(`${sought} & (${reach.words.map(quoted).join(' | ')})`)
        if (found.length === limit || reach.fromMs <= (sinceMs ?? 0)) return found
      }
      return find(sought)
    })
  },

  idStartsWith(prefix) {
    return sql<SqlBool>`id collate "C" >= ${prefix} and id collate "C" < ${`${prefix}\u{10ffff}`}`
  },
}
