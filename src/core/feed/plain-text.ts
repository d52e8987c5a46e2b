import { decodeHTML } from 'entities'
import { readMarkup, type MarkupListener } from './read-markup.ts'

/** Characters of one HTML text that are read. A book chapter has 50,000; range 100,000 to 10 million (time). */
export const MAX_HTML_CHARS = 2_000_000

/**
 * The text of an HTML fragment: tags out, entities decoded, scripts and styles out, paragraphs parted by a blank line,
 * `<br>` a line break. Markup that was escaped once too often is read once more. Never throws; linear in the text.
 */
export function htmlToPlainText(html: string): string {
  const bounded = html.length > MAX_HTML_CHARS ? html.slice(0, MAX_HTML_CHARS) : html
  const once = readHtml(bounded)
  const text = looksLikeHtml(once) && !/<[a-z/!]/i.test(bounded) ? readHtml(once) : once
  return tidy(hasEntity(text) ? decodeHTML(text) : text)
}

/** The text of an HTML fragment on one line; see {@link htmlToPlainText}. */
export function htmlToLine(html: string): string {
  return foldSpace(htmlToPlainText(html))
}

/** Runs of white space as one space, none at the ends; control characters out. */
export function foldSpace(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim()
}

/** A text without control characters but white space. */
export function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '')
}

/** Whether a text holds HTML: an end tag, or a start tag that needs none, of an element that texts use. */
export function looksLikeHtml(text: string): boolean {
  return /<\/(?:a|abbr|b|big|blockquote|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|i|ins|li|ol|p|pre|q|s|small|span|strike|strong|sub|sup|table|td|tr|tt|u|ul)\s*>|<(?:br|hr|img|p|div|a)(?:\s[^<>]{0,2000})?\/?>/i.test(
    text,
  )
}

/** Whether a text still holds character references of the kind that are escaped twice. */
export function hasEntity(text: string): boolean {
  return /&(?:#\d{2,6}|#x[\da-f]{2,5}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|[a-z](?:acute|grave|uml|circ|tilde|cedil));/i.test(
    text,
  )
}

const HIDDEN: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'noembed',
  'noframes',
  'iframe',
  'object',
  'select',
  'textarea',
  'svg:style',
])

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol option p pre section summary table tbody tfoot thead ' +
    'title tr ul'
  ).split(' '),
)

const PARAGRAPH = '\u2029'
const LINE = '\u2028'

function readHtml(html: string): string {
  if (!html.includes('<')) return decodeHTML(html).replace(/\n[^\S\n]*\n\s*/g, PARAGRAPH)
  const reader = new TextReader()
  readMarkup(html, 'html', reader)
  return reader.parts.join('')
}

/** Keeps what a reader sees; `PARAGRAPH` and `LINE` stand for breaks. */
class TextReader implements MarkupListener {
  readonly parts: string[] = []
  /** The element whose text is not shown, `''` outside of one. */
  #hidden = ''

  openTag(tag: string, _attributes: ReadonlyMap<string, string>, isSelfClosing: boolean): void {
    if (this.#hidden !== '') return
    if (HIDDEN.has(tag) && !isSelfClosing) this.#hidden = tag
    else if (tag === 'sup') this.parts.push(' ')
    else this.#break(tag)
  }

  closeTag(tag: string): void {
    if (tag === this.#hidden) this.#hidden = ''
    else if (this.#hidden === '') this.#break(tag)
  }

  text(text: string): void {
    if (this.#hidden === '') this.parts.push(decodeHTML(text).replace(/\s+/g, ' '))
  }

  /** A tag that never ends was no tag: "a <b and so on". */
  end(rest: string): void {
    this.text(rest)
  }

  #break(tag: string): void {
    if (tag === 'br') this.parts.push(LINE)
    else if (tag === 'td' || tag === 'th') this.parts.push(' ')
    else if (BLOCKS.has(tag)) this.parts.push(PARAGRAPH)
  }
}

function tidy(text: string): string {
  return withoutControls(text)
    .replace(/[^\S\u2028\u2029]+/g, ' ')
    .replace(/ ?([\u2028\u2029]) ?/g, '$1')
    .replace(/[\u2028\u2029]{2,}|\u2029/g, '\n\n')
    .replaceAll(LINE, '\n')
    .trim()
}
