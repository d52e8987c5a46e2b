import { eventOf } from './fact-words.ts'

/**
 * The kinds of event that an English sentence mainly tells, as numbers of `fact-words.ts`: at most two, none where none is seen.
 *
 * The first words for events count that are no nouns behind an article (`the shooting`), stand in no clause that opens the sentence
 * (`After the crash, …`) and tell nothing by the way of somebody (`the man who was shot is charged`).
 */
export function mainEvents(text: string): number[] {
  return eventsIn(text, () => true)
}

/** The same of verbs only: what is done or happens to somebody, not what is spoken of (`hurricane`, `the protester`, `flash flooding`). */
export function mainDeeds(text: string): number[] {
  return eventsIn(text, (parts, i) => !NOUN.test(parts[i] ?? '') && !isCompound(parts, i))
}

/** Forms that are no verbs. */
const NOUN =
  /(?:ion|er|or|ment|ity|th|[rl]ist|quake|storm|cane|phoon|one|fire|flames|inferno|mor|blor|ballot|victory|triumph|lawsuit|inquiry|probe|summit|accord|pact|deal|custody|people|gunman|gunmen|death|murder|homicide)s?$/u

/** `flash flooding`, `mass shooting`, `gun violence`: a form in -ing behind no form of `be` and no word like `after`. */
function isCompound(parts: readonly string[], i: number): boolean {
  return /ing$/u.test(parts[i] ?? '') && !BEFORE_ING.has(parts[i - 1] ?? '')
}

const BEFORE_ING = new Set(
  'is are was were be been being after before while by of for accidentally fatally allegedly started began keep kept and , not'.split(
    ' ',
  ),
)

function eventsIn(text: string, isTold: (parts: readonly string[], i: number) => boolean): number[] {
  const plain = text.replace(IDIOMS, (idiom) => IDIOM_WORDS[idiom.slice(0, 2).toLowerCase()] ?? idiom)
  const parts = withoutOpeningClause(plain).toLowerCase().match(PART) ?? []
  const found: number[] = []
  let skipped = 0
  for (const [i, part] of parts.entries()) {
    if (RELATIVE.has(part) && i > 0) skipped++
    // `the swimmer who became a star, has died`: what stands behind the comma is no longer told by the way.
    if (part === ',' && !RELATIVE.has(parts[i - 1] ?? '')) skipped = 0
    const event = SPEAKING.test(part) ? -1 : eventOf(part)
    if (event < 0 || isNoun(parts, i) || !isTold(parts, i)) continue
    if (skipped > 0) skipped--
    else if (!found.includes(event)) found.push(event)
    if (found.length >= MAX_EVENTS) break
  }
  return found
}

/** `was shot and killed`: what comes later is told by the way. */
const MAX_EVENTS = 2
const IDIOMS =
  /\bopen(?:ed|s|ing)?\sfire\b|\bpass(?:ed|es)?\saway\b|\bstep(?:s|ped|ping)?\sdown\b|\b(?:loss\sof|lost\s(?:his|her|their))\s(?:life|lives)\b/giu
/** The word that stands for each of them, by their first letters. */
const IDIOM_WORDS: Readonly<Record<string, string>> = {
  op: 'shot',
  pa: 'died',
  st: 'resigned',
  lo: 'died',
}
/** `Police allege`, `announced that`: the event stands behind. */
const SPEAKING = /^(?:alleg|announc|declar|warn|investigat|accus)/u

const PART = /[\p{L}\p{N}’'-]+|,/gu
const RELATIVE = new Set(['who', 'which', 'whose', 'whom'])
const DETERMINERS = new Set(
  "the a an this that these those his her its their of no any another 's in for".split(' '),
)
/** Longer openings are the sentence itself (UTF-16 units). */
const MAX_OPENING_CHARS = 160
const OPENING = new RegExp(
  `^(?:After|As|When|While|Before|Since|Although|Though|If|Following|Despite|Amid|Hours|Days|Weeks|Months|Minutes|In|On|At|During|With|For|By|From|Under)\\b[^,]{1,${MAX_OPENING_CHARS}},\\s`,
  'u',
)

function withoutOpeningClause(text: string): string {
  return text.replace(OPENING, '')
}

/** Past forms: behind `the couple` they are what happened. */
const VERB = /ed$|^(?:fell|won|quit|stole|bought|chose|met|fled|shot)$/u

/** Whether an article or the like stands before a word, or before the word before it. */
function isNoun(parts: readonly string[], i: number): boolean {
  if (DETERMINERS.has(parts[i - 1] ?? '')) return true
  return DETERMINERS.has(parts[i - 2] ?? '') && !VERB.test(parts[i] ?? '')
}
