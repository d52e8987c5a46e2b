import { createHash } from 'node:crypto'

/** Hex digits of an id: 80 bits, so that a hundred million articles share none. */
const ID_DIGITS = 20

/**
 * The id under which an article is stored: from what names it for good, and from its owner, as two tenants may each have
 * the same article. `null` is the operator.
 */
export function articleId(key: string, tenant: string | null): string {
  const named = tenant === null ? key : `${tenant}\n${key}`
  return createHash('sha256').update(named).digest('hex').slice(0, ID_DIGITS)
}
