import { createHmac, timingSafeEqual } from 'node:crypto'

/** Ways to sign that WebSub knows, with the hex digits that each gives. */
const DIGITS: Readonly<Record<string, number>> = { sha1: 40, sha256: 64, sha384: 96, sha512: 128 }

/** Checks the signature of a message while it comes in. */
export interface SignatureCheck {
  update(chunk: Uint8Array): void
  /** Whether the signature is that of everything given; asked once. */
  isRight(): boolean
}

/**
 * A check for the value of an `X-Hub-Signature` header, as `sha256=0f3a…`; `null` where no value can be right. It takes as long whatever is
 * wrong.
 *
 * @see https://www.w3.org/TR/websub/#authenticated-content-distribution
 */
export function signatureCheck(header: string | undefined, secret: string): SignatureCheck | null {
  const [, method = '', hex = ''] =
    /^\s*(sha(?:1|256|384|512))=([\da-f]{40,128})\s*$/i.exec(header ?? '') ?? []
  const name = method.toLowerCase()
  if (hex.length !== DIGITS[name]) return null
  const hmac = createHmac(name, secret)
  return {
    update: (chunk) => {
      hmac.update(chunk)
    },
    isRight: () => timingSafeEqual(hmac.digest(), Buffer.from(hex, 'hex')),
  }
}
