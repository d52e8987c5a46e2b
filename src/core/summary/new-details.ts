import { readNumber } from '../text/number-words.ts'
import { onceEach } from './once-each.ts'
import type { StoryText } from './story-text.ts'

/** How many names and numbers a sentence (by index) has that neither a headline nor some sentences have. */
export type NewDetails = (sentence: number, told: readonly number[]) => number

/**
 * Counts the names and numbers that are new in sentences of a story: when, where, who, how many.
 *
 * Of what further articles add without one, a quarter said the same in other words, or only how it felt. `Infinity` where the script shows
 * no names. Each sentence is looked at once, when first asked for.
 */
export function newDetailsIn({ sentences, lang }: StoryText, headline: string): NewDetails {
  const details = onceEach((i: number) => detailsOf(sentences[i]?.text ?? '', lang))
  return (sentence, told) => {
    const own = details(sentence)
    if (own === null) return Infinity
    const known = [headline, ...told.map((i) => sentences[i]?.text ?? '')].join('\n')
    return own.filter((detail) => !known.includes(detail)).length
  }
}

/** Each name and number of a text once; `null` where its script has no capitals. */
function detailsOf(text: string, lang: string | null): readonly string[] | null {
  if (!/\p{Lu}/u.test(text)) return null
  const counts = (text.match(/\p{L}+/gu) ?? []).filter((word) => readNumber(word, lang) !== null)
  return [...new Set([...(text.match(NAME_OR_FIGURE) ?? []), ...counts])]
}

/** The first word of a sentence may have its capital for that alone. */
const NAME_OR_FIGURE = /(?<=[\p{Ll},;’'"”–—-]\s["“‘]?)\p{Lu}[\p{L}’'-]+|\d(?:[\d,.]*\d)?/gu
