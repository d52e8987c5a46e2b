import type { Article } from '../feed/article.ts'

/** In which language a story is told, and whether that is another than the reader asked for. */
export interface StoryLanguage {
  /** ISO 639-1, or `null` where no article has a known one. */
  readonly lang: string | null
  readonly note?: string
}

/**
 * The reader's language where an article is in it, else the language of most articles (the earlier one where it is even).
 *
 * An article of unknown language fits every language.
 */
export function chooseLanguage(docs: readonly Article[], wanted: string | null): StoryLanguage {
  const counts = new Map<string, number>()
  for (const { lang, text } of docs) {
    if (lang !== null && text !== '') counts.set(lang, (counts.get(lang) ?? 0) + 1)
  }
  if (wanted !== null && counts.has(wanted)) return { lang: wanted }
  let main: string | null = null
  for (const [lang, count] of counts) if (main === null || count > (counts.get(main) ?? 0)) main = lang
  if (wanted === null || main === null) return { lang: main }
  return { lang: main, note: `Told in ${nameOf(main)}; no source in ${nameOf(wanted)}` }
}

const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

/** `German` for `de`; what is no language code stands as it is. */
function nameOf(lang: string): string {
  return /^[a-z]{2,3}$/iu.test(lang) ? (NAMES.of(lang) ?? lang) : lang
}
