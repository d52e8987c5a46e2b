import { decodeHTMLStrict } from 'entities'
import { withoutControls } from './plain-text.ts'
import { readMarkup, type MarkupListener } from './read-markup.ts'

/** An XML element with its namespace already told by {@link FeedElement.name}. */
export interface FeedElement {
  /** Lower case. Elements of the feed's own vocabulary bare (`title`), others with the usual prefix (`dc:date`). */
  readonly name: string
  /** By lower-case name as written (`xml:lang`, `href`). */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: (FeedElement | string)[]
  /** Values of `xml:base` in scope, outermost first. */
  readonly bases: readonly string[]
  /** `xml:lang` in scope. */
  readonly lang: string | null
}

/** A document as far as it could be read. */
export interface FeedTree {
  /** Nameless element that holds the top-level elements. */
  readonly root: FeedElement
  /** Elements that the text ended inside of: 0 in a whole document. */
  readonly unclosed: number
  /** End tags without a start, and starts that another end tag had to close. */
  readonly mismatched: number
  /** Whether {@link MAX_ELEMENTS} or {@link MAX_DEPTH} cut something off. */
  readonly limited: boolean
}

/** Elements deeper than this lend their text to the one above. Real feeds stay under 40; range 32 to 1,000 (recursion). */
export const MAX_DEPTH = 200

/** Elements kept of one document; the rest lend their text. A 10,000-item feed has about 150,000. */
export const MAX_ELEMENTS = 250_000

/** Namespace declarations kept in scope; real feeds have up to 30. */
const MAX_SCOPE = 100

/** Entities that a document type may declare; longer values are not taken, none is expanded twice. */
const MAX_ENTITIES = 200
const MAX_ENTITY_CHARS = 100

const CORE_NAMESPACES: readonly string[] = [
  'http://www.w3.org/2005/atom',
  'http://purl.org/atom/',
  'http://purl.org/rss/1.0',
  'http://purl.org/net/rss1.1',
  'http://my.netscape.com/',
  'http://channel.netscape.com/',
  'http://backend.userland.com/',
  'http://blogs.law.harvard.edu/',
  'http://cyber.law.harvard.edu/',
  'http://www.sitemaps.org/schemas/',
  'http://www.google.com/schemas/sitemap/',
]

const NAMESPACES: readonly (readonly [string, string])[] = [
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/syndication', 'sy'],
  ['http://purl.org/rss/1.0/modules/', 'module'],
  ['http://purl.org/dc/elements/', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/dtds/podcast', 'itunes'],
  ['http://example.com/dtds/podcast', 'itunes'],
  ['http://www.google.com/schemas/play-podcasts', 'googleplay'],
  ['http://www.google.com/schemas/sitemap-news', 'news'],
  ['http://www.google.com/schemas/sitemap-image', 'image'],
  ['http://www.google.com/schemas/sitemap-video', 'video'],
  ['http://rssnamespace.org/feedburner', 'feedburner'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://prismstandard.org/namespaces/', 'prism'],
  ['http://www.w3.org/2005/atom', ''],
]

/** The prefix under which the house knows a namespace; `null` where it does not. */
function prefixOf(uri: string, declared: string): string | null {
  const folded = uri.trim().toLowerCase().replace('https:', 'http:')
  const known = NAMESPACES.find(([start]) => folded.startsWith(start))
  if (known !== undefined) return known[1] === 'module' && declared !== '' ? declared : known[1]
  return CORE_NAMESPACES.some((start) => folded.startsWith(start)) ? '' : null
}

/** Namespace declarations in scope, the nearest first. */
interface Scope {
  readonly declared: string
  readonly prefix: string | null
  readonly outer: Scope | null
  readonly depth: number
}

interface OpenElement {
  readonly tag: string
  readonly element: FeedElement
  readonly scope: Scope | null
}

/**
 * Reads XML that may be broken into a tree. Never throws; cost linear in the text.
 *
 * Entities of HTML need no declaration; unclosed elements end with their parent, stray end tags are passed over, a
 * field that opens inside another simple field closes it. No external entity is read, none is expanded twice.
 */
export function parseFeedTree(text: string): FeedTree {
  const builder = new TreeBuilder(new DeclaredEntities(declaredEntities(text)))
  readMarkup(text, 'xml', builder)
  return builder.tree()
}

/** The child elements of an element. */
export function childElements(element: FeedElement): FeedElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

/** Puts what is read into a tree. */
class TreeBuilder implements MarkupListener {
  readonly #entities: DeclaredEntities
  readonly #root: FeedElement = { name: '', attributes: new Map(), children: [], bases: [], lang: null }
  readonly #open: OpenElement[]
  /** How many elements of each tag are open, so that a stray end tag costs nothing. */
  readonly #openTags = new Map<string, number>()
  #elements = 0
  #unclosed = 0
  #mismatched = 0
  #limited = false

  constructor(entities: DeclaredEntities) {
    this.#entities = entities
    this.#open = [{ tag: '', element: this.#root, scope: null }]
  }

  tree(): FeedTree {
    return {
      root: this.#root,
      unclosed: this.#unclosed,
      mismatched: this.#mismatched,
      limited: this.#limited,
    }
  }

  openTag(tag: string, attributes: ReadonlyMap<string, string>, isSelfClosing: boolean): void {
    while (this.#breaksOff(tag)) {
      this.#mismatched += 1
      this.#closeTop()
    }
    this.#openTags.set(tag, (this.#openTags.get(tag) ?? 0) + 1)
    this.#open.push(this.#nextElement(tag, attributes))
    if (isSelfClosing) this.#closeTop()
  }

  closeTag(tag: string): void {
    if ((this.#openTags.get(tag) ?? 0) === 0) {
      this.#mismatched += 1
      return
    }
    while (this.#top().tag !== tag) {
      this.#mismatched += 1
      this.#closeTop()
    }
    this.#closeTop()
  }

  text(text: string, isCdata: boolean): void {
    if (text !== '') this.#top().element.children.push(isCdata ? text : decodeEntities(text, this.#entities))
  }

  end(): void {
    this.#unclosed = this.#open.length - 1
  }

  #top(): OpenElement {
    return this.#open.at(-1) ?? { tag: '', element: this.#root, scope: null }
  }

  /** Past a limit the parent stands in for its child. */
  #nextElement(tag: string, written: ReadonlyMap<string, string>): OpenElement {
    const parent = this.#top()
    if (this.#open.length > MAX_DEPTH || this.#elements >= MAX_ELEMENTS) {
      this.#limited = true
      return { ...parent, tag }
    }
    this.#elements += 1
    const attributes = new Map<string, string>()
    for (const [name, value] of written) attributes.set(name, decodeEntities(value, this.#entities))
    const scope = declareNamespaces(parent.scope, attributes)
    const element = createElement(tag, attributes, scope, parent.element)
    parent.element.children.push(element)
    return { tag, element, scope }
  }

  /** Whether the innermost element must have lost its end tag. */
  #breaksOff(tag: string): boolean {
    if (SIMPLE_FIELDS.has(tag) && SIMPLE_FIELDS.has(this.#top().tag)) return true
    return (
      NOT_HTML.has(tag) &&
      [...SIMPLE_FIELDS, 'description'].some((field) => (this.#openTags.get(field) ?? 0) > 0)
    )
  }

  #closeTop(): void {
    if (this.#open.length === 1) return
    const { tag } = this.#top()
    this.#open.pop()
    this.#openTags.set(tag, (this.#openTags.get(tag) ?? 1) - 1)
  }
}

function createElement(
  tag: string,
  attributes: ReadonlyMap<string, string>,
  scope: Scope | null,
  parent: FeedElement,
): FeedElement {
  const base = attributes.get('xml:base')
  return {
    name: canonicalName(tag, scope),
    attributes,
    children: [],
    bases: base === undefined ? parent.bases : [...parent.bases, base].slice(-MAX_BASES),
    lang: attributes.get('xml:lang') ?? parent.lang,
  }
}

/** Values of `xml:base` kept in scope: real feeds nest two. */
const MAX_BASES = 8

function declareNamespaces(outer: Scope | null, attributes: ReadonlyMap<string, string>): Scope | null {
  let scope = outer
  for (const [name, uri] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    const depth = (scope?.depth ?? 0) + 1
    if (depth > MAX_SCOPE) return scope
    scope = { declared: name.slice(6), prefix: prefixOf(uri, name.slice(6)), outer: scope, depth }
  }
  return scope
}

function canonicalName(tag: string, scope: Scope | null): string {
  const colon = tag.indexOf(':')
  const declared = colon < 0 ? '' : tag.slice(0, colon)
  const local = tag.slice(colon + 1)
  let prefix: string | null = null
  for (let at = scope; at !== null && prefix === null; at = at.outer) {
    if (at.declared === declared) prefix = at.prefix
  }
  const known = prefix ?? (declared === 'atom' || declared === 'rss' ? '' : declared)
  return known === '' ? local : `${known}:${local}`
}

/** Fields that hold plain text in RSS: a field that opens inside has lost the end tag before it. */
const SIMPLE_FIELDS: ReadonlySet<string> = new Set([
  'title',
  'link',
  'guid',
  'pubdate',
  'category',
  'comments',
  'language',
])
/** Fields that HTML has no element for: one that opens inside a text field has lost that one's end tag. */
const NOT_HTML: ReadonlySet<string> = new Set([
  'guid',
  'pubdate',
  'description',
  'enclosure',
  'item',
  'lastbuilddate',
])

/** Entities that the document type declares with plain text or one character reference. */
function declaredEntities(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const start = text.search(/<!DOCTYPE\b/i)
  if (start < 0) return found
  const subset = text.slice(start, start + MAX_ENTITIES * (MAX_ENTITY_CHARS + 100))
  for (const [, name, , value] of subset.matchAll(
    /<!ENTITY\s+([\w.-]{1,50})\s+(["'])([^"'<>%]{0,100}?)\2\s*>/g,
  )) {
    if (found.size >= MAX_ENTITIES || name === undefined || value === undefined) break
    const plain = value.replace(/&#(?:\d{1,7}|x[\da-f]{1,6});/gi, (reference) => decodeHTMLStrict(reference))
    if (!plain.includes('&') && !found.has(name)) found.set(name, plain)
  }
  return found
}

/** `lang` and `rang` of HTML 4, which HTML 5 moved to other characters. */
const HTML4_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lang', '\u2329'],
  ['rang', '\u232a'],
])

/** Characters that declared entities may become in one document, so that short references make no long text. */
const MAX_EXPANDED_CHARS = 1_000_000

/** The entities of a document type, with what may still be expanded. */
class DeclaredEntities {
  readonly #values: ReadonlyMap<string, string>
  #charsLeft = MAX_EXPANDED_CHARS

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values
  }

  expand(name: string): string | undefined {
    const value = this.#values.get(name)
    if (value === undefined || this.#charsLeft < value.length) return undefined
    this.#charsLeft -= value.length
    return value
  }
}

/** Decodes what needs no document type, and what it declares. */
function decodeEntities(text: string, declared: DeclaredEntities): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#\d{1,8}|#x[\da-f]{1,8}|[a-z][\w.-]{0,48});/gi, (reference) => {
    const name = reference.slice(1, -1)
    return declared.expand(name) ?? HTML4_ENTITIES.get(name) ?? withoutControls(decodeHTMLStrict(reference))
  })
}
