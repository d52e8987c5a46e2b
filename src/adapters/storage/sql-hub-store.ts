import type { Kysely, Selectable, Transaction, Updateable } from 'kysely'
import type { StoredFeed } from '../../app/ports/feed-store.ts'
import type { HubStore } from '../../app/ports/hub-store.ts'
import type { HubLease, HubLeaseChange } from '../../core/feed/hub-lease.ts'
import { chunks } from './chunks.ts'
import type { Database } from './dialect.ts'
import type { Tables } from './schema.ts'
import { readFeed } from './sql-feed-store.ts'
import { storedText } from './stored-text.ts'
import { inTransaction } from './transaction.ts'

/** Longest key that is looked up. */
const MAX_TOKEN_CHARS = 200

/** Subscriptions at WebSub hubs. */
export function createHubStore({ reader, writer, dialect }: Database): HubStore {
  return {
    leasesOf: (feedIds) => leasesOf(reader, feedIds, dialect.maxRowsPerStatement),
    leaseByToken: (token) => leaseByToken(reader, token),
    saveLease: (lease) => saveLease(writer, lease),
    changeLease: (token, change, ifNextAskAtMs) => changeLease(writer, token, change, ifNextAskAtMs),
    async dropLease(token) {
      await writer.deleteFrom('hub_leases').where('token', '=', token).execute()
    },
    dueLeases: (nowMs, limit) => inTransaction(writer, (trx) => dueLeases(trx, nowMs, limit)),
    notePing: (token, nowMs) => update(writer, token, { pinged: 1, pinged_at_ms: nowMs }),
    pingedFeeds: (wokenBeforeMs, nowMs, limit) => pingedFeeds(reader, wokenBeforeMs, nowMs, limit),
    wakeFeed: (feedId, isDue, nowMs) => inTransaction(writer, (trx) => wakeFeed(trx, feedId, isDue, nowMs)),
  }
}

async function leasesOf(db: Kysely<Tables>, feedIds: readonly string[], size: number): Promise<HubLease[]> {
  const leases: HubLease[] = []
  for (const some of chunks(feedIds, size)) {
    const rows = await db.selectFrom('hub_leases').selectAll().where('feed_id', 'in', some).execute()
    leases.push(...rows.map(readLease))
  }
  return leases
}

async function leaseByToken(db: Kysely<Tables>, token: string): Promise<HubLease | null> {
  if (token.length > MAX_TOKEN_CHARS) return null
  const row = await db
    .selectFrom('hub_leases')
    .selectAll()
    .where('token', '=', storedText(token))
    .executeTakeFirst()
  return row === undefined ? null : readLease(row)
}

async function saveLease(db: Kysely<Tables>, lease: HubLease): Promise<void> {
  const row = {
    hub: storedText(lease.hub),
    topic: storedText(lease.topic),
    token: lease.token,
    secret: lease.secret,
    leaving: lease.isLeaving ? 1 : 0,
    asks: lease.asks,
    lease_until_ms: lease.leaseUntilMs,
    next_ask_at_ms: lease.nextAskAtMs,
    pinged: 0,
    pinged_at_ms: lease.pingedAtMs,
    woken_at_ms: lease.wokenAtMs,
  } as const
  await db
    .insertInto('hub_leases')
    .values({ feed_id: lease.feedId, ...row })
    .onConflict((conflict) => conflict.column('feed_id').doUpdateSet(row))
    .execute()
}

async function changeLease(
  db: Kysely<Tables>,
  token: string,
  { isLeaving, asks, leaseUntilMs, nextAskAtMs }: HubLeaseChange,
  ifNextAskAtMs?: number,
): Promise<boolean> {
  const values: Updateable<Tables['hub_leases']> = {
    ...(isLeaving === undefined ? {} : { leaving: isLeaving ? 1 : 0 }),
    ...(asks === undefined ? {} : { asks }),
    ...(leaseUntilMs === undefined ? {} : { lease_until_ms: leaseUntilMs }),
    ...(nextAskAtMs === undefined ? {} : { next_ask_at_ms: nextAskAtMs }),
  }
  return update(db, token, values, ifNextAskAtMs)
}

async function update(
  db: Kysely<Tables>,
  token: string,
  values: Updateable<Tables['hub_leases']>,
  ifNextAskAtMs?: number,
): Promise<boolean> {
  const all = db.updateTable('hub_leases').set(values).where('token', '=', token)
  const some = ifNextAskAtMs === undefined ? all : all.where('next_ask_at_ms', '=', ifNextAskAtMs)
  const { numUpdatedRows } = await some.executeTakeFirst()
  return numUpdatedRows > 0n
}

async function dueLeases(trx: Transaction<Tables>, nowMs: number, limit: number): Promise<HubLease[]> {
  await trx
    .updateTable('hub_leases')
    .set({ leaving: 1, asks: 0, next_ask_at_ms: nowMs })
    .where('leaving', '=', 0)
    .where('feed_id', 'in', (eb) =>
      eb.selectFrom('feeds').select('feeds.id').where('removed_at_ms', 'is not', null),
    )
    .execute()
  const rows = await trx
    .selectFrom('hub_leases')
    .selectAll()
    .where('next_ask_at_ms', '<=', nowMs)
    .orderBy('next_ask_at_ms')
    .orderBy('feed_id')
    .limit(limit)
    .execute()
  return rows.map(readLease)
}

async function pingedFeeds(
  db: Kysely<Tables>,
  wokenBeforeMs: number,
  nowMs: number,
  limit: number,
): Promise<StoredFeed[]> {
  const rows = await db
    .selectFrom('hub_leases')
    .innerJoin('feeds', 'feeds.id', 'hub_leases.feed_id')
    .selectAll('feeds')
    .where('pinged', '=', 1)
    .where('removed_at_ms', 'is', null)
    .where('claimed_until_ms', '<=', nowMs)
    .where((eb) => eb.or([eb('woken_at_ms', 'is', null), eb('woken_at_ms', '<', wokenBeforeMs)]))
    .orderBy('pinged_at_ms')
    .limit(limit)
    .execute()
  return rows.map(readFeed)
}

async function wakeFeed(
  trx: Transaction<Tables>,
  feedId: string,
  isDue: boolean,
  nowMs: number,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('feeds')
    .set((eb) => ({ next_poll_at_ms: isDue ? eb.val(nowMs) : eb.ref('next_poll_at_ms') }))
    .where('id', '=', feedId)
    .where('claimed_until_ms', '<=', nowMs)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  await trx
    .updateTable('hub_leases')
    .set({ pinged: 0, woken_at_ms: nowMs })
    .where('feed_id', '=', feedId)
    .execute()
}

function readLease(row: Selectable<Tables['hub_leases']>): HubLease {
  return {
    feedId: row.feed_id,
    hub: row.hub,
    topic: row.topic,
    token: row.token,
    secret: row.secret,
    isLeaving: row.leaving === 1,
    asks: row.asks,
    leaseUntilMs: row.lease_until_ms,
    nextAskAtMs: row.next_ask_at_ms,
    pingedAtMs: row.pinged_at_ms,
    wokenAtMs: row.woken_at_ms,
  }
}
