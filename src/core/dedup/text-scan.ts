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

/** A scanner with its own buffers (about 400 kB). Not shared between threads. */
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
  const characters = characterTable()
  return { scan: (text, skipped = []) => scanInto(buffers, characters, text, skipped) }
}

/** Spreads the bits of a 32-bit number (the end of MurmurHash3, Appleby 2011). */
export function mixBits(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** The hash that a scanner gives to the stem of one word. */
export function stemHash(word: string): number {
  return createStemHasher()(word)
}

/** Hashes many single words; the scanner is built once. */
export function createStemHasher(): (word: string) => number {
  const scanner = createTextScanner()
  return (word) => scanner.scan(word).stems[0] ?? 0
}

type ScanBuffers = { -readonly [Key in keyof TextScan]: TextScan[Key] }

interface CharacterTable {
  /** What each UTF-16 unit is, as one of {@link KIND}. */
  readonly kind: Uint8Array
  /** Each unit lower-cased and without its accent. */
  readonly folded: Uint16Array
}

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
  const kind = new Uint8Array(UNITS)
  const folded = new Uint16Array(UNITS)
  for (let unit = 0; unit < UNITS; unit++) {
    const character = String.fromCharCode(unit)
    kind[unit] = kindOf(unit, character)
    if (kind[unit] !== KIND.separator) folded[unit] = foldedUnit(unit, character)
  }
  return { kind, folded }
}

function kindOf(unit: number, character: string): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return KIND.lower
  if (/\p{M}/u.test(character)) return KIND.mark
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
const QUOTE = 0x22
const APOSTROPHES = new Set([0x27, 0x2019, 0x2bc])
const INSIDE_NUMBER = new Set([0x2c, 0x2e])
const OPENING = new Set([0x201c, 0x201e, 0xab])
const CLOSING = new Set([0x201d, 0xbb])
const SENTENCE_END = new Set([0x21, 0x2e, 0x3f, 0x2026, 0x3002, 0xff01, 0xff1f, 0x61f, 0x6d4, 0x964])
/** What may stand between the end of a sentence and the space after it. */
const AFTER_END = new Set([0x22, 0x27, 0x29, 0x5d, 0x2019, 0x201d, 0xbb])

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

function scanInto(
  buffers: ScanBuffers,
  { kind, folded }: CharacterTable,
  text: string,
  skipped: readonly TextRange[],
): TextScan {
  const { words, stems, flags, sentenceFirstWord, sentenceStart, sentenceEnd } = buffers
  const length = Math.min(text.length, MAX_SCAN_CHARS)
  let wordCount = 0
  let sentenceCount = 0
  let unspacedCount = 0
  let quoted = 0
  let skip = 0
  let nextSkip = skipped[0]?.start ?? length
  // The sentence under way: its first word and character, -1 where none has begun.
  let firstWord = 0
  let firstChar = -1
  let lastChar = 0
  // The word under way.
  let open = false
  let hash = 0
  let stem = 0
  let letters = 0
  let wordFlags = 0

  const closeWord = (end: number): void => {
    open = false
    words[wordCount] = mixBits(hash)
    stems[wordCount] = mixBits((wordFlags & WORD_FLAG.number) !== 0 || letters <= STEM_LETTERS ? hash : stem)
    flags[wordCount] = wordFlags | quoted
    wordCount++
    lastChar = end
  }
  const closeSentence = (): void => {
    if (firstChar < 0) return
    sentenceFirstWord[sentenceCount] = firstWord
    sentenceStart[sentenceCount] = firstChar
    sentenceEnd[sentenceCount] = lastChar
    sentenceCount++
    firstWord = wordCount
    firstChar = -1
  }

  for (let at = 0; at < length && wordCount < MAX_SCAN_WORDS; at++) {
    if (at >= nextSkip) {
      if (open) closeWord(at)
      closeSentence()
      const end = skipped[skip]?.end ?? length
      skip++
      nextSkip = skipped[skip]?.start ?? length
      quoted = 0
      if (end > at) {
        at = end - 1
        continue
      }
    }
    const unit = text.charCodeAt(at)
    const unitKind = kind[unit] ?? 0
    if (unitKind === KIND.lower || unitKind === KIND.upper || unitKind === KIND.digit) {
      if (!open) {
        open = true
        hash = FNV_OFFSET
        letters = 0
        wordFlags =
          unitKind === KIND.upper ? WORD_FLAG.capital : unitKind === KIND.digit ? WORD_FLAG.number : 0
        if (firstChar < 0) firstChar = at
      }
      hash = Math.imul(hash ^ (folded[unit] ?? 0), FNV_PRIME)
      letters++
      if (letters === STEM_LETTERS) stem = hash
      continue
    }
    if (unitKind === KIND.mark) continue
    if (unitKind === KIND.unspaced) {
      if (open) closeWord(at)
      if (firstChar < 0) firstChar = at
      hash = Math.imul(FNV_OFFSET ^ (folded[unit] ?? 0), FNV_PRIME)
      letters = 1
      wordFlags = 0
      closeWord(at + 1)
      unspacedCount++
      continue
    }
    const next = at + 1 < length ? text.charCodeAt(at + 1) : 0
    if (open) {
      const nextKind = kind[next] ?? 0
      if (APOSTROPHES.has(unit) && (nextKind === KIND.lower || nextKind === KIND.upper)) continue
      if ((wordFlags & WORD_FLAG.number) !== 0 && INSIDE_NUMBER.has(unit) && nextKind === KIND.digit) continue
      const shortName = letters <= 3 && (wordFlags & WORD_FLAG.capital) !== 0
      closeWord(at)
      // "Gen.", "U.S." and "Mr." end no sentence; text that lost its spaces shows by a capital after the point.
      if (unit === 0x2e && shortName && next !== NEWLINE) continue
      if (SENTENCE_END.has(unit) && (nextKind === KIND.upper || endsHere(text, at + 1))) {
        lastChar = endOfMarks(text, at + 1, length)
        closeSentence()
      }
    } else if (SENTENCE_END.has(unit) && endsHere(text, at + 1)) {
      if (firstChar >= 0) lastChar = endOfMarks(text, at + 1, length)
      closeSentence()
    }
    if (unit === NEWLINE) {
      closeSentence()
      quoted = 0
    } else if (unit === QUOTE) quoted = quoted === 0 ? WORD_FLAG.quoted : 0
    else if (OPENING.has(unit)) quoted = WORD_FLAG.quoted
    else if (CLOSING.has(unit)) quoted = 0
  }
  if (open && wordCount < MAX_SCAN_WORDS) closeWord(length)
  closeSentence()
  sentenceFirstWord[sentenceCount] = wordCount
  buffers.wordCount = wordCount
  buffers.sentenceCount = sentenceCount
  buffers.unspaced = unspacedCount * 2 > wordCount
  return buffers
}

/** Whether white space or the text's end follows, past closing marks. */
function endsHere(text: string, from: number): boolean {
  let at = from
  while (at < from + 3 && AFTER_END.has(text.charCodeAt(at))) at++
  return (
    at >= text.length ||
    text.charCodeAt(at) <= 32 ||
    text.charCodeAt(at) === 0xa0 ||
    UNSPACED.test(text.charAt(at))
  )
}

function endOfMarks(text: string, from: number, length: number): number {
  let at = from
  while (at < length && at < from + 3 && AFTER_END.has(text.charCodeAt(at))) at++
  return at
}
