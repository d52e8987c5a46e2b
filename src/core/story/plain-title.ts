import type { Article } from '../feed/article.ts'

/** A title as it may be shown, and what its marks told of the piece. */
export interface ShownTitle {
  readonly text: string
  /** It was marked as a video, a live page or the like: a plain report is the better headline. */
  readonly isLabelled: boolean
}

/**
 * A title without the outlet's name at its end: `Mayor resigns | The Example` gives `Mayor resigns`.
 *
 * Marks in front (`UPDATE:`, `Exclusive:`) and behind (`(updated)`) are taken off as well. A part after a bar is dropped where it is the
 * outlet, a site label or short; after a dash where it is the outlet, a site label (`KXYZ News 4`, `example.com`) or stands at the end of
 * another title too; with it goes all that follows. What is left is a range of the title, `''` where it is the outlet alone.
 */
export function plainTitle(article: Article, others: readonly Article[] = []): string {
  return shownTitle(article, others).text
}

/** {@link plainTitle} with what its marks told. */
export function shownTitle(article: Article, others: readonly Article[] = []): ShownTitle {
  const { rest, isLabelled } = withoutMarks(withoutLabel(article.title, article))
  const text = withoutTail(rest.replace(/^[\s|»:–—-]+/u, ''), article, others).replace(MARK_BEHIND, '')
  return { text: isExactly(text, article) ? '' : text, isLabelled }
}

/** What is left of a title says something by itself from this length on (characters, 8-20). */
const MIN_HEAD_CHARS = 12

/** A part after a bar of up to so many words is a site or a section (2-6). */
const MAX_BAR_WORDS = 4

/** Marks in front that one title bears at most. */
const MAX_MARKS = 3

const MARK_WORDS = [
  'updated?(?: \\d+)?|breaking(?: news)?|just in|developing|exclusive|new|(?:the )?latest|must see',
  'eil(?:meldung)?|exklusiv|update \\d+|aktualisiert|flash|exclusif|urgente?|dernière minute|mis à jour',
  'última hora|exclusiv[oa]|actualización|ultim[ao]ra|esclusiva|aggiornamento|atualização|срочно|обновлено|эксклюзив',
]
const LABEL_WORDS = [
  'watch|video|photos?|pictures|listen|live(?:[ -]?(?:ticker|blog|updates))?|podcast|gallery',
  'im live-?ticker|fotos?|vidéo|en direct|direct|en vivo|en directo|ao vivo|diretta|видео|фото',
]
/** `UPDATE:`, `Exclusive |`, `[VIDEO]`, `+++ Eil +++` in front of a title. */
const MARK_IN_FRONT = markInFront([...MARK_WORDS, ...LABEL_WORDS])
const LABEL_IN_FRONT = markInFront(LABEL_WORDS)
/** News agencies number their versions: `UPDATE 2-Ferry aground`. */
const VERSION_IN_FRONT = /^(?:(?:UPDATE|WRAPUP|REFILE|RPT|CORRECTED|EXCLUSIVE)(?: \d+)?-)+(?=\p{Lu})/u
const MARK_BEHIND =
  /\s*(?:[([](?:updated?|update \d+|with (?:\S+ )?(?:video|photos?|pictures)|\+? ?(?:video|vídeo|vidéo|photos?|fotos?|видео|фото)|mit video|en vidéo)[)\]]|Listen\W{0,3}\d{1,2}:\d\d)$/iu

function markInFront(lists: readonly string[]): RegExp {
  const mark = lists.join('|')
  return new RegExp(
    `^(?:(?:${mark})\\s*(?::|\\|| [-–—] )|[[(](?:(?:${mark})|with (?:\\S+ )?(?:photos?|video))[\\])]:?|\\+{2,3}\\s*(?:${mark})\\s*\\+{2,3})\\s*`,
    'iu',
  )
}

function withoutMarks(title: string): { readonly rest: string; readonly isLabelled: boolean } {
  let rest = title
  let isLabelled = false
  for (let i = 0; i < MAX_MARKS; i++) {
    const shorter = rest.replace(VERSION_IN_FRONT, '').replace(MARK_IN_FRONT, '')
    if (shorter === rest || shorter.length < MIN_HEAD_CHARS) break
    if (LABEL_IN_FRONT.test(rest)) isLabelled = true
    rest = shorter
  }
  return { rest, isLabelled }
}

interface Part {
  readonly text: string
  readonly start: number
  /** The separator before it, trimmed. */
  readonly mark: string
}

const SEPARATOR = /\s+[-–—:]\s+|\s*[|»«]+\s*|\s*::\s*|\s+[-–—]\s*$/gu

function partsOf(title: string): Part[] {
  const hasQuote = isQuoting(title)
  const parts: Part[] = []
  let start = 0
  let mark = ''
  for (const { 0: separator, index } of title.matchAll(SEPARATOR)) {
    if (hasQuote && /[«»]/u.test(separator)) continue
    parts.push({ text: title.slice(start, index), start, mark })
    start = index + separator.length
    mark = separator.trim()
  }
  return [...parts, { text: title.slice(start), start, mark }]
}

/** A station, an outlet or a section in front: `CBS 12 - Ferry aground off Marholm`. */
function withoutLabel(title: string, article: Article): string {
  const [first, second] = partsOf(title)
  if (first === undefined || second === undefined) return title
  const isLabel =
    STATION.test(first.text) ||
    (second.mark === '|' && SECTION.test(first.text)) ||
    (second.mark !== ':' && isExactly(first.text, article))
  const rest = title.slice(second.start)
  return isLabel && rest.length > 2 * MIN_HEAD_CHARS ? rest : title
}

function withoutTail(title: string, article: Article, others: readonly Article[]): string {
  const parts = partsOf(title)
  const first = parts.findIndex(
    (part, i) => i > 0 && part.start > MIN_HEAD_CHARS && isTail(part, title, article, others),
  )
  const last = first < 0 ? parts.length : first
  const before = parts[last - 1]
  const isNamed = before !== undefined && last > 1 && before.start > MIN_HEAD_CHARS && isNamePart(before)
  const cut = parts[isNamed ? last - 1 : last]
  return (cut === undefined ? title : title.slice(0, cut.start)).replace(/[\s|»«:–—-]+$/u, (end) =>
    isQuoteEnd(title, end) ? end.trimEnd() : '',
  )
}

/** A town or a paper right before the end or before the other labels. */
function isNamePart({ text, mark }: Part): boolean {
  return PAPER.test(text) || (mark !== ':' && TOWN.test(text))
}

function isQuoting(title: string): boolean {
  return title.includes('«') && title.includes('»')
}

/** A title may well end in a quotation. */
function isQuoteEnd(title: string, end: string): boolean {
  return /^[«»]$/u.test(end.trim()) && isQuoting(title)
}

function isTail(part: Part, title: string, article: Article, others: readonly Article[]): boolean {
  const { text, mark } = part
  if (text === '' || isExactly(text, article) || SITE.some((pattern) => pattern.test(text))) return true
  if (beginsOrEndsWithOutlet(text, article)) return true
  if (mark === ':') return SECTION.test(text)
  if (isPartOfOutlet(text, article)) return true
  if (/[|»«]|::/u.test(mark)) return text.split(' ').length <= MAX_BAR_WORDS
  return others.some(
    (other) =>
      other.id !== article.id &&
      other.publisher === article.publisher &&
      other.title !== article.title &&
      other.title.endsWith(`${mark} ${title.slice(part.start)}`),
  )
}

/** A station by its network or call sign and channel. */
const STATION =
  /^(?:(?:ABC|CBS|NBC|FOX|Fox|CW|[KW]\p{Lu}{2,3}(?:-?TV)?)(?:\s\p{Lu}\p{L}*){0,3}[ -]?\d{1,2}|\p{L}[\p{L}\d-]*\.(?:com|org|net|tv))$/u

/** Parts that are the label of a site whatever the outlet is called. Capitals count: `News 4 hours later` is none. */
const SITE: readonly RegExp[] = [
  // A call sign, a network or a channel with its number: `KXYZ FOX 12`, `Action News 5`, `WXYZ TV 7 Marholm`.
  /^(?:\p{Lu}[\p{L}-]*\s){0,2}?(?:[KW]\p{Lu}{2,3}(?:-?TV|-?DT)?|ABC|CBS|NBC|FOX|Fox|CW|Channel|News(?:Channel)?|NEWS|TV)[ -]?\d{1,2}\b(?!\s\p{Ll})/u,
  /^\d{1,2}\s?(?:Action\s|Eyewitness\s)?(?:News\b(?!\s\p{Ll})|[KW]\p{Lu}{3}\b)/u,
  /^[^\p{Ll}]*(?:\p{Lu}\p{L}*,?\s)*(?:FOX|ABC|NBC|CBS)[ -]?\d{1,2}\b(?!\s\p{Ll})/u,
  // A call sign alone or with its town; two bodies of the world look like one.
  /^(?!WADA|WIPO)[KW]\p{Lu}{3}(?:-?TV|-?FM|-?DT)?(?=$|,|\s\p{Lu}\p{Ll})(?!.*\s\p{Ll}{4})/u,
  /\b(?:News|Sports|Weather)\b(?:,|\s&|\sand|\s\|)?\s(?:and\s|&\s)?(?:StormTracker\s)?(?:News|Weather|Sports?|Traffic|Closings|Video|Headlines)\b/u,
  /^(?:\p{Lu}[\p{L}\d]*\s){0,3}(?:Breaking News|News Now|Top Stories|News Station|News Headlines|Latest News|Local News|World News)\b(?!\s\p{Ll})/u,
  /^(?:www\.)?[\p{L}\d][\p{L}\d-]*\.(?:com|org|net|info|tv|news|co|de|at|ch|fr|be|es|it|pt|br|ru|ua|nl|uk|us|eu)(?:\.[a-z]{2})?(?=$|[,:]|\s[-–—])/iu,
]

/** A part after a spaced colon that names a section. */
const SECTION =
  /^(?:(?:local|world|national|international|latest|sports?|business|us)\s)?(?:news|sports?|politics|business|opinion|nachrichten|actualités?|noticias|notícias|notizie|новости)$/iu

/** Where a page was made: `Marholm, WI`. */
const TOWN = /^\p{Lu}[\p{L}.’']*(?:\s\p{Lu}[\p{L}.’']*){0,2}, \p{Lu}{2}$/u

/** A paper or a station by the last word of its name: `The Harbour Post`. */
const PAPER =
  /^(?:(?:\p{Lu}|\d)[\p{L}\d.’'&-]*\s(?:of\s|the\s|and\s|&\s)?){1,3}(?:\p{Lu}\p{L}*-)?(?:News|Online|Herald|Tribune|Gazette|Times|Post|Journal|Chronicle|Observer|Courier|Zeitung|Nachrichten|Anzeiger)$/u

function isExactly(part: string, article: Article): boolean {
  const folded = fold(part)
  return folded.length > 1 && (folded === fold(article.outlet) || folded === fold(article.publisher))
}

function isPartOfOutlet(part: string, article: Article): boolean {
  const folded = fold(part)
  return folded.length > 4 && fold(article.outlet).startsWith(folded)
}

/** The outlet's name with its town, its section or its promise. */
function beginsOrEndsWithOutlet(part: string, article: Article): boolean {
  if (!isNameLike(part)) return false
  const folded = fold(part)
  return [fold(article.outlet), fold(article.publisher)].some((name) =>
    name.length > 3
      ? folded.startsWith(name) || (name.length > 5 && folded.endsWith(name))
      : name.length > 1 && fold(/^\S+/u.exec(part)?.[0] ?? '') === name,
  )
}

/** What a site says of itself beside its name. */
const SITE_WORDS =
  /\b(?:your|news|weather|sports?|traffic|online|local|live|video|station|source|leader|authority)\b/giu

/** Only names, what a site says of itself, and the small words between them: no statement. */
function isNameLike(part: string): boolean {
  return !/\s\p{Ll}{4,}/u.test(part.replace(SITE_WORDS, ''))
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:the|www\.) ?/, '')
    .replace(/\.(?:com|org|net|co\.uk|[a-z]{2})$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
}
