import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import type { Destination } from '../../app/ports/publisher.ts'
import type {
  AuditEntry,
  Correction,
  Follow,
  Installation,
  StoredSubscription,
  SubscriptionChange,
  SubscriptionStore,
  Tenant,
} from '../../app/ports/subscription-store.ts'
import type { Database } from './dialect.ts'
import { forgetTenant } from './forget-tenant.ts'
import type { Tables } from './schema.ts'
import { storedText } from './stored-text.ts'
import { OPERATOR } from './tenant-visibility.ts'
import { inTransaction } from './transaction.ts'

/** Most rows of one answer. */
const MAX_ROWS = 1_000

/** Tenants and what they want. */
export function createSubscriptionStore({ reader, writer, dialect }: Database): SubscriptionStore {
  return {
    saveTenant: (tenant) => saveTenant(writer, tenant),
    saveTenantSettings: (id, settings) => saveTenantSettings(writer, id, settings),
    tenant: (id) => loadTenant(reader, id),
    tenants: () => listTenants(reader),
    removeTenant: (id, atMs) => inTransaction(writer, (trx) => removeTenant(trx, id, atMs)),
    forgetTenant: (id) => inTransaction(writer, (trx) => forgetTenant(trx, dialect, id)),
    saveDestination: (destination, atMs) => saveDestination(writer, destination, atMs),
    destination: (id) => loadDestination(reader, id),
    destinations: (tenant) => listDestinations(reader, tenant),
    closeDestination: (id, atMs) => closeDestination(writer, id, atMs),
    saveSubscription: (change) => inTransaction(writer, (trx) => saveSubscription(trx, change)),
    subscription: (id) => loadSubscription(reader, id),
    subscriptions: (tenant) => listSubscriptions(reader, tenant),
    removeSubscription: (id) => removeSubscription(writer, id),
    addCorrection: (correction) => addCorrection(writer, correction),
    undoCorrection: (id, tenant, undone) => undoCorrection(writer, { id, tenant, ...undone }),
    // A tenant is of one platform, so its id tells that already.
    forgetPerson: (tenant, _platform, person) => forgetPerson(writer, tenant, person),
    corrections: (tenant) => listCorrections(reader, tenant),
    follow: (follow) => saveFollow(writer, follow),
    unfollow: (follow) => removeFollow(writer, follow),
    following: (tenant, platform, person) => followsOf(reader, { tenant, platform, person }),
    follows: (limit, after) => allFollows(reader, limit, after),
    markFollowTold: (follow, toldAtMs) => markFollowTold(writer, follow, toldAtMs),
    saveInstallation: (installation) => saveInstallation(writer, installation),
    installation: (platform, id) => loadInstallation(reader, platform, id),
    removeInstallation: (platform, id) => removeInstallation(writer, platform, id),
    audit: (entry) => addAudit(writer, entry),
    auditTrail: (tenant, limit) => auditTrail(reader, tenant, limit),
  }
}

async function saveTenant(
  db: Kysely<Tables>,
  tenant: {
    readonly id: string
    readonly platform: string
    readonly name: string
    readonly atMs: number
  },
): Promise<Tenant> {
  const name = storedText(tenant.name)
  const row = await db
    .insertInto('tenants')
    .values({
      id: tenant.id,
      platform: tenant.platform,
      name,
      settings: '{}',
      added_at_ms: tenant.atMs,
      removed_at_ms: null,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, removed_at_ms: null }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return readTenant(row)
}

async function saveTenantSettings(db: Kysely<Tables>, id: string, settings: unknown): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ settings: JSON.stringify(settings) })
    .where('id', '=', id)
    .execute()
}

async function loadTenant(db: Kysely<Tables>, id: string): Promise<Tenant | null> {
  const row = await db.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : readTenant(row)
}

async function listTenants(db: Kysely<Tables>): Promise<Tenant[]> {
  const rows = await db.selectFrom('tenants').selectAll().orderBy('id').execute()
  return rows.map(readTenant)
}

async function removeTenant(trx: Transaction<Tables>, id: string, atMs: number): Promise<void> {
  await trx.updateTable('tenants').set({ removed_at_ms: atMs }).where('id', '=', id).execute()
  await trx
    .updateTable('destinations')
    .set({ removed_at_ms: atMs })
    .where('tenant', '=', id)
    .where('removed_at_ms', 'is', null)
    .execute()
}

function readTenant(row: Selectable<Tables['tenants']>): Tenant {
  return {
    id: row.id,
    platform: row.platform,
    name: row.name,
    settings: JSON.parse(row.settings) as unknown,
    addedAtMs: row.added_at_ms,
    removedAtMs: row.removed_at_ms,
  }
}

async function saveDestination(
  db: Kysely<Tables>,
  destination: Destination,
  atMs: number,
): Promise<Destination> {
  const name = storedText(destination.name)
  const row = await db
    .insertInto('destinations')
    .values({
      id: destination.id,
      tenant: destination.tenant ?? OPERATOR,
      platform: destination.platform,
      address: storedText(destination.address),
      name,
      added_at_ms: atMs,
      removed_at_ms: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'platform', 'address']).doUpdateSet({ name, removed_at_ms: null }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return readDestination(row)
}

async function loadDestination(db: Kysely<Tables>, id: string): Promise<Destination | null> {
  const row = await db.selectFrom('destinations').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : readDestination(row)
}

async function listDestinations(db: Kysely<Tables>, tenant: string | null): Promise<Destination[]> {
  const rows = await db
    .selectFrom('destinations')
    .selectAll()
    .where('tenant', '=', tenant ?? OPERATOR)
    .where('removed_at_ms', 'is', null)
    .orderBy('added_at_ms')
    .orderBy('id')
    .execute()
  return rows.map(readDestination)
}

async function closeDestination(db: Kysely<Tables>, id: string, atMs: number): Promise<void> {
  await db
    .updateTable('destinations')
    .set({ removed_at_ms: atMs })
    .where('id', '=', id)
    .where('removed_at_ms', 'is', null)
    .execute()
}

type DestinationRow = Pick<
  Selectable<Tables['destinations']>,
  'id' | 'tenant' | 'platform' | 'address' | 'name'
>

function readDestination(row: DestinationRow): Destination {
  return {
    id: row.id,
    platform: row.platform,
    address: row.address,
    tenant: row.tenant === OPERATOR ? null : row.tenant,
    name: row.name,
  }
}

async function saveSubscription(
  trx: Transaction<Tables>,
  change: SubscriptionChange,
): Promise<StoredSubscription> {
  const set = {
    name: storedText(change.name),
    settings: JSON.stringify(change.settings),
    paused: change.paused ? (1 as const) : (0 as const),
    changed_at_ms: change.atMs,
    next_run_at_ms: change.nextRunAtMs,
  }
  await trx
    .insertInto('subscriptions')
    .values({
      id: change.id,
      destination_id: change.destinationId,
      ...set,
      window_end_ms: change.atMs,
      claimed_by: null,
      claimed_until_ms: 0,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(set))
    .execute()
  const row = await selectSubscriptions(trx)
    .where('subscriptions.id', '=', change.id)
    .executeTakeFirstOrThrow()
  return readSubscription(row)
}

/** Subscriptions with their destinations. */
export function selectSubscriptions(db: Kysely<Tables>) {
  return db
    .selectFrom('subscriptions')
    .innerJoin('destinations', 'destinations.id', 'subscriptions.destination_id')
    .select([
      'subscriptions.id',
      'subscriptions.name',
      'subscriptions.settings',
      'subscriptions.paused',
      'subscriptions.changed_at_ms',
      'subscriptions.next_run_at_ms',
      'subscriptions.window_end_ms',
      'destinations.id as destination_id',
      'destinations.tenant as destination_tenant',
      'destinations.platform as destination_platform',
      'destinations.address as destination_address',
      'destinations.name as destination_name',
    ])
}

type SubscriptionRow = Awaited<ReturnType<ReturnType<typeof selectSubscriptions>['execute']>>[number]

/** The subscription that a row of {@link selectSubscriptions} holds. */
export function readSubscription(row: SubscriptionRow): StoredSubscription {
  return {
    id: row.id,
    destination: readDestination({
      id: row.destination_id,
      tenant: row.destination_tenant,
      platform: row.destination_platform,
      address: row.destination_address,
      name: row.destination_name,
    }),
    name: row.name,
    settings: JSON.parse(row.settings) as unknown,
    paused: row.paused === 1,
    changedAtMs: row.changed_at_ms,
    nextRunAtMs: row.next_run_at_ms,
    windowEndMs: row.window_end_ms,
  }
}

async function loadSubscription(db: Kysely<Tables>, id: string): Promise<StoredSubscription | null> {
  const row = await selectSubscriptions(db).where('subscriptions.id', '=', id).executeTakeFirst()
  return row === undefined ? null : readSubscription(row)
}

async function listSubscriptions(db: Kysely<Tables>, tenant: string | null): Promise<StoredSubscription[]> {
  const rows = await selectSubscriptions(db)
    .where('destinations.tenant', '=', tenant ?? OPERATOR)
    .where('destinations.removed_at_ms', 'is', null)
    .orderBy('destinations.added_at_ms')
    .orderBy('destinations.id')
    .orderBy('subscriptions.name')
    .execute()
  return rows.map(readSubscription)
}

async function removeSubscription(db: Kysely<Tables>, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('subscriptions').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

async function addCorrection(
  db: Kysely<Tables>,
  correction: Omit<Correction, 'undoneBy' | 'undoneAtMs'>,
): Promise<void> {
  await db
    .insertInto('corrections')
    .values({
      id: correction.id,
      tenant: correction.tenant ?? OPERATOR,
      kind: correction.kind,
      articles: JSON.stringify(correction.articleIds),
      made_by: correction.madeBy,
      made_at_ms: correction.madeAtMs,
      undone_by: null,
      undone_at_ms: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function undoCorrection(
  db: Kysely<Tables>,
  undo: { readonly id: string; readonly tenant: string | null; readonly by: string; readonly atMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('corrections')
    .set({ undone_by: undo.by, undone_at_ms: undo.atMs })
    .where('id', '=', undo.id)
    .where('tenant', '=', undo.tenant ?? OPERATOR)
    .where('undone_at_ms', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What stands where a person's id stood. */
const SOMEONE = 'someone'

async function forgetPerson(db: Kysely<Tables>, tenant: string, person: string): Promise<number> {
  const made = await db
    .updateTable('corrections')
    .set({ made_by: SOMEONE })
    .where('tenant', '=', tenant)
    .where('made_by', '=', person)
    .executeTakeFirst()
  const undone = await db
    .updateTable('corrections')
    .set({ undone_by: SOMEONE })
    .where('tenant', '=', tenant)
    .where('undone_by', '=', person)
    .executeTakeFirst()
  const acted = await db
    .updateTable('audit')
    .set({ actor: SOMEONE })
    .where('tenant', '=', tenant)
    .where('actor', '=', person)
    .executeTakeFirst()
  return Number(made.numUpdatedRows + undone.numUpdatedRows + acted.numUpdatedRows)
}

async function listCorrections(db: Kysely<Tables>, tenant: string | null): Promise<Correction[]> {
  const rows = await db
    .selectFrom('corrections')
    .selectAll()
    .where('tenant', 'in', [OPERATOR, tenant ?? OPERATOR])
    .where('undone_at_ms', 'is', null)
    .orderBy('made_at_ms')
    .orderBy('id')
    .execute()
  return rows.map(readCorrection)
}

/** The correction that a row holds. */
export function readCorrection(row: Selectable<Tables['corrections']>): Correction {
  return {
    id: row.id,
    tenant: row.tenant === OPERATOR ? null : row.tenant,
    kind: row.kind as Correction['kind'],
    articleIds: JSON.parse(row.articles) as string[],
    madeBy: row.made_by,
    madeAtMs: row.made_at_ms,
    undoneBy: row.undone_by,
    undoneAtMs: row.undone_at_ms,
  }
}

function followKey(follow: Omit<Follow, 'sinceMs' | 'toldAtMs'>) {
  const { target } = follow
  return {
    tenant: follow.tenant,
    platform: follow.platform,
    person: follow.person,
    kind: target.kind,
    target: target.kind === 'story' ? target.storyId : storedText(target.words),
  }
}

async function saveFollow(db: Kysely<Tables>, follow: Follow): Promise<void> {
  await db
    .insertInto('follows')
    .values({
      ...followKey(follow),
      ...{ since_ms: follow.sinceMs, told_at_ms: follow.toldAtMs, place: follow.place ?? null },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'platform', 'person', 'kind', 'target'])
        .doUpdateSet({ place: follow.place ?? null }),
    )
    .execute()
}

async function removeFollow(
  db: Kysely<Tables>,
  follow: Omit<Follow, 'sinceMs' | 'toldAtMs'>,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('follows')
    .where((eb) => eb.and(followKey(follow)))
    .executeTakeFirst()
  return numDeletedRows === 1n
}

async function followsOf(
  db: Kysely<Tables>,
  who: { readonly tenant: string; readonly platform: string; readonly person: string },
): Promise<Follow[]> {
  const rows = await db
    .selectFrom('follows')
    .selectAll()
    .where((eb) => eb.and(who))
    .orderBy('since_ms')
    .orderBy('target')
    .execute()
  return rows.map(readFollow)
}

async function allFollows(db: Kysely<Tables>, limit: number, after: Follow | null): Promise<Follow[]> {
  let query = db.selectFrom('follows').selectAll()
  if (after !== null) {
    const { tenant, platform, person, kind, target } = followKey(after)
    query = query.where(
      sql<boolean>`(tenant, platform, person, kind, target) > (${tenant}, ${platform}, ${person}, ${kind}, ${target})`,
    )
  }
  const rows = await query
    .orderBy('tenant')
    .orderBy('platform')
    .orderBy('person')
    .orderBy('kind')
    .orderBy('target')
    .limit(Math.min(limit, MAX_ROWS))
    .execute()
  return rows.map(readFollow)
}

async function markFollowTold(db: Kysely<Tables>, follow: Follow, toldAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('follows')
    .set({ told_at_ms: toldAtMs })
    .where((eb) => eb.and(followKey(follow)))
    .where('told_at_ms', '=', follow.toldAtMs)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function readFollow(row: Selectable<Tables['follows']>): Follow {
  return {
    tenant: row.tenant,
    platform: row.platform,
    person: row.person,
    target:
      row.kind === 'story' ? { kind: 'story', storyId: row.target } : { kind: 'words', words: row.target },
    sinceMs: row.since_ms,
    toldAtMs: row.told_at_ms,
    ...(row.place === null ? {} : { place: row.place }),
  }
}

async function saveInstallation(db: Kysely<Tables>, installation: Installation): Promise<void> {
  const set = {
    tenant: installation.tenant,
    sealed: installation.sealed,
    changed_at_ms: installation.changedAtMs,
  }
  await db
    .insertInto('installations')
    .values({ platform: installation.platform, id: installation.id, ...set })
    .onConflict((conflict) => conflict.columns(['platform', 'id']).doUpdateSet(set))
    .execute()
}

async function loadInstallation(
  db: Kysely<Tables>,
  platform: string,
  id: string,
): Promise<Installation | null> {
  const row = await db
    .selectFrom('installations')
    .selectAll()
    .where('platform', '=', platform)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  return { platform, id, tenant: row.tenant, sealed: row.sealed, changedAtMs: row.changed_at_ms }
}

async function removeInstallation(db: Kysely<Tables>, platform: string, id: string): Promise<void> {
  await db.deleteFrom('installations').where('platform', '=', platform).where('id', '=', id).execute()
}

async function addAudit(db: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      tenant: entry.tenant ?? OPERATOR,
      at_ms: entry.atMs,
      actor: storedText(entry.actor),
      action: storedText(entry.action),
      details: JSON.stringify(entry.details),
    })
    .execute()
}

async function auditTrail(db: Kysely<Tables>, tenant: string | null, limit: number): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('tenant', '=', tenant ?? OPERATOR)
    .orderBy('at_ms', 'desc')
    .orderBy('seq', 'desc')
    .limit(Math.min(limit, MAX_ROWS))
    .execute()
  return rows.map((row) => ({
    tenant,
    atMs: row.at_ms,
    actor: row.actor,
    action: row.action,
    details: JSON.parse(row.details) as Record<string, unknown>,
  }))
}
