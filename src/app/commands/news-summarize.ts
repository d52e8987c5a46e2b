import type { StoryToTell } from '../../core/digest/digest.ts'
import { createArticle, type Article } from '../../core/feed/article.ts'
import { printable } from '../../core/text/printable.ts'
import type { CommandReply, Line } from '../ports/chat.ts'
import type { Ask, CommandFamily } from './command-family.ts'
import { completeStory, findOneStory } from './find-story.ts'
import { longSummary } from './news-stories.ts'
import { needs, newsShape } from './option-shapes.ts'
import { echo, linked, listWords, reply, say } from './reply-words.ts'
import { outletWords, sentenceLines, summaryOf } from './story-card.ts'

/** Pages that one summary may be made of. */
const MAX_PAGES = 5

/** Time for fetching and reading all pages, ms; platforms wait up to 15 min, people do not. */
const MAX_READ_MS = 25_000

/** `/news summarize`. */
export const newsSummarize: CommandFamily = {
  commands: [
    {
      shape: newsShape(
        'summarize',
        'A longer summary of a story, or of pages on the web, in sentences of their own',
        [needs('target', `A story, or up to ${MAX_PAGES} addresses of pages`, { completes: true })],
      ),
      run: (ask, given) => summarize(ask, given['target'] ?? ''),
      complete: (ask, _option, typed) => (isUrl(typed) ? Promise.resolve([]) : completeStory(ask, typed)),
    },
  ],
}

async function summarize(ask: Ask, target: string): Promise<CommandReply> {
  const urls = target.split(/[\s,<>]+/).filter(isUrl)
  if (urls.length > MAX_PAGES)
    return say(`Cannot summarize ${urls.length} pages at once: give at most ${MAX_PAGES}.`)
  if (urls.length > 0) return summarizePages(ask, urls)
  const found = await findOneStory(ask, target)
  if (found.kind === 'reply') return found.reply
  return longSummary(ask, found.story, await found.reader.withTexts(found.story))
}

function isUrl(text: string): boolean {
  return /^https?:\/\/\S/i.test(text)
}

type ReadPage =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'problem'; readonly problem: string }

async function summarizePages(ask: Ask, urls: readonly string[]): Promise<CommandReply> {
  const signal = AbortSignal.any([ask.signal, AbortSignal.timeout(MAX_READ_MS)])
  const pages = await Promise.all([...new Set(urls)].map((url) => readPage(ask, url, signal)))
  const articles = pages.flatMap((page) => (page.kind === 'article' ? [page.article] : []))
  const problems = pages.flatMap((page): Line[] =>
    page.kind === 'problem' ? [[{ text: page.problem }]] : [],
  )
  if (articles.length === 0) return reply([{ lines: problems }])
  const told: StoryToTell = {
    id: 'pages',
    members: articles.map((article) => ({ article, copyOf: null, copyKind: null, why: '' })),
  }
  const summary = summaryOf(told, { form: 'long' })
  const lines = sentenceLines(summary, told)
  const [first] = articles
  const headline = printable(summary.headline) || first?.url || 'Summary'
  const body: Line[] =
    lines.length === 0
      ? [[{ text: `There is no summary: ${summary.problem ?? 'no sentence could be quoted'}.` }]]
      : lines
  return reply([
    {
      heading: [linked(headline, articles.length === 1 ? (first?.url ?? null) : null, true)],
      lines: [...body, [{ text: `From ${listWords(articles.map(outletWords))}`, quiet: true }], ...problems],
    },
  ])
}

async function readPage({ ports }: Ask, url: string, signal: AbortSignal): Promise<ReadPage> {
  const outcome = await ports.pages.fetchPage({ url, signal })
  if (outcome.kind === 'not-modified')
    return { kind: 'problem', problem: `Cannot read ${echo(url)}: the site sent no page.` }
  if (outcome.kind !== 'fetched') {
    const late = signal.aborted ? ` It took longer than ${MAX_READ_MS / 1_000} s.` : ''
    return { kind: 'problem', problem: `${outcome.problem}.${late}` }
  }
  const page = await ports.reader.extract({
    html: outcome.body,
    url: outcome.url,
    contentType: outcome.contentType,
  })
  if (page.text === '') {
    const why = ACCESS_WORDS[page.access] ?? page.problems[0] ?? 'no article text is in it'
    return { kind: 'problem', problem: `Cannot read ${echo(url)}: ${why}.` }
  }
  const article = createArticle({
    id: url,
    url: page.url ?? outcome.url,
    title: page.title,
    text: page.text,
    source: page.outlet,
    published: page.published,
    lang: page.lang,
  })
  return { kind: 'article', article }
}

/** Why a page shows no article, for people. */
const ACCESS_WORDS: Readonly<Partial<Record<string, string>>> = {
  paywall: 'its text is for subscribers',
  login: 'its text is for people who have signed in',
  consent: 'it shows a question about cookies instead of the article',
  blocked: 'the site lets no programs in',
}
