import type { Article } from '../feed/article.ts'

/** Characters at the start and end of a text where a credit stands. */
const HEAD_CHARS = 160
const TAIL_CHARS = 400

/** Characters in which `according to <outlet>` is looked for: a source named later is one of several. */
const BODY_CHARS = 3_000

const MAX_CREDITS = 8

/** Names of news agencies in credits, each with the key of its publisher. */
const AGENCIES: Readonly<Record<string, string>> = {
  AP: 'ap',
  'Associated Press': 'ap',
  AFP: 'afp',
  'Agence France-Presse': 'afp',
  Reuters: 'reuters',
  REUTERS: 'reuters',
  UPI: 'upi',
  Bloomberg: 'bloomberg',
  dpa: 'dpa',
  DPA: 'dpa',
  EFE: 'efe',
  ANSA: 'ansa',
  APA: 'apa',
  Xinhua: 'xinhua',
  新华社: 'xinhua',
  Kyodo: 'kyodo',
  Yonhap: 'yonhap',
  TASS: 'tass',
  ТАСС: 'tass',
  Interfax: 'interfax',
  Интерфакс: 'interfax',
  'RIA Novosti': 'ria',
  'РИА Новости': 'ria',
  PTI: 'pti',
  'Press Trust of India': 'pti',
  ANI: 'ani',
  IANS: 'ians',
  'PA Media': 'pa',
  'Press Association': 'pa',
  AAP: 'aap',
  'Canadian Press': 'cp',
  Lusa: 'lusa',
}

/** Names under which agencies publish, where they are not the key. */
const AGENCY_PUBLISHERS: Readonly<Record<string, string>> = {
  apnews: 'ap',
  'associated press': 'ap',
  'agence france presse': 'afp',
  'thomson reuters': 'reuters',
  xinhuanet: 'xinhua',
  'canadian press': 'cp',
  thecanadianpress: 'cp',
}

const AGENCY_NAME = new RegExp(
  `(?:${Object.keys(AGENCIES)
    .sort((a, b) => b.length - a.length)
    .join('|')})(?![\\p{L}\\p{N}])`,
  'gu',
)

/** What stands before and after an agency's name in a dateline: `BERLIN (Reuters) -`, `— AFP —`. */
const DATELINE = { before: /(?:[(/[–—-]|^)\s*$/, after: /^\s*(?:[)/\]–—-])/ }

/** What stands around it in a closing credit: `AFP contributed`, `with inputs from PTI`, `(Reuters)` at the end. */
const CLOSING = {
  before:
    /(?:\b(?:from|by|with|via|and|source:|copyright|©)[^.\n]{0,40}|(?:^|[\n.!?…])[^.\n]{0,60}|[(/[–—-])\s*$/i,
  after: /^[^.\n]{0,60}\bcontributed\b|^\s*[)/\].]?\s*$|^\s*(?:[)/\],.]|and\b)/i,
}

/** The source named after `according to`: up to five capitalised words. */
const NAMED_SOURCE = /(?:a report (?:by|in|from) )?(?:the )?((?:\p{Lu}[\p{L}\p{N}.&'’-]*\s?){1,5})/uy

/** `according to`, by language. */
const ATTRIBUTIONS: Readonly<Record<string, readonly string[]>> = {
  de: ['laut '],
  en: ['according to ', 'reported by '],
  es: ['según '],
  fr: ['selon '],
  it: ['secondo '],
  nl: ['volgens '],
  pt: ['segundo '],
}

/**
 * The sources that a text credits for its content, as folded keys: agencies in the dateline or the closing line, and outlets
 * in `according to …`. At most eight, without the article's own names. Never throws; reads a bounded part of the text.
 */
export function creditsOf(article: Article): readonly string[] {
  const own = namesOf(article)
  const credits = new Set<string>()
  const { text } = article
  addAgencies(text.slice(0, HEAD_CHARS), DATELINE, credits)
  addAgencies(text.slice(-TAIL_CHARS), CLOSING, credits)
  addAttributions(text.slice(0, BODY_CHARS), ATTRIBUTIONS[article.lang ?? 'en'] ?? [], credits)
  return credits.size === 0
    ? NONE
    : [...credits].filter((credit) => credit.length > 1 && !own.includes(credit)).slice(0, MAX_CREDITS)
}

const NONE: readonly string[] = []

/** The keys under which other articles may credit this one: its publisher and its outlet's name, folded. */
export function namesOf(article: Article): readonly string[] {
  const publisher = foldSource(article.publisher)
  const outlet = foldSource(article.outlet)
  return [publisher, outlet].filter((name, index, names) => name !== '' && names.indexOf(name) === index)
}

function addAgencies(
  part: string,
  { before, after }: { readonly before: RegExp; readonly after: RegExp },
  credits: Set<string>,
): void {
  for (const match of part.matchAll(AGENCY_NAME)) {
    const key = AGENCIES[match[0]]
    if (key === undefined || /[\p{L}\p{N}]/u.test(part.charAt(match.index - 1))) continue
    const end = match.index + match[0].length
    if (before.test(part.slice(Math.max(0, match.index - 64), match.index)) && after.test(part.slice(end))) {
      credits.add(key)
    }
  }
}

function addAttributions(body: string, phrases: readonly string[], credits: Set<string>): void {
  for (const phrase of phrases) {
    for (let at = body.indexOf(phrase); at >= 0; at = body.indexOf(phrase, at + phrase.length)) {
      NAMED_SOURCE.lastIndex = at + phrase.length
      const source = NAMED_SOURCE.exec(body)?.[1]
      if (source !== undefined) credits.add(foldSource(source))
    }
  }
}

/** Folded names of outlets repeat in every article; bounded by starting anew. */
const foldedNames = new Map<string, string>()
const MAX_FOLDED_NAMES = 5_000

function foldSource(name: string): string {
  const known = foldedNames.get(name)
  if (known !== undefined) return known
  const folded = name
    .toLowerCase()
    .replace(/['’]s?\b/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|agency) /, '')
    .replace(/ (?:news agency|news|agency|com)$/, '')
  const key = AGENCY_PUBLISHERS[folded] ?? folded
  if (foldedNames.size >= MAX_FOLDED_NAMES) foldedNames.clear()
  foldedNames.set(name, key)
  return key
}
