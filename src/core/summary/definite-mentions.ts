import { formOf } from './tokens.ts'

/** What of a description says which one is meant: nothing, a word or a name before the noun, a place or time behind it, or what it is. */
export type DefiniteForm = 'bare' | 'modified' | 'named' | 'placed' | 'told'

/** `the NOUN` of a sentence: a thing that the reader is taken to know. */
export interface DefiniteMention {
  /** The stem of its noun. */
  readonly noun: string
  /** The noun as it is written, lower-case. */
  readonly word: string
  /** `the fire`, `the second fire`, `the Ashford fire`, `the fire in Ashford`, `the owner of the boat`. */
  readonly form: DefiniteForm
  /** The names before its noun. */
  readonly names?: readonly string[]
  /** Where `the` begins, in UTF-16 units. */
  readonly start: number
  /** Where the noun ends. */
  readonly end: number
}

/** Words of a description at most. */
const MAX_NOUN_WORDS = 4
const TOKEN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*|[^\s\p{L}\p{N}]/gu
const PLACING = new Set(
  'in on at for from to with between behind against over about by near inside outside into around during under across after before since among within along toward towards as than'.split(
    ' ',
  ),
)
const TELLING = new Set('of who that which whose where when whom why how'.split(' '))
const FUNCTION = new Set(
  `a an the and or but nor so yet if because while although though unless until is are was were be been being am has have had do does did
  will would can could may might shall should must not he she it they we you i him her them us his its their our my your this these those
  there here what whether also then now just only still already again too both either neither each every all any some no more most less
  least very much many few up down out off away back later earlier ago even ever never once twice soon yesterday today tomorrow tonight
  however due said says say told`.split(/\s+/u),
)
/** Say which one is meant: there is one only. */
const UNIQUE =
  /^(?:only|first|last|latest|largest|biggest|most|best|worst|highest|lowest|oldest|youngest|greatest|deadliest|longest|second-\p{L}+|next|whole|entire|very|\p{L}{3,}est)$/u

/**
 * The descriptions of an English sentence that begin with `the` and end in a plain noun, in order; names (`the Senate`) are left out.
 *
 * The noun is the last word before one that goes on: a mark, a preposition, a form of a verb. Linear in the text.
 * @param isVerb whether a word is a form of a verb rather than a noun
 */
export function definiteMentions(text: string, isVerb: (word: string) => boolean): DefiniteMention[] {
  const tokens = [...text.matchAll(TOKEN)]
  const found: DefiniteMention[] = []
  for (const [i, token] of tokens.entries()) {
    if (token[0] !== 'the' && token[0] !== 'The') continue
    const mention = mentionAt(tokens, i, isVerb)
    if (mention !== null) found.push(mention)
  }
  return found
}

function mentionAt(
  tokens: readonly RegExpExecArray[],
  i: number,
  isVerb: (word: string) => boolean,
): DefiniteMention | null {
  const start = tokens[i]?.index ?? 0
  const names = namesAt(tokens, i + 1)
  const from = i + names.length
  let last = from
  for (let k = from + 1; k <= from + MAX_NOUN_WORDS; k++) {
    const word = tokens[k]?.[0] ?? ''
    if (/^\p{Lu}/u.test(word) || UNIQUE.test(word)) return null
    if (!isNounPart(word, isVerb, k === i + 1)) break
    if (word === 'other' && tokens[k + 1]?.[0] === 'than') break
    if (k > from + 1 && isFollowedAsVerb(word, tokens[k + 1]?.[0] ?? '.')) break
    last = k
    if (/['’]s?$/u.test(word)) break
  }
  const head = tokens[last]
  if (head === undefined || last === from) return null
  const isOwner = /['’]s?$/u.test(head[0])
  const word = head[0].toLowerCase().replace(/['’]s?$/u, '')
  // A number says no more which ones are meant.
  const first = NUMBER.test(tokens[i + 1]?.[0] ?? '') ? i + 2 : i + 1
  const behind = isOwner ? 'bare' : formBefore(tokens[last + 1]?.[0] ?? '', tokens[last + 2]?.[0] ?? '')
  return {
    noun: formOf(word, 'en'),
    word,
    form: names.length > 0 ? 'named' : behind === 'bare' && last > first ? 'modified' : behind,
    ...(names.length > 0 ? { names } : {}),
    start,
    end: head.index + head[0].length,
  }
}

/** Behind a noun at the end of a sentence: `the paper states.` */
const REPORTS = /^(?:states|shows|reports|claims|notes|reads|adds|says|warns|suggests|indicates)$/u

const NUMBER = /^(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|other|remaining)$/u

/** What stands behind a verb, and hardly behind a noun. */
const BEHIND_VERB = /^(?:the|an?|his|her|its|their|him|them|how|no|there|himself|herself)$/u

/** `the video shows a ship`, `the rules force Quill`: a word behind a noun that has an object is a verb. */
function isFollowedAsVerb(word: string, next: string): boolean {
  if (BEHIND_VERB.test(next)) return true
  return (
    word.endsWith('s') && (/^(?:\p{Lu}|that$)/u.test(next) || (REPORTS.test(word) && !/^\p{L}/u.test(next)))
  )
}

/** The capitalised words that stand at a place; none where they own what follows (`the Senate’s bill`). */
function namesAt(tokens: readonly RegExpExecArray[], from: number): string[] {
  const names: string[] = []
  for (let k = from; k < from + MAX_NOUN_WORDS; k++) {
    const word = tokens[k]?.[0] ?? ''
    if (!/^\p{Lu}/u.test(word)) break
    names.push(word)
  }
  return names.some((name) => /['’]s?$/u.test(name)) ? [] : names
}

function isNounPart(word: string, isVerb: (word: string) => boolean, isFirst: boolean): boolean {
  if (!/^[\p{Ll}\p{N}]/u.test(word)) return false
  if (PLACING.has(word) || TELLING.has(word) || FUNCTION.has(word)) return false
  return isFirst || !(/(?:ed|ly)$/u.test(word) || isVerb(word))
}

function formBefore(next: string, second: string): DefiniteForm {
  if (TELLING.has(next)) return 'told'
  if (PLACING.has(next)) return 'placed'
  // `the letter sent by Quill` is one that was spoken of.
  return /ed$|ing$/u.test(next) && PLACING.has(second) && second !== 'by' ? 'placed' : 'bare'
}
