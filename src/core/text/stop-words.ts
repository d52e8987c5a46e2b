import lists from 'stopwords-iso/stopwords-iso.json' with { type: 'json' }

const NONE: ReadonlySet<string> = new Set()
const sets = new Map<string, ReadonlySet<string>>()

/** The function words of a language (ISO 639-1), lower-case; empty for a language without a list. Source: stopwords-iso. */
export function stopWords(lang: string): ReadonlySet<string> {
  let set = sets.get(lang)
  if (set === undefined) {
    const list = (lists as Readonly<Record<string, readonly string[]>>)[lang]
    set = list === undefined ? NONE : new Set(list)
    sets.set(lang, set)
  }
  return set
}
