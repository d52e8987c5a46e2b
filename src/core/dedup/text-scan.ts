import type { TextRange } from '../text/text-range.ts'

/** Bits of {@link TextScan.flags}. */
export const WORD_FLAG = { capital: 1, number: 2, quoted: 4 } as const

/**
 * The words of one text as hashes, cut into sentences. The arrays belong to the scanner and are overwritten by its next
 * call; only the first `wordCount` and `sentenceCount` places count.
 */
export interface TextScan {
  readonly wordCount: number
  /** Hash of each word, folded: case, accents and apostrophes do not count. */
  readonly words: Uint32Array
  /** Hash of the first {@link STEM_LETTERS} letters of each word, a stem for any language with letters. */
  readonly stems: Uint32Array
  /** {@link WORD_FLAG} bits of each word. */
  readonly flags: Uint8Array
  readonly sentenceCount: number
  /** Index of each sentence's first word; the place after the last holds `wordCount`. */
  readonly sentenceFirstWord: Uint32Array
  /** Where each sentence starts in the text, in UTF-16 units. */
  readonly sentenceStart: Uint32Array
  /** Where each sentence ends in the text. */
  readonly sentenceEnd: Uint32Array
  /** Whether most words are single characters of a script without spaces. */
  readonly unspaced: boolean
}

/** Reads texts into {@link TextScan}s. */
export interface TextScanner {
  /** Scans `text` without the `skipped` ranges (ordered, not overlapping). Linear; about 4 ns a character; never throws. */
  scan(text: string, skipped?: readonly TextRange[]): TextScan
}

/** Characters of a text that are read: past this a text is no article, and its beginning decides. */
export const MAX_SCAN_CHARS = 120_000

/** Words of a text that are read; the longest article of 12,000 had 1,433. */
export const MAX_SCAN_WORDS = 20_000

/** Letters of a word that make its stem. 5 parted rewrites from ordinary pairs better than whole words (notes on stories). */
export const STEM_LETTERS = 5

/** A scanner with its own buffers (about 700 kB). Not shared between threads. */
export function createTextScanner(): TextScanner {
  const buffers: ScanBuffers = {
    wordCount: 0,
    words: new Uint32Array(MAX_SCAN_WORDS),
    stems: new Uint32Array(MAX_SCAN_WORDS),
    flags: new Uint8Array(MAX_SCAN_WORDS),
    sentenceCount: 0,
    sentenceFirstWord: new Uint32Array(MAX_SCAN_WORDS + 1),
    sentenceStart: new Uint32Array(MAX_SCAN_WORDS + 1),
    sentenceEnd: new Uint32Array(MAX_SCAN_WORDS + 1),
    unspaced: false,
  }
  const table = characterTable()
  const units = new Uint16Array(MAX_SCAN_CHARS)
  // Reading a typed array is twice as fast as asking a string for each character.
  const bytes = Buffer.from(units.buffer)
  return {
    scan(text, skipped = []) {
      const read = text.length > MAX_SCAN_CHARS ? text.slice(0, MAX_SCAN_CHARS) : text
      bytes.write(read, 'utf16le')
      return scanInto(buffers, table, units, read.length, skipped)
    },
  }
}

/** Spreads the bits of a 32-bit number (the end of MurmurHash3, Appleby 2011). */
export function mixBits(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Hashes single words as the stems of a scan; overwrites the scanner's last scan. */
export function createStemHasher(scanner: TextScanner): (word: string) => number {
  return (word) => scanner.scan(word).stems[0] ?? 0
}

type ScanBuffers = { -readonly [Key in keyof TextScan]: TextScan[Key] }

/** What each UTF-16 unit is: three bits of {@link KIND}, the {@link MARK} bits, and from bit 16 its folded form. */
type CharacterTable = Uint32Array

const KIND_MASK = 7
const MARK_SHIFT = 3
const FOLDED_SHIFT = 16

const KIND = { separator: 0, lower: 1, upper: 2, digit: 3, unspaced: 4, mark: 5 } as const

/** Scripts that write without spaces: Thai, Lao, Myanmar, Khmer, kana and Han. */
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/

const UNITS = 0x10000

let sharedTable: CharacterTable | undefined

function characterTable(): CharacterTable {
  sharedTable ??= buildCharacterTable()
  return sharedTable
}

function buildCharacterTable(): CharacterTable {
  const table = new Uint32Array(UNITS)
  for (let unit = 0; unit < UNITS; unit++) {
    const character = String.fromCharCode(unit)
    const kind = kindOf(unit, character)
    const folded = kind === KIND.separator ? 0 : foldedUnit(unit, character)
    table[unit] = ((folded << FOLDED_SHIFT) | kind) >>> 0
  }
  for (const { mark, units } of MARKED_UNITS) {
    for (const unit of units) table[unit] = ((table[unit] ?? 0) | (mark << MARK_SHIFT)) >>> 0
  }
  return table
}

function kindOf(unit: number, character: string): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return KIND.lower
  // Soft hyphens and joiners stand inside words and are not seen.
  if (/[\p{M}\p{Cf}]/u.test(character)) return KIND.mark
  if (/\p{N}/u.test(character)) return KIND.digit
  if (!/\p{L}/u.test(character)) return KIND.separator
  if (UNSPACED.test(character)) return KIND.unspaced
  return /\p{Lu}/u.test(character) ? KIND.upper : KIND.lower
}

function foldedUnit(unit: number, character: string): number {
  const lower = character.toLowerCase()
  // Only these letters lose their accents: elsewhere the first part of a decomposed letter is not the letter.
  const european = unit < 0x530 || (unit >= 0x1e00 && unit < 0x2000)
  return (european ? lower.normalize('NFD') : lower.normalize('NFKC')).charCodeAt(0)
}

const NEWLINE = 10
const SPACE = 32
const POINT = 0x2e
const NO_BREAK_SPACE = 0xa0

/** Words after which a paragraph's end also ends a quotation that nobody closed. */
const MAX_QUOTE_WORDS = 100

/** Bits of what a separator can do. */
const MARK = {
  apostrophe: 1,
  insideNumber: 2,
  quote: 4,
  sentenceEnd: 8,
  afterEnd: 16,
} as const

const MARKED_UNITS: readonly { readonly mark: number; readonly units: readonly number[] }[] = [
  { mark: MARK.apostrophe, units: [0x27, 0x2019, 0x2bc] },
  { mark: MARK.insideNumber, units: [0x2c, 0x2e] },
  {
    mark: MARK.quote,
    units: [0x22, 0x27, 0x60, 0xab, 0xbb, 0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e],
  },
  { mark: MARK.sentenceEnd, units: [0x21, 0x2e, 0x3f, 0x2026, 0x3002, 0xff01, 0xff1f, 0x61f, 0x6d4, 0x964] },
  // What may stand between the end of a sentence and the space after it.
  { mark: MARK.afterEnd, units: [0x22, 0x27, 0x29, 0x5d, 0x2019, 0x201d, 0xbb] },
]

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * One pass over the characters: a run of letters and digits is a word, and what stands between two words says whether
 * a sentence ends there. Kept in one function with plain variables: it reads every character of the stream.
 */
function scanInto(
  buffers: ScanBuffers,
  table: CharacterTable,
  units: Uint16Array,
  length: number,
  skipped: readonly TextRange[],
): TextScan {
  const { words, stems, flags, sentenceFirstWord, sentenceStart, sentenceEnd } = buffers
  let wordCount = 0
  let sentenceCount = 0
  let unspacedCount = 0
  let quote: QuoteState = QUOTE_STATE.none
  let quotedFrom = 0
  let skip = 0
  let nextSkip = skipped[0]?.start ?? length
  // The sentence under way, -1 where none has begun.
  let firstWord = 0
  let firstChar = -1
  let lastChar = 0
  let at = 0
  while (at < length && wordCount < MAX_SCAN_WORDS) {
    let endsSentence = false
    if (at >= nextSkip) {
      at = Math.max(at, skipped[skip]?.end ?? length)
      skip++
      nextSkip = skipped[skip]?.start ?? length
      quote = QUOTE_STATE.none
      endsSentence = true
    } else {
      const unit = units[at] ?? 0
      const traits = table[unit] ?? 0
      const kind = traits & KIND_MASK
      if (kind === KIND.separator || kind === KIND.mark) {
        at++
        if (unit === SPACE) continue
        const mark = traits >>> MARK_SHIFT
        if (unit === NEWLINE) {
          endsSentence = true
          if (quote === QUOTE_STATE.straight || wordCount - quotedFrom > MAX_QUOTE_WORDS)
            quote = QUOTE_STATE.none
        } else if (mark !== 0) {
          if ((mark & MARK.sentenceEnd) !== 0 && endsHere(units, at, length, table)) {
            lastChar = endOfMarks(units, at, length, table)
            endsSentence = true
          }
          if ((mark & MARK.quote) !== 0) {
            const next = quoteAfter(quote, units, at - 1, length, table)
            if (next !== quote) quotedFrom = wordCount
            quote = next
          }
        }
      } else if (kind === KIND.unspaced) {
        if (firstChar < 0) firstChar = at
        const hash = mixBits(Math.imul(FNV_OFFSET ^ (traits >>> FOLDED_SHIFT), FNV_PRIME))
        words[wordCount] = hash
        stems[wordCount] = hash
        flags[wordCount] = quote === QUOTE_STATE.none ? 0 : WORD_FLAG.quoted
        wordCount++
        unspacedCount++
        at++
        lastChar = at
      } else {
        if (firstChar < 0) firstChar = at
        const isNumber = kind === KIND.digit
        const limit = Math.min(length, nextSkip)
        let hash = FNV_OFFSET
        let stem = 0
        let letters = 0
        while (at < limit) {
          const inner = table[units[at] ?? 0] ?? 0
          const innerKind = inner & KIND_MASK
          if (innerKind === KIND.separator) {
            if (
              !isJoint(inner >>> MARK_SHIFT, at + 1 < limit ? (table[units[at + 1] ?? 0] ?? 0) : 0, isNumber)
            )
              break
          } else if (innerKind === KIND.unspaced) break
          else if (innerKind !== KIND.mark) {
            hash = Math.imul(hash ^ (inner >>> FOLDED_SHIFT), FNV_PRIME)
            letters++
            if (letters === STEM_LETTERS) stem = hash
          }
          at++
        }
        const capital = kind === KIND.upper ? WORD_FLAG.capital : 0
        words[wordCount] = mixBits(hash)
        stems[wordCount] = mixBits(isNumber || letters <= STEM_LETTERS ? hash : stem)
        flags[wordCount] =
          capital | (isNumber ? WORD_FLAG.number : 0) | (quote === QUOTE_STATE.none ? 0 : WORD_FLAG.quoted)
        wordCount++
        lastChar = at
        if (at >= limit) continue
        const after = units[at] ?? 0
        if (after === SPACE || (((table[after] ?? 0) >>> MARK_SHIFT) & MARK.sentenceEnd) === 0) continue
        const next = at + 1 < length ? (units[at + 1] ?? 0) : NEWLINE
        // "Gen.", "U.S." and "Mr." end no sentence; a text that lost its spaces shows by a capital after the point.
        if (after === POINT && capital !== 0 && letters <= 3 && next !== NEWLINE) at++
        else if (((table[next] ?? 0) & KIND_MASK) === KIND.upper) {
          at++
          lastChar = at
          endsSentence = true
        }
      }
    }
    if (!endsSentence || firstChar < 0) continue
    sentenceFirstWord[sentenceCount] = firstWord
    sentenceStart[sentenceCount] = firstChar
    sentenceEnd[sentenceCount] = lastChar
    sentenceCount++
    firstWord = wordCount
    firstChar = -1
  }
  if (firstChar >= 0) {
    sentenceFirstWord[sentenceCount] = firstWord
    sentenceStart[sentenceCount] = firstChar
    sentenceEnd[sentenceCount] = lastChar
    sentenceCount++
  }
  sentenceFirstWord[sentenceCount] = wordCount
  buffers.wordCount = wordCount
  buffers.sentenceCount = sentenceCount
  buffers.unspaced = unspacedCount * 2 > wordCount
  return buffers
}

/** What kind of mark opened the quotation that is under way; a straight single one may be an apostrophe and ends with its line. */
const QUOTE_STATE = { none: 0, double: 1, single: 2, low: 3, straight: 4 } as const

type QuoteState = (typeof QUOTE_STATE)[keyof typeof QUOTE_STATE]

const QUOTE = { plain: 0x22, apostrophe: 0x27, grave: 0x60, left: 0xab, right: 0xbb } as const
const CURLY = {
  single: 0x2018,
  endSingle: 0x2019,
  lowSingle: 0x201a,
  double: 0x201c,
  endDouble: 0x201d,
  low: 0x201e,
} as const

/**
 * The quotation that is under way past the mark at `at`. A mark that is the same at both ends opens before a word and closes after
 * one; single marks are apostrophes unless they open before a word. Reads `"…"`, `“…”`, `„…“`, `«…»`, `»…«`, `‘…’`, `'…'` and ` \`\`…'' `.
 */
function quoteAfter(
  state: QuoteState,
  units: Uint16Array,
  at: number,
  length: number,
  table: CharacterTable,
): QuoteState {
  const { none, double, single, low, straight } = QUOTE_STATE
  const unit = units[at] ?? 0
  const before = at === 0 ? SPACE : (units[at - 1] ?? 0)
  const after = at + 1 < length ? (units[at + 1] ?? 0) : SPACE
  const opens = isOpenSide(before, table) && !isBlank(after)
  const closes = !isOpenSide(before, table) && !isWordUnit(after, table)
  if (unit === QUOTE.plain) return opens ? double : closes ? none : state === none ? double : none
  if (unit === QUOTE.left || unit === QUOTE.right) {
    return opens ? double : closes ? none : unit === QUOTE.left ? double : none
  }
  if (unit === CURLY.double) return state === low ? none : double
  if (unit === CURLY.endDouble) return opens && isWordUnit(after, table) ? double : none
  if (unit === CURLY.low) return low
  if (unit === QUOTE.grave) return after === QUOTE.grave || before === QUOTE.grave ? double : state
  if (unit === QUOTE.apostrophe && (after === QUOTE.apostrophe || before === QUOTE.apostrophe)) return none
  if (state === single || state === straight) {
    return isWordUnit(after, table) || unit === CURLY.single ? state : none
  }
  if (state !== none || unit === CURLY.endSingle) return state
  if (!opens || !isWordUnit(after, table)) return state
  return unit === QUOTE.apostrophe ? straight : single
}

function isBlank(unit: number): boolean {
  return unit <= SPACE || unit === NO_BREAK_SPACE
}

/** Whether a quotation may begin after this unit: white space, an opening bracket, a dash, another mark. */
function isOpenSide(unit: number, table: CharacterTable): boolean {
  if (isBlank(unit) || unit === 0x28 || unit === 0x5b || unit === 0x2013 || unit === 0x2014) return true
  return unit !== QUOTE.plain && (((table[unit] ?? 0) >>> MARK_SHIFT) & MARK.quote) !== 0
}

function isWordUnit(unit: number, table: CharacterTable): boolean {
  const kind = (table[unit] ?? 0) & KIND_MASK
  return kind !== KIND.separator && kind !== KIND.mark
}

/** Whether a separator stands inside a word: `don't`, `1,200.5`. */
function isJoint(mark: number, next: number, inNumber: boolean): boolean {
  if (mark === 0) return false
  const nextKind = next & KIND_MASK
  if (inNumber && nextKind === KIND.digit) return (mark & MARK.insideNumber) !== 0
  return (nextKind === KIND.lower || nextKind === KIND.upper) && (mark & MARK.apostrophe) !== 0
}

/** Whether white space, a script without spaces or the text's end follows, past closing marks. */
function endsHere(units: Uint16Array, from: number, length: number, table: CharacterTable): boolean {
  const at = endOfMarks(units, from, length, table)
  const unit = units[at] ?? 0
  if (at >= length || unit <= SPACE || unit === NO_BREAK_SPACE) return true
  return ((table[unit] ?? 0) & KIND_MASK) === KIND.unspaced
}

function endOfMarks(units: Uint16Array, from: number, length: number, table: CharacterTable): number {
  let at = from
  while (
    at < length &&
    at < from + 3 &&
    (((table[units[at] ?? 0] ?? 0) >>> MARK_SHIFT) & MARK.afterEnd) !== 0
  )
    at++
  return at
}
