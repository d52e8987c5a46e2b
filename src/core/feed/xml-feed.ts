import { resolveLink } from './feed-link.ts'
import { elementHtml, elementLine, elementText, lineOf, startOfText } from './feed-text.ts'
import { childElements, parseFeedTree, type FeedElement } from './feed-tree.ts'
import {
  MAX_FEED_ITEMS,
  type FeedFormat,
  type FeedInfo,
  type FeedItem,
  type FeedProblem,
  type ParsedFeed,
  type SitemapLink,
} from './parsed-feed.ts'
import { pictureLink } from './picture-link.ts'
import { feedDateToIso } from './published-at.ts'
import { readRefreshHint } from './refresh-hint.ts'

/** Child elements by name, in order. */
type Fields = ReadonlyMap<string, readonly FeedElement[]>

interface Document {
  readonly format: FeedFormat
  readonly url: string | null
  readonly root: FeedElement
  /** The element that describes the feed: `channel`, else the root. */
  readonly head: FeedElement
  readonly problems: FeedProblem[]
}

/** Reads a feed in any XML format; see `parseFeed`. `url` is what relative links count from. */
export function parseXmlFeed(text: string, url: string | null): ParsedFeed {
  const tree = parseFeedTree(text)
  const problems: FeedProblem[] = []
  if (tree.unclosed > 0)
    problems.push({ kind: 'truncated', problem: `${tree.unclosed} elements are not closed at the end` })
  if (tree.mismatched > 0)
    problems.push({ kind: 'malformed', problem: `${tree.mismatched} tags do not match` })
  if (tree.limited)
    problems.push({ kind: 'limit', problem: 'document has too many elements or they are too deep' })
  const root = findRoot(tree.root)
  const format = root === null ? 'unknown' : formatOf(root)
  if (root === null || format === 'unknown') {
    problems.push({ kind: 'not-a-feed', problem: notAFeed(root) })
  }
  const document: Document = {
    format,
    url,
    root: root ?? tree.root,
    head: root === null ? tree.root : findHead(root),
    problems,
  }
  return readDocument(document)
}

const ROOTS: ReadonlyMap<string, FeedFormat> = new Map<string, FeedFormat>([
  ['rss', 'rss'],
  ['rdf:rdf', 'rdf'],
  ['rdf', 'rdf'],
  ['feed', 'atom'],
  ['entry', 'atom'],
  ['urlset', 'sitemap'],
  ['sitemapindex', 'sitemap-index'],
  ['channel', 'rss'],
  ['item', 'rss'],
])

/** The outermost element that begins a feed, else the first element. */
function findRoot(top: FeedElement): FeedElement | null {
  let level = childElements(top)
  for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
    const found = level.find(({ name }) => ROOTS.has(name))
    if (found !== undefined) return found
    level = level.flatMap(childElements)
  }
  return childElements(top)[0] ?? null
}

function formatOf(root: FeedElement): FeedFormat {
  const format = ROOTS.get(root.name) ?? 'unknown'
  const isCdf = root.name === 'channel' && !childElements(root).some(({ name }) => name === 'link')
  return isCdf && (root.attributes.has('href') || holdsCdfItem(root)) ? 'cdf' : format
}

function holdsCdfItem(root: FeedElement): boolean {
  return childElements(root).some(({ name, attributes }) => name === 'item' && attributes.has('href'))
}

function notAFeed(root: FeedElement | null): string {
  if (root === null) return 'no element was found'
  return root.name.endsWith('html') ? 'body is an HTML page' : `root element is <${root.name.slice(0, 40)}>`
}

function findHead(root: FeedElement): FeedElement {
  return childElements(root).find(({ name }) => name === 'channel') ?? root
}

function readDocument(document: Document): ParsedFeed {
  const { format, root, head, problems } = document
  const fields = fieldsOf(head)
  const feed = readFeedInfo(document, fields)
  const elements = format === 'sitemap-index' ? [] : itemElements(root, format)
  if (elements.length > MAX_FEED_ITEMS) {
    problems.push({
      kind: 'limit',
      problem: `feed has ${elements.length} items; the first ${MAX_FEED_ITEMS} are read`,
    })
  }
  const context: ItemContext = {
    isAtom: format === 'atom',
    feed,
    place: { url: document.url, site: feed.link },
    feedAuthor: feedAuthorOfItems(fields) ?? feed.author,
    problems,
  }
  const items = elements.slice(0, MAX_FEED_ITEMS).map((element) => readItem(element, context))
  const refreshMs = readRefreshHint({
    ttl: textOf(fields, ['ttl']),
    period: textOf(fields, ['sy:updateperiod']),
    frequency: textOf(fields, ['sy:updatefrequency']),
  })
  return { format, feed, items, sitemaps: readSitemaps(document), refreshMs, problems }
}

function readSitemaps({ format, root, url }: Document): SitemapLink[] {
  if (format !== 'sitemap-index') return []
  return childElements(root)
    .slice(0, MAX_FEED_ITEMS)
    .flatMap((sitemap) => {
      const fields = fieldsOf(sitemap)
      const link = resolveLink(textOf(fields, ['loc']), [url])
      const changed = textOf(fields, ['lastmod'])
      return link === null ? [] : [{ url: link, changed: changed === null ? null : feedDateToIso(changed) }]
    })
}

/** The items in document order, also such that a lost end tag put inside another item. */
function itemElements(root: FeedElement, format: FeedFormat): FeedElement[] {
  const names: readonly string[] = format === 'sitemap' ? ['url'] : ['item', 'entry']
  if (names.includes(root.name)) return [root]
  const found: FeedElement[] = []
  const queue: FeedElement[] = [root]
  for (let element = queue.pop(); element !== undefined; element = queue.pop()) {
    if (names.includes(element.name)) found.push(element)
    for (const child of element.children.toReversed()) {
      if (typeof child !== 'string' && (CONTAINERS.has(child.name) || names.includes(child.name)))
        queue.push(child)
    }
  }
  return found
}

const CONTAINERS: ReadonlySet<string> = new Set(['rss', 'rdf:rdf', 'channel', 'feed', 'items', 'urlset'])

function fieldsOf(element: FeedElement): Fields {
  const fields = new Map<string, FeedElement[]>()
  for (const child of element.children) {
    if (typeof child === 'string') continue
    const before = fields.get(child.name)
    if (before === undefined) fields.set(child.name, [child])
    else before.push(child)
  }
  return fields
}

/** The fields of any of the names, by the order of the names. */
function all(fields: Fields, names: readonly string[]): FeedElement[] {
  return names.flatMap((name) => fields.get(name) ?? [])
}

/** The first text of the names that is not empty. */
function textOf(fields: Fields, names: readonly string[]): string | null {
  for (const element of all(fields, names)) {
    const text = elementText(element)
    if (text !== '') return text
  }
  return null
}

function lineFrom(fields: Fields, names: readonly string[], isAtom: boolean): string | null {
  for (const element of all(fields, names)) {
    const line = elementLine(element, isAtom)
    if (line !== null) return line
  }
  return null
}

const TITLES = ['title', 'dc:title', 'media:title', 'itunes:title'] as const

function readFeedInfo({ format, url, root, head }: Document, fields: Fields): FeedInfo {
  const isAtom = format === 'atom'
  const place = { url, site: null }
  const link = pageLink(fields, place) ?? resolveAt(head.attributes.get('href'), head, place)
  const titleFields = root.name === 'entry' ? new Map<string, FeedElement[]>() : fields
  const fallback = format === 'rdf' ? (url ?? link) : (link ?? url)
  return {
    title: lineFrom(titleFields, TITLES, isAtom) ?? fallback ?? '',
    link: link ?? resolveLink(url),
    language: textOf(fields, ['language', 'dc:language']) ?? head.lang ?? root.lang ?? newsLanguage(root),
    id: readId(head, fields, place),
    author: feedAuthor(fields),
    subtitle: lineFrom(
      fields,
      [
        'subtitle',
        'tagline',
        'description',
        'dc:description',
        'itunes:subtitle',
        'itunes:summary',
        'abstract',
      ],
      isAtom,
    ),
    hub: relLink(fields, 'hub', place),
    self: relLink(fields, 'self', place),
  }
}

function newsLanguage(root: FeedElement): string | null {
  if (root.name !== 'urlset') return null
  const news = childElements(root).flatMap((entry) => all(fieldsOf(entry), ['news:news']))[0]
  return news === undefined ? null : publicationLanguage(news)
}

function publicationLanguage(news: FeedElement): string | null {
  const publication = fieldsOf(news).get('news:publication')?.[0]
  return publication === undefined ? null : textOf(fieldsOf(publication), ['news:language'])
}

/** What links count from: `xml:base`, which itself counts from the feed's URL, else the site that the feed names. */
interface Place {
  readonly url: string | null
  readonly site: string | null
}

function basesOf({ bases }: FeedElement, { url, site }: Place): readonly (string | null)[] {
  return bases.length > 0 ? [url, ...bases] : [url, site]
}

function resolveAt(link: string | null | undefined, element: FeedElement, place: Place): string | null {
  return resolveLink(link, basesOf(element, place))
}

interface ItemContext {
  readonly isAtom: boolean
  readonly feed: FeedInfo
  readonly place: Place
  readonly feedAuthor: string | null
  readonly problems: FeedProblem[]
}

function readItem(element: FeedElement, context: ItemContext): FeedItem {
  const { isAtom, feed } = context
  const fields = withNews(fieldsOf(element))
  const { place } = context
  const original = resolveAt(textOf(fields, ['feedburner:origlink', 'pheedo:origlink']), element, place)
  // In Atom the alternate link is the entry's own by the standard; an RSS link may be anything.
  const own = (isAtom ? null : original) ?? itemLink(element, fields, place)
  const { summary, content } = readTexts(fields, isAtom, place)
  const id = readId(element, fields, place)
  return {
    id,
    title:
      lineFrom(fields, [...TITLES, 'news:title'], isAtom) ??
      startOfText(summary ?? content) ??
      own ??
      feed.link ??
      '',
    link: own ?? feed.link,
    originalLink: original,
    ...readDates(element, fields, context.problems),
    author: itemAuthor(fields) ?? context.feedAuthor,
    summary,
    content,
    language: textOf(fields, ['language', 'dc:language', 'news:language']) ?? element.lang ?? feed.language,
    source: sourceName(fields),
    ...pictureOf(fields, place),
  }
}

/** The first picture that the item names: a thumbnail or content of Media RSS, else an enclosure. A podcast's own (iTunes) is none. */
function pictureOf(fields: Fields, place: Place): Pick<FeedItem, 'imageUrl'> {
  const media = [fields, ...all(fields, ['media:group', 'media:content']).map(fieldsOf)]
  const thumbnails = media.flatMap((some) => all(some, ['media:thumbnail']))
  const contents = media.flatMap((some) => all(some, ['media:content'])).filter(isPicture)
  const links = all(fields, ['link']).filter(({ attributes }) => attributes.get('rel') === 'enclosure')
  const enclosures = [...all(fields, ['enclosure']), ...links].filter(isPicture)
  for (const element of [...thumbnails, ...contents, ...enclosures]) {
    const { attributes } = element
    const imageUrl = pictureLink(attributes.get('url') ?? attributes.get('href'), basesOf(element, place))
    if (imageUrl !== null) return { imageUrl }
  }
  return {}
}

/** By its medium, else by its type, else by its name: feeds leave any of them out. */
function isPicture({ attributes }: FeedElement): boolean {
  const medium = attributes.get('medium')?.trim().toLowerCase()
  if (medium !== undefined && medium !== '') return medium === 'image'
  const type = attributes.get('type')?.trim() ?? ''
  return type === '' ? PICTURE_NAME.test(attributes.get('url') ?? '') : /^image\//i.test(type)
}

const PICTURE_NAME = /^[^?#]{1,2000}\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)/i

function sourceName(fields: Fields): string | null {
  for (const source of all(fields, ['source', 'news:publication', 'dc:source'])) {
    const inner = fieldsOf(source)
    const name =
      lineFrom(inner, ['title', 'news:name'], true) ?? (inner.size === 0 ? elementLine(source, false) : null)
    if (name !== null && !/^https?:/i.test(name)) return name
  }
  return null
}

/** A news sitemap keeps its fields one level down. */
function withNews(fields: Fields): Fields {
  const news = fields.get('news:news')?.[0]
  if (news === undefined) return fields
  const language = fieldsOf(news)
    .get('news:publication')
    ?.flatMap((one) => fieldsOf(one).get('news:language') ?? [])
  return new Map([
    ...fields,
    ...fieldsOf(news),
    ...(language === undefined ? [] : [['news:language', language] as const]),
  ])
}

const DESCRIPTIONS: ReadonlySet<string> = new Set([
  'description',
  'summary',
  'abstract',
  'dc:description',
  'dcterms:abstract',
])
const BODIES = [
  'content:encoded',
  'content',
  'fullitem',
  'body',
  'xhtml:body',
  'xhtml:div',
  'content:items',
] as const
const OTHER_TEXTS = [
  'googleplay:description',
  'itunes:summary',
  'itunes:subtitle',
  'subtitle',
  'media:description',
  'tagline',
] as const

/**
 * Summary and content; each stands for the other where that one is missing. Of two descriptions the second is the
 * content, as feeds put the longer one there.
 */
function readTexts(
  fields: Fields,
  isAtom: boolean,
  place: Place,
): { summary: string | null; content: string | null } {
  const html = (element: FeedElement): string | null =>
    elementHtml(element, isAtom || isTyped(element), basesOf(element, place))
  const described = [...fields]
    .filter(([name]) => DESCRIPTIONS.has(name))
    .flatMap(([, elements]) => elements.map(html))
    .filter((text) => text !== null)
  const body = firstText(all(fields, BODIES), html)
  const other = firstText([...all(fields, OTHER_TEXTS), ...mediaDescriptions(fields)], html)
  const summary = described[0] ?? other ?? body
  return { summary, content: body ?? described[1] ?? summary }
}

/** Whether an Atom text stands in a feed of another kind. */
function isTyped(element: FeedElement): boolean {
  return /^(?:xhtml|html|text)$/.test(element.attributes.get('type') ?? '')
}

function firstText(
  elements: readonly FeedElement[],
  html: (element: FeedElement) => string | null,
): string | null {
  for (const element of elements) {
    const text = html(element)
    if (text !== null) return text
  }
  return null
}

function mediaDescriptions(fields: Fields): FeedElement[] {
  return all(fields, ['media:group', 'media:content']).flatMap((group) =>
    all(fieldsOf(group), ['media:description']),
  )
}

const PUBLISHED = ['pubdate', 'published', 'issued', 'dcterms:issued', 'news:publication_date'] as const
const PUBLISHED_ELSE = [
  'dc:date',
  'prism:publicationdate',
  'created',
  'dcterms:created',
  'dcterms:date',
  'date',
] as const
const UPDATED = ['updated', 'modified', 'dcterms:modified', 'lastmod', 'lastbuilddate'] as const

function readDates(
  element: FeedElement,
  fields: Fields,
  problems: FeedProblem[],
): { published: string | null; updated: string | null } {
  const read = (names: readonly string[]): string | null =>
    dateFrom(all(fields, names).map(elementText), problems)
  const lastmod = element.attributes.get('lastmod')
  return {
    published: read(PUBLISHED) ?? read(PUBLISHED_ELSE),
    updated: read(UPDATED) ?? (lastmod === undefined ? null : feedDateToIso(lastmod)),
  }
}

/** Of several dates the last one that can be read. */
function dateFrom(texts: readonly string[], problems: FeedProblem[]): string | null {
  for (const text of texts.toReversed()) {
    const date = text === '' ? null : feedDateToIso(text)
    if (date !== null) return date
    if (text !== '' && problems.length < MAX_PROBLEMS) {
      problems.push({ kind: 'date', problem: `date "${text.slice(0, 60)}" cannot be read` })
    }
  }
  return null
}

/** Problems told of one feed; more of them tell nothing new. */
const MAX_PROBLEMS = 50

/** An id as written; one that is a path counts from its base (feeds that were made by hand). */
function readId(element: FeedElement, fields: Fields, place: Place): string | null {
  for (const field of all(fields, ['id', 'guid', 'dc:identifier'])) {
    const id = lineOf(elementText(field), 'text')
    if (id !== null) return /^\.{0,2}\//.test(id) ? (resolveAt(id, field, place) ?? id) : id
  }
  return element.attributes.get('rdf:about') ?? null
}

/** The page of an item: its link, else its GUID or id where that is a URL. */
function itemLink(element: FeedElement, fields: Fields, place: Place): string | null {
  return (
    pageLink(fields, place) ??
    resolveAt(textOf(fields, ['loc']), element, place) ??
    permalink(fields, place) ??
    resolveAt(element.attributes.get('href'), element, place)
  )
}

function permalink(fields: Fields, place: Place): string | null {
  for (const guid of fields.get('guid') ?? []) {
    const isPermalink = guid.attributes.get('ispermalink')?.trim().toLowerCase()
    const text = elementText(guid)
    if (isPermalink === 'true' || (isPermalink !== 'false' && /^(?:https?:)?\//i.test(text))) {
      const link = resolveAt(text, guid, place)
      if (link !== null) return link
    }
  }
  const id = textOf(fields, ['id'])
  return id !== null && /^https?:\/\//i.test(id) ? resolveLink(id) : null
}

/** The page that the `link` elements lead to: written as text (RSS), else the alternate of Atom. */
function pageLink(fields: Fields, place: Place): string | null {
  const links = all(fields, ['link'])
  for (const link of links) {
    const written = resolveAt(elementText(link), link, place)
    if (written !== null) return written
  }
  const alternates = links.filter(
    ({ attributes }) => (attributes.get('rel') ?? 'alternate').toLowerCase() === 'alternate',
  )
  const pages = alternates.filter(({ attributes }) => isPageType(attributes.get('type')))
  for (const link of [...pages, ...alternates]) {
    const href = resolveAt(link.attributes.get('href') ?? link.attributes.get('rdf:resource'), link, place)
    if (href !== null) return href
  }
  return null
}

function isPageType(type: string | undefined): boolean {
  return type === undefined || /^(?:text\/html|application\/xhtml\+xml|html)?$/i.test(type.trim())
}

function relLink(fields: Fields, rel: string, place: Place): string | null {
  const link = fields.get('link')?.find(({ attributes }) => attributes.get('rel')?.toLowerCase() === rel)
  return link === undefined ? null : resolveAt(link.attributes.get('href'), link, place)
}

function feedAuthor(fields: Fields): string | null {
  return (
    people(fields, ['author', 'creator', 'dc:creator', 'dc:author', 'managingeditor']) ??
    people(fields, ['itunes:author', 'googleplay:author']) ??
    people(fields, ['webmaster'])
  )
}

/** Podcasts name the people of all episodes in the channel; that says more than the editor's address. */
function feedAuthorOfItems(fields: Fields): string | null {
  return (
    people(fields, ['itunes:author']) ??
    people(fields, ['googleplay:author']) ??
    people(fields, ['itunes:owner'])
  )
}

function itemAuthor(fields: Fields): string | null {
  const names = [
    'itunes:author',
    'dc:creator',
    'dc:author',
    'creator',
    'author',
    'googleplay:author',
    'media:credit',
  ] as const
  for (const name of names) {
    const found = people(fields, [name])
    if (found !== null) return found
  }
  const source = fields.get('source')?.[0]
  return source === undefined ? null : people(fieldsOf(source), ['author'])
}

/** Names of people, each once, parted by commas. */
function people(fields: Fields, names: readonly string[]): string | null {
  const found = new Set<string>()
  for (const element of all(fields, names)) {
    const person = personOf(element)
    if (person !== null) found.add(person)
  }
  return found.size === 0 ? null : lineOf([...found].join(', '), 'text')
}

/** `Name (address)` of a person construct, else the text. */
function personOf(element: FeedElement): string | null {
  const fields = fieldsOf(element)
  const name = lineFrom(fields, ['name', 'itunes:name'], true)
  const email = textOf(fields, ['email', 'itunes:email'])
  if (name !== null && email !== null && element.name !== 'itunes:owner') return `${name} (${email})`
  if (name !== null || email !== null) return name ?? email
  return fields.has('name') || fields.has('email') ? null : elementLine(element, false)
}
