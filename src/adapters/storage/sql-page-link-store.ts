import type { Kysely } from 'kysely'
import type { FreshLink, PageLinkStore } from '../../app/ports/page-link-store.ts'
import type { Destination } from '../../app/ports/publisher.ts'
import type { Database } from './dialect.ts'
import type { Tables } from './schema.ts'
import { OPERATOR } from './tenant-visibility.ts'

/** Longest key that is looked up. */
const MAX_TOKEN_CHARS = 200

/** The keys of archives. */
export function createPageLinkStore({ reader, writer }: Database): PageLinkStore {
  return {
    linkOf: async (destinationId, fresh) =>
      (await knownLink(reader, destinationId)) ?? (await linkOf(writer, destinationId, fresh)),
    renewLink: (destinationId, fresh) => renewLink(writer, destinationId, fresh),
    destinationOf: (token) => destinationOf(reader, token),
  }
}

async function knownLink(db: Kysely<Tables>, destinationId: string): Promise<string | null> {
  const row = await db
    .selectFrom('page_links')
    .select('token')
    .where('destination_id', '=', destinationId)
    .executeTakeFirst()
  return row?.token ?? null
}

async function linkOf(db: Kysely<Tables>, destinationId: string, fresh: FreshLink): Promise<string> {
  await db
    .insertInto('page_links')
    .values({ destination_id: destinationId, token: fresh.token, made_at_ms: fresh.atMs })
    .onConflict((conflict) => conflict.column('destination_id').doNothing())
    .execute()
  const { token } = await db
    .selectFrom('page_links')
    .select('token')
    .where('destination_id', '=', destinationId)
    .executeTakeFirstOrThrow()
  return token
}

async function renewLink(db: Kysely<Tables>, destinationId: string, fresh: FreshLink): Promise<void> {
  const row = { token: fresh.token, made_at_ms: fresh.atMs }
  await db
    .insertInto('page_links')
    .values({ destination_id: destinationId, ...row })
    .onConflict((conflict) => conflict.column('destination_id').doUpdateSet(row))
    .execute()
}

async function destinationOf(db: Kysely<Tables>, token: string): Promise<Destination | null> {
  if (token === '' || token.length > MAX_TOKEN_CHARS || !/^[\w-]+$/.test(token)) return null
  const row = await db
    .selectFrom('page_links')
    .innerJoin('destinations', 'destinations.id', 'page_links.destination_id')
    .select([
      'destinations.id',
      'destinations.tenant',
      'destinations.platform',
      'destinations.address',
      'destinations.name',
    ])
    .where('page_links.token', '=', token)
    .where('destinations.removed_at_ms', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : { ...row, tenant: row.tenant === OPERATOR ? null : row.tenant }
}
