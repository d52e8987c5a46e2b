import type { CreateTableBuilder } from 'kysely'

/** The columns of an article that are the same on both databases. */
export function addArticleColumns<Name extends string, Columns extends string>(
  table: CreateTableBuilder<Name, Columns>,
): CreateTableBuilder<Name, Columns> {
  return table
    .addColumn('id', 'text', (col) => col.notNull().unique())
    .addColumn('owner', 'text', (col) => col.notNull())
    .addColumn('key', 'text', (col) => col.notNull())
    .addColumn('visible_to', 'text', (col) => col.notNull())
    .addColumn('url', 'text')
    .addColumn('title', 'text', (col) => col.notNull())
    .addColumn('text', 'text', (col) => col.notNull())
    .addColumn('furniture', 'text', (col) => col.notNull())
    .addColumn('outlet', 'text', (col) => col.notNull())
    .addColumn('outlet_folded', 'text', (col) => col.notNull())
    .addColumn('publisher', 'text', (col) => col.notNull())
    .addColumn('published_at_ms', 'bigint')
    .addColumn('lang', 'text')
    .addColumn('content_hash', 'text', (col) => col.notNull())
    .addColumn('revision', 'integer', (col) => col.notNull())
    .addColumn('ingested_at_ms', 'bigint', (col) => col.notNull())
    .addColumn('accepted_at_ms', 'bigint')
    .addColumn('sort_at_ms', 'bigint', (col) => col.notNull())
    .addColumn('body_dropped', 'integer', (col) => col.notNull())
    .addColumn('pending', 'integer', (col) => col.notNull())
    .addUniqueConstraint('articles_owner_key', ['owner', 'key'])
}
