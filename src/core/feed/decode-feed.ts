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
  ['mac-cyrillic', 'x-mac-cyrillic'],
  ['maccyrillic', 'x-mac-cyrillic'],
  ['iso2022-jp', 'iso-2022-jp'],
  ['iso2022_jp', 'iso-2022-jp'],
  ['big5hkscs', 'big5-hkscs'],
  ['sjis', 'shift_jis'],
])

function usableCharset(label: string | null, problems: FeedProblem[]): string | null {
  if (label === null) return null
  const known = OTHER_LABELS.get(label) ?? label
  for (const name of [
    known,
    known.replaceAll('_', '-'),
    known.replace(/^(?:cp|win)[-_]?(?=125\d|874)/, 'windows-'),
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

/** Bytes that may be wrong in UTF-8 before no more are repaired. */
const MAX_REPAIRS = 1_000

/** UTF-8; where more bytes are wrong than right, windows-1252; where some are, those alone. */
function decodeUtf8(body: Uint8Array): { text: string; charset: string } {
  const text = new TextDecoder('utf-8').decode(body)
  if (!text.includes('\ufffd')) return { text, charset: 'utf-8' }
  const { wrong, right } = judgeUtf8(body)
  if (wrong.length > right) return { text: decodeWindows1252(body), charset: 'windows-1252' }
  return { text: wrong.length > MAX_REPAIRS ? text : decodeMixed(body, wrong), charset: 'utf-8' }
}

function decodeWindows1252(body: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(body)
}

/** Offsets of bytes that belong to no character of UTF-8, and how many characters beyond ASCII there are. */
function judgeUtf8(body: Uint8Array): { wrong: number[]; right: number } {
  const wrong: number[] = []
  let right = 0
  for (let at = 0; at < body.length;) {
    const length = sequenceLength(body, at)
    if (length > 1) right += 1
    if (length === 0) wrong.push(at)
    at += Math.max(length, 1)
  }
  return { wrong, right }
}

/** UTF-8 in which single bytes of windows-1252 stand at some offsets. */
function decodeMixed(body: Uint8Array, wrong: readonly number[]): string {
  const decoder = new TextDecoder('utf-8')
  const parts: string[] = []
  let start = 0
  for (const at of wrong) {
    parts.push(decoder.decode(body.subarray(start, at)), decodeWindows1252(body.subarray(at, at + 1)))
    start = at + 1
  }
  parts.push(decoder.decode(body.subarray(start)))
  return parts.join('')
}

/** Bytes of the UTF-8 character at an offset, also where the end cuts it; 0 where there is none. Source: RFC 3629. */
function sequenceLength(body: Uint8Array, at: number): number {
  const first = body[at] ?? 0
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const second = body[at + 1] ?? 0x90
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0
  for (let next = at + 1; next < Math.min(at + length, body.length); next += 1) {
    if (((body[next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
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
