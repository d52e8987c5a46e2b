import { stem } from '../text/stems.ts'
import { stopWords } from '../text/stop-words.ts'
import type { WordScanner } from '../text/text-scanner.ts'
import { hashText } from './hash-text.ts'

/** Word forms remembered of one language, before it starts anew: 10 MB. */
const MAX_KNOWN_WORDS = 120_000

/** Room at the start; it grows with the words met. A power of two. */
const FIRST_CAPACITY = 1 << 11

/** What is known of a word form stands side by side, so that a look at it costs one look into memory. */
const WIDTH = 8
const KEY = 0
const CHECK = 1
const KIND = 2
const HASH = 3
const TERM = 4

const KNOWN = 1
const CONTENT = 2
const NUMBER = 4
const SCALE = 8

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 }
const NUMBER_WORDS = [
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/**
 * What is known of word forms: their term, whether they are content, numbers or scales (`million`).
 *
 * Words are found by the two hashes of a scanner, so a known word makes no string and no object. Facts are read by place;
 * places hold until the next `makeRoom`.
 */
export interface WordFacts {
  /** Makes room for `words` new forms; places found before may change. */
  readonly makeRoom: (words: number) => void
  /** The place of the scanner's word, which is learned where it is new. */
  readonly find: (scanner: WordScanner) => number
  readonly isContent: (place: number) => boolean
  readonly isNumber: (place: number) => boolean
  /** What a number is multiplied with when this word follows it; 0 for other words. */
  readonly scale: (place: number) => number
  /** The number itself; −1 for words. */
  readonly value: (place: number) => number
  /** Hash of the term. */
  readonly hash: (place: number) => number
  /** The number that the caller gave the term, or −1. */
  readonly term: (place: number) => number
  readonly setTerm: (place: number, term: number) => void
  /** Forgets all numbers of terms. */
  readonly clearTerms: () => void
}

/** Facts of the words of one language, none known yet. */
export function createWordFacts(lang: string): WordFacts {
  const stops = stopWords(lang)
  let capacity = FIRST_CAPACITY
  let known = 0
  let words = new Int32Array(capacity * WIDTH)
  /** Values of numbers and scales. */
  let values = new Float64Array(capacity)

  function allocate(): void {
    known = 0
    words = new Int32Array(capacity * WIDTH)
    values = new Float64Array(capacity)
  }
  function grow(): void {
    const old = { words, values }
    capacity *= 2
    allocate()
    for (let i = 0; i < old.values.length; i++) {
      const from = i * WIDTH
      if (old.words[from + KIND] === 0) continue
      const at = freePlace(old.words[from + KEY] ?? 0)
      words.set(old.words.subarray(from, from + WIDTH), at * WIDTH)
      values[at] = old.values[i] ?? 0
      known++
    }
  }
  function freePlace(key: number): number {
    const mask = capacity - 1
    let at = (key ^ (key >>> 15)) & mask
    while (words[at * WIDTH + KIND] !== 0) at = (at + 1) & mask
    return at
  }
  function kindOf(place: number): number {
    return words[place * WIDTH + KIND] ?? 0
  }
  function learn(scanner: WordScanner, at: number): number {
    const lower = scanner.surface().toLowerCase()
    const facts = wordFacts(lower, lang, stops)
    const to = at * WIDTH
    words[to + KEY] = scanner.hash
    words[to + CHECK] = scanner.check
    words[to + KIND] = facts.kind
    words[to + HASH] = facts.hash
    words[to + TERM] = -1
    values[at] = facts.value
    known++
    return at
  }

  return {
    makeRoom(more) {
      if (known >= MAX_KNOWN_WORDS) allocate()
      while ((known + more) * 2 > capacity) grow()
    },
    find(scanner) {
      const key = scanner.hash
      const mask = capacity - 1
      let at = (key ^ (key >>> 15)) & mask
      while (words[at * WIDTH + KIND] !== 0) {
        if (words[at * WIDTH + KEY] === key && words[at * WIDTH + CHECK] === scanner.check) return at
        at = (at + 1) & mask
      }
      return learn(scanner, at)
    },
    isContent: (place) => (kindOf(place) & CONTENT) !== 0,
    isNumber: (place) => (kindOf(place) & NUMBER) !== 0,
    scale: (place) => ((kindOf(place) & SCALE) === 0 ? 0 : (values[place] ?? 0)),
    value: (place) => ((kindOf(place) & NUMBER) === 0 ? -1 : (values[place] ?? 0)),
    hash: (place) => words[place * WIDTH + HASH] ?? 0,
    term: (place) => words[place * WIDTH + TERM] ?? -1,
    setTerm(place, term) {
      words[place * WIDTH + TERM] = term
    },
    clearTerms() {
      for (let at = TERM; at < words.length; at += WIDTH) words[at] = -1
    },
  }
}

function wordFacts(
  lower: string,
  lang: string,
  stops: ReadonlySet<string>,
): { kind: number; hash: number; value: number } {
  const numberWord = lang === 'en' ? NUMBER_WORDS.indexOf(lower) : -1
  const value = numberWord >= 0 ? numberWord + 2 : numberOf(lower)
  if (!Number.isNaN(value)) return { kind: KNOWN | CONTENT | NUMBER, hash: hashOfNumber(value), value }
  const content = isLongEnough(lower) && !stops.has(lower)
  const scale = SCALES[lower] ?? 0
  return {
    kind: KNOWN | (content ? CONTENT : 0) | (scale > 0 ? SCALE : 0),
    hash: content ? hashText(termOf(lower, lang)) : 0,
    value: scale,
  }
}

/** Hash of the term of a number, however it was written. */
export function hashOfNumber(value: number): number {
  return hashText(`n:${String(value)}`)
}

/** The term of a word: its stem, or its first letters where a language has no stemmer. */
export function termOf(lower: string, lang: string): string {
  const stemmed = stem(lower, lang)
  if (stemmed !== lower || lang === 'en') return stemmed
  if (lower.length > 6) return lower.slice(0, 6)
  return lower.length > 4 ? lower.slice(0, -1) : lower
}

function isLongEnough(lower: string): boolean {
  return lower.length > 1 || lower.charCodeAt(0) > 0x2e80
}

/** The value of `1,200.5` or `1.200`; NaN for a word. */
function numberOf(lower: string): number {
  const first = lower.charCodeAt(0)
  if (first < 48 || first > 57) return Number.NaN
  return Number(lower.replace(/[,.](?=\d{3}(?:\D|$))/g, '').replace(',', '.'))
}
