import { createArticle, type Article, type ArticleDraft } from '../core/feed/article.ts'
import { parseArticleRow } from '../core/feed/article-row.ts'
import { articlesFromFeed } from '../core/feed/articles-from-feed.ts'
import { decodeText } from '../core/feed/decode-feed.ts'
import { parseOpml } from '../core/feed/opml.ts'
import { sniffInput } from '../core/feed/sniff-input.ts'
import type { FeedSource } from './ports/feed-source.ts'
import type { InputFile, InputProblem, InputRows, InputSource } from './ports/input-source.ts'
import type { PageReader } from './ports/page-reader.ts'
import type { ReadRow } from './ports/row-files.ts'
import { readListing } from './read-listing.ts'

/** What {@link streamArticles} needs from the street. */
export interface StreamArticlesPorts {
  readonly inputs: InputSource
  readonly web: FeedSource
  readonly pages: PageReader
}

/** One thing read from an input: an article, or one sentence on why there is none. */
export type ReadArticle =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'problem'; readonly problem: string }

/** How deep lists may lead to inputs: an OPML file names feeds, and no feed names an OPML file. */
const MAX_LIST_DEPTH = 1

/**
 * Reads articles from files, folders and URLs: plain text, pages, rows, feeds, and OPML lists of feeds.
 *
 * A broken input is a problem and the rest goes on. An article that comes again under its id is a later version of it.
 * Memory holds one input, of a file of rows one row.
 */
export async function* streamArticles(
  inputs: readonly string[],
  ports: StreamArticlesPorts,
  depth = 0,
): AsyncGenerator<ReadArticle> {
  for await (const input of openInputs(inputs, ports)) {
    if (input.kind === 'problem') yield input
    else if (input.kind === 'rows') yield* readRows(input)
    else yield* readInput(input, ports, depth)
  }
}

/** Problems told of one list of sitemaps. */
const MAX_LIST_PROBLEMS = 10

/** URLs come from the web, everything else from this machine; runs of files open together, so their names stay apart. */
async function* openInputs(
  inputs: readonly string[],
  ports: StreamArticlesPorts,
): AsyncGenerator<InputFile | InputRows | InputProblem> {
  const paths = inputs.filter((input) => !isUrl(input))
  if (paths.length > 0) yield* ports.inputs.open(paths)
  for (const url of inputs.filter(isUrl)) yield await fetchInput(url, ports.web)
}

async function fetchInput(url: string, web: FeedSource): Promise<InputFile | InputProblem> {
  const outcome = await web.fetchFeed({ url })
  switch (outcome.kind) {
    case 'fetched': {
      const { body, contentType } = outcome
      return { kind: 'file', name: url, body, contentType, url: outcome.url }
    }
    case 'not-modified':
      return { kind: 'problem', problem: `Cannot fetch "${url}": the server says that nothing changed` }
    case 'gone':
    case 'failed':
      return { kind: 'problem', problem: outcome.problem }
  }
}

function isUrl(input: string): boolean {
  return /^https?:\/\//i.test(input)
}

async function* readInput(
  file: InputFile,
  ports: StreamArticlesPorts,
  depth: number,
): AsyncGenerator<ReadArticle> {
  const kind = sniffInput(file.name, file.contentType, file.body)
  switch (kind) {
    case 'text':
      yield readText(file)
      return
    case 'rows':
      yield* readRows({ name: file.name, rows: linesOf(file) })
      return
    case 'csv':
      yield problemOf(`Cannot read "${file.name}": CSV is read from files only`)
      return
    case 'json':
      yield* readJson(file, ports)
      return
    case 'feed':
      yield* readFeed(file, ports)
      return
    case 'html':
      yield await readPage(file, ports.pages)
      return
    case 'opml':
      yield* readOpml(file, ports, depth)
  }
}

function readText(file: InputFile): ReadArticle {
  const { text } = decodeText(file.body, file.contentType)
  if (text.trim() === '') return problemOf(`Cannot read "${file.name}": it is empty`)
  return articleOf({ id: file.name, title: titleOf(text), text, url: file.url })
}

/** A first line that stands alone and does not end like a sentence is the title. */
const TITLE_LINE = /^\s*(?:#+ +)?([^\n]{3,200}[^\n.…,;:])[ \t]*\r?\n/

function titleOf(text: string): string {
  const title = TITLE_LINE.exec(text)?.[1]?.trim() ?? ''
  return /[.!?]["'”’)]?$/.test(title) ? '' : title
}

interface RowsToRead {
  readonly name: string
  readonly rows: AsyncIterable<ReadRow> | Iterable<ReadRow>
}

async function* readRows({ name, rows }: RowsToRead): AsyncGenerator<ReadArticle> {
  let isEmpty = true
  for await (const row of rows) {
    isEmpty = false
    if (row.kind === 'unreadable') yield problemOf(row.problem)
    else yield readRow(row, `${name}:${row.line}`)
  }
  if (isEmpty) yield problemOf(`Cannot read "${name}": it is empty`)
}

function readRow(row: Exclude<ReadRow, { kind: 'unreadable' }>, where: string): ReadArticle {
  const read = row.kind === 'row' ? parseArticleRow(row.value, where) : row
  if ('problem' in read) return problemOf(`Cannot read row "${where}": ${read.problem}`)
  const { title, text } = read.article
  const isEmpty = title.trim() === '' && text.trim() === ''
  return isEmpty ? problemOf(`Cannot read row "${where}": it has neither title nor text`) : read
}

function* linesOf(file: InputFile): Generator<ReadRow> {
  const { text } = decodeText(file.body, file.contentType)
  for (const [index, content] of text.split('\n').entries()) {
    if (content.trim() === '') continue
    const line = index + 1
    const value = parseJson(content)
    yield value === undefined ? { kind: 'bad-line', line, problem: 'not JSON' } : { kind: 'row', line, value }
  }
}

async function* readJson(file: InputFile, ports: StreamArticlesPorts): AsyncGenerator<ReadArticle> {
  const value = parseJson(decodeText(file.body, file.contentType).text)
  if (value === undefined) yield problemOf(`Cannot read "${file.name}": not JSON`)
  else if (typeof value === 'object' && value !== null && 'items' in value) yield* readFeed(file, ports)
  else {
    const rows: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const [index, row] of rows.entries()) {
      yield readRow({ kind: 'row', line: index + 1, value: row }, `${file.name}:${index + 1}`)
    }
  }
}

async function* readFeed(file: InputFile, { web }: StreamArticlesPorts): AsyncGenerator<ReadArticle> {
  const { parsed, isList } = await readListing(web, { url: file.url ?? '' }, file)
  const drafts = articlesFromFeed(parsed, { feedUrl: file.url ?? file.name })
  if (isList) for (const { problem } of parsed.problems.slice(0, MAX_LIST_PROBLEMS)) yield problemOf(problem)
  const why = parsed.problems[0]?.problem ?? 'no item is in it'
  if (drafts.length === 0) yield problemOf(`Cannot read feed "${file.url ?? file.name}": ${why}`)
  for (const draft of drafts) yield articleOf(draft)
}

async function readPage(file: InputFile, pages: PageReader): Promise<ReadArticle> {
  const page = await pages.extract({ html: file.body, url: file.url, contentType: file.contentType })
  if (page.text === '') {
    const why = page.problems[0] ?? 'no article text is in it'
    return problemOf(`Cannot read page "${file.url ?? file.name}": ${why}`)
  }
  return articleOf({
    id: file.url ?? file.name,
    url: page.url ?? file.url,
    title: page.title,
    text: page.text,
    source: page.outlet,
    published: page.published,
    lang: page.lang,
  })
}

async function* readOpml(
  file: InputFile,
  ports: StreamArticlesPorts,
  depth: number,
): AsyncGenerator<ReadArticle> {
  const { feeds } = parseOpml(decodeText(file.body, file.contentType).text)
  const urls = feeds.map(({ url }) => url)
  if (urls.length === 0) yield problemOf(`Cannot read OPML "${file.name}": no feed is in it`)
  else if (depth >= MAX_LIST_DEPTH) yield problemOf(`Cannot read OPML "${file.name}": a list in a list`)
  else yield* streamArticles(urls, ports, depth + 1)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function articleOf(draft: ArticleDraft): ReadArticle {
  return { kind: 'article', article: createArticle(draft) }
}

function problemOf(problem: string): ReadArticle {
  return { kind: 'problem', problem }
}
