import type { SummaryForm, SummaryOptions } from './summary.ts'

/** How long a text is, in every measure that a limit may use. */
export interface TextLength {
  readonly words: number
  readonly bytes: number
  readonly chars: number
}

/** All limits at once; `Infinity` where there is none. */
export interface LengthLimit extends TextLength {
  readonly sentences: number
}

/** The length of a text. Words are counted as `maxWords` says ({@link SummaryOptions}). */
export function measureLength(text: string): TextLength {
  const spaced = text.match(/\S+/gu)?.length ?? 0
  const wide = NO_SPACES.test(text) ? (text.match(EACH_WIDE)?.length ?? 0) : 0
  return {
    words: Math.max(spaced, Math.ceil(wide / WIDE_CHARS_PER_WORD)),
    bytes: utf8Bytes(text),
    chars: text.length,
  }
}

/** The limit that options ask for; that of their form where they name none. */
export function lengthLimit(options: SummaryOptions): LengthLimit {
  const asked = {
    words: options.maxWords ?? Infinity,
    bytes: options.maxBytes ?? Infinity,
    chars: options.maxChars ?? Infinity,
    sentences: options.sentences ?? Infinity,
  }
  const form = options.form ?? (Object.values(asked).every((value) => value === Infinity) ? 'short' : null)
  return form === null ? asked : { ...asked, sentences: Math.min(asked.sentences, SENTENCES[form]) }
}

/**
 * The limit that keeps a summary of `sentences` sentences from choosing only the longest: words as written below for each.
 *
 * `null` where the limit says how long the text may be.
 */
export function softLimit(limit: LengthLimit): LengthLimit | null {
  const isOpen = limit.words === Infinity && limit.bytes === Infinity && limit.chars === Infinity
  return isOpen && limit.sentences < Infinity
    ? { ...limit, words: Math.max(LEAD_WORDS, limit.sentences * WORDS_PER_SENTENCE) }
    : null
}

/** Words a sentence should have on average where only their number is asked for: 20 reads tersely, 40 like a wire lead. */
const WORDS_PER_SENTENCE = 30

/** Words that one sentence alone may have: with fewer the leads of wire reports are too long, and something beside the story is told. */
const LEAD_WORDS = 45

/** Sentences of each form. A time line is bounded too: more days than this are no line any more. */
const SENTENCES: Readonly<Record<SummaryForm, number>> = { line: 1, short: 3, long: 8, timeline: 14 }

/** Ideographs, kana and Thai-like letters in one word, on average; 2 is careful for Chinese and Japanese (1.5-2). */
const WIDE_CHARS_PER_WORD = 2
const WIDE =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]'
const NO_SPACES = new RegExp(WIDE, 'u')
const EACH_WIDE = new RegExp(WIDE, 'gu')

function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // Each half of a surrogate pair stands for 2 of its 4 bytes; a lone half becomes U+FFFD, 3 bytes.
    bytes += unit < 0x800 ? 1 : isPaired(text, i, unit) ? 1 : 2
  }
  return bytes
}

function isPaired(text: string, i: number, unit: number): boolean {
  if (unit >= 0xd800 && unit < 0xdc00) return isBetween(text.charCodeAt(i + 1), 0xdc00, 0xe000)
  if (unit >= 0xdc00 && unit < 0xe000) return isBetween(text.charCodeAt(i - 1), 0xd800, 0xdc00)
  return false
}

function isBetween(unit: number, low: number, high: number): boolean {
  return unit >= low && unit < high
}
