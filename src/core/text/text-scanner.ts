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
 * Walks the words of a text: runs of letters and digits of any script. It makes no strings, so a word costs what its letters
 * cost; {@link WordScanner.surface} cuts one where it is wanted.
 *
 * An apostrophe or hyphen parts words; a point or comma between digits does not; `F.B.I.` is one word. Scripts without
 * spaces come as overlapping pairs of signs. Linear, no regular expression in the loop.
 */
export class WordScanner {
  /** Where the word stands in the text. */
  start = 0
  end = 0
  /** Whether its first letter is upper-case. */
  capital = false
  /** Whether it opens a sentence, a quote or a line, where a capital says nothing. */
  opens = true
  /** Two hashes of the surface: together they tell words apart. */
  hash = 0
  check = 0
  #text = ''
  #at = 0
  #limit = 0
  #opens = true

  /** Starts at `start`; words are cut at `limit`. */
  read(text: string, start: number, limit: number): void {
    this.#text = text
    this.#at = start
    this.#limit = limit
    this.#opens = true
  }

  /** Goes to the next word. @returns `false` where there is none */
  next(): boolean {
    const text = this.#text
    const limit = this.#limit
    let at = this.#at
    let opens = this.#opens
    while (at < limit) {
      const unit = text.charCodeAt(at)
      const kind = classOf(unit)
      if (kind !== OTHER) {
        this.opens = opens
        this.#opens = false
        this.#take(at, kind)
        return true
      }
      opens = opensAfter(unit, opens)
      at++
    }
    this.#at = at
    this.#opens = opens
    return false
  }

  #take(at: number, kind: number): void {
    const text = this.#text
    const limit = this.#limit
    let end = kind === UNSPACED ? Math.min(limit, at + 2) : endOfWord(text, at, limit)
    if (kind === UPPER && end === at + 1) end = endOfAcronym(text, at, limit)
    let hash = 0x811c9dc5
    let check = 0x2f0b4a27
    for (let i = at; i < end; i++) {
      const unit = text.charCodeAt(i)
      if (unit === POINT && kind === UPPER) continue
      hash = Math.imul(hash ^ unit, 0x01000193)
      check = Math.imul(check ^ unit, 0x5bd1e995)
      check ^= check >>> 15
    }
    this.start = at
    this.end = end
    this.capital = kind === UPPER
    this.hash = hash
    this.check = check
    this.#at = kind === UNSPACED ? nextSign(text, at, limit) : end
  }

  /** The word as written, an acronym without its points. */
  surface(): string {
    const surface = this.#text.slice(this.start, this.end)
    return this.capital ? surface.replaceAll('.', '') : surface
  }
}

/**
 * Tells `visit` the words of `text` from `start` to `end`, as {@link WordScanner} finds them.
 * @returns `false` when the visitor stopped it
 */
export function scanWords(text: string, start: number, end: number, visit: WordVisitor): boolean {
  const scanner = new WordScanner()
  scanner.read(text, start, end)
  while (scanner.next()) if (!visit(scanner.surface(), scanner.capital, scanner.opens)) return false
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

/** The end of `U.N.` from its first letter, points included; of the one letter where no acronym stands here. */
function endOfAcronym(text: string, start: number, end: number): number {
  let at = start
  while (at + 1 < end && classOf(text.charCodeAt(at)) === UPPER && text.charCodeAt(at + 1) === POINT) at += 2
  return at - start >= 4 ? at : start + 1
}

function nextSign(text: string, at: number, end: number): number {
  const pairEnds = at + 2 >= end || classOf(text.charCodeAt(at + 2)) !== UNSPACED
  const lone = at + 1 >= end || classOf(text.charCodeAt(at + 1)) !== UNSPACED
  return lone ? at + 1 : pairEnds ? at + 2 : at + 1
}
