import { words } from '../../core/text/words.ts'

/** A longer run of letters is not a word that anybody looks for; PostgreSQL takes at most 2046 bytes. Range 20-500. */
const MAX_WORD_CHARS = 40

/**
 * Most different words that are kept of one article, first ones first: the text is foreign and PostgreSQL takes at most 1 MB of them.
 * A long read of 10,000 words has about 2,500 different ones. Range 1,000-15,000.
 */
const MAX_WORDS = 8_000

/**
 * The different words of a text as both databases index them and as a search asks for them: folded to lower case without accents,
 * cut at every sign, scripts without spaces as pairs of signs. Order of first occurrence. Linear in the text.
 */
export function searchWords(text: string): string[] {
  const found = new Set<string>()
  for (const run of words(fold(text))) {
    for (const word of run.split(SIGNS)) {
      for (const part of cut(word)) {
        found.add(part)
        if (found.size >= MAX_WORDS) return [...found]
      }
    }
  }
  return [...found]
}

/** What the full text index holds of an article: its words, and under signs that no word has its outlet and its language. */
export function indexedWords(article: {
  readonly title: string
  readonly text: string
  readonly outlet: string
  readonly lang: string | null
}): string[] {
  const { title, text, outlet, lang } = article
  return [...filterWords({ outlet, lang: lang ?? '' }), ...searchWords(`${title}\n${text}`)]
}

/** The words under which the index holds an outlet and a language, so that both narrow a search as a word does. */
export function filterWords({
  outlet = '',
  lang = '',
}: {
  outlet?: string | undefined
  lang?: string | undefined
}): string[] {
  const marked: string[] = []
  if (outlet !== '') marked.push(`\ue000${searchWords(outlet).join('')}`)
  if (lang !== '') marked.push(`\ue001${searchWords(lang).join('')}`)
  return marked
}

/** A name of an outlet without case, accents and signs. */
export function foldName(name: string): string {
  return searchWords(name).join(' ')
}

const SIGNS = /[^\p{L}\p{M}\p{N}]+/u

/** Accents of Latin, Greek and Cyrillic letters; marks of other scripts change the word and stay. */
const ACCENTS = /[\u0300-\u036f]+/g

function fold(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').replaceAll('ß', 'ss')
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

function cut(word: string): string[] {
  if (word === '') return []
  if (!UNSPACED.test(word)) return [word.slice(0, MAX_WORD_CHARS)]
  const signs = Array.from(word)
  if (signs.length === 1) return signs
  return signs.slice(1).map((sign, i) => `${signs[i] ?? ''}${sign}`)
}
