import { readNumber } from '../text/number-words.ts'
import { statementOf } from './assertion.ts'
import { onceEach } from './once-each.ts'
import type { StoryText } from './story-text.ts'

/** How many names and numbers a sentence (by index) has that neither a headline nor some sentences have; `null` where its script shows no names. */
export type NewDetails = (sentence: number, told: readonly number[]) => number | null

/**
 * Counts the names and numbers that are new in sentences of a story: when, where, who, how many; not who says so, nor on which day.
 *
 * Each sentence is looked at once, when first asked for.
 */
export function newDetailsIn({ sentences, lang }: StoryText, headline: string): NewDetails {
  const textOf = (i: number): string => sentences[i]?.text ?? ''
  const details = onceEach((i: number) =>
    CAPITAL.test(textOf(i)) ? detailsOf(statementOf(textOf(i), lang), lang) : null,
  )
  const mentions = onceEach((i: number) => mentionsIn(textOf(i), lang))
  const shown = mentionsIn(headline, lang)
  return (sentence, told) => {
    const own = details(sentence)
    if (own === null) return null
    return own.filter((one) => !shown.has(one) && !told.some((i) => mentions(i).has(one))).length
  }
}

/** Each name and number of a text once. The first word may have its capital for that alone. */
function detailsOf(text: string, lang: string | null): readonly string[] {
  const names = (text.match(NAME_INSIDE) ?? []).filter(
    (name) => !DAYS.has(name) && readNumber(name, lang) === null,
  )
  return [...new Set([...names, ...numbersIn(text, lang)])]
}

/** Names and numbers that a text has told. */
function mentionsIn(text: string, lang: string | null): ReadonlySet<string> {
  return new Set([...(text.match(NAME) ?? []), ...numbersIn(text, lang)])
}

/** Numbers by their value: `five` is 5. */
function numbersIn(text: string, lang: string | null): string[] {
  const words = text.match(/\p{L}+|\d(?:[\d,.:]*\d)?/gu) ?? []
  return words.flatMap((word) => {
    const value = word.includes(':') ? word : readNumber(word, lang)
    return value === null ? (/^\d/u.test(word) ? [word] : []) : [String(value)]
  })
}

const CAPITAL = /\p{Lu}/u
const NAME_INSIDE = /(?<=[\p{Ll}\d,;’'"”–—-]\s["“‘]?|\p{Lu}[\p{L}’'.-]*\s)\p{Lu}[\p{L}-]+/gu
const NAME = /\p{Lu}[\p{L}-]+/gu
/** On which day a known thing happened is no news by itself. */
const DAYS: ReadonlySet<string> = new Set(
  'Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December'.split(
    ' ',
  ),
)
