import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import type { ToldStory } from '../../core/digest/told-story.ts'
import type {
  Delivery,
  DeliveryRef,
  DeliveryResult,
  DeliveryState,
  DigestStore,
  FinishedRun,
  NewDigest,
  OpenParts,
  StoredDigest,
} from '../../app/ports/digest-store.ts'
import type { Claim } from '../../app/ports/feed-store.ts'
import type { StoredSubscription } from '../../app/ports/subscription-store.ts'
import { chunks } from './chunks.ts'
import type { Database, Dialect } from './dialect.ts'
import { gather } from './gather.ts'
import { moveDelivery } from './move-delivery.ts'
import type { Tables } from './schema.ts'
import { readSubscription, selectSubscriptions } from './sql-subscription-store.ts'
import { storedText } from './stored-text.ts'
import { inTransaction } from './transaction.ts'

/** Most rows of one answer. */
const MAX_ROWS = 1_000

/** Runs that are ended in one transaction, and memories that are read by one statement. Range 1-200. */
const MAX_AT_ONCE = 50

/** Digests, the ledger of their deliveries, and the turns of subscriptions. */
export function createDigestStore({ reader, writer, dialect }: Database): DigestStore {
  const finish = gather((runs: readonly FinishedRun[]) => finishRuns(writer, dialect, runs), MAX_AT_ONCE)
  const told = gather((asked: readonly Told[]) => toldSinceAll(reader, asked), MAX_AT_ONCE)
  return {
    claimDueRuns: (claim) => inTransaction(writer, (trx) => claimDueRuns(trx, dialect, claim)),
    claimRun: (subscriptionId, claim) => inTransaction(writer, (trx) => claimRun(trx, subscriptionId, claim)),
    finishRun: (run) => finish(run),
    saveDigest: (digest) => inTransaction(writer, (trx) => saveDigest(trx, dialect, digest)),
    digest: (id) => loadDigest(reader, id),
    digests: (destinationId, limit, offset = 0) => listDigests(reader, destinationId, { limit, offset }),
    toldSince: (destinationId, sinceMs) => told({ destinationId, sinceMs }),
    // The ledger is read where it is written: a look at the past could send a part twice.
    deliveries: (digestId) => deliveries(writer, digestId),
    openParts: (which) => openParts(writer, which),
    startDelivery: (ref, nowMs) => startDelivery(writer, ref, nowMs),
    takeOverDelivery: (ref, stuckBeforeMs, nowMs) => takeOverDelivery(writer, ref, { stuckBeforeMs, nowMs }),
    finishDelivery: (ref, result, nowMs) => finishDelivery(writer, ref, { result, nowMs }),
    replanDelivery: (ref, nowMs) => replanDelivery(writer, ref, nowMs),
    replaceMessage: (ref, message, nowMs) => replaceMessage(writer, ref, { message, nowMs }),
    giveUpDeliveries: (destinationId, problem, nowMs) =>
      giveUpDeliveries(writer, destinationId, { problem, nowMs }),
    troubledDeliveries: (destinationId, sinceMs, limit) =>
      troubledDeliveries(reader, destinationId, { sinceMs, limit }),
  }
}

async function claimDueRuns(
  trx: Transaction<Tables>,
  dialect: Dialect,
  claim: Claim,
): Promise<StoredSubscription[]> {
  const claimed = await trx
    .updateTable('subscriptions')
    .set({ claimed_by: claim.claimant, claimed_until_ms: claim.nowMs + claim.leaseMs })
    .where('id', 'in', (eb) => {
      const due = eb
        .selectFrom('subscriptions as due')
        .innerJoin('destinations', 'destinations.id', 'due.destination_id')
        .select('due.id')
        .where('due.next_run_at_ms', '<=', claim.nowMs)
        .where('due.claimed_until_ms', '<=', claim.nowMs)
        .where('due.paused', '=', 0)
        .where('destinations.removed_at_ms', 'is', null)
        .orderBy('due.next_run_at_ms')
        .limit(claim.limit)
      // Others take other runs meanwhile instead of waiting for these.
      return dialect.name === 'postgres' ? due.forUpdate('due').skipLocked() : due
    })
    .where('claimed_until_ms', '<=', claim.nowMs)
    .returning('id')
    .execute()
  if (claimed.length === 0) return []
  const rows = await selectSubscriptions(trx)
    .where(
      'subscriptions.id',
      'in',
      claimed.map(({ id }) => id),
    )
    .orderBy('subscriptions.next_run_at_ms')
    .orderBy('subscriptions.id')
    .execute()
  return rows.map(readSubscription)
}

async function claimRun(
  trx: Transaction<Tables>,
  subscriptionId: string,
  claim: Omit<Claim, 'limit'>,
): Promise<StoredSubscription | null> {
  const { numUpdatedRows } = await trx
    .updateTable('subscriptions')
    .set({ claimed_by: claim.claimant, claimed_until_ms: claim.nowMs + claim.leaseMs })
    .where('id', '=', subscriptionId)
    .where('claimed_until_ms', '<=', claim.nowMs)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return null
  const row = await selectSubscriptions(trx)
    .where('subscriptions.id', '=', subscriptionId)
    .executeTakeFirstOrThrow()
  return readSubscription(row)
}

/** Ends a transaction whose work turned out not to be ours. */
class NotOurs extends Error {}

/** For each run whether it was ended; what one of them stores does not depend on the others. */
async function finishRuns(
  db: Kysely<Tables>,
  dialect: Dialect,
  runs: readonly FinishedRun[],
): Promise<boolean[]> {
  try {
    return await inTransaction(db, async (trx) => {
      const known = await storedIds(trx, runs)
      const open = runs.filter(({ digest }) => digest === null || !known.has(digest.id))
      const ours = await moveOn(trx, open)
      const ended = open.filter(({ subscriptionId }) => ours.has(subscriptionId))
      const digests = ended.flatMap(({ digest }) => digest ?? [])
      if ((await saveDigests(trx, dialect, digests)) < digests.length) throw new NotOurs()
      return runs.map((run) => ended.includes(run))
    })
  } catch (error) {
    if (error instanceof NotOurs && runs.length === 1) return [false]
    throw error
  }
}

async function storedIds(trx: Transaction<Tables>, runs: readonly FinishedRun[]): Promise<Set<string>> {
  const ids = runs.flatMap(({ digest }) => digest?.id ?? [])
  if (ids.length === 0) return new Set()
  const rows = await trx.selectFrom('digests').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}

/** Moves windows on and gives claims back; the answer is the subscriptions whose claim was still held. */
async function moveOn(trx: Transaction<Tables>, runs: readonly FinishedRun[]): Promise<Set<string>> {
  if (runs.length === 0) return new Set()
  const values = runs.map(
    ({ subscriptionId, claimant, windowEndMs, nextRunAtMs }) =>
      sql`(${subscriptionId}, ${claimant}, cast(${windowEndMs} as bigint), cast(${nextRunAtMs} as bigint))`,
  )
  // Both databases call the columns of a list so.
  const { rows } = await sql<{ id: string }>`update subscriptions
    set window_end_ms = ended.column3, next_run_at_ms = ended.column4, claimed_by = null, claimed_until_ms = 0
    from (values ${sql.join(values)}) as ended
    where subscriptions.id = ended.column1 and subscriptions.claimed_by = ended.column2
    returning subscriptions.id`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

async function saveDigest(trx: Transaction<Tables>, dialect: Dialect, digest: NewDigest): Promise<boolean> {
  return (await saveDigests(trx, dialect, [digest])) === 1
}

/** Stores the digests that are not there yet, with all that follows from them; the answer is how many. */
async function saveDigests(
  trx: Transaction<Tables>,
  dialect: Dialect,
  digests: readonly NewDigest[],
): Promise<number> {
  const stored = new Set<string>()
  for (const some of chunks(digests, dialect.maxRowsPerStatement)) {
    const rows = await trx
      .insertInto('digests')
      .values(some.map(digestRow))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    for (const { id } of rows) stored.add(id)
  }
  const fresh = digests.filter(({ id }) => stored.has(id))
  const told = fresh.flatMap((digest) => digest.told.map((story) => toldRow(digest, story)))
  for (const some of chunks(told, dialect.maxRowsPerStatement)) {
    await trx.insertInto('told_stories').values(some).execute()
  }
  const parts = fresh.flatMap((digest) => digest.parts.map((planned, part) => partRow(digest, planned, part)))
  for (const some of chunks(parts, dialect.maxRowsPerStatement)) {
    await trx.insertInto('deliveries').values(some).execute()
  }
  return fresh.length
}

function digestRow(digest: NewDigest) {
  return {
    id: digest.id,
    destination_id: digest.destinationId,
    subscription_id: digest.subscriptionId,
    from_ms: digest.fromMs,
    to_ms: digest.toMs,
    input_hash: digest.inputHash,
    body: JSON.stringify(digest.body),
    composed_at_ms: digest.composedAtMs,
  }
}

function toldRow({ id, destinationId }: NewDigest, told: ToldStory) {
  return {
    destination_id: destinationId,
    story_id: told.storyId,
    digest_id: id,
    told_at_ms: told.toldAtMs,
    articles: JSON.stringify(told.articleIds),
    sentences: JSON.stringify(told.sentences),
  }
}

function partRow(digest: NewDigest, { message, nonce }: NewDigest['parts'][number], part: number) {
  return {
    digest_id: digest.id,
    part,
    destination_id: digest.destinationId,
    state: 'planned',
    body: JSON.stringify(message),
    nonce,
    attempts: 0,
    message_id: null,
    reason: null,
    planned_at_ms: digest.composedAtMs,
    changed_at_ms: digest.composedAtMs,
    retry_at_ms: null,
  }
}

async function loadDigest(db: Kysely<Tables>, id: string): Promise<StoredDigest | null> {
  const row = await db.selectFrom('digests').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : readDigest(row)
}

async function listDigests(
  db: Kysely<Tables>,
  destinationId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<StoredDigest[]> {
  const rows = await db
    .selectFrom('digests')
    .selectAll()
    .where('destination_id', '=', destinationId)
    .orderBy('to_ms', 'desc')
    .orderBy('id')
    .limit(Math.min(limit, MAX_ROWS))
    .offset(offset)
    .execute()
  return rows.map(readDigest)
}

function readDigest(row: Selectable<Tables['digests']>): StoredDigest {
  return {
    id: row.id,
    destinationId: row.destination_id,
    subscriptionId: row.subscription_id,
    fromMs: row.from_ms,
    toMs: row.to_ms,
    inputHash: row.input_hash,
    body: JSON.parse(row.body) as unknown,
    composedAtMs: row.composed_at_ms,
  }
}

/** Whose memory is asked for. */
interface Told {
  readonly destinationId: string
  readonly sinceMs: number
}

async function toldSinceAll(db: Kysely<Tables>, asked: readonly Told[]): Promise<ToldStory[][]> {
  const rows = await db
    .selectFrom('told_stories')
    .select(['destination_id', 'story_id', 'told_at_ms', 'articles', 'sentences'])
    .where(
      'destination_id',
      'in',
      asked.map(({ destinationId }) => destinationId),
    )
    .where('told_at_ms', '>=', Math.min(...asked.map(({ sinceMs }) => sinceMs)))
    .orderBy('told_at_ms')
    .orderBy('digest_id')
    .orderBy('story_id')
    .execute()
  const byDestination = Map.groupBy(rows, ({ destination_id }) => destination_id)
  return asked.map(({ destinationId, sinceMs }) =>
    (byDestination.get(destinationId) ?? [])
      .filter(({ told_at_ms }) => told_at_ms >= sinceMs)
      .map((row) => ({
        storyId: row.story_id,
        toldAtMs: row.told_at_ms,
        articleIds: JSON.parse(row.articles) as string[],
        sentences: JSON.parse(row.sentences) as string[],
      })),
  )
}

async function deliveries(db: Kysely<Tables>, digestId: string): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('digest_id', '=', digestId)
    .orderBy('part')
    .execute()
  return rows.map(readDelivery)
}

/** Neither sent nor given up nor unknown: what the partial index of the ledger holds, in its words. */
const IS_OPEN = sql<boolean>`deliveries.state in ('planned', 'sending', 'failed')
  and not (deliveries.state = 'failed' and deliveries.retry_at_ms is null)`

async function openParts(
  db: Kysely<Tables>,
  { nowMs, stuckBeforeMs, limit }: OpenParts,
): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where(IS_OPEN)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'planned'),
        eb.and([eb('state', '=', 'failed'), eb('retry_at_ms', '<=', nowMs)]),
        eb.and([eb('state', '=', 'sending'), eb('changed_at_ms', '<', stuckBeforeMs)]),
      ]),
    )
    .where((eb) => {
      const earlier = eb
        .selectFrom('deliveries as earlier')
        .select('earlier.part')
        .whereRef('earlier.digest_id', '=', 'deliveries.digest_id')
        .whereRef('earlier.part', '<', 'deliveries.part')
        .where('earlier.state', 'in', ['planned', 'sending', 'failed'])
        .where((sub) =>
          sub.or([sub('earlier.state', '<>', 'failed'), sub('earlier.retry_at_ms', 'is not', null)]),
        )
      return eb.not(eb.exists(earlier))
    })
    .orderBy('planned_at_ms')
    .orderBy('digest_id')
    .orderBy('part')
    .limit(Math.min(limit, MAX_ROWS))
    .execute()
  return rows.map(readDelivery)
}

function startDelivery(db: Kysely<Tables>, ref: DeliveryRef, nowMs: number): Promise<boolean> {
  return moveDelivery(db, ref, {
    from: (eb) =>
      eb.or([
        eb('state', '=', 'planned'),
        eb.and([eb('state', '=', 'failed'), eb('retry_at_ms', '<=', nowMs)]),
      ]),
    to: { state: 'sending', attempts: sql`attempts + 1`, changed_at_ms: nowMs, retry_at_ms: null },
  })
}

function takeOverDelivery(
  db: Kysely<Tables>,
  ref: DeliveryRef,
  { stuckBeforeMs, nowMs }: { readonly stuckBeforeMs: number; readonly nowMs: number },
): Promise<boolean> {
  return moveDelivery(db, ref, {
    from: (eb) => eb.and([eb('state', '=', 'sending'), eb('changed_at_ms', '<', stuckBeforeMs)]),
    to: { changed_at_ms: nowMs },
  })
}

function finishDelivery(
  db: Kysely<Tables>,
  ref: DeliveryRef,
  { result, nowMs }: { readonly result: DeliveryResult; readonly nowMs: number },
): Promise<boolean> {
  return moveDelivery(db, ref, {
    from: (eb) => eb('state', '=', 'sending'),
    to: {
      state: result.state,
      message_id: result.state === 'sent' ? result.messageId : null,
      reason: result.state === 'sent' ? null : storedText(result.problem),
      retry_at_ms: result.state === 'failed' ? result.retryAtMs : null,
      changed_at_ms: nowMs,
    },
  })
}

function replanDelivery(db: Kysely<Tables>, ref: DeliveryRef, nowMs: number): Promise<boolean> {
  return moveDelivery(db, ref, {
    from: (eb) =>
      eb.or([
        eb('state', '=', 'unknown'),
        eb.and([eb('state', '=', 'failed'), eb('retry_at_ms', 'is', null)]),
      ]),
    to: { state: 'planned', reason: null, retry_at_ms: null, changed_at_ms: nowMs },
  })
}

async function replaceMessage(
  db: Kysely<Tables>,
  ref: DeliveryRef,
  { message, nowMs }: { readonly message: unknown; readonly nowMs: number },
): Promise<void> {
  await moveDelivery(db, ref, {
    from: (eb) => eb('state', '=', 'sent'),
    to: { body: JSON.stringify(message), changed_at_ms: nowMs },
  })
}

async function giveUpDeliveries(
  db: Kysely<Tables>,
  destinationId: string,
  { problem, nowMs }: { readonly problem: string; readonly nowMs: number },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ state: 'failed', reason: storedText(problem), retry_at_ms: null, changed_at_ms: nowMs })
    .where('destination_id', '=', destinationId)
    .where('state', '<>', 'sending')
    .where(IS_OPEN)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

async function troubledDeliveries(
  db: Kysely<Tables>,
  destinationId: string,
  { sinceMs, limit }: { readonly sinceMs: number; readonly limit: number },
): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('destination_id', '=', destinationId)
    .where('changed_at_ms', '>=', sinceMs)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'unknown'),
        eb.and([eb('state', '=', 'failed'), eb('retry_at_ms', 'is', null)]),
      ]),
    )
    .orderBy('changed_at_ms', 'desc')
    .orderBy('digest_id')
    .orderBy('part')
    .limit(Math.min(limit, MAX_ROWS))
    .execute()
  return rows.map(readDelivery)
}

function readDelivery(row: Selectable<Tables['deliveries']>): Delivery {
  return {
    digestId: row.digest_id,
    part: row.part,
    destinationId: row.destination_id,
    state: row.state as DeliveryState,
    message: JSON.parse(row.body) as unknown,
    nonce: row.nonce,
    attempts: row.attempts,
    messageId: row.message_id,
    problem: row.reason,
    plannedAtMs: row.planned_at_ms,
    changedAtMs: row.changed_at_ms,
    retryAtMs: row.retry_at_ms,
  }
}
