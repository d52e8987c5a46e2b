import { eld } from 'eld/extrasmall'

/** Characters that are looked at: more make it slower and not better. */
const MAX_DETECT_CHARS = 600

/**
 * How much of its score a language outside of {@link COMMON} keeps (range 0.8..1; 1 trusts the letters alone). A headline has
 * few letters, and "Virus cluster at Tokyo hotel" looks Tagalog by them. Measured on 4,376 headlines in 9 languages:
 * 98.4 % right at 1, 99.0 % at 0.93, while the first 80 characters of articles in Czech, Dutch, Polish and the like stay right as they were.
 */
const RARE_SHARE = 0.93

/** Languages of much news that rarer ones are mistaken for; close pairs such as Russian and Bulgarian stay out. */
const COMMON: ReadonlySet<string> = new Set(['en', 'de', 'fr', 'es', 'it', 'pt'])

/**
 * The language of a text as an ISO 639-1 code, or `null` where none can be told (no letters, too few words).
 *
 * Deterministic; about 0.1 ms a text. Source: Nito-ELD n-gram profiles.
 */
export function detectLanguage(text: string): string | null {
  const sample = text.slice(0, MAX_DETECT_CHARS)
  if (!/\p{L}{2}/u.test(sample)) return null
  const found = eld.detect(sample)
  if (found.language === '' || COMMON.has(found.language)) return found.language || null
  let best: string | null = null
  let bestScore = 0
  for (const [language, score] of Object.entries(found.getScores())) {
    const weighed = COMMON.has(language) ? score : score * RARE_SHARE
    if (weighed <= bestScore) continue
    best = language
    bestScore = weighed
  }
  return best
}

/** The two-letter part of a language tag (`en-GB` gives `en`), or `null` where the tag is not one (BCP 47). */
export function baseLanguage(tag: string | null | undefined): string | null {
  const match = /^([a-z]{2,3})(?:[-_]|$)/i.exec(tag?.trim() ?? '')
  return match?.[1]?.toLowerCase() ?? null
}
