import type { Article } from '../feed/article.ts'
import { stopWords } from '../text/stop-words.ts'
import { words } from '../text/words.ts'

/**
 * The title up to where it was cut off, or `null` where it is whole: it ends in dots or in an article or the like, or, where it is as long
 * as a field of a site allows, in the beginning of a word of its text (`shot in fa`, with `face` in the text and no `fa`).
 * @param title plain, without marks and tails
 * @param elsewhere whether another text of the story has a word (lower-case) as a whole
 */
export function cutTitle(
  title: string,
  article: Pick<Article, 'title' | 'text' | 'lang'>,
  elsewhere: (word: string) => boolean = () => false,
): string | null {
  if (/(?:…|\.{3,})$/u.test(title)) return title.replace(/[\s….]+$/u, '')
  const last = /\s([\p{L}\p{M}]+)$/u.exec(title)?.[1]
  if (last === undefined) return null
  const open = article.lang === null ? undefined : OPEN_WORDS[article.lang]
  const isPart =
    fillsField(title, article.title) && isPartOfWord(title, article) && !elsewhere(last.toLowerCase())
  return open?.has(last) === true || isPart ? withoutOpenWords(title.slice(0, -last.length), open) : null
}

/** Most sites that cut their titles do so at 60 or 64 characters, marks in front counted. */
const MIN_FIELD_CHARS = 57
const MAX_FIELD_CHARS = 66

function fillsField(title: string, whole: string): boolean {
  const length = whole.indexOf(title) + title.length
  return length >= MIN_FIELD_CHARS && length <= MAX_FIELD_CHARS
}

/** So much of a text is read (UTF-16 units, 1,000-20,000): what the title tells stands early. */
const MAX_READ_CHARS = 4_000

/** With such an ending it is another word or the number of things (`bomb`, `bomber`). */
const OTHER_WORD = /^(?:e?s|['’]s?|ers?|ly|al|ion)$/u
/** With such an ending it is another form, unless the same word stands before both. */
const FORM = /^(?:e?d|e?n|y|ings?)$/u

function isPartOfWord(title: string, { text, lang }: Pick<Article, 'text' | 'lang'>): boolean {
  const [before, last] = words(title).slice(-2)
  if (before === undefined || last === undefined) return false
  const forms = formsOf(last, text.slice(0, MAX_READ_CHARS).toLowerCase())
  if (forms.some(({ ending }) => ending === '')) return false
  const places = forms.filter((form) => form.before === before && !OTHER_WORD.test(form.ending))
  if (places.length > 0) return true
  if (isSmall(last, lang)) return false
  return forms.length > 0 && !forms.some(({ ending }) => OTHER_WORD.test(ending) || FORM.test(ending))
}

interface Form {
  /** What the word has behind the beginning; `''` where it is no more than that. */
  readonly ending: string
  readonly before: string
}

/** The words of a lower-case text that begin so, each with the word before it. */
function formsOf(beginning: string, text: string): Form[] {
  const forms: Form[] = []
  for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
    if (/[\p{L}\p{M}\p{N}]/u.test(text[at - 1] ?? '')) continue
    const end = at + beginning.length
    const ending =
      /^(?:[\p{L}\p{M}\p{N}]|['’](?=\p{L}))*/u.exec(text.slice(end, end + MAX_WORD_CHARS))?.[0] ?? ''
    forms.push({ ending, before: words(text.slice(Math.max(0, at - MAX_WORD_CHARS), at)).at(-1) ?? '' })
  }
  return forms
}

/** Longer words are none. */
const MAX_WORD_CHARS = 40

/** A small word ends many a title. */
function isSmall(word: string, lang: string | null): boolean {
  return stopWords(lang ?? 'en').has(word)
}

/** Words after which a title goes on, by language. */
const OPEN_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set('the a an and or but of from its whose which where while as'.split(' ')),
  de: new Set('der die das den dem des eine einen einem und oder von im zum zur'.split(' ')),
  fr: new Set('le la les un une des du de et ou à au aux avec par'.split(' ')),
  es: new Set('el la los las un una del de y o con por al'.split(' ')),
  pt: new Set('o os as um uma do da dos das de e ou com por ao'.split(' ')),
  it: new Set('il lo la gli le un una del della dei di e o con per al alla'.split(' ')),
  ru: new Set('и в на с из от по для за'.split(' ')),
}

function withoutOpenWords(title: string, open: ReadonlySet<string> | undefined): string {
  let rest = title.replace(/[\s,;:–—-]+$/u, '')
  for (let last = lastWord(rest); open?.has(last.toLowerCase()) === true; last = lastWord(rest))
    rest = rest.slice(0, rest.length - last.length).replace(/[\s,;:–—-]+$/u, '')
  return rest
}

function lastWord(text: string): string {
  return /\s[\p{L}\p{M}]+$/u.exec(text)?.[0].trimStart() ?? ''
}
