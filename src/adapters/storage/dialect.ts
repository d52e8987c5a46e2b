import type { CreateTableBuilder, Kysely, RawBuilder, SelectQueryBuilder, SqlBool, Transaction } from 'kysely'
import type { Tables } from './schema.ts'

/** All that differs between the databases; every other query is written once. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'
  /** Most rows that one statement writes: on SQLite the whole process stands while it runs. */
  readonly maxRowsPerStatement: number
  createArticleTable(db: Kysely<unknown>): Promise<void>
  /** Gives a table its counting `seq` column. */
  withSeq<Name extends string>(table: CreateTableBuilder<Name>): CreateTableBuilder<Name, 'seq'>
  /** Numbers for new articles dated so, in the order given; `null` where the database counts by itself. */
  nextSeqs(trx: Transaction<Tables>, sortAtMs: readonly number[]): Promise<number[] | null>
  /** A new article brings its words in its own row, by {@link wordColumns}; else {@link indexWords} is called for it too. */
  readonly keepsWordsInRow: boolean
  wordColumns(words: Omit<IndexedWords, 'seq'>): { readonly search_words?: RawBuilder<unknown> }
  /** Puts words into the full text index in place of what it had for these articles. */
  indexWords(trx: Transaction<Tables>, rows: readonly IndexedWords[]): Promise<void>
  /**
   * Ids of the articles of a query that have all these words, newest first. The query checks the dates; they are told here too so that
   * fewer articles are looked at.
   */
  search(db: Kysely<Tables>, query: ArticleIdQuery, sought: SearchedWords): Promise<string[]>
  /** Column `id` of a table begins with `prefix`, told by an index. */
  idStartsWith(prefix: string): RawBuilder<SqlBool>
}

/** The words of an article as they go into the full text index. */
export interface IndexedWords {
  readonly seq: number
  /** Its date, as lists go by it. */
  readonly sortAtMs: number
  readonly words: readonly string[]
}

/** A query over articles that is being built, without order. */
export type ArticleIdQuery = SelectQueryBuilder<Tables, 'articles', { id: string }>

/** At least one word, and the dates from and up to which articles are looked for. */
export interface SearchedWords {
  readonly words: readonly string[]
  readonly sinceMs: number | null
  readonly untilMs: number | null
  readonly limit: number
  readonly offset: number
}

/** Both kinds of database, opened. */
export interface Database {
  readonly dialect: Dialect
  /** For transactions, and for reads that decide what is written. */
  readonly writer: Kysely<Tables>
  /** For look-ups: on SQLite they need not wait for a running transaction. */
  readonly reader: Kysely<Tables>
  /** Writes a copy of the database as it is now, beside running work. */
  backup(path: string): Promise<void>
  close(): Promise<void>
}
