import { createHash } from 'node:crypto'

/** Hex digits of a digest's id: 80 bits. */
const DIGEST_ID_DIGITS = 20

/** Hex digits of a nonce: 96 bits; Discord takes 25 characters. */
const NONCE_DIGITS = 24

/** The id of the digest of one subscription for one window: composing it again gives the same. */
export function digestIdOf(subscriptionId: string, fromMs: number, toMs: number): string {
  return hashOf([subscriptionId, String(fromMs), String(toMs)], DIGEST_ID_DIGITS)
}

/** The nonce of a part: the same for every try, different for every destination, digest and part; 24 characters of hex. */
export function nonceOf(destinationId: string, digestId: string, part: number): string {
  return hashOf([destinationId, digestId, String(part)], NONCE_DIGITS)
}

function hashOf(words: readonly string[], digits: number): string {
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, digits)
}
