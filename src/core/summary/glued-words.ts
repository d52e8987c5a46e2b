/**
 * Whether two texts were glued together inside a word of a sentence: `is unknownAnyone with`, `in DetroitDetroit has`, `TrumpDem lawmaker`.
 *
 * A capital follows small letters inside the word. Names are written so too (`WikiLeaks`, `McCoy`): a word counts only where its first part
 * is no name (it begins small), comes as a word of its own in the sentence, or its second part is a small word (`MondayThe`). What
 * `isWritten` knows as a word written more than once stays. Scripts without capitals never match.
 */
export function hasGluedWord(text: string, isWritten: (word: string) => boolean): boolean {
  if (!INNER_CAPITAL.test(text)) return false
  for (const match of text.matchAll(GLUED)) {
    const [word = '', first = '', second = ''] = match
    if (
      text.charAt(match.index + word.length) === '.' &&
      /^\p{L}/u.test(text.slice(match.index + word.length + 1))
    )
      continue
    const isTwoTexts =
      first === second ||
      SMALL_WORDS.has(second) ||
      (/^\p{Ll}/u.test(first) && !NAME_STARTS.has(first)) ||
      new RegExp(`(?<![\\p{L}#@])${first}(?!\\p{L})`, 'u').test(text)
    if (isTwoTexts && (SMALL_WORDS.has(second) || SMALL_WORDS.has(capitalised(first)) || !isWritten(word)))
      return true
  }
  return false
}

function capitalised(word: string): string {
  return /^\p{Ll}/u.test(word) ? word.charAt(0).toUpperCase() + word.slice(1) : ''
}

const INNER_CAPITAL = /\p{Ll}{2}\p{Lu}\p{Ll}/u
/** Two words in one, the first of two small letters or three of any kind; hashtags and names of accounts are written so. */
const GLUED = /(?<![\p{L}\p{N}#@./-])(\p{L}\p{Ll}{2,}|\p{Ll}{2})(\p{Lu}\p{Ll}+)(?![\p{L}\p{N}])/gu
/** Names begin with them: `deVere`, `diMarco`. */
const NAME_STARTS: ReadonlySet<string> = new Set('al de di du el la le mac mc un van von'.split(' '))
/** No name ends with them, and none begins with one that is written small. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'The This That These Those He She It They His Her Their But And When While After According There Anyone Also However What Who Why How You We In At On For With From If Is Are Was By Of Not Had Has Who To'.split(
    ' ',
  ),
)
