import { baseLanguage } from '../../core/text/language.ts'
import { readJsonLd, type JsonLdArticle } from './json-ld.ts'
import { dateInUrl, parsePageDate } from './page-date.ts'
import { findNode, foldTitle, nodesOf, textOf, type PageNode, type PageTree } from './page-tree.ts'

/** What a page says of its article beside the text. */
export interface PageMetadata {
  readonly url: string | null
  readonly title: string | null
  /** Other spellings of the title on the page: blocks that only repeat one are no text. */
  readonly titles: readonly string[]
  readonly byline: string | null
  readonly published: string | null
  /** Languages that the page names, the most trusted first. */
  readonly languages: readonly string[]
  readonly outlet: string | null
  readonly description: string | null
  readonly jsonLd: JsonLdArticle | null
  /** Lower-case contents of meta tags by name or property; the first of each name counts. */
  readonly meta: ReadonlyMap<string, string>
}

/** Reads a page's title, byline, date, language, canonical URL and outlet: JSON-LD first, then meta, then the page. */
export function readMetadata(tree: PageTree, pageUrl: string | null): PageMetadata {
  const parts = surveyPage(tree.root)
  const jsonLd = readJsonLd(tree.jsonLd)
  const { meta } = parts
  const base = resolveUrl(parts.baseHref, pageUrl) ?? pageUrl
  const url = canonicalUrl(
    [parts.canonicalHref, jsonLd?.url ?? null, meta.get('og:url') ?? null],
    base,
    pageUrl,
  )
  const outlet = outletName(meta, jsonLd, url)
  const titles = titlesOf(parts, jsonLd)
  return {
    url,
    title: bestTitle(parts, jsonLd, outlet),
    titles,
    byline: bylineOf(parts, jsonLd),
    published: publishedOf(parts, jsonLd, url),
    languages: languagesOf(parts, jsonLd),
    outlet,
    description: first([
      meta.get('og:description'),
      meta.get('description'),
      meta.get('twitter:description'),
    ]),
    jsonLd,
    meta,
  }
}

interface PageParts {
  readonly meta: Map<string, string>
  baseHref: string | null
  canonicalHref: string | null
  htmlLang: string | null
  titleTag: string | null
  readonly headings: string[]
  readonly subheadings: string[]
  readonly bylines: string[]
  readonly times: string[]
}

const MAX_FOUND = 10
const MAX_META_CHARS = 2_000

function surveyPage(root: PageNode): PageParts {
  const parts: PageParts = {
    meta: new Map(),
    baseHref: null,
    canonicalHref: null,
    htmlLang: null,
    titleTag: null,
    headings: [],
    subheadings: [],
    bylines: [],
    times: [],
  }
  for (const node of nodesOf(root)) readElement(node, parts)
  return parts
}

function readElement(node: PageNode, parts: PageParts): void {
  const { attributes } = node
  switch (node.tag) {
    case 'html':
      parts.htmlLang ??= attributes['lang'] ?? attributes['xml:lang'] ?? null
      break
    case 'meta':
      readMeta(attributes, parts.meta)
      break
    case 'base':
      parts.baseHref ??= attributes['href'] ?? null
      break
    case 'link':
      if (/\bcanonical\b/i.test(attributes['rel'] ?? '')) parts.canonicalHref ??= attributes['href'] ?? null
      break
    case 'title':
      parts.titleTag ??= textOf(node) || null
      break
    case 'h1':
    case 'h2':
      if (!isHomeLink(node)) keep(node.tag === 'h1' ? parts.headings : parts.subheadings, textOf(node))
      break
    default:
  }
  if (node.tag === 'time' || /\b(?:datePublished|pubdate)\b/.test(attributes['itemprop'] ?? ''))
    readTime(node, parts)
  if (isByline(node)) keep(parts.bylines, textOf(node))
}

function readMeta(attributes: Readonly<Record<string, string>>, meta: Map<string, string>): void {
  const name =
    attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? attributes['http-equiv']
  const content = attributes['content']?.replace(/\s+/g, ' ').trim().slice(0, MAX_META_CHARS)
  if (name === undefined || content === undefined || content === '') return
  const key = name.toLowerCase()
  if (!meta.has(key)) meta.set(key, content)
}

function readTime(node: PageNode, parts: PageParts): void {
  const { datetime, content, title, itemprop } = node.attributes
  const value = datetime ?? content ?? title ?? textOf(node)
  const published = /datePublished|pubdate/.test(itemprop ?? '') || node.attributes['pubdate'] !== undefined
  if (published) parts.times.unshift(value)
  else if (parts.times.length < MAX_FOUND) parts.times.push(value)
}

/** The name of the site stands in a headline of its own on many pages, as a link to the front page. */
export function isHomeLink(node: PageNode): boolean {
  return (
    findNode(
      node,
      ({ tag, attributes }) =>
        tag === 'a' && /^(?:https?:\/\/[^/]+)?\/?(?:index\.\w+)?$/.test(attributes['href'] ?? '#'),
    ) !== null
  )
}

function isByline(node: PageNode): boolean {
  if (node.tag === 'meta' || node.tag === 'link' || node.tag === 'body' || node.tag === 'html') return false
  return (
    /\bauthor\b/i.test(`${node.attributes['rel'] ?? ''} ${node.attributes['itemprop'] ?? ''}`) ||
    / (?:byline|author name|authorname|by author|post author|entry author|article author|autor|auteur|author) /.test(
      node.hint,
    )
  )
}

function keep(list: string[], text: string): void {
  if (text !== '' && list.length < MAX_FOUND) list.push(text)
}

function first(values: readonly (string | null | undefined)[]): string | null {
  for (const value of values)
    if (value !== undefined && value !== null && value.trim() !== '') return value.trim()
  return null
}

function resolveUrl(href: string | null, base: string | null): string | null {
  if (href === null || href.trim() === '') return null
  const url = URL.parse(href.trim(), base ?? undefined)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null
}

/** A page may name another address of its own site; one of a foreign site is believed only where no address is known. */
function canonicalUrl(
  hrefs: readonly (string | null)[],
  base: string | null,
  pageUrl: string | null,
): string | null {
  const own = pageUrl === null ? null : URL.parse(pageUrl)
  for (const href of hrefs) {
    const resolved = resolveUrl(href, base)
    const url = resolved === null ? null : URL.parse(resolved)
    if (url === null) continue
    if (own === null) return withoutTracking(url)
    if (siteOf(url) === siteOf(own) && (url.pathname !== '/' || own.pathname === '/'))
      return withoutTracking(url)
  }
  return own === null || !/^https?:$/.test(own.protocol) ? null : withoutTracking(own)
}

function siteOf(url: URL): string {
  return url.hostname.split('.').slice(-2).join('.')
}

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ocid|cmpid|ncid|xtor|at_(?:medium|campaign|custom\d))$/i

function withoutTracking(url: URL): string {
  const clean = new URL(url.href)
  for (const name of [...clean.searchParams.keys()]) if (TRACKING.test(name)) clean.searchParams.delete(name)
  clean.hash = ''
  return clean.href
}

function outletName(
  meta: ReadonlyMap<string, string>,
  jsonLd: JsonLdArticle | null,
  url: string | null,
): string | null {
  const named = first([
    meta.get('og:site_name'),
    jsonLd?.publisher,
    meta.get('dc.publisher'),
    meta.get('citation_journal_title'),
    meta.get('application-name'),
    meta.get('apple-mobile-web-app-title'),
  ])
  if (named !== null && named.length <= 80 && !/^https?:/i.test(named)) return named
  return url === null ? null : (URL.parse(url)?.hostname.replace(/^(?:www|m|amp)\./, '') ?? null)
}

function titlesOf(parts: PageParts, jsonLd: JsonLdArticle | null): string[] {
  const { meta } = parts
  const all = [
    jsonLd?.headline,
    meta.get('og:title'),
    meta.get('twitter:title'),
    meta.get('title'),
    meta.get('dc.title'),
    parts.titleTag,
    ...parts.headings,
    ...titleParts(parts.titleTag),
  ]
  return [...new Set(all.filter((title): title is string => typeof title === 'string' && title !== ''))]
}

/** Pages put their headline and their own name into one title. */
function titleParts(title: string | null): string[] {
  const parts = (title ?? '').split(/\s+[|•·»«–—-]+\s+|\s*::\s*/u)
  return parts.length < 2 ? [] : parts.filter((part) => part.length >= MIN_TITLE_PART_CHARS)
}

const MIN_TITLE_PART_CHARS = 8

function bestTitle(parts: PageParts, jsonLd: JsonLdArticle | null, outlet: string | null): string | null {
  const { meta } = parts
  const named = first([
    jsonLd?.headline,
    meta.get('og:title'),
    meta.get('twitter:title'),
    meta.get('dc.title'),
    meta.get('citation_title'),
  ])
  const heading = headingLike([...parts.headings, ...parts.subheadings], named ?? parts.titleTag)
  const title = named ?? heading ?? parts.titleTag ?? parts.headings[0] ?? null
  if (title === null) return null
  const folded = title.replace(/\s+/g, ' ').trim()
  // A headline of the page that begins the title is the title without the name of the site.
  const isPart = heading !== null && titleParts(folded).some((part) => foldTitle(part) === foldTitle(heading))
  if (heading !== null && heading.length >= MIN_TITLE_PART_CHARS && (isPart || folded.startsWith(heading)))
    return heading
  return withoutOutlet(folded, outlet)
}

function headingLike(headings: readonly string[], title: string | null): string | null {
  const wanted = foldTitle(title ?? '')
  return (
    headings.find((heading) => heading.length > 3 && wanted !== '' && wanted.includes(foldTitle(heading))) ??
    null
  )
}

/** `Rain in Arden | The Arden Echo` without its last part, where that is the outlet or leaves a whole headline. */
function withoutOutlet(title: string, outlet: string | null): string {
  const match = /^(.{8,}?)\s+[|•·»–—-]\s+([^|•·»]{2,60})$/u.exec(title)
  if (match?.[1] === undefined || match[2] === undefined) return title
  const tail = foldTitle(match[2])
  const name = foldTitle(outlet ?? '')
  const isOutlet =
    name !== '' &&
    (tail.includes(name) || name.includes(tail) || tail.replaceAll(' ', '') === name.replaceAll(' ', ''))
  return isOutlet ? match[1] : title
}

const MAX_BYLINE_CHARS = 120

function bylineOf(parts: PageParts, jsonLd: JsonLdArticle | null): string | null {
  const { meta } = parts
  const candidates = [
    jsonLd?.author,
    meta.get('author'),
    meta.get('article:author'),
    meta.get('parsely-author'),
    meta.get('sailthru.author'),
    meta.get('dc.creator'),
    meta.get('dcterms.creator'),
    meta.get('citation_author'),
    meta.get('byl'),
    meta.get('cxenseparse:author'),
    ...parts.bylines,
  ]
  for (const candidate of candidates) {
    const name = cleanByline(candidate ?? '')
    if (name !== null) return name
  }
  return null
}

const BY = /^(?:(?:written |posted |reported )?by|von|par|por|di|da|автор|от|текст)\s*:?\s+/iu

function cleanByline(raw: string): string | null {
  const name = raw
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:author|autor|auteur|autore|автор)\s*:\s*/iu, '')
    .replace(BY, '')
    .replace(/\s*[|•·].*$/u, '')
    .replace(
      /\s+(?:on\s+)?(?:\d{1,2}\s+\p{L}+\s+\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\p{L}+ \d{1,2}, \d{4}).*$/u,
      '',
    )
    .trim()
  if (name.length < 2 || name.length > MAX_BYLINE_CHARS || /^https?:|^@|^\d+$/i.test(name)) return null
  return /\p{L}{2}/u.test(name) ? name : null
}

const DATE_META = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'datepublished',
  'publishdate',
  'publish-date',
  'publish_date',
  'publication_date',
  'parsely-pub-date',
  'sailthru.date',
  'dc.date.issued',
  'dcterms.created',
  'dcterms.date',
  'dc.date',
  'dc.date.created',
  'cxenseparse:recs:publishtime',
  'citation_publication_date',
  'citation_date',
  'article.published',
  'article:created',
  'pubdate',
  'date',
  'last-modified-original',
]

function publishedOf(parts: PageParts, jsonLd: JsonLdArticle | null, url: string | null): string | null {
  const candidates = [jsonLd?.published, ...DATE_META.map((name) => parts.meta.get(name)), ...parts.times]
  for (const candidate of candidates) {
    const date = parsePageDate(candidate ?? null)
    if (date !== null) return date
  }
  return dateInUrl(url)
}

function languagesOf(parts: PageParts, jsonLd: JsonLdArticle | null): string[] {
  const { meta } = parts
  const tags = [
    jsonLd?.lang,
    parts.htmlLang,
    meta.get('og:locale'),
    meta.get('content-language'),
    meta.get('language'),
    meta.get('dc.language'),
    meta.get('inlanguage'),
  ]
  const named = tags.map((tag) => baseLanguage(tag)).filter((tag) => tag !== null)
  return [...new Set(named.filter((tag) => tag.length === 2))]
}
