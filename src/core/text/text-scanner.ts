/** What a {@link scanWords} reader is told of each word, in order of the text. */
export interface WordVisitor {
  /**
   * @param surface the word as written
   * @param capital whether its first letter is upper-case
   * @param opens whether it opens a sentence, a quote or a line, where a capital says nothing
   * @returns `false` to stop
   */
  (surface: string, capital: boolean, opens: boolean): boolean
}

const OTHER = 1
const LOWER = 2
const UPPER = 3
const DIGIT = 4
const UNSPACED = 5

/** Class of each UTF-16 unit, filled as units are met (0: not met yet). Surrogates count as no letter. */
const classes = new Uint8Array(65_536)

/** Scripts that write no spaces between words; they are cut in overlapping pairs of signs. */
const UNSPACED_SIGN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

function classOf(unit: number): number {
  const known = classes[unit] ?? OTHER
  if (known !== 0) return known
  const sign = String.fromCharCode(unit)
  const found = UNSPACED_SIGN.test(sign)
    ? UNSPACED
    : /\p{Lu}|\p{Lt}/u.test(sign)
      ? UPPER
      : /[\p{L}\p{M}]/u.test(sign)
        ? LOWER
        : /\p{N}/u.test(sign)
          ? DIGIT
          : OTHER
  classes[unit] = found
  return found
}

const NEWLINE = 10
const POINT = 46
const COMMA = 44

/** Longer runs are no words (base64, a wall of one letter); they are cut here. */
const MAX_WORD_UNITS = 40

/**
 * Tells `visit` the words of `text` from `start` to `end`: runs of letters and digits of any script.
 *
 * An apostrophe or hyphen parts words; a point or comma between digits does not; `F.B.I.` is one word. Scripts without
 * spaces come as overlapping pairs of signs. Linear, no regular expression in the loop.
 * @returns `false` when the visitor stopped it
 */
export function scanWords(text: string, start: number, end: number, visit: WordVisitor): boolean {
  let at = start
  let opens = true
  while (at < end) {
    const kind = classOf(text.charCodeAt(at))
    if (kind === OTHER) {
      opens = opensAfter(text.charCodeAt(at), opens)
      at++
      continue
    }
    const wordEnd = kind === UNSPACED ? Math.min(end, at + 2) : endOfWord(text, at, end)
    const surface = kind === UPPER && wordEnd === at + 1 ? acronymAt(text, at, end) : text.slice(at, wordEnd)
    if (!visit(kind === UPPER ? surface.replaceAll('.', '') : surface, kind === UPPER, opens)) return false
    opens = false
    at = kind === UNSPACED ? nextSign(text, at, end) : at + Math.max(surface.length, wordEnd - at)
  }
  return true
}

/** Whether a word after this sign opens a sentence: after `.`, `!`, `?`, `:`, a line break or an opening quote. */
function opensAfter(unit: number, before: boolean): boolean {
  switch (unit) {
    case POINT:
    case NEWLINE:
    case 33:
    case 63:
    case 58:
    case 34:
    case 0x201c:
    case 0x201e:
    case 0xab:
    case 0x2018:
    case 0x3002:
      return true
    default:
      return unit === 32 || unit === 39 || unit === 0x2019 ? before : false
  }
}

function endOfWord(text: string, start: number, end: number): number {
  const limit = Math.min(end, start + MAX_WORD_UNITS)
  let at = start + 1
  let digits = classOf(text.charCodeAt(start)) === DIGIT
  while (at < limit) {
    const unit = text.charCodeAt(at)
    const kind = classOf(unit)
    if (kind === OTHER || kind === UNSPACED) {
      const joins = digits && (unit === POINT || unit === COMMA) && at + 1 < limit
      if (!joins || classOf(text.charCodeAt(at + 1)) !== DIGIT) return at
    } else digits = kind === DIGIT
    at++
  }
  return at
}

/** `U.N.` from its first letter, points included; the one letter where no acronym stands here. */
function acronymAt(text: string, start: number, end: number): string {
  let at = start
  while (at + 1 < end && classOf(text.charCodeAt(at)) === UPPER && text.charCodeAt(at + 1) === POINT) at += 2
  return at - start >= 4 ? text.slice(start, at) : text.slice(start, start + 1)
}

function nextSign(text: string, at: number, end: number): number {
  const pairEnds = at + 2 >= end || classOf(text.charCodeAt(at + 2)) !== UNSPACED
  const lone = at + 1 >= end || classOf(text.charCodeAt(at + 1)) !== UNSPACED
  return lone ? at + 1 : pairEnds ? at + 2 : at + 1
}
