/**
 * One kind of furniture and how its lines read.
 *
 * Patterns are written as people read them and compiled by {@link compilePattern}: accents do not count, and `\W` is
 * whatever is no letter or digit of any script.
 */
export interface PhraseRule {
  /** In plain words for people: `newsletter prompt`. */
  readonly why: string
  /** Tested on the whole unit (a line, or a sentence of a long line), in lower case, trimmed, quotes made straight. */
  readonly pattern: RegExp
  /** The pattern is tried only on units that hold one of these: for patterns that would be slow on every line. */
  readonly cues?: readonly string[]
  /** Longest unit that the rule may take; a longer one says more than its furniture. Default 200. */
  readonly maxChars?: number
  /** The rule holds only among the first lines of a text, where bylines and date lines stand. */
  readonly atTop?: boolean
  /** The rule holds only among the last lines of a text, where notes about its author stand. */
  readonly atEnd?: boolean
  /** Tested on the unit as written: for rules that capitals make sure. */
  readonly asWritten?: boolean
  /** The rule holds only for a line of its own, not for a sentence of a longer one. */
  readonly wholeLine?: boolean
}

/** The furniture of one language. */
export interface LanguageRules {
  /** ISO 639-1; `null` for what no language owns. */
  readonly lang: string | null
  readonly rules: readonly PhraseRule[]
  /** A unit that opens an appeal for money or members. */
  readonly appealOpens?: RegExp
  /** A unit that goes on with an appeal once one is open: the words of asking and of thanks. */
  readonly appealGoesOn?: RegExp
  /** Cheap sign, tested on long lines, that a sentence inside may be furniture. */
  readonly sign: RegExp
}

/** A pattern of a rule as it is tested on what {@link foldUnit} gives. */
export function compilePattern(pattern: RegExp): RegExp {
  return new RegExp(stripMarks(pattern.source).replaceAll('\\W', '[^\\p{L}\\p{N}]'), 'u')
}

/** A unit without accents and with straight quotes and single blanks; case is kept. */
export function foldUnit(raw: string): string {
  const straight = BEYOND_ASCII.test(raw) ? stripMarks(raw.replace(/[‘’ʼ`“”„]/g, straightQuote)) : raw
  // Two tests: together they take a regular expression four times as long.
  const isOdd = straight.includes('  ') || ODD_SPACE.test(straight)
  return isOdd ? straight.replace(/\s+/g, ' ') : straight
}

function straightQuote(quote: string): string {
  return quote === '“' || quote === '”' || quote === '„' ? '"' : "'"
}

function stripMarks(text: string): string {
  return HAS_MARKS.test(text) ? text.normalize('NFD').replace(/\p{M}+/gu, '') : text
}

const BEYOND_ASCII = /[^\u0000-\u007f]/
const ODD_SPACE = /[^\S ]/

/** Letters with marks in Latin and Cyrillic: most lines have none and are spared the long way. */
const HAS_MARKS = /[\u00c0-\u024f\u0300-\u036f\u0401\u0419\u0439\u0451]/
