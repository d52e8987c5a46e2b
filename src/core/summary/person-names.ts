import { abbreviationRules } from '../text/abbreviations.ts'
import type { StorySentence } from './story-sentence.ts'

/** Which surnames a sentence uses alone, as if the reader knew their owner, and which it gives in full. */
export interface NameUse {
  readonly needs: readonly string[]
  readonly gives: readonly string[]
}

/**
 * How each sentence of a story uses the surnames of its people; indexed as the sentences are.
 *
 * A surname is a capitalised word that stands behind another one somewhere (`Ada Quill`), and seldom behind `in` or `the` as places
 * and houses do. Judged in languages with capitals whose names have no cases. Linear in the text.
 */
export function findNameUse(sentences: readonly StorySentence[], lang: string | null): NameUse[] {
  if (lang === null || !CASED.has(lang)) return sentences.map(() => ({ needs: [], gives: [] }))
  const openers = abbreviationRules(lang).openers
  const uses = sentences.map(({ text }) => wordsOf(text, openers))
  const surnames = surnamesOf(uses)
  return uses.map((words) => ({
    needs: unique(words.filter((word) => !word.named && surnames.has(word.name))),
    gives: unique(words.filter((word) => word.named && surnames.has(word.name))),
  }))
}

const CASED = new Set('en de fr es it pt nl sv da no'.split(' '))
const WORD = /\p{L}[\p{L}\p{M}'’-]*\.?/gu
/** Before a place, a body or a thing; hardly ever before a person. */
const BEFORE_PLACES = new Set(
  'in at the from across near inside outside into within im ins aus nach en à au aux dans en desde hasta a em no na nos nas в из на'.split(
    ' ',
  ),
)
const COURTESY =
  /^(?:mr|mrs|ms|miss|herr|frau|m|mme|mlle|sr|sra|sig|signor|signora|senhor|senhora|г-н|г-жа)\.?$/iu
/** Capitalised, and often behind a name (`Quill Monday said`), but nobody. */
const DAYS = new Set(
  `Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October
  November December`.split(/\s+/u),
)

interface NameWord {
  readonly name: string
  /** Behind a first name or a title. */
  readonly named: boolean
  readonly place: boolean
}

function wordsOf(text: string, openers: ReadonlySet<string>): NameWord[] {
  const found = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, at: index }))
  const names: NameWord[] = []
  found.forEach(({ word, at }, i) => {
    const name = word.replace(/['’]s?$|\.$/u, '')
    if (
      name.length < 3 ||
      DAYS.has(name) ||
      !/^\p{Lu}\p{L}*\p{Ll}/u.test(name) ||
      openers.has(name.toLowerCase())
    )
      return
    const before = found[i - 1]
    const adjoins = before !== undefined && /^\s+$/u.test(text.slice(before.at + before.word.length, at))
    const after = found[i + 1]?.word ?? ''
    const behindName = adjoins && isNamePart(before.word, openers)
    // In `Ada Quill`, `Ada` is no surname.
    const first = /^\p{Lu}/u.test(after) && text.slice(at + word.length).startsWith(' ')
    if (first && !behindName) return
    names.push({
      name,
      named: behindName,
      // `in Quill's house` speaks of a person.
      place: adjoins && !/['’]s$/u.test(word) && BEFORE_PLACES.has(before.word.toLowerCase()),
    })
  })
  return names
}

function isNamePart(word: string, openers: ReadonlySet<string>): boolean {
  return /^\p{Lu}/u.test(word) && !COURTESY.test(word) && !openers.has(word.toLowerCase())
}

/** A name that stands so often behind such a word, of the times it stands alone, is a place (0..1); `ran from Quill` happens once. */
const MIN_PLACE_SHARE = 0.25

function surnamesOf(uses: readonly (readonly NameWord[])[]): Set<string> {
  const surnames = new Set<string>()
  const alone = new Map<string, number>()
  const places = new Map<string, number>()
  const count = (counts: Map<string, number>, name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const words of uses) {
    for (const { name, named, place } of words) {
      if (named) surnames.add(name)
      else count(alone, name)
      if (place) count(places, name)
    }
  }
  for (const [name, times] of places)
    if (times >= (alone.get(name) ?? 0) * MIN_PLACE_SHARE) surnames.delete(name)
  return surnames
}

function unique(words: readonly NameWord[]): string[] {
  return [...new Set(words.map(({ name }) => name))]
}
