import fs from 'node:fs'
import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import { Kysely, sql, type CreateTableBuilder, type RawBuilder, type SqlBool, type Transaction } from 'kysely'
import { addArticleColumns } from './article-columns.ts'
import type { Database, Dialect, IndexedWords } from './dialect.ts'
import type { Tables } from './schema.ts'
import { ConsiderateSqliteDialect } from './sqlite-driver.ts'
import { errorCode, errorLine, StorageError } from './storage-error.ts'

/** How long opening waits for another process that opens or mends the file, in ms; the driver waits for writes in its own way. */
const OPEN_TIMEOUT_MS = 5_000

/**
 * Opens an SQLite file, `:memory:` included; its folder is made. Two connections: what is read need not wait for a running transaction.
 *
 * @throws {StorageError} where the file cannot be made or is no database
 */
export function openSqlite(file: string, options: { readonly mustExist: boolean }): Database {
  const name = file === ':memory:' ? file : path.resolve(file)
  try {
    if (name === ':memory:') return openFiles([connect(name)])
    if (options.mustExist && !fs.existsSync(name)) throw new StorageError('there is no such file', 'ENOENT')
    fs.mkdirSync(path.dirname(name), { recursive: true })
    return openFiles([connect(name), connect(name)])
  } catch (error) {
    throw new StorageError(`Cannot open database "sqlite:${file}": ${whyNot(error)}`, errorCode(error), error)
  }
}

function openFiles([first, second]: readonly [SqliteFile.Database, SqliteFile.Database?]): Database {
  const writer = new Kysely<Tables>({ dialect: new ConsiderateSqliteDialect(first) })
  const reader =
    second === undefined ? writer : new Kysely<Tables>({ dialect: new ConsiderateSqliteDialect(second) })
  return {
    dialect: sqliteDialect,
    writer,
    reader,
    backup: (to) => backUp(writer, to),
    async close() {
      await writer.destroy()
      await reader.destroy()
      // Kysely closes only what it has used.
      first.close()
      second?.close()
    },
  }
}

function connect(name: string): SqliteFile.Database {
  const file = new SqliteFile(name, { timeout: OPEN_TIMEOUT_MS })
  try {
    file.pragma('journal_mode = WAL')
    // In WAL mode NORMAL would lose the last commits with the power: a delivery noted before it is sent must not be one.
    file.pragma('synchronous = FULL')
    file.pragma('foreign_keys = ON')
    file.pragma('cache_size = -32000')
    file.pragma('busy_timeout = 0')
    return file
  } catch (error) {
    file.close()
    throw error
  }
}

function whyNot(error: unknown): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'no right to write there'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of the path is no folder'
    case 'SQLITE_CANTOPEN':
      return 'the file cannot be opened (is it there, and may this user write it?)'
    case 'SQLITE_READONLY':
      return 'the file or its folder is read-only'
    case 'SQLITE_NOTADB':
      return 'the file is not an SQLite database'
    default:
      return errorLine(error)
  }
}

async function backUp(writer: Kysely<Tables>, to: string): Promise<void> {
  if (fs.existsSync(to)) throw new StorageError(`Cannot write backup "${to}": the file is there already`)
  try {
    fs.mkdirSync(path.dirname(path.resolve(to)), { recursive: true })
    await sql`vacuum into ${path.resolve(to)}`.execute(writer)
  } catch (error) {
    throw new StorageError(`Cannot write backup "${to}": ${whyNot(error)}`, errorCode(error), error)
  }
}

/**
 * An article's number begins with its second, so the full text index, which can only be walked by number, is walked by date: a search
 * stops after its page however many articles have the word. Measured in bench/storage.
 */
const SEQS_PER_SECOND = 2 ** 20

const sqliteDialect: Dialect = {
  name: 'sqlite',
  maxRowsPerStatement: 20,
  keepsWordsInRow: false,

  async createArticleTable(db) {
    await addArticleColumns(
      db.schema.createTable('articles').addColumn('seq', 'integer', (col) => col.primaryKey()),
    ).execute()
    // Words come cut and folded from searchWords(), so the tokenizer has only to part them at the blanks.
    await sql`create virtual table article_words using fts5(words, content='', contentless_delete=1, detail=none,
      tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")`.execute(db)
  },

  withSeq<Name extends string>(table: CreateTableBuilder<Name>): CreateTableBuilder<Name, 'seq'> {
    return table.addColumn('seq', 'integer', (col) => col.primaryKey())
  },

  async nextSeqs(trx, sortAtMs) {
    const next = new Map<number, number>()
    const seqs: number[] = []
    for (const atMs of sortAtMs) {
      const second = Math.floor(atMs / 1000)
      const seq = next.get(second) ?? (await firstFreeSeq(trx, second))
      next.set(second, seq + 1)
      seqs.push(seq)
    }
    return seqs
  },

  wordColumns() {
    return {}
  },

  async indexWords(trx, rows) {
    for (const row of rows) await indexOne(trx, row)
  },

  async search(_db, query, { words, sinceMs, untilMs, limit, offset }) {
    const sought = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ')
    let found = query
      .innerJoin('article_words', 'article_words.rowid', 'articles.seq')
      .where(sql<SqlBool>`article_words match ${sought}`)
    // A bound number would be a float, which FTS5 does not take as a limit.
    if (sinceMs !== null) found = found.where('article_words.rowid', '>=', integer(firstSeq(sinceMs)))
    if (untilMs !== null)
      found = found.where('article_words.rowid', '<', integer(firstSeq(untilMs) + SEQS_PER_SECOND))
    const rows = await found.orderBy('article_words.rowid', 'desc').limit(limit).offset(offset).execute()
    return rows.map(({ id }) => id)
  },

  idStartsWith(prefix) {
    return sql<SqlBool>`id >= ${prefix} and id < ${`${prefix}\u{10ffff}`}`
  },
}

function integer(value: number): RawBuilder<number> {
  return sql<number>`cast(${value} as integer)`
}

function firstSeq(atMs: number): number {
  const second = Math.floor(Math.min(Math.max(atMs, -MAX_DATE_MS), MAX_DATE_MS) / 1000)
  return second * SEQS_PER_SECOND
}

/** 2^53 numbers are enough until the year 2242. */
const MAX_DATE_MS = 8_500_000_000_000

async function firstFreeSeq(trx: Transaction<Tables>, second: number): Promise<number> {
  const first = second * SEQS_PER_SECOND
  const row = await trx
    .selectFrom('articles')
    .select(({ fn }) => fn.max<number | null>('seq').as('last'))
    .where('seq', '>=', first)
    .where('seq', '<', first + SEQS_PER_SECOND)
    .executeTakeFirst()
  const last = row?.last ?? null
  return last === null ? first : last + 1
}

async function indexOne(trx: Transaction<Tables>, { seq, words }: IndexedWords): Promise<void> {
  await trx.deleteFrom('article_words').where('rowid', '=', seq).execute()
  if (words.length === 0) return
  await trx
    .insertInto('article_words')
    .values({ rowid: seq, words: words.join(' ') })
    .execute()
}
