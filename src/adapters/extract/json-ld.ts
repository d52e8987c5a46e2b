import { decodeHTML } from 'entities'

/** What the JSON-LD of a page says of its article. `null` where it says nothing. */
export interface JsonLdArticle {
  readonly headline: string | null
  readonly author: string | null
  readonly published: string | null
  readonly lang: string | null
  readonly publisher: string | null
  readonly url: string | null
  readonly body: string | null
  /** `false` where the page says that one must pay or sign in. */
  readonly isFree: boolean | null
}

/**
 * The article among the JSON-LD scripts of a page (schema.org), or `null`. Scripts with small faults (raw new lines,
 * comments, a trailing comma) are read all the same; others are left out. Never throws.
 */
export function readJsonLd(scripts: readonly string[]): JsonLdArticle | null {
  const things = scripts.slice(0, MAX_SCRIPTS).flatMap((script) => thingsIn(parseLoosely(script), 0))
  const article = things.find(isArticle) ?? things.find(isPage)
  if (article === undefined) return null
  const site = things.find((thing) =>
    typesOf(thing).some((type) => type === 'WebSite' || type === 'NewsMediaOrganization'),
  )
  const free = article['isAccessibleForFree']
  return {
    headline: textField(article, 'headline') ?? (isArticle(article) ? textField(article, 'name') : null),
    author: namesOf(article['author'], things) ?? namesOf(article['creator'], things),
    published: textField(article, 'datePublished') ?? textField(article, 'dateCreated'),
    lang: textField(article, 'inLanguage'),
    publisher: namesOf(article['publisher'], things) ?? (site === undefined ? null : textField(site, 'name')),
    url: urlOf(article),
    body: textField(article, 'articleBody'),
    isFree: free === undefined ? null : !(free === false || /^(?:false|no|0)$/i.test(asText(free) ?? '')),
  }
}

type Thing = Readonly<Record<string, unknown>>

const MAX_SCRIPTS = 30
const MAX_SCRIPT_CHARS = 500_000
const MAX_NESTING = 4
const MAX_NAMES = 8
const MAX_NAME_CHARS = 80

const ARTICLE_TYPES =
  /^(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|Report|OpinionArticle|AnalysisNewsArticle|ReviewNewsArticle|SocialMediaPosting|ScholarlyArticle|TechArticle|SatiricalArticle|AdvertiserContentArticle|Recipe|Review|DiscussionForumPosting)$/

function isArticle(thing: Thing): boolean {
  return typesOf(thing).some((type) => ARTICLE_TYPES.test(type))
}

function isPage(thing: Thing): boolean {
  return typesOf(thing).some((type) => type === 'WebPage' || type === 'ItemPage')
}

function typesOf(thing: Thing): string[] {
  const type = thing['@type']
  const types: unknown[] = Array.isArray(type) ? type : [type]
  return types
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace(/^https?:\/\/schema\.org\//, ''))
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function thingsIn(value: unknown, depth: number): Thing[] {
  if (depth > MAX_NESTING) return []
  if (Array.isArray(value)) return value.slice(0, 200).flatMap((inner) => thingsIn(inner, depth + 1))
  if (!isThing(value)) return []
  const inner = [value['@graph'], value['mainEntity'], value['mainEntityOfPage']]
  return [value, ...inner.flatMap((part) => thingsIn(part, depth + 1))]
}

function parseLoosely(script: string): unknown {
  if (script.length > MAX_SCRIPT_CHARS) return null
  const bare = script
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)?[\s;]*$/, '')
  return parseJson(bare) ?? parseJson(bare.replace(/[\u0000-\u001f]+/g, ' ').replace(/,\s*(?=[}\]])/g, ''))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return decodeHTML(value).trim() || null
  if (Array.isArray(value)) return asText(value[0])
  if (isThing(value)) return asText(value['@value'] ?? value['name'])
  return null
}

function textField(thing: Thing, name: string): string | null {
  return asText(thing[name])
}

function urlOf(article: Thing): string | null {
  const page = article['mainEntityOfPage']
  const id = isThing(page) ? (page['@id'] ?? page['url']) : page
  const url = asText(article['url']) ?? asText(id)
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}

/** Names of persons or organisations: as text, objects, lists, or `@id` of another thing on the page. */
function namesOf(value: unknown, things: readonly Thing[]): string | null {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const names = new Set<string>()
  for (const entry of list.slice(0, MAX_NAMES)) {
    const named =
      isThing(entry) && entry['name'] === undefined
        ? things.find((thing) => thing['@id'] === entry['@id'] && thing['name'] !== undefined)
        : entry
    const name = asText(named)?.replace(/\s+/g, ' ')
    if (name !== undefined && name.length <= MAX_NAME_CHARS && !/^https?:/i.test(name)) names.add(name)
  }
  return names.size === 0 ? null : [...names].join(', ')
}
