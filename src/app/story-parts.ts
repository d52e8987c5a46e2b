import type { LanguageShare } from './ports/language-share.ts'

/** A part of the stories that one process at a time groups. */
export interface StoryPart {
  /** Letters only; the same in every process. */
  readonly name: string
  /** Left out: all languages. */
  readonly share?: LanguageShare
}

/** Languages that are a part of their own, largest first; the others share one. A part that nobody writes in costs a look a minute. */
const OWN_LANGUAGES = ['en', 'zh', 'es', 'de', 'fr', 'ru', 'pt', 'ja', 'ar', 'it'] as const

/** All stories in one process: what joins stories across languages needs it, and a small newsroom nothing else. */
export const ONE_PART: readonly StoryPart[] = [{ name: 'all' }]

/** Stories by language, as no story has articles of two: the parts share nothing, and any number of processes take them. */
export const PARTS_BY_LANGUAGE: readonly StoryPart[] = [
  ...OWN_LANGUAGES.map((lang) => ({ name: lang, share: { only: [lang] } })),
  { name: 'others', share: { allBut: OWN_LANGUAGES } },
]
