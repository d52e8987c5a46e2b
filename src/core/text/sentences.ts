import { abbreviationRules, type AbbreviationRules } from './abbreviations.ts'
import { baseLanguage } from './language.ts'
import { blocksOf } from './blocks.ts'
import type { TextRange } from './text-range.ts'

/** What {@link splitSentences} needs to know beside the text. */
export interface SentenceOptions {
  /** ISO 639-1; decides abbreviations and which words open a sentence. English where unknown. */
  readonly lang?: string | null
  /** Keeps a quotation of a few sentences in one piece where it is short enough. Default: every sentence apart. */
  readonly keepQuotations?: boolean
}

/**
 * The sentences of a text as ranges, in order, trimmed of white space.
 *
 * A line break ends a sentence, but not in a text whose lines are wrapped, nor before a lower-case letter. Short forms, initials,
 * ordinals, decimals, list numbers and ellipses do not end one; closing quotes and footnote marks belong to it. Linear in the text.
 */
export function splitSentences(text: string, options: SentenceOptions = {}): TextRange[] {
  const lang = baseLanguage(options.lang) ?? 'en'
  const rules = abbreviationRules(lang)
  const ranges: TextRange[] = []
  for (const block of blocksOf(text)) {
    const pieces = splitBlock(text.slice(block.start, block.end), lang, rules)
    const kept = options.keepQuotations === true ? joinQuotations(text, block.start, pieces) : pieces
    for (const { start, end } of kept) ranges.push({ start: block.start + start, end: block.start + end })
  }
  return ranges
}

const MARKS = /[.!?…。．！？｡؟۔।॥։]+/gu
const WIDE_MARK = /[。．！？｡।॥։۔]/u
const CLOSERS = /(?:["'”’»›」』）】》〉)\]]|\[\d{1,3}\])*/uy
/** The same where “ and « close, as „…“ and »…« do. */
const LOW_CLOSERS = /(?:["'”’“‘»«›‹)\]]|\[\d{1,3}\])*/uy
/** Languages that open quotations low. */
const LOW_QUOTE_LANGUAGES = new Set('bg cs da de et hr hu is lt lv pl ro sk sl sr'.split(' '))
/** French sets a space before its closing mark; German uses the same mark to open. */
const SPACED_CLOSER = /(?:[ \u00a0\u202f]?»)*/uy
const LONE_CLOSERS = /\s+["'”’]+(?=\s|$)/uy
const SPACE = /\s*/uy
const NEXT_WORD = /["§'“‘«»„‚¿¡([—–-]{0,6}\s?([\p{L}\p{M}\p{N}’']{1,40})/uy

function splitBlock(block: string, lang: string, rules: AbbreviationRules): TextRange[] {
  const ranges: TextRange[] = []
  let start = 0
  let quoteEnd = -1
  MARKS.lastIndex = 0
  for (let mark = MARKS.exec(block); mark !== null; mark = MARKS.exec(block)) {
    const end = closedAt(block, start, mark.index + mark[0].length, lang)
    if (mark.index >= quoteEnd) quoteEnd = embeddedQuoteEnd(block, start, mark.index)
    if (end <= quoteEnd) continue
    if (end < block.length && !endsSentence(block, start, mark.index, mark[0], end, lang, rules)) continue
    pushTrimmed(ranges, block, start, end)
    start = end
    MARKS.lastIndex = Math.max(end, MARKS.lastIndex)
  }
  pushTrimmed(ranges, block, start, block.length)
  return ranges
}

/** Where the sentence ends that has its last mark before `at`: after closing quotes, brackets and footnote marks. */
function closedAt(block: string, start: number, at: number, lang: string): number {
  const all = stick(LOW_QUOTE_LANGUAGES.has(lang) ? LOW_CLOSERS : CLOSERS, block, at)
  const end = opensNext(block, start, at, all) ? all - 1 : all
  const spaced = lang === 'de' || lang === 'da' ? end : stick(SPACED_CLOSER, block, end)
  return stick(LONE_CLOSERS, block, spaced)
}

/** In `done.""We` and `done."We` the last mark opens the next quotation, if none is open. */
function opensNext(block: string, start: number, at: number, end: number): boolean {
  if (end === at || !/["“]\p{L}/u.test(block.slice(end - 1, end + 1))) return false
  return (block.slice(Math.max(start, end - MAX_QUOTATION_CHARS), end - 1).split('"').length - 1) % 2 === 0
}

function stick(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

function endsSentence(
  block: string,
  start: number,
  at: number,
  mark: string,
  end: number,
  lang: string,
  rules: AbbreviationRules,
): boolean {
  if (WIDE_MARK.test(mark)) return endsWide(block, at + mark.length, end)
  if (!isSpace(block, end)) return isGlued(block, at, end)
  NEXT_WORD.lastIndex = stick(SPACE, block, end)
  const next = NEXT_WORD.exec(block)?.[1]
  if (next === undefined) return true
  if (/^\p{Ll}/u.test(next) && !/^[ei]\p{Lu}/u.test(next)) return false
  if (mark !== '.') return !(end > at + mark.length && speakerFollows(block, end))
  return !isShortForm(block, start, at, next, lang, rules)
}

/** After a full-width mark a sentence ends, but not where a particle ties its quotation to the rest. */
function endsWide(block: string, afterMark: number, end: number): boolean {
  const closed = end > afterMark
  if (!closed) return true
  // A particle, or a speaker (`…。”市长说。`).
  return !/^(?:[とっなのをがはにでも，、的]|[^，。！？“]{1,10}(?:说|說|道|表示|称|問|问))/u.test(
    block.slice(end, end + 14),
  )
}

/**
 * Where the quotation ends that is open at `at` and goes on into the rest of its sentence; -1 where there is none.
 *
 * `the play “Halt! Who goes there?” runs` is one sentence, `“Halt! Who goes there?” The play` is not.
 */
function embeddedQuoteEnd(block: string, start: number, at: number): number {
  const near = Math.max(start, at - MAX_EMBEDDED_CHARS)
  const before = block.slice(near, at)
  for (const [open, close] of QUOTES) {
    const opened = before.lastIndexOf(open)
    if (opened < 0 || before.slice(opened + 1).includes(close)) continue
    const end = block.slice(at, at + MAX_EMBEDDED_CHARS).indexOf(close)
    if (
      end > 0 &&
      /^[”"]?\s?(?:[,，、;—–]|\p{Ll}|[とっなのをがはにで])/u.test(block.slice(at + end + 1, at + end + 4))
    )
      return at + end + 1
  }
  return -1
}

const QUOTES: readonly (readonly [string, string])[] = [
  ['「', '」'],
  ['『', '』'],
  ['„', '“'],
  ['“', '”'],
  ['«', '»'],
]
/** Longer quotations are cut into their sentences. */
const MAX_EMBEDDED_CHARS = 120

function isSpace(text: string, at: number): boolean {
  return /\s/u.test(text.charAt(at))
}

/** `said.The next`: a blank was lost between two sentences. */
function isGlued(block: string, at: number, end: number): boolean {
  return (
    /(?:\p{Ll}{2}|\p{N}[\p{Ll}\p{N}]|\p{Ll}[”"])$/u.test(block.slice(Math.max(0, at - 2), at)) &&
    /^(?:["“]?\p{Lu}(?:\p{Ll}|-\p{L})*[\s’',]|\p{N}{1,3}-(?:year|month|day)-old)/u.test(
      block.slice(end, end + 24),
    )
  )
}

/** `"Stop!" John Doe said`: a mark inside the quotation does not end the sentence that names its speaker. */
function speakerFollows(block: string, end: number): boolean {
  return /^\s+(?:\p{Lu}[\p{L}'’.-]*\s+){1,3}(?:said|says|asked|asks|told|replied|cried|shouted|wrote|added)\b/u.test(
    block.slice(end, end + 80),
  )
}

function isShortForm(
  block: string,
  start: number,
  at: number,
  next: string,
  lang: string,
  rules: AbbreviationRules,
): boolean {
  const token = /[^\s"'“”‘’«»„([—–/-]*$/u.exec(block.slice(Math.max(start, at - 16), at))?.[0] ?? ''
  if (CALIBRE_BEHIND.test(block.slice(at, at + 20))) return true
  if (token === '') return false
  const word = token.toLowerCase().replace(/^\p{N}{1,2}(?=[ap]\.m$)/u, '')
  const beforeNumber = /^\p{N}/u.test(next)
  const beforeOpener = isOpener(block, at, next, rules)
  if (beforeNumber && lang === 'en' && /^(?:an?|the|his|her|its|their)$/u.test(token)) return true
  if (/^\p{Lu}$/u.test(token)) return !beforeOpener
  if (PLACE_LETTERS.test(token) && next === 'Police')
    return /\b(?:to|by|from|of|with|told|and|the|a)\s$/u.test(
      block.slice(Math.max(start, at - 16), at - token.length),
    )
  // `$27. 5 million`: a blank was put into the sum.
  if (beforeNumber && /[$€£¥]\p{N}{1,3}$/u.test(block.slice(Math.max(start, at - 5), at))) return true
  if (/^\p{N}{1,2}$/u.test(token) && CLOCK_BEHIND.test(block.slice(at, at + 10))) return true
  if (/^\p{N}{1,3}$/u.test(token) && DECIMAL_BEHIND.test(block.slice(at, at + 24))) return true
  if (beforeNumber && RANGE_BEFORE.test(block.slice(Math.max(start, at - 16), at))) return true
  if (/^\p{N}{1,2}$/u.test(token)) return isOrdinal(block, start, at, token, beforeOpener, rules)
  if (lang === 'ru' && /^(?:г|гг|в|вв)$/u.test(word)) return !endsYear(block, start, at)
  if (rules.streets.has(word) && endsAddress(block, start, at, next, rules)) return false
  if (rules.titles.has(word)) return !beforeNumber || word === 'st'
  if (rules.numbered.has(word)) return beforeNumber || /^[IVXLC]+$/u.test(next)
  const short =
    rules.shortened.has(word) ||
    (/^\p{Lu}/u.test(token) && rules.capitalised.has(word)) ||
    /^(?:\p{L}\p{M}*\.)+\p{L}\p{M}*$/u.test(token) ||
    SPELLED_LETTERS.test(token)
  return short && !beforeOpener
}

/** `near 200 Mill St. One officer`: what follows opens a sentence, and no name (`Mill St. Ada`, `St. Anne`). */
function endsAddress(
  block: string,
  start: number,
  at: number,
  next: string,
  rules: AbbreviationRules,
): boolean {
  const opens = rules.openers.has(openerOf(next)) || rules.streetOpeners.has(next.toLowerCase())
  return opens && ADDRESS_BEFORE.test(block.slice(Math.max(start, at - 60), at))
}

/** A street's name before its short form: `200 Mill St`, `9th Ave`, `East Harbour Dr`. */
const ADDRESS_BEFORE =
  /(?:\b\p{N}{1,5}\s(?:[NSEW]\.?\s|\p{Lu}\p{L}+\s)?|\b[NSEW]\.\s|\b(?:of|on|at|near|and|block\sof)\s(?:\p{Lu}\p{L}+\s)?)(?:\p{Lu}[\p{L}’'-]+|\p{N}{1,3}(?:st|nd|rd|th))\s\p{Lu}\p{Ll}+$/u

/** `at 9. 30am`: a blank was put into the time. */
const CLOCK_BEHIND = /^\.\s?\d\d\s?[ap]\.?\s?m(?!\p{L})/u

/** `according to D.C. Police`, but `He lives in L.A. Police came.` */
const PLACE_LETTERS = /^(?:D\.C|L\.A|N\.Y|U\.S|U\.N|U\.K)$/u

/** `with a. 38 - caliber revolver`: a blank was put behind the mark that the number begins with; `posting a. 291 average` too. */
const CALIBRE_BEHIND = /^\.\s?\p{N}{2,3}(?:\s?-\s?|\s)(?:calib(?:er|re)|magnum)\b/iu

/** `a magnitude of 5. 9, but`, `$2. 6 million`: a blank was put into the number. No sentence opens with a number and a stop. */
const DECIMAL_BEHIND =
  /^\.\s\p{N}{1,2}(?:[,;%)]|\.(?:\s|$)|\s(?:to|and|or)\s\p{N}|\s?-?\s?(?:[mb]illion|percent|per\scent|magnitude|on\sthe\sRichter)\b)/iu

/** `from 3. 6 to 4. 3 on`: the second number of a range. */
const RANGE_BEFORE = /\p{N}\.\s?\p{N}{1,2}\s(?:to|and|or)\s\p{N}{1,3}$/u

/** Foreign initials as Indic scripts spell them, several letters each: `एम.ई.एम.` */
const SPELLED_LETTERS = /^(?:\p{Lo}[\p{Lo}\p{M}]{0,3}\.)+\p{Lo}[\p{Lo}\p{M}]{0,3}$/u

/** `… в 2024 г.` may end a sentence; `г. Москва`, and `В 2024 г.` at its start, do not. */
function endsYear(block: string, start: number, at: number): boolean {
  const near = block.slice(Math.max(start, at - 40), at)
  return /\p{N}\s*\p{L}+$/u.test(near) && near.trim().split(/\s+/u).length > 4
}

function isOpener(block: string, at: number, next: string, rules: AbbreviationRules): boolean {
  if (!/^\p{Lu}/u.test(next) || !rules.openers.has(openerOf(next))) return false
  // `A. S. Quill`: a lone letter with a full stop is one more initial.
  return next.length > 1 || !new RegExp(`^\\.?\\s*${next}\\.`, 'u').test(block.slice(at, at + 8))
}

function openerOf(next: string): string {
  const word = next.toLowerCase().replace('’', "'")
  return /^[ldc]'/.test(word) ? word.slice(0, 1) : word
}

/** `am 3. Mai`, or the number of a list item at the start of a block. */
function isOrdinal(
  block: string,
  start: number,
  at: number,
  token: string,
  beforeOpener: boolean,
  rules: AbbreviationRules,
): boolean {
  if (block.slice(start, at).trimStart() === token) return true
  return rules.ordinals && !beforeOpener
}

function pushTrimmed(ranges: TextRange[], block: string, from: number, to: number): void {
  const piece = block.slice(from, to)
  const start = from + piece.length - piece.trimStart().length
  const end = from + piece.trimEnd().length
  if (end > start) ranges.push({ start, end })
}

/** Sentences that are looked at for the end of a quotation. */
const MAX_QUOTED_SENTENCES = 6
/** A quotation of several sentences stays one piece up to this many UTF-16 units (about 45 words). */
const MAX_QUOTATION_CHARS = 300

function joinQuotations(text: string, offset: number, pieces: readonly TextRange[]): TextRange[] {
  const joined: TextRange[] = []
  for (let i = 0; i < pieces.length; i++) {
    const first = pieces[i]
    if (first === undefined) break
    const last = closingPiece(text, offset, pieces, i)
    joined.push({ start: first.start, end: pieces[last]?.end ?? first.end })
    i = last
  }
  return joined
}

/** The index of the piece that closes the quotation left open by piece `i`; `i` itself where none is open or none closes near. */
function closingPiece(text: string, offset: number, pieces: readonly TextRange[], i: number): number {
  const start = pieces[i]?.start ?? 0
  for (let last = i; last < Math.min(pieces.length, i + MAX_QUOTED_SENTENCES); last++) {
    const end = pieces[last]?.end ?? 0
    if (last > i && end - start > MAX_QUOTATION_CHARS) return i
    if (isQuoteClosed(text.slice(offset + start, offset + end))) return last
  }
  return i
}

/** Whether every quotation that a piece opens is closed in it. */
export function isQuoteClosed(piece: string): boolean {
  const counts = new Map<string, number>()
  for (let i = 0; i < piece.length; i++) {
    const mark = QUOTE_MARKS.has(piece.charCodeAt(i)) ? markAt(piece, i) : ''
    if (mark !== '') counts.set(mark, (counts.get(mark) ?? 0) + 1)
  }
  const of = (mark: string): number => counts.get(mark) ?? 0
  if (of('"') % 2 !== 0 || of('``') > of("''") || of('«') !== of('»')) return false
  // German closes with the mark that English opens with.
  if (of('„') > 0) return of('“') + of('”') >= of('„')
  return of('“') <= of('”') && of('「') + of('『') <= of('」') + of('』')
}

const QUOTE_MARKS = new Set(Array.from('"`\'«»„“”「」『』', (mark) => mark.charCodeAt(0)))

/** The quotation mark at a place; the marks of typewriters count in pairs, and nothing for one alone. */
function markAt(piece: string, i: number): string {
  const mark = piece.charAt(i)
  // Before the last letter of a word it is no quotation mark but part of a Hebrew short form.
  if (mark === '"') return /^\p{L}"\p{L}(?!\p{L})/u.test(piece.slice(Math.max(0, i - 1), i + 3)) ? '' : mark
  if (mark !== '`' && mark !== "'") return mark
  return piece.charAt(i + 1) === mark && piece.charAt(i - 1) !== mark ? mark + mark : ''
}
