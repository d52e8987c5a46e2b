import { createArticle, type Article, type ArticleDraft } from '../core/feed/article.ts'
import { parseArticleRow } from '../core/feed/article-row.ts'
import { articlesFromFeed } from '../core/feed/articles-from-feed.ts'
import { decodeText } from '../core/feed/decode-feed.ts'
import { parseOpml } from '../core/feed/opml.ts'
import { parseFeed } from '../core/feed/parse-feed.ts'
import { sniffInput } from '../core/feed/sniff-input.ts'
import type { FeedSource } from './ports/feed-source.ts'
import type { InputFile, InputProblem, InputSource } from './ports/input-source.ts'
import type { PageReader } from './ports/page-reader.ts'

/** What {@link readArticles} needs from the street. */
export interface ReadArticlesPorts {
  readonly inputs: InputSource
  readonly web: FeedSource
  readonly pages: PageReader
}

/** All articles of some inputs, in order, and one sentence for each thing that could not be read. */
export interface ReadArticles {
  readonly articles: readonly Article[]
  readonly problems: readonly string[]
}

/** How deep lists may lead to inputs: an OPML file names feeds, and no feed names an OPML file. */
const MAX_LIST_DEPTH = 1

/**
 * Reads articles from files, folders and URLs: plain text, pages, rows, feeds, and OPML lists of feeds.
 *
 * A broken input is a problem and the rest goes on. An article that comes again under its id is a later version of it.
 */
export async function readArticles(
  inputs: readonly string[],
  ports: ReadArticlesPorts,
  depth = 0,
): Promise<ReadArticles> {
  const articles: Article[] = []
  const problems: string[] = []
  for await (const input of openInputs(inputs, ports)) {
    if (input.kind === 'problem') {
      problems.push(input.problem)
      continue
    }
    const read = await readInput(input, ports, depth)
    articles.push(...read.articles)
    problems.push(...read.problems)
  }
  return { articles, problems }
}

/** URLs come from the web, everything else from this machine; runs of files open together, so their names stay apart. */
async function* openInputs(
  inputs: readonly string[],
  ports: ReadArticlesPorts,
): AsyncGenerator<InputFile | InputProblem> {
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

async function readInput(file: InputFile, ports: ReadArticlesPorts, depth: number): Promise<ReadArticles> {
  const kind = sniffInput(file.name, file.contentType, file.body)
  switch (kind) {
    case 'text':
      return readText(file)
    case 'rows':
      return readRows(file)
    case 'json':
      return readJson(file)
    case 'feed':
      return readFeed(file)
    case 'html':
      return readPage(file, ports.pages)
    case 'opml':
      return readOpml(file, ports, depth)
  }
}

function readText(file: InputFile): ReadArticles {
  const { text } = decodeText(file.body, file.contentType)
  if (text.trim() === '') return problemOf(`Cannot read "${file.name}": it is empty`)
  return {
    articles: [createArticle({ id: file.name, title: titleOf(text), text, url: file.url })],
    problems: [],
  }
}

/** A first line that stands alone and does not end like a sentence is the title. */
const TITLE_LINE = /^\s*(?:#+ +)?([^\n]{3,200}[^\n.…,;:])[ \t]*\r?\n/

function titleOf(text: string): string {
  const title = TITLE_LINE.exec(text)?.[1]?.trim() ?? ''
  return /[.!?]["'”’)]?$/.test(title) ? '' : title
}

function readRows(file: InputFile): ReadArticles {
  const { text } = decodeText(file.body, file.contentType)
  const articles: Article[] = []
  const problems: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const where = `${file.name}:${index + 1}`
    const value = parseJson(line)
    const row = value === undefined ? 'not JSON' : parseArticleRow(value, where)
    if (typeof row === 'string') problems.push(`Cannot read row "${where}": ${row}`)
    else if (row.kind === 'problem') problems.push(`Cannot read row "${where}": ${row.problem}`)
    else articles.push(row.article)
  }
  if (articles.length + problems.length === 0) problems.push(`Cannot read "${file.name}": it is empty`)
  return { articles, problems }
}

function readJson(file: InputFile): ReadArticles {
  const value = parseJson(decodeText(file.body, file.contentType).text)
  if (value === undefined) return problemOf(`Cannot read "${file.name}": not JSON`)
  if (typeof value === 'object' && value !== null && 'items' in value) return readFeed(file)
  const rows = (Array.isArray(value) ? value : [value]).map((row: unknown, index) =>
    parseArticleRow(row, `${file.name}:${index + 1}`),
  )
  return {
    articles: rows.flatMap((row) => (row.kind === 'article' ? [row.article] : [])),
    problems: rows.flatMap((row, index) =>
      row.kind === 'problem' ? [`Cannot read row "${file.name}:${index + 1}": ${row.problem}`] : [],
    ),
  }
}

function readFeed(file: InputFile): ReadArticles {
  const parsed = parseFeed({ body: file.body, contentType: file.contentType, url: file.url })
  const drafts = articlesFromFeed(parsed, { feedUrl: file.url ?? file.name })
  const why = parsed.problems[0]?.problem ?? 'no item is in it'
  if (drafts.length === 0) return problemOf(`Cannot read feed "${file.url ?? file.name}": ${why}`)
  return { articles: drafts.map(createArticle), problems: [] }
}

async function readPage(file: InputFile, pages: PageReader): Promise<ReadArticles> {
  const page = await pages.extract({ html: file.body, url: file.url, contentType: file.contentType })
  if (page.text === '') {
    const why = page.problems[0] ?? 'no article text is in it'
    return problemOf(`Cannot read page "${file.url ?? file.name}": ${why}`)
  }
  const draft: ArticleDraft = {
    id: file.url ?? file.name,
    url: page.url ?? file.url,
    title: page.title,
    text: page.text,
    source: page.outlet,
    published: page.published,
    lang: page.lang,
  }
  return { articles: [createArticle(draft)], problems: [] }
}

async function readOpml(file: InputFile, ports: ReadArticlesPorts, depth: number): Promise<ReadArticles> {
  const { feeds } = parseOpml(decodeText(file.body, file.contentType).text)
  if (feeds.length === 0) return problemOf(`Cannot read OPML "${file.name}": no feed is in it`)
  if (depth >= MAX_LIST_DEPTH) return problemOf(`Cannot read OPML "${file.name}": a list in a list`)
  return readArticles(
    feeds.map(({ url }) => url),
    ports,
    depth + 1,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemOf(problem: string): ReadArticles {
  return { articles: [], problems: [problem] }
}
