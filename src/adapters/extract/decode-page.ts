/**
 * The text of a page's bytes.
 *
 * In this order: byte order mark, the charset of the content type, `<meta charset>` in the first bytes, UTF-8 where the
 * bytes are valid in it, else windows-1252 (HTML standard, "determining the character encoding"). One departure: bytes
 * that are valid UTF-8 with characters past ASCII are read as such whatever is declared, for pages saved by other tools.
 * Never throws.
 */
export function decodePage(bytes: Uint8Array, contentType?: string | null): string {
  const marked = markedCharset(bytes)
  if (marked !== null) return decode(bytes, marked)
  const declared = charsetIn(contentType ?? '') ?? metaCharset(bytes)
  const utf8 = looksUtf8(bytes)
  if (utf8 === 'yes') return decode(bytes, 'utf-8')
  if (declared !== null && !(utf8 === 'no' && isUtf8(declared))) return decode(bytes, declared)
  return decode(bytes, utf8 === 'no' ? 'windows-1252' : 'utf-8')
}

/** Bytes in which `<meta charset>` is looked for; the standard says 1,024, real pages put it later. */
const META_BYTES = 8_192

/** Bad sequences for each thousand bytes past ASCII up to which a text is still taken as damaged UTF-8, not another charset. */
const MAX_BAD_PER_MILLE = 100

function markedCharset(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  // No text begins with NUL and a bracket but one of two bytes a letter.
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be'
  return wideCharset(bytes.subarray(0, WIDE_BYTES))
}

/** First bytes in which every second one is NUL where each letter has two, even. */
const WIDE_BYTES = 200

/** Share of them that must be NUL: markup is ASCII, so it is nearly half (range 0.2..0.45). */
const MIN_NUL_SHARE = 0.3

/** NULs at the other places: some letters end in one (range 0..10). */
const MAX_STRAY_NULS = 4

/** Two bytes a letter without a mark. */
function wideCharset(head: Uint8Array): string | null {
  const nuls = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1
  const [first = 0, second = 0] = nuls
  if (Math.max(first, second) <= MIN_NUL_SHARE * head.length || Math.min(first, second) > MAX_STRAY_NULS)
    return null
  return second > first ? 'utf-16le' : 'utf-16be'
}

function metaCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, META_BYTES))
  for (const [meta] of head.matchAll(/<(?:meta|\?xml)\b[^>]*>/gi)) {
    const charset = charsetIn(meta) ?? /encoding=["']?([\w-]+)/i.exec(meta)?.[1] ?? null
    // A page that could be read as ASCII up to here is not UTF-16, whatever it says (HTML standard).
    if (charset !== null) return /^utf-?16/i.test(charset) ? 'utf-8' : charset
  }
  return null
}

function charsetIn(text: string): string | null {
  return /charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(text)?.[1] ?? null
}

function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset)
}

/** `ascii` where the bytes tell nothing, `yes` and `no` where they do. */
function looksUtf8(bytes: Uint8Array): 'yes' | 'no' | 'ascii' {
  let high = 0
  let bad = 0
  let i = 0
  while (i < bytes.length) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) {
      i += 1
      continue
    }
    const length = sequenceLength(bytes, i, byte)
    high += Math.max(1, length)
    if (length === 0) bad += 1
    i += Math.max(1, length)
  }
  if (high === 0) return 'ascii'
  return bad * 1000 <= high * MAX_BAD_PER_MILLE ? 'yes' : 'no'
}

function sequenceLength(bytes: Uint8Array, at: number, lead: number): number {
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
  if (lead >= 0xf5 || length === 0) return 0
  for (let i = 1; i < length; i += 1) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
