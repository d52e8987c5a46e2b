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
  const sets = setsFor(options.lang ?? null)
  const stamp = DATE_STAMP.exec(text)
  const spans: FurnitureSpan[] = []
  if (stamp !== null) spans.push({ start: 0, end: stamp[0].length, why: 'date stamp' })
  const units = unitsOf(text, stamp?.[0].length ?? 0, sets)
  for (let i = 0; i < units.length; i += 1) {
    const unit = units[i]
    if (unit === undefined) break
    const last = i > 0 ? appealEnd(units, i, sets) : -1
    if (last >= 0) {
      spans.push({ start: unit.start, end: units[last]?.end ?? unit.end, why: APPEAL })
      i = last
    } else {
      const why = reasonOf(unit, sets, text.length)
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

/** The compiled rules of a language with one pattern in front of all: most lines are no furniture and pass by it alone. */
interface RuleSet extends LanguageRules {
  readonly gate: RegExp
  /** Rules that are not behind the gate, for their cues are faster. */
  readonly cued: readonly PhraseRule[]
  readonly writtenGate: RegExp | null
}

const ALL_SETS = [GENERAL, ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, RUSSIAN].map(withGate)
const SETS_OF_LANG = new Map<string | null, readonly RuleSet[]>([[null, ALL_SETS]])
for (const { lang } of ALL_SETS) {
  if (lang !== null)
    SETS_OF_LANG.set(
      lang,
      ALL_SETS.filter((set) => set.lang === null || set.lang === 'en' || set.lang === lang),
    )
}
const OTHER_SETS = ALL_SETS.filter((set) => set.lang === null || set.lang === 'en')

function setsFor(lang: string | null): readonly RuleSet[] {
  return SETS_OF_LANG.get(lang) ?? OTHER_SETS
}

function withGate(written: LanguageRules): RuleSet {
  const rules = written.rules.map((rule) => ({ ...rule, pattern: compilePattern(rule.pattern) }))
  const asWritten = rules.filter((rule) => rule.asWritten === true)
  return {
    lang: written.lang,
    rules,
    sign: compilePattern(written.sign),
    ...(written.appealOpens === undefined ? {} : { appealOpens: compilePattern(written.appealOpens) }),
    ...(written.appealGoesOn === undefined ? {} : { appealGoesOn: compilePattern(written.appealGoesOn) }),
    gate: joined(rules.filter((rule) => rule.asWritten !== true && rule.cues === undefined)),
    cued: rules.filter((rule) => rule.cues !== undefined),
    writtenGate: asWritten.length === 0 ? null : joined(asWritten),
  }
}

function joined(rules: readonly PhraseRule[]): RegExp {
  return new RegExp(rules.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'u')
}

function reasonOf(unit: Unit, sets: readonly RuleSet[], end: number): string | null {
  if (unit.folded === '') return null
  for (const set of sets) {
    const passes = set.gate.test(unit.folded) || (set.writtenGate?.test(unit.written) ?? false)
    for (const rule of passes ? set.rules : set.cued) if (holds(rule, unit, end)) return rule.why
  }
  return null
}

function holds(rule: PhraseRule, unit: Unit, end: number): boolean {
  if (unit.folded.length > (rule.maxChars ?? DEFAULT_MAX_CHARS)) return false
  if (rule.atTop === true && unit.index >= TOP_UNITS) return false
  if (rule.atEnd === true && unit.start < end - END_CHARS) return false
  if (rule.wholeLine === true && !unit.isLine) return false
  if (rule.cues !== undefined && !holdsOne(unit.folded, rule.cues)) return false
  return rule.pattern.test(rule.asWritten === true ? unit.written : unit.folded)
}

function holdsOne(folded: string, cues: readonly string[]): boolean {
  for (const cue of cues) if (folded.includes(cue)) return true
  return false
}

/** Index of the last unit of the appeal that opens at unit `at`, or -1 where none opens. */
function appealEnd(units: readonly Unit[], at: number, sets: readonly RuleSet[]): number {
  const opener = units[at]
  if (opener === undefined || opener.folded === '' || isQuote(opener.raw)) return -1
  if (!sets.some((set) => set.appealOpens?.test(opener.folded))) return -1
  let last = at
  let gap = 0
  for (let i = at + 1; i < units.length && gap <= MAX_APPEAL_GAP_CHARS; i += 1) {
    const unit = units[i]
    if (unit === undefined) break
    if (
      sets.some((set) =>
        set.appealGoesOn?.test(unit.folded === '' ? foldUnit(unit.raw).toLowerCase() : unit.folded),
      )
    ) {
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

function unitsOf(text: string, from: number, sets: readonly RuleSet[]): Unit[] {
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
    if (isLong && hasSign(text.slice(start, end), sets)) addSentences(text, start, end, add)
    else add(start, end, true)
    start = end + 1
  }
  return units
}

function hasSign(line: string, sets: readonly RuleSet[]): boolean {
  const folded = foldUnit(line).toLowerCase()
  return sets.some(({ sign }) => sign.test(folded))
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
