import { printable } from '../../core/text/printable.ts'

/** Longest address behind a link; it counts as text of its message. Longer ones are not linked. */
const MAX_HREF_CHARS = 500

/**
 * Foreign text as Discord shows it letter for letter: no emphasis, spoilers, links (masked or bare), headers, lists, quotes, code,
 * mentions, time stamps, emoji names or invites of it act. One line. Discord takes a backslash before anything but letters,
 * digits and spaces.
 */
export function escapeMarkdown(text: string): string {
  return escapeMarks(printable(text))
}

function escapeMarks(text: string): string {
  return text
    .replace(/[\\*_~`|<>[\]#@]/g, '\\$&')
    .replace(BARE_LINK_OR_EMOJI, '\\:')
    .replace(INVITE, '$1\\/')
    .replace(LIST_AT_START, '$1\\$2')
}

/** `://` of an address, and what begins a name such as `:8ball:`. */
const BARE_LINK_OR_EMOJI = /:(?=\/\/|[A-Za-z_+-]|\d\w*:)/g

const INVITE = /(discord(?:app)?\.(?:gg|com|me)|dsc\.gg)\//gi

const LIST_AT_START = /^(\d*)([-+.)])/

/** Foreign text as {@link escapeMarkdown} gives it, in at most `maxChars` UTF-16 units; a longer one ends with an ellipsis. */
export function fitMarkdown(text: string, maxChars: number): string {
  const whole = printable(text)
  const escaped = escapeMarks(whole)
  if (escaped.length <= maxChars) return escaped
  const kept = takeFitting(graphemes(whole), maxChars - 1)
  // One "character" can be made of thousands of marks.
  const cut = kept === '' ? takeFitting(codePoints(whole.slice(0, maxChars)), maxChars - 1) : kept
  return `${escapeMarks(cut)}…`
}

/** Found one by one: a text may be much longer than what is taken of it. */
function* graphemes(text: string): Generator<string> {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)
  for (const { segment } of segments) yield segment
}

/** Without a surrogate that lost its other half in a cut. */
function codePoints(text: string): string[] {
  return Array.from(text).filter((point) => point.isWellFormed())
}

function takeFitting(pieces: Iterable<string>, maxChars: number): string {
  let room = maxChars
  let kept = ''
  for (const piece of pieces) {
    room -= piece.length + (piece.match(MAY_BE_ESCAPED)?.length ?? 0)
    if (room < 0) break
    kept += piece
  }
  return kept.trimEnd()
}

const MAY_BE_ESCAPED = /[\\*_~`|<>[\]#@:/.)+-]/g

/** An address as it may stand behind a link: http(s) only, without a name or password; `null` where it may not. */
export function safeHref(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null
  const { protocol, username, password, href } = new URL(url)
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return null
  const safe = href.replace(/[()<>\\\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return safe.length <= MAX_HREF_CHARS ? safe : null
}

/**
 * Foreign text as a link, its text in at most `maxChars`. Discord shows a link bare whose text looks like an address itself; of such a
 * one only the word "link" behind it is linked.
 */
export function markdownLink(text: string, url: string | null, maxChars: number): string {
  const label = fitMarkdown(text, maxChars)
  const href = safeHref(url)
  if (href === null || label === '') return label
  return LOOKS_LIKE_ADDRESS.test(text) ? `${label} ([link](<${href}>))` : `[${label}](<${href}>)`
}

const LOOKS_LIKE_ADDRESS = /:\/\/|www\.|discord(?:app)?\.(?:gg|com)/i
