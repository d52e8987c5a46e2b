import { ENGLISH } from './furniture-rules/english.ts'
import { FRENCH } from './furniture-rules/french.ts'
import { GENERAL } from './furniture-rules/general.ts'
import { GERMAN } from './furniture-rules/german.ts'
import { ITALIAN } from './furniture-rules/italian.ts'
import {
  compilePattern,
  foldUnit,
  type LanguageRules,
  type PhraseRule,
} from './furniture-rules/phrase-rules.ts'
import { PORTUGUESE } from './furniture-rules/portuguese.ts'
import { RUSSIAN } from './furniture-rules/russian.ts'
import { SPANISH } from './furniture-rules/spanish.ts'
import type { TextRange } from './text-range.ts'

/** A stretch of a text that is not news: an appeal, a credit, a link to other articles, a stamp. */
export interface FurnitureSpan extends TextRange {
  /** Which rule found it, in plain words for people (`donation appeal`, `link to other articles`). */
  readonly why: string
}

/** What {@link findFurniture} needs to know beside the text. */
export interface FurnitureOptions {
  /** ISO 639-1; phrase rules of other languages than this and English are left out where it is known. */
  readonly lang?: string | null
}

/**
 * The furniture of an article's text: ordered, not overlapping, in offsets of `text`.
 *
 * A line that a phrase rule names is furniture as a whole; so is a sentence of a long line. An appeal for money takes what
 * follows it as long as that goes on asking, at most to the end. When in doubt a line stays: dropping news is worse than
 * keeping furniture. Linear in the text's length; see `bench/quality-furniture.ts` for time and precision.
 */
export function findFurniture(text: string, options: FurnitureOptions = {}): FurnitureSpan[] {
  const set = rulesFor(options.lang ?? null)
  const stamp = DATE_STAMP.exec(text)
  const spans: FurnitureSpan[] = []
  if (stamp !== null) spans.push({ start: 0, end: stamp[0].length, why: 'date stamp' })
  const units = unitsOf(text, stamp?.[0].length ?? 0, set)
  for (let i = 0; i < units.length; i += 1) {
    const unit = units[i]
    if (unit === undefined) break
    const last = i > 0 ? appealEnd(units, i, set) : -1
    if (last >= 0) {
      spans.push({ start: unit.start, end: units[last]?.end ?? unit.end, why: APPEAL })
      i = last
    } else {
      const why = reasonOf(unit, set, text.length)
      if (why !== null) spans.push({ start: unit.start, end: unit.end, why })
    }
  }
  return spans
}

/** The date that a leading stamp such as ` date 2024-05-14` carries, as epoch ms UTC of that day's start; else `null`. */
export function stampedDateMs(text: string): number | null {
  const stamp = DATE_STAMP.exec(text)
  if (stamp?.[1] === undefined) return null
  const ms = Date.parse(`${stamp[1]}T00:00:00Z`)
  return Number.isNaN(ms) ? null : ms
}

const DATE_STAMP = /^\s*date[ :]\s*(\d{4}-\d{2}-\d{2})\s+/i

const APPEAL = 'donation appeal'

/** Longest unit that a rule without a limit of its own may take (range 120..420). */
const DEFAULT_MAX_CHARS = 200

/** Longest unit that any rule may take: no rule is asked for a longer one. */
const MAX_UNIT_CHARS = 420

/** A line longer than this at the end of a text is read by sentences where a sign of furniture is in it (range 120..420). */
const LONG_LINE_CHARS = 160

/** The same for lines before the end, where only texts without paragraphs hide furniture in a line (range 420..3,000). */
const ENDLESS_LINE_CHARS = 700

/** Characters that count as the end of a text (range 300..2,000). */
const TAIL_CHARS = 800

/** Lines from the start among which bylines and date lines stand. */
const TOP_UNITS = 5

/** Characters inside an appeal that may pass without a word of asking (range 300..1,500): appeals tell their own news. */
const MAX_APPEAL_GAP_CHARS = 700

/** An appeal that leaves no more than this after it takes that too: what ends a page is a button or a signature. */
const MAX_APPEAL_TAIL_CHARS = 120

/** Characters at the end of a text among which a note about the author may start (range 200..800). */
const END_CHARS = 500

interface Unit extends TextRange {
  /** Trimmed, in lower case, without accents; `''` where the unit is too long for any rule. */
  readonly folded: string
  /** The same with its capitals. */
  readonly written: string
  readonly raw: string
  readonly index: number
  /** A whole line, not a sentence of one. */
  readonly isLine: boolean
}

/** The compiled rules of the languages that a text may use. */
interface RuleSet {
  readonly rules: readonly PhraseRule[]
  /** For units of up to {@link DEFAULT_MAX_CHARS}, and for longer ones, which few rules take. */
  readonly shortGate: Gate
  readonly longGate: Gate
  readonly sign: RegExp | null
  readonly appealOpens: RegExp | null
  readonly appealGoesOn: RegExp | null
}

/** Patterns in front of all rules: most lines are no furniture and pass by them alone. */
interface Gate {
  /** `null` where no rule stands behind it. */
  readonly folded: RegExp | null
  readonly written: RegExp | null
  /** Finds the cues of the rules that have some. */
  readonly cue: RegExp | null
}

const LANGUAGES = [GENERAL, ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, RUSSIAN].map(compiled)
const RULES_OF_LANG = new Map<string | null, RuleSet>([[null, ruleSetOf(LANGUAGES)]])
for (const { lang } of LANGUAGES) if (lang !== null) RULES_OF_LANG.set(lang, ruleSetOf(spokenWith(lang)))
const OTHER_RULES = ruleSetOf(spokenWith('en'))

/** English stands on pages of all languages. */
function spokenWith(lang: string): LanguageRules[] {
  return LANGUAGES.filter((one) => one.lang === null || one.lang === 'en' || one.lang === lang)
}

function rulesFor(lang: string | null): RuleSet {
  return RULES_OF_LANG.get(lang) ?? OTHER_RULES
}

function compiled(written: LanguageRules): LanguageRules {
  return {
    lang: written.lang,
    rules: written.rules.map((rule) => ({ ...rule, pattern: compilePattern(rule.pattern) })),
    sign: compilePattern(written.sign),
    ...(written.appealOpens === undefined ? {} : { appealOpens: compilePattern(written.appealOpens) }),
    ...(written.appealGoesOn === undefined ? {} : { appealGoesOn: compilePattern(written.appealGoesOn) }),
  }
}

function ruleSetOf(languages: readonly LanguageRules[]): RuleSet {
  const rules = languages.flatMap((language) => language.rules)
  return {
    rules,
    shortGate: gateFor(rules),
    longGate: gateFor(rules.filter((rule) => limitOf(rule) > DEFAULT_MAX_CHARS)),
    sign: joined(languages.map(({ sign }) => sign)),
    appealOpens: joined(languages.flatMap(({ appealOpens }) => appealOpens ?? [])),
    appealGoesOn: joined(languages.flatMap(({ appealGoesOn }) => appealGoesOn ?? [])),
  }
}

function gateFor(rules: readonly PhraseRule[]): Gate {
  const cues = rules.flatMap((rule) => rule.cues ?? [])
  return {
    folded: joined(patternsOf(rules.filter((rule) => rule.asWritten !== true && rule.cues === undefined))),
    written: joined(patternsOf(rules.filter((rule) => rule.asWritten === true))),
    cue: cues.length === 0 ? null : new RegExp(cues.join('|'), 'u'),
  }
}

function limitOf(rule: PhraseRule): number {
  return rule.maxChars ?? DEFAULT_MAX_CHARS
}

function patternsOf(rules: readonly PhraseRule[]): RegExp[] {
  return rules.map(({ pattern }) => pattern)
}

function joined(patterns: readonly RegExp[]): RegExp | null {
  if (patterns.length === 0) return null
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'u')
}

function reasonOf(unit: Unit, set: RuleSet, end: number): string | null {
  const length = unit.folded.length
  if (length === 0 || !passes(unit, length > DEFAULT_MAX_CHARS ? set.longGate : set.shortGate)) return null
  return set.rules.find((rule) => holds(rule, unit, end))?.why ?? null
}

function passes({ folded, written }: Unit, gate: Gate): boolean {
  if (gate.folded?.test(folded) === true || gate.written?.test(written) === true) return true
  return gate.cue?.test(folded) === true
}

function isAtTop(unit: Unit): boolean {
  return unit.index < TOP_UNITS
}

function isAtEnd(unit: Unit, end: number): boolean {
  return unit.start >= end - END_CHARS
}

function holds(rule: PhraseRule, unit: Unit, end: number): boolean {
  if (unit.folded.length > limitOf(rule)) return false
  if (rule.atTop === true && !isAtTop(unit)) return false
  if (rule.atEnd === true && !isAtEnd(unit, end)) return false
  if (rule.wholeLine === true && !unit.isLine) return false
  if (rule.cues !== undefined && !holdsOne(unit.folded, rule.cues)) return false
  return rule.pattern.test(rule.asWritten === true ? unit.written : unit.folded)
}

function holdsOne(folded: string, cues: readonly string[]): boolean {
  for (const cue of cues) if (folded.includes(cue)) return true
  return false
}

/** Index of the last unit of the appeal that opens at unit `at`, or -1 where none opens. */
function appealEnd(units: readonly Unit[], at: number, set: RuleSet): number {
  const opener = units[at]
  if (opener === undefined || opener.folded === '') return -1
  if (set.appealOpens?.test(opener.folded) !== true || isQuote(opener.raw)) return -1
  let last = at
  let gap = 0
  for (let i = at + 1; i < units.length && gap <= MAX_APPEAL_GAP_CHARS; i += 1) {
    const unit = units[i]
    if (unit === undefined) break
    const folded = unit.folded === '' ? foldUnit(unit.raw).toLowerCase() : unit.folded
    if (set.appealGoesOn?.test(folded) === true) {
      last = i
      gap = 0
    } else gap += unit.raw.length
  }
  const tail = units.slice(last + 1).reduce((sum, { raw }) => sum + raw.length, 0)
  return tail <= MAX_APPEAL_TAIL_CHARS ? units.length - 1 : last
}

/** Somebody who asks for support in a quotation is news. */
function isQuote(raw: string): boolean {
  return (
    /^["“„«‘']/.test(raw) ||
    /["”]\s*(?:,\s*)?(?:\p{L}+ ){0,3}(?:said|says|told|added|wrote|tweeted)\b/u.test(raw)
  )
}

function unitsOf(text: string, from: number, set: RuleSet): Unit[] {
  const units: Unit[] = []
  const add = (start: number, end: number, isLine: boolean): void => {
    const raw = text.slice(start, end).trim()
    if (raw === '') return
    const written = raw.length > MAX_UNIT_CHARS ? '' : foldUnit(raw)
    units.push({ start, end, raw, written, folded: written.toLowerCase(), index: units.length, isLine })
  }
  const tail = text.length - TAIL_CHARS
  let start = from
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const isLong = end - start > (end > tail ? LONG_LINE_CHARS : ENDLESS_LINE_CHARS)
    if (isLong && hasSign(text.slice(start, end), set)) addSentences(text, start, end, add)
    else add(start, end, true)
    start = end + 1
  }
  return units
}

function hasSign(line: string, set: RuleSet): boolean {
  const folded = foldUnit(line).toLowerCase()
  return set.sign?.test(folded) === true
}

/** Cuts at sentence ends only; a cut too many does no harm, for only what a rule names as a whole is furniture. */
function addSentences(
  text: string,
  start: number,
  end: number,
  add: (start: number, end: number, isLine: boolean) => void,
): void {
  let from = start
  SENTENCE_END.lastIndex = start
  for (
    let match = SENTENCE_END.exec(text);
    match !== null && match.index < end;
    match = SENTENCE_END.exec(text)
  ) {
    const cut = Math.min(end, match.index + match[0].length)
    add(from, cut, false)
    from = cut
  }
  if (from < end) add(from, end, false)
}

const SENTENCE_END =
  /[.!?…]["”’)»]*[^\S\n]+(?=[\p{Lu}\d"“„«(…©])|[^\S\n](?=\((?:[Ww]ith|[Rr]eporting|[Ww]riting|[Ee]diting|[Aa]dditional)\b|(?:ALSO READ|READ ALSO|READ MORE|SEE ALSO|DON'T MISS|LESEN SIE AUCH|LIRE AUSSI|LEA TAMBIÉN|LEIA TAMBÉM|LEGGI ANCHE|ЧИТАЙТЕ ТАКЖЕ))/gu
