import type { Transaction } from 'kysely'
import type { Dialect } from './dialect.ts'
import type { Tables } from './schema.ts'

/** Deletes everything that belongs to a tenant. Stories that others see stay, without the tenant's articles. */
export async function forgetTenant(
  trx: Transaction<Tables>,
  dialect: Dialect,
  tenant: string,
): Promise<void> {
  await forgetDigests(trx, tenant)
  while (await forgetArticles(trx, dialect, tenant)) continue
  const feeds = trx.selectFrom('feeds').select('feeds.id').where('tenant', '=', tenant)
  await trx.deleteFrom('hub_leases').where('feed_id', 'in', feeds).execute()
  await trx.deleteFrom('feeds').where('tenant', '=', tenant).execute()
  await trx.deleteFrom('corrections').where('tenant', '=', tenant).execute()
  await trx.deleteFrom('follows').where('tenant', '=', tenant).execute()
  await trx.deleteFrom('installations').where('tenant', '=', tenant).execute()
  await trx.deleteFrom('audit').where('tenant', '=', tenant).execute()
  await trx.deleteFrom('tenants').where('id', '=', tenant).execute()
}

async function forgetDigests(trx: Transaction<Tables>, tenant: string): Promise<void> {
  const destinations = trx.selectFrom('destinations').select('destinations.id').where('tenant', '=', tenant)
  await trx.deleteFrom('page_links').where('destination_id', 'in', destinations).execute()
  await trx.deleteFrom('deliveries').where('destination_id', 'in', destinations).execute()
  await trx.deleteFrom('told_stories').where('destination_id', 'in', destinations).execute()
  await trx.deleteFrom('digests').where('destination_id', 'in', destinations).execute()
  await trx.deleteFrom('subscriptions').where('destination_id', 'in', destinations).execute()
  await trx.deleteFrom('destinations').where('tenant', '=', tenant).execute()
}

async function forgetArticles(trx: Transaction<Tables>, dialect: Dialect, tenant: string): Promise<boolean> {
  const rows = await trx
    .selectFrom('articles')
    .select(['id', 'seq', 'sort_at_ms as sortAtMs'])
    .where('owner', '=', tenant)
    .limit(dialect.maxRowsPerStatement)
    .execute()
  if (rows.length === 0) return false
  const ids = rows.map(({ id }) => id)
  await trx.deleteFrom('story_members').where('article_id', 'in', ids).execute()
  await trx.deleteFrom('copies').where('article_id', 'in', ids).execute()
  // A copy of a deleted text is an original to all who are left.
  await trx.deleteFrom('copies').where('copy_of', 'in', ids).execute()
  await trx.deleteFrom('article_revisions').where('article_id', 'in', ids).execute()
  await trx.deleteFrom('article_feeds').where('article_id', 'in', ids).execute()
  await dialect.indexWords(
    trx,
    rows.map(({ seq, sortAtMs }) => ({ seq, sortAtMs, words: [] })),
  )
  await trx.deleteFrom('articles').where('id', 'in', ids).execute()
  return true
}
