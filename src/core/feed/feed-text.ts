import { decodeText } from './decode-feed.ts'
import { resolveLink } from './feed-link.ts'
import { childElements, type FeedElement } from './feed-tree.ts'
import { foldSpace, hasEntity, htmlToLine, htmlToPlainText, looksLikeHtml } from './plain-text.ts'

/** Characters kept of a title, an author or a name; the longest real titles have about 300. */
export const MAX_LINE_CHARS = 1_000

/** Characters of one element's text that are kept. */
const MAX_TEXT_CHARS = 1_000_000

/** What an element holds, with the kind of text that it is. */
interface TextConstruct {
  readonly kind: 'text' | 'html'
  readonly value: string
}

/** The text of an element without its markup, trimmed. */
export function elementText(element: FeedElement): string {
  return innerMarkup(element, 'text').trim()
}

/** What an element holds as HTML, scripts out and links absolute to the bases; `null` where it is empty. */
export function elementHtml(
  element: FeedElement,
  isAtom: boolean,
  bases: readonly (string | null)[] = [],
): string | null {
  const { kind, value } = textConstruct(element, isAtom)
  const html = kind === 'html' ? withAbsoluteLinks(tidyHtml(value), bases) : textToHtml(value)
  return html === '' ? null : html
}

/** A link or source of an HTML tag that is not absolute. */
const RELATIVE_LINK =
  /(<[a-z][^<>]{0,500}?\s(?:href|src)\s*=\s*)(["'])(?!\s*[a-z][a-z\d+.-]{0,20}:)([^"'<>]{0,2000})\2/gi

/** HTML whose links and sources are absolute as far as a base is known. */
export function withAbsoluteLinks(html: string, bases: readonly (string | null)[]): string {
  if (bases.every((base) => base === null)) return html
  return html.replace(RELATIVE_LINK, (whole: string, start: string, quote: string, link: string) => {
    const url = resolveLink(link.replaceAll('&amp;', '&'), bases)
    return url === null ? whole : `${start}${quote}${url.replaceAll('&', '&amp;')}${quote}`
  })
}

/** Scripts out, and every `<` that begins no tag escaped. */
function tidyHtml(html: string): string {
  return withoutScripts(html)
    .replace(/<(?![a-z/!?])|<!(?!--)/gi, (mark) => `&lt;${mark.slice(1)}`)
    .trim()
}

/** What an element holds as plain text on one line; `null` where it is empty. */
export function elementLine(element: FeedElement, isAtom: boolean): string | null {
  const { kind, value } = textConstruct(element, isAtom)
  return lineOf(value, kind)
}

/** Plain text on one line from text or HTML, shortened to {@link MAX_LINE_CHARS}; `null` where it is empty. */
export function lineOf(value: string, kind: 'text' | 'html'): string | null {
  const isHtml = kind === 'html' || hasEntity(value)
  const line = isHtml && (kind === 'html' || !value.includes('<')) ? htmlToLine(value) : foldSpace(value)
  return line === ''
    ? null
    : line
        .slice(0, MAX_LINE_CHARS)
        .replace(/[\ud800-\udbff]$/, '')
        .toWellFormed()
}

/** Plain text as HTML that shows the same; blank lines part paragraphs. */
export function textToHtml(text: string): string {
  return text
    .trim()
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\n[^\S\n]*\n\s*/g, '<br><br>\n')
}

/** The first words of an HTML text, to stand for a missing title; `null` where it has none. */
export function startOfText(html: string | null): string | null {
  if (html === null) return null
  const line = foldSpace(htmlToPlainText(html.slice(0, START_SOURCE_CHARS)))
  if (line.length <= START_CHARS) return line === '' ? null : line
  const cut = line.lastIndexOf(' ', START_CHARS)
  return `${line.slice(0, cut > START_CHARS / 2 ? cut : START_CHARS).toWellFormed()}…`
}

/** Length of a title that is made from the text; range 60 to 200. */
const START_CHARS = 100
const START_SOURCE_CHARS = 4_000

/** HTML without the elements that act or style, by one pass over the text. */
export function withoutScripts(html: string): string {
  let left = html
  for (const tag of ['script', 'style']) left = withoutElement(left, tag)
  return left
}

function withoutElement(html: string, tag: string): string {
  const lower = html.toLowerCase()
  if (lower.length !== html.length || !lower.includes(`<${tag}`)) return html
  const parts: string[] = []
  let at = 0
  for (;;) {
    const start = lower.indexOf(`<${tag}`, at)
    parts.push(html.slice(at, start < 0 ? undefined : start))
    const end = start < 0 ? -1 : lower.indexOf(`</${tag}`, start)
    const close = end < 0 ? -1 : lower.indexOf('>', end)
    if (close < 0) return parts.join('')
    at = close + 1
  }
}

/** Kind and value of a text construct. Sources: RFC 4287 section 3.1, Atom 0.3 section 3.1; RSS texts are HTML. */
function textConstruct(element: FeedElement, isAtom: boolean): TextConstruct {
  const { kind, value } = rawConstruct(element, isAtom)
  // Some programs escape their CDATA marks.
  return { kind, value: value.includes('<![CDATA[') ? value.replace(/<!\[CDATA\[|\]\]>/g, '') : value }
}

function rawConstruct(element: FeedElement, isAtom: boolean): TextConstruct {
  const type = (element.attributes.get('type') ?? '').trim().toLowerCase()
  const mode = (element.attributes.get('mode') ?? '').trim().toLowerCase()
  const hasElements = element.children.some((child) => typeof child !== 'string')
  if (!hasElements && (mode === 'base64' || isBase64Type(type))) {
    const decoded = decodeBase64(elementText(element))
    if (decoded !== null) return guessed(decoded)
  }
  if (isMarkupType(type) || (hasElements && isAtom && !isHtmlType(type))) {
    return { kind: 'html', value: innerMarkup(withoutWrapper(element), 'escaped') }
  }
  if (hasElements || isHtmlType(type) || !isAtom)
    return rssText(innerMarkup(element, hasElements ? 'raw' : 'text'), type)
  return guessed(innerMarkup(element, 'text'))
}

function isHtmlType(type: string): boolean {
  return type === 'html' || type === 'text/html'
}

function isMarkupType(type: string): boolean {
  return type === 'xhtml' || type === 'xml' || /[/+]xml$/.test(type)
}

/** Types whose text Atom 1.0 carries in base64: all that are neither text nor XML. */
function isBase64Type(type: string): boolean {
  return /^[a-z-]+\/[\w.+-]+$/.test(type) && !type.startsWith('text/') && !isMarkupType(type)
}

/** Text that should be plain, but is HTML in many feeds. */
function guessed(value: string): TextConstruct {
  return { kind: looksLikeHtml(value) ? 'html' : 'text', value }
}

/** RSS texts are HTML, but a lone `<` in one that has no other sign of markup is a character. */
function rssText(value: string, type: string): TextConstruct {
  const isHtml = isHtmlType(type) || !value.includes('<') || looksLikeHtml(value) || /<\w/.test(value)
  return { kind: isHtml && type !== 'text/plain' ? 'html' : 'text', value }
}

function decodeBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, '')
  if (compact === '' || !/^[\w+/-]+={0,2}$/.test(compact)) return null
  try {
    const bytes = atob(compact.replace(/-/g, '+').replace(/_/g, '/'))
    return decodeText(Uint8Array.from(bytes, (char) => char.charCodeAt(0))).text
  } catch {
    return null
  }
}

/** The `div` that XHTML texts are wrapped in, else the element itself. */
function withoutWrapper(element: FeedElement): FeedElement {
  const [only, ...others] = childElements(element)
  const isWrapper = only !== undefined && others.length === 0 && localName(only) === 'div'
  return isWrapper && element.children.every((child) => typeof child !== 'string' || child.trim() === '')
    ? only
    : element
}

/** What an element holds: text alone, as markup with text escaped, or with text as it is. */
function innerMarkup(element: FeedElement, form: 'text' | 'escaped' | 'raw'): string {
  const parts: string[] = []
  writeInner(element, form, parts)
  const markup = parts.join('')
  return markup.length > MAX_TEXT_CHARS ? markup.slice(0, MAX_TEXT_CHARS).toWellFormed() : markup
}

function writeInner(element: FeedElement, form: 'text' | 'escaped' | 'raw', parts: string[]): void {
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(form === 'escaped' ? escapeMarkup(child) : child)
    else if (form === 'text') writeInner(child, form, parts)
    else {
      const name = localName(child)
      const attributes = [...child.attributes]
        .map(([key, value]) => ` ${key}="${escapeMarkup(value)}"`)
        .join('')
      parts.push(`<${name}${attributes}>`)
      writeInner(child, form, parts)
      if (!VOID_ELEMENTS.has(name)) parts.push(`</${name}>`)
    }
  }
}

const VOID_ELEMENTS: ReadonlySet<string> = new Set([
  'area',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'source',
  'wbr',
])

function localName(element: FeedElement): string {
  return element.name.slice(element.name.indexOf(':') + 1)
}

function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
