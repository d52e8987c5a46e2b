import type { Article } from '../feed/article.ts'

/** Characters at the start and end of a text where a credit stands. */
const HEAD_CHARS = 400
const TAIL_CHARS = 600

/** Characters in which `according to <outlet>` is looked for: a source named later is one of several. */
const BODY_CHARS = 3_000

const MAX_CREDITS = 8

/** News agencies by the key of their publisher, with the names that credits use. */
const AGENCIES: readonly { readonly key: string; readonly pattern: RegExp }[] = [
  { key: 'ap', pattern: /\b(?:AP|Associated Press)\b/ },
  { key: 'afp', pattern: /\bAFP\b|Agence France-Presse/ },
  { key: 'reuters', pattern: /\b(?:Reuters|REUTERS)\b/ },
  { key: 'upi', pattern: /\bUPI\b|United Press International/ },
  { key: 'bloomberg', pattern: /\bBloomberg\b/ },
  { key: 'dpa', pattern: /\b(?:dpa|DPA)\b/ },
  { key: 'efe', pattern: /\bEFE\b/ },
  { key: 'ansa', pattern: /\bANSA\b/ },
  { key: 'apa', pattern: /\bAPA\b/ },
  { key: 'xinhua', pattern: /\bXinhua\b|新华社/ },
  { key: 'kyodo', pattern: /\bKyodo\b/ },
  { key: 'yonhap', pattern: /\bYonhap\b/ },
  { key: 'tass', pattern: /\bTASS\b|ТАСС/ },
  { key: 'interfax', pattern: /\bInterfax\b|Интерфакс/ },
  { key: 'ria', pattern: /\bRIA Novosti\b|РИА Новости/ },
  { key: 'pti', pattern: /\bPTI\b|Press Trust of India/ },
  { key: 'ani', pattern: /\bANI\b/ },
  { key: 'ians', pattern: /\bIANS\b/ },
  { key: 'pa', pattern: /\bPA Media\b|Press Association/ },
  { key: 'aap', pattern: /\bAAP\b|Australian Associated Press/ },
  { key: 'cp', pattern: /\bCanadian Press\b/ },
  { key: 'lusa', pattern: /\bLusa\b/ },
]

/** Names under which an agency publishes, where they are not its key. */
const AGENCY_PUBLISHERS: Readonly<Record<string, string>> = {
  apnews: 'ap',
  'associated press': 'ap',
  'agence france presse': 'afp',
  'thomson reuters': 'reuters',
  xinhuanet: 'xinhua',
  'the canadian press': 'cp',
  thecanadianpress: 'cp',
  riafan: 'ria',
}

/** A line that credits: a dateline with the agency, `X contributed to this report`, `with inputs from X`, `— X`. */
const CREDIT_HEAD = /\(([^()\n]{2,40})\)\s*[-–—:]|^[^\n]{0,60}?[-–—/]\s*([A-Z][\w .]{1,30}?)\s*[-–—/]/g
const CREDIT_TAIL =
  /([^\n.]{2,80})\s+contributed\b|\bwith (?:inputs?|additional reporting|reporting|files) (?:from|by)\s+([^\n)]{2,80})|[(\[—–/]\s*([^\n()[\]/]{2,40})[)\]/]?\s*$/gi

/** `according to the Example Times`, `the Example Times first reported`. */
const ATTRIBUTION =
  /\baccording to (?:a report (?:by|in|from) )?(?:the )?((?:[\p{Lu}][\p{L}\p{N}.&'’-]*\s?){1,5})|\b(?:the )?((?:[\p{Lu}][\p{L}\p{N}.&'’-]*\s){1,5})(?:first )?reported\b/gu

/**
 * The sources that a text credits for its content, as folded keys: agencies in the dateline or the closing line, and outlets
 * in `according to …`. At most eight, without the article's own publisher. Never throws; bounded by the first and last
 * characters of the text.
 */
export function creditsOf(article: Article): readonly string[] {
  const own = new Set(namesOf(article))
  const credits = new Set<string>()
  const text = article.text
  for (const phrase of [
    ...phrasesOf(text.slice(0, HEAD_CHARS), CREDIT_HEAD),
    ...phrasesOf(text.slice(-TAIL_CHARS), CREDIT_TAIL),
  ]) {
    for (const { key, pattern } of AGENCIES) if (pattern.test(phrase)) credits.add(key)
  }
  for (const phrase of phrasesOf(text.slice(0, BODY_CHARS), ATTRIBUTION)) credits.add(foldSource(phrase))
  return [...credits].filter((credit) => credit.length > 1 && !own.has(credit)).slice(0, MAX_CREDITS)
}

/** The keys under which other articles may credit this one: its publisher and its outlet's name, folded. */
export function namesOf(article: Article): readonly string[] {
  const names = [article.publisher, article.outlet].filter((name) => name !== '').map(foldSource)
  return [...new Set(names)]
}

function* phrasesOf(text: string, pattern: RegExp): Generator<string> {
  for (const match of text.matchAll(pattern)) {
    const phrase = match.slice(1).find((group) => group !== undefined)
    if (phrase !== undefined) yield phrase
  }
}

function foldSource(name: string): string {
  const folded = name
    .toLowerCase()
    .replace(/['’]s?\b/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^(?:the|agency) /, '')
    .replace(/ (?:news agency|news|agency|com)$/, '')
    .trim()
  return AGENCY_PUBLISHERS[folded] ?? folded
}
