import type { Expression, ExpressionBuilder, Kysely, SqlBool, UpdateObject } from 'kysely'
import type { DeliveryRef } from '../../app/ports/digest-store.ts'
import type { Tables } from './schema.ts'

/** What a part must be, and what becomes of it then. */
interface DeliveryMove {
  readonly from: (eb: ExpressionBuilder<Tables, 'deliveries'>) => Expression<SqlBool>
  readonly to: UpdateObject<Tables, 'deliveries'>
}

/** Changes a part of the ledger where it is what it must be, in one statement: of several processes that try, one is told `true`. */
export async function moveDelivery(
  db: Kysely<Tables>,
  { digestId, part }: DeliveryRef,
  { from, to }: DeliveryMove,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set(to)
    .where('digest_id', '=', digestId)
    .where('part', '=', part)
    .where(from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
