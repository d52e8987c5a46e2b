import { promisify } from 'node:util'
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'

/** A body without its content codings, or why it has none. */
export type DecodedBody =
  | { readonly kind: 'decoded'; readonly body: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken'; readonly coding: string }

/** Codings that one response may pile up. Two happen behind careless proxies; more only in attacks (CVE-2022-32206). */
const MAX_CODINGS = 2
/** Largest zstd window that HTTP allows, 8 MB as a power of two (RFC 9659). */
const ZSTD_WINDOW_LOG = 23

type Decompress = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>
const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: (bytes, options) => promisify(hasZlibHeader(bytes) ? inflate : inflateRaw)(bytes, options),
  br: promisify(brotliDecompress),
  zstd: (bytes, options) =>
    promisify(zstdDecompress)(bytes, {
      ...options,
      params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
    }),
}

/** Codings that this room can undo, as an `Accept-Encoding` value. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd'

/**
 * Undoes the codings of a body. The output of every step is counted while it grows and stopped past `maxBytes`, so that
 * a bomb costs no more than that. A body that says gzip and is not is taken as it is; a `.gz` file is opened too.
 */
export async function decodeBody(
  bytes: Uint8Array,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<DecodedBody> {
  const codings = codingsOf(contentEncoding)
  if (codings.length > MAX_CODINGS) return { kind: 'broken', coding: codings.join(', ') }
  let body = bytes
  for (const coding of codings) {
    if (body.length === 0 || (coding.endsWith('gzip') && !isGzip(body))) continue
    const step = await decompress(body, coding, maxBytes)
    if (step.kind !== 'decoded') return step
    body = step.body
  }
  if (isGzip(body)) return decompress(body, 'gzip', maxBytes)
  return body.length > maxBytes ? { kind: 'too-large' } : { kind: 'decoded', body }
}

/** Codings in the order to undo them: the last one applied comes first. */
function codingsOf(contentEncoding: string | null): string[] {
  return (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse()
}

async function decompress(bytes: Uint8Array, coding: string, maxBytes: number): Promise<DecodedBody> {
  const undo = DECOMPRESS[coding]
  if (undo === undefined) return { kind: 'broken', coding }
  try {
    return { kind: 'decoded', body: await undo(bytes, { maxOutputLength: maxBytes }) }
  } catch (error) {
    const isBomb = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return isBomb ? { kind: 'too-large' } : { kind: 'broken', coding }
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

// "deflate" means zlib (RFC 9110), but some servers send the bare stream: tell them apart by the header check of RFC 1950.
function hasZlibHeader(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}
