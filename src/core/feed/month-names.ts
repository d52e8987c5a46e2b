const ENGLISH: readonly string[] =
  'january february march april may june july august september october november december'.split(' ')

/** Languages whose month names feeds use, those with more feeds first: the first reading of a word wins. */
const LOCALES: readonly string[] = (
  'de fr es it pt nl pl ru cs sv da nb fi hu el ro uk tr sk bg sl lt lv et ca gl eu is hr sr sr-Latn mk sq id ms vi ' +
  'ar he fa hi th ka hy az kk af'
).split(' ')

/** Short forms of Greek feeds that the locale data does not hold. */
const GREEK: readonly (readonly [string, number])[] = [
  ['μαω', 3],
  ['ιον', 6],
  ['ιολ', 7],
]

/** Letters of a name that must be there for a shortened one to count. */
const MIN_LETTERS = 3

/** Month names by locale, read when first asked for. */
const namesByLocale = new Map<string, ReadonlyMap<string, number>>()

/**
 * The month, 1 to 12, that one of the words of a date names; `null` where none does.
 *
 * Words are folded by {@link foldWord}; names may be shortened to three letters or more. English is asked first, then
 * some forty languages one after another, the last word first (weekdays come before months). Source of the names: CLDR
 * through `Intl.DateTimeFormat`. The first date in a rare language costs some milliseconds, later ones nothing.
 */
export function monthOf(words: readonly string[]): number | null {
  const long = words.filter((word) => word.length >= MIN_LETTERS)
  // "mar" before a day is Tuesday in French, Spanish and Italian.
  const isTuesday = long.length > 1 && long[0] === 'mar'
  const asked = isTuesday ? long.slice(1) : long
  return englishMonth(asked) ?? foreignMonth(asked) ?? (isTuesday ? 3 : null)
}

function englishMonth(words: readonly string[]): number | null {
  for (const word of words) {
    const month = word === 'sept' ? 8 : ENGLISH.findIndex((name) => name.startsWith(word))
    if (month >= 0) return month + 1
  }
  return null
}

function foreignMonth(words: readonly string[]): number | null {
  const asked = words.filter((word) => !ENGLISH_WORDS.test(word)).toReversed()
  if (asked.length === 0) return null
  for (const locale of LOCALES) {
    const names = namesOf(locale)
    for (const word of asked) {
      const month = names.get(word)
      if (month !== undefined) return month
    }
  }
  return null
}

/** Words of English dates that name no month in any language. */
const ENGLISH_WORDS =
  /^(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?$|^(?:gmt|utc|[ecmp][sd]t|the)$/

/** A word in lower case without accents. */
export function foldWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
}

/** The names of a locale with all their beginnings; where two months begin alike, the earlier has it. */
function namesOf(locale: string): ReadonlyMap<string, number> {
  const known = namesByLocale.get(locale)
  if (known !== undefined) return known
  const names = new Map<string, number>(locale === 'el' ? GREEK : [])
  addNames(names, new Intl.DateTimeFormat(locale, { ...GREGORIAN, month: 'long', day: 'numeric' }))
  addNames(names, new Intl.DateTimeFormat(locale, { ...GREGORIAN, month: 'long' }))
  namesByLocale.set(locale, names)
  return names
}

const GREGORIAN = { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const

function addNames(names: Map<string, number>, format: Intl.DateTimeFormat): void {
  for (let month = 1; month <= 12; month += 1) {
    const part = format.formatToParts(Date.UTC(2001, month - 1, 15)).find(({ type }) => type === 'month')
    const name = foldWord(part?.value ?? '').replace(/[^\p{L}]+/gu, '')
    for (let length = MIN_LETTERS; length <= name.length; length += 1) {
      const start = name.slice(0, length)
      if (!names.has(start)) names.set(start, month)
    }
  }
}
