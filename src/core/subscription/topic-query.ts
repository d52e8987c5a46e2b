import { stem } from '../text/stems.ts'
import { words } from '../text/words.ts'

/** A word query, as a tree. Words are lower-case and not yet stemmed: the text brings its language, the reader another. */
export type TopicQuery =
  | { readonly kind: 'phrase'; readonly words: readonly string[] }
  | { readonly kind: 'and'; readonly parts: readonly TopicQuery[] }
  | { readonly kind: 'or'; readonly parts: readonly TopicQuery[] }
  | { readonly kind: 'not'; readonly part: TopicQuery }

/** A query, or what is wrong with it and where (0-based character). */
export type ParsedTopicQuery =
  | { readonly kind: 'query'; readonly query: TopicQuery }
  | { readonly kind: 'problem'; readonly problem: string; readonly at: number }

/** Longest query in characters, and deepest nesting: more is no query that a person wrote. */
const MAX_QUERY_CHARS = 1_000
const MAX_DEPTH = 20

interface Token {
  readonly text: string
  readonly at: number
}

/**
 * Reads a topic such as `harbour AND (strike OR "work to rule") NOT football`.
 *
 * Words side by side mean AND; AND, OR and NOT count in upper case only; NOT binds closest, then AND, then OR; a
 * phrase stands in double quotes.
 */
export function parseTopicQuery(text: string): ParsedTopicQuery {
  if (text.length > MAX_QUERY_CHARS) {
    return problem(`query is longer than ${MAX_QUERY_CHARS} characters`, MAX_QUERY_CHARS)
  }
  const tokens = tokenize(text)
  if (tokens.length === 0) return problem('query has no words', 0)
  const reader = new QueryReader(tokens, text.length)
  try {
    return { kind: 'query', query: reader.readAll() }
  } catch (error) {
    if (error instanceof QueryError) return problem(error.message, error.at)
    throw error
  }
}

/** The words of a text by the rules of one language. */
interface StemmedText {
  readonly lang: string
  readonly stems: readonly string[]
  readonly known: ReadonlySet<string>
}

/** A text made ready to be asked many queries. */
export interface IndexedText {
  /** By the language of the text, and by that of the reader where it is another: people put words of theirs into any text. */
  readonly forms: readonly StemmedText[]
  /** Tags of the feeds that listed it, lower-case: a phrase that is one of them is met as well. */
  readonly tags: ReadonlySet<string>
}

const NO_TAGS: readonly string[] = []

/**
 * Words and tags of a text for {@link meetsTopic}. O(words of the text).
 *
 * @param lang of the text, ISO 639-1; `null` where it is not known
 * @param reader language of who wrote the queries, or `null`
 */
export function indexText(
  text: string,
  lang: string | null,
  {
    tags = NO_TAGS,
    reader = null,
  }: { readonly tags?: readonly string[]; readonly reader?: string | null } = {},
): IndexedText {
  const given = words(text)
  const languages = new Set([lang ?? reader ?? 'en', reader ?? lang ?? 'en'])
  return {
    forms: [...languages].map((language) => {
      const stems = given.map((word) => stem(word, language))
      return { lang: language, stems, known: new Set(stems) }
    }),
    tags: new Set(tags.map((tag) => words(tag).join(' '))),
  }
}

/** Whether a text of a known language meets a query; words match by stem. O(words of the text). */
export function matchesTopic(query: TopicQuery, text: string, lang: string | null): boolean {
  return meetsTopic(query, indexText(text, lang))
}

/** Whether an indexed text meets a query; words match by stem, tags as a whole. */
export function meetsTopic(query: TopicQuery, text: IndexedText): boolean {
  switch (query.kind) {
    case 'phrase':
      return text.forms.some((form) => hasPhrase(query.words, form)) || text.tags.has(query.words.join(' '))
    case 'and':
      return query.parts.every((part) => meetsTopic(part, text))
    case 'or':
      return query.parts.some((part) => meetsTopic(part, text))
    case 'not':
      return !meetsTopic(query.part, text)
  }
}

function hasPhrase(phraseWords: readonly string[], { lang, stems, known }: StemmedText): boolean {
  const phrase = phraseWords.map((word) => stem(word, lang))
  if (!phrase.every((word) => known.has(word))) return false
  if (phrase.length === 1) return true
  return stems.some((_, at) => phrase.every((word, offset) => stems[at + offset] === word))
}

function tokenize(text: string): Token[] {
  return [...text.matchAll(/"[^"]*"?|[()]|[^\s()"]+/g)].map((match) => ({ text: match[0], at: match.index }))
}

class QueryError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** Recursive descent over the tokens, one method a precedence. */
class QueryReader {
  readonly #tokens: readonly Token[]
  readonly #endAt: number
  #next = 0

  constructor(tokens: readonly Token[], endAt: number) {
    this.#tokens = tokens
    this.#endAt = endAt
  }

  readAll(): TopicQuery {
    const query = this.#readOr(0)
    const rest = this.#tokens[this.#next]
    if (rest !== undefined) throw new QueryError(`"${rest.text}" is not expected here`, rest.at)
    return query
  }

  #readOr(depth: number): TopicQuery {
    const parts = [this.#readAnd(depth)]
    while (this.#take('OR')) parts.push(this.#readAnd(depth))
    return joined('or', parts)
  }

  #readAnd(depth: number): TopicQuery {
    const parts = [this.#readNot(depth)]
    for (;;) {
      const token = this.#tokens[this.#next]
      if (token === undefined || token.text === ')' || token.text === 'OR') return joined('and', parts)
      this.#take('AND')
      parts.push(this.#readNot(depth))
    }
  }

  #readNot(depth: number): TopicQuery {
    if (depth > MAX_DEPTH) throw new QueryError(`query is nested deeper than ${MAX_DEPTH}`, this.#at())
    if (this.#take('NOT')) return { kind: 'not', part: this.#readNot(depth + 1) }
    if (!this.#take('(')) return this.#readPhrase()
    const inner = this.#readOr(depth + 1)
    if (!this.#take(')')) throw new QueryError('")" is missing', this.#at())
    return inner
  }

  #readPhrase(): TopicQuery {
    const token = this.#tokens[this.#next]
    if (token === undefined) throw new QueryError('a word is missing', this.#endAt)
    const found = words(token.text)
    if (found.length === 0 || ['AND', 'OR', 'NOT', ')'].includes(token.text)) {
      throw new QueryError(`"${token.text}" is not a word`, token.at)
    }
    this.#next += 1
    return { kind: 'phrase', words: found }
  }

  #take(text: string): boolean {
    if (this.#tokens[this.#next]?.text !== text) return false
    this.#next += 1
    return true
  }

  #at(): number {
    return this.#tokens[this.#next]?.at ?? this.#endAt
  }
}

function joined(kind: 'and' | 'or', parts: readonly TopicQuery[]): TopicQuery {
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : { kind, parts }
}

function problem(text: string, at: number): ParsedTopicQuery {
  return { kind: 'problem', problem: text, at }
}
