import type { FeedProblem } from './parsed-feed.ts'

/** A body as text, with the charset that was used and what was wrong with it. */
export interface DecodedText {
  readonly text: string
  /** WHATWG name, lower case; `utf-32le`, `utf-32be` and `ebcdic-cp-us` beside. */
  readonly charset: string
  readonly problems: readonly FeedProblem[]
}

/**
 * Decodes a feed body: byte order mark, else HTTP charset, else XML declaration, else UTF-8. Bytes that are no UTF-8
 * are read as windows-1252; control characters that XML forbids are dropped, and C1 controls are read as the
 * windows-1252 characters that were meant. Never throws. Cost: linear.
 *
 * Sources: WHATWG Encoding (labels), RFC 7303 section 3 (order), XML 1.0 appendix F (detection).
 */
export function decodeText(body: Uint8Array, contentType?: string | null): DecodedText {
  const problems: FeedProblem[] = []
  const http = httpCharset(contentType)
  const charset = markedCharset(body) ?? usableCharset(http, problems) ?? declaredCharset(body, problems)
  const read = decodeAs(body, charset ?? 'utf-8')
  if (read.charset !== charset && charset !== null) {
    problems.push({ kind: 'charset', problem: `bytes are no ${charset}; read as ${read.charset}` })
  }
  return { text: cleanCharacters(read.text), charset: read.charset, problems }
}

/** The charset parameter of a Content-Type value, lower case, or `null`. */
function httpCharset(contentType: string | null | undefined): string | null {
  return /;\s*charset\s*=\s*["']?\s*([^\s"';]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null
}

const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0x00, 0x00, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe, 0x00, 0x00], 'utf-32le'],
  [[0x00, 0x00, 0x00, 0x3c], 'utf-32be'],
  [[0x3c, 0x00, 0x00, 0x00], 'utf-32le'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0x00, 0x3c, 0x00], 'utf-16be'],
  [[0x3c, 0x00], 'utf-16le'],
  [[0x00, 0x7b, 0x00], 'utf-16be'],
  [[0x7b, 0x00], 'utf-16le'],
  [[0x4c, 0x6f, 0xa7, 0x94], 'ebcdic-cp-us'],
]

/** The charset that the first bytes give away, or `null` where they look like ASCII. */
function markedCharset(body: Uint8Array): string | null {
  return MARKS.find(([mark]) => mark.every((byte, i) => body[i] === byte))?.[1] ?? null
}

const DECLARATION_BYTES = 1024

function declaredCharset(body: Uint8Array, problems: FeedProblem[]): string | null {
  const start = String.fromCharCode(...body.subarray(0, DECLARATION_BYTES))
  const label = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([^"'\s>]+)/i.exec(start)?.[1]?.toLowerCase() ?? null
  // A declaration that could be read byte by byte cannot be in two-byte units.
  return label !== null && /^(?:utf|ucs|u)[-_]?(?:16|32)/.test(label) ? null : usableCharset(label, problems)
}

/** Labels that feeds use and the WHATWG list does not know. */
const OTHER_LABELS: ReadonlyMap<string, string> = new Map([
  ['utf8mb4', 'utf-8'],
  ['utf', 'utf-8'],
  ['cp936', 'gbk'],
  ['ms936', 'gbk'],
  ['cp932', 'shift_jis'],
  ['ms932', 'shift_jis'],
  ['cp949', 'euc-kr'],
  ['ms949', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp65001', 'utf-8'],
  ['win-1251', 'windows-1251'],
  ['win1251', 'windows-1251'],
  ['win-1252', 'windows-1252'],
  ['ansi', 'windows-1252'],
  ['iso-latin-1', 'windows-1252'],
  ['macroman', 'macintosh'],
  ['mac-roman', 'macintosh'],
])

function usableCharset(label: string | null, problems: FeedProblem[]): string | null {
  if (label === null) return null
  const known = OTHER_LABELS.get(label) ?? label
  for (const name of [
    known,
    known.replaceAll('_', '-'),
    known.replace(/^(?:cp|win)[-_]?(?=125\d)/, 'windows-'),
  ]) {
    if (isDecodable(name)) return new TextDecoder(name).encoding
  }
  problems.push({ kind: 'charset', problem: `charset "${label.slice(0, 40)}" is not known` })
  return null
}

function isDecodable(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== 'replacement'
  } catch {
    return false
  }
}

function decodeAs(body: Uint8Array, charset: string): { text: string; charset: string } {
  if (charset === 'utf-32be' || charset === 'utf-32le') {
    return { text: decodeUtf32(body, charset === 'utf-32le'), charset }
  }
  if (charset === 'ebcdic-cp-us') return { text: decodeEbcdic(body), charset }
  if (charset === 'windows-1252' && isMultibyteUtf8(body)) return decodeUtf8(body)
  if (charset !== 'utf-8') return { text: new TextDecoder(charset).decode(body), charset }
  return decodeUtf8(body)
}

/** Whether bytes that are called Latin-1 are UTF-8 all the same: no other text fits its pattern by chance. */
function isMultibyteUtf8(body: Uint8Array): boolean {
  if (!body.some((byte) => byte > 0x7f)) return false
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body) !== ''
  } catch {
    return false
  }
}

/** UTF-8; where more bytes are wrong than right, windows-1252. */
function decodeUtf8(body: Uint8Array): { text: string; charset: string } {
  const text = new TextDecoder('utf-8').decode(body)
  if (!text.includes('\ufffd')) return { text, charset: 'utf-8' }
  let wrong = 0
  let right = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) wrong += 1
    else if (code > 0x7f) right += 1
  }
  if (right >= wrong) return { text, charset: 'utf-8' }
  return { text: new TextDecoder('windows-1252').decode(body), charset: 'windows-1252' }
}

function decodeUtf32(body: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const parts: string[] = []
  for (let i = 0; i + 4 <= body.byteLength; i += 4) {
    const code = view.getUint32(i, littleEndian)
    parts.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')
  }
  return parts.join('').replace(/^\ufeff/, '')
}

/** Code page 37 from 0x40; the C0 half holds only white space that matters. */
const EBCDIC =
  ' \u00a0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤' +
  'µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI\u00adôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u009f'

function decodeEbcdic(body: Uint8Array): string {
  return Array.from(body, (byte) => (byte < 0x40 ? '\n' : EBCDIC.charAt(byte - 0x40))).join('')
}

const C1_AS_WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Drops what XML 1.0 forbids and reads C1 controls as windows-1252. */
function cleanCharacters(text: string): string {
  return text
    .replace(/[\u0080-\u009f]/g, (control) => C1_AS_WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80))
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/^\ufeff/, '')
}
