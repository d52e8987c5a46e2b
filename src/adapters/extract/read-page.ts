import type { ExtractedPage, PageAccess, PageInput, RemovedText } from '../../app/ports/page-reader.ts'
import { htmlToPlainText, looksLikeHtml } from '../../core/feed/plain-text.ts'
import { findFurniture } from '../../core/text/furniture.ts'
import { staysInText } from '../../core/text/kept-furniture.ts'
import { detectLanguage } from '../../core/text/language.ts'
import { decodePage } from './decode-page.ts'
import { findMainContent } from './main-content.ts'
import { accessOf, isDeclaredLocked } from './page-access.ts'
import { readMetadata, type PageMetadata } from './page-metadata.ts'
import { releaseText } from './release-text.ts'
import { findNode, foldTitle, parseFallbackTree, parsePageTree, textOf, type PageTree } from './page-tree.ts'

/**
 * The article of a page: tree, metadata, main text, furniture out. Runs on the calling thread and has no time limit of its
 * own; never throws but for lack of memory or stack. About 6 ms a news page.
 */
export function readPage(page: PageInput): ExtractedPage {
  const html = typeof page.html === 'string' ? page.html : decodePage(page.html, page.contentType)
  const { tree, metadata, isPlain, found } = readReleased(html, page.url ?? null)
  const lang = languageOf(metadata, found.text)
  const cleaned = withoutFurniture(found.text, lang, isPlain)
  const pageText = textOf(tree.root).slice(0, MAX_PAGE_TEXT_CHARS)
  const access = accessOf(metadata, cleaned.text, pageText)
  return {
    url: metadata.url,
    title: metadata.title,
    byline: metadata.byline,
    published: metadata.published,
    lang,
    outlet: metadata.outlet,
    text: cleaned.text,
    removed: [...found.removed.map(shorten), ...cleaned.removed].slice(0, MAX_REMOVED),
    access,
    problems: [...tree.problems, ...found.problems, ...lockedProblem(metadata, access)],
  }
}

interface ReadTree {
  readonly tree: PageTree
  readonly metadata: PageMetadata
  readonly isPlain: boolean
  readonly found: FoundText
}

/** Reads a page; where that gives next to nothing, once more with its text let out of markup that never ends. */
function readReleased(html: string, url: string | null): ReadTree {
  const read = readTree(html, url)
  if (read.found.problems.length === 0 && read.found.text.length >= MIN_TEXT_CHARS) return read
  const released = releaseText(html)
  if (released === html) return read
  const again = readTree(released, url)
  if (again.found.problems.length > 0 || again.found.text.length < MIN_TEXT_CHARS) return read
  const problems = ['page hides its text in markup that never ends', ...again.found.problems]
  return { ...again, found: { ...again.found, problems } }
}

/** A page with less text is looked at for text that is swallowed (range 100..500). */
const MIN_TEXT_CHARS = 250

function readTree(html: string, url: string | null): ReadTree {
  const tree = parsePageTree(html)
  const metadata = readMetadata(tree, url)
  const isPlain = isPlainPage(tree, metadata)
  return { tree, metadata, isPlain, found: articleText(tree, html, metadata, isPlain) }
}

function lockedProblem(metadata: PageMetadata, access: PageAccess): string[] {
  const isOpen = access === 'open' && isDeclaredLocked(metadata)
  return isOpen ? ['page says that it is not free; parts of its text may be missing'] : []
}

const MAX_PAGE_TEXT_CHARS = 100_000

/** Pieces of removed text that are told, and characters of each; enough to see what a rule did. */
const MAX_REMOVED = 100
const MAX_REMOVED_CHARS = 300

interface FoundText {
  readonly text: string
  readonly removed: readonly RemovedText[]
  readonly problems: readonly string[]
}

function articleText(tree: PageTree, html: string, metadata: PageMetadata, isPlain: boolean): FoundText {
  const found = textFrom(tree, metadata, isPlain)
  const body = metadata.jsonLd?.body ?? ''
  if (body.length >= MIN_BODY_CHARS && found.text.length < MAX_LOST_SHARE * body.length) {
    return told(paragraphsOf(body), 'page shows little text; the article is taken from its JSON-LD')
  }
  if (found.text !== '') return found
  const bare = parseFallbackTree(html)
  const fallback = textFrom(bare, metadata, isPlainPage(bare, metadata))
  if (fallback.text !== '') return told(fallback.text, 'page shows text only without scripts or frames')
  const all = textOf(tree.root)
  if (all !== '') return told(all, 'page has no article; all of its text is taken')
  const description = metadata.description ?? ''
  return told(
    description,
    description === '' ? 'page has no text' : 'page has no text; its description is taken',
  )
}

function told(text: string, problem: string): FoundText {
  return { text, removed: [], problems: [problem] }
}

/** JSON-LD is believed over the page where it holds at least this much and the page less than this share of it. */
const MIN_BODY_CHARS = 500
const MAX_LOST_SHARE = 0.5

function textFrom(tree: PageTree, metadata: PageMetadata, isPlain: boolean): FoundText {
  const { blocks, dropped } = findMainContent(tree.root, { titles: metadata.titles, isPlain })
  const titles = new Set(isPlain ? [] : metadata.titles.map(foldTitle))
  const kept = blocks.filter(({ text }) => text.length > MAX_TITLE_CHARS || !titles.has(foldTitle(text)))
  return {
    text: (kept.length > 0 ? kept : blocks).map(({ text }) => text).join('\n\n'),
    removed: dropped.map(({ block, why }) => ({ text: block.text, why })),
    problems: [],
  }
}

/** Blocks longer than this are no headlines. */
const MAX_TITLE_CHARS = 300

const NEW_TAGS = new Set(['article', 'main', 'section', 'header', 'footer', 'nav', 'aside', 'figure', 'time'])

/** Pages of the old web have neither cards for networks nor elements of HTML5. */
function isPlainPage(tree: PageTree, { meta, jsonLd }: PageMetadata): boolean {
  if (jsonLd !== null || meta.has('viewport')) return false
  for (const name of meta.keys()) if (/^(?:og|twitter|fb|article):/.test(name)) return false
  return findNode(tree.root, (node) => NEW_TAGS.has(node.tag)) === null
}

/** Some pages put markup into the text of their JSON-LD. */
function paragraphsOf(body: string): string {
  return (looksLikeHtml(body) ? htmlToPlainText(body) : body)
    .split(/\s*\n\s*/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n\n')
}

const MIN_DETECT_CHARS = 200

/** Pages name the language of their template as often as their own, so the text has a say where it is long enough. */
function languageOf(metadata: PageMetadata, text: string): string | null {
  const { languages } = metadata
  const detected = text.length >= MIN_DETECT_CHARS || languages.length === 0 ? detectLanguage(text) : null
  if (detected === null) return languages[0] ?? null
  if (languages.includes(detected)) return detected
  const declared = languages[0]
  return declared !== undefined && areClose(declared, detected) ? declared : detected
}

/** Languages that a detector by letters confuses: between them the page itself is believed. */
const CLOSE_LANGUAGES = [
  'no nb nn da sv',
  'hr sr bs sl',
  'id ms',
  'cs sk',
  'gl pt es ca',
  'ru uk be bg mk',
  'af nl',
].map((row) => row.split(' '))

function areClose(a: string, b: string): boolean {
  return CLOSE_LANGUAGES.some((row) => row.includes(a) && row.includes(b))
}

/** @param isPlain old pages are read whole: what looks like the newsroom's words may be the foot of the page, and goes too */
function withoutFurniture(
  text: string,
  lang: string | null,
  isPlain: boolean,
): { text: string; removed: RemovedText[] } {
  const removed: RemovedText[] = []
  let kept = ''
  let from = 0
  for (const { start, end, why } of findFurniture(text, { lang })) {
    if (!isPlain && staysInText(why)) continue
    kept += text.slice(from, start)
    if (removed.length < MAX_REMOVED)
      removed.push({ text: text.slice(start, end).slice(0, MAX_REMOVED_CHARS).trim(), why })
    from = end
  }
  kept += text.slice(from)
  const tidy = kept.replace(/\n{3,}/g, '\n\n').trim()
  return tidy === '' ? { text, removed: [] } : { text: tidy, removed }
}

function shorten({ text, why }: RemovedText): RemovedText {
  return { text: text.slice(0, MAX_REMOVED_CHARS).trim(), why }
}
