import { InvalidArgumentError, Option, type Command } from 'commander'
import type { RowFiles } from '../app/ports/row-files.ts'
import type { SummaryForm, SummaryOptions } from '../core/summary/summary.ts'
import { declareCommand, wholeNumber, type CommandHead } from './program.ts'
import { runBatch, type BatchFiles, type BatchStep } from './run-batch.ts'
import type { Terminal } from './terminal.ts'

/** What the batch commands are handed when one of them runs; each loads no more than it needs. */
export interface BatchRooms {
  readonly files: RowFiles
  parseFeed(): Promise<BatchStep>
  extract(): Promise<BatchStep & { close(): Promise<void> }>
  group(options: { readonly explain: boolean }): Promise<BatchStep>
  summarize(options: SummaryOptions, report: { readonly explain: boolean }): Promise<BatchStep>
}

/** `tidings parse-feed`. */
export function parseFeedCommand(terminal: Terminal, rooms: BatchRooms): Command {
  return declareBatch({
    name: 'parse-feed',
    summary: 'Parse feeds: rows {id, base64, content_type?, url?} to {id, feed, items, problems}',
    example: [
      'parse-feed --in feeds.jsonl.gz --out parsed.jsonl',
      'One row a feed, in any format and charset.',
    ],
  }).action(async (options: BatchFiles) => {
    await runBatch(terminal, rooms.files, options, await rooms.parseFeed())
  })
}

/** `tidings extract`. */
export function extractCommand(terminal: Terminal, rooms: BatchRooms): Command {
  return declareBatch({
    name: 'extract',
    summary:
      'Extract articles: rows {id, url?, content_type?, html | html_base64 | text} to {id, title, text, …}',
    example: [
      'extract --in pages.jsonl --out articles.jsonl',
      'The main text of each page, with what was removed and why.',
    ],
  }).action(async (options: BatchFiles) => {
    const step = await rooms.extract()
    try {
      await runBatch(terminal, rooms.files, options, step)
    } finally {
      await step.close()
    }
  })
}

/** `tidings group`. */
export function groupCommand(terminal: Terminal, rooms: BatchRooms): Command {
  return declareBatch({
    name: 'group',
    summary:
      'Group articles, in arrival order, into stories: rows {id, title, text, …} to {id, story, at_arrival, …}',
    example: [
      'group --in articles.jsonl --out stories.jsonl --explain',
      'The story of each article, and why it is there.',
    ],
  })
    .option('--explain', 'add the scores behind each row', false)
    .action(async (options: BatchFiles & { explain: boolean }) => {
      await runBatch(terminal, rooms.files, options, await rooms.group(options))
    })
}

interface SummarizeOptions extends BatchFiles {
  readonly maxWords?: number
  readonly maxBytes?: number
  readonly maxChars?: number
  readonly sentences?: number
  readonly form?: SummaryForm
  readonly since?: number
  readonly lang?: string
  readonly explain: boolean
}

/** Sentences of a summary where no limit is named. */
const DEFAULT_SENTENCES = 3

/** `tidings summarize`. */
export function summarizeCommand(terminal: Terminal, rooms: BatchRooms): Command {
  const command = declareBatch({
    name: 'summarize',
    summary: 'Summarise stories in verbatim sentences: rows {id, docs, told?} to {id, headline, sentences}',
    example: [
      'summarize --in stories.jsonl --out - --max-words 100',
      'At most 100 words a story, each sentence a range of its source.',
    ],
  })
    .option('--max-words <n>', 'most words of a summary', wholeNumber(1))
    .option('--max-bytes <n>', 'most UTF-8 bytes of a summary', wholeNumber(1))
    .option('--max-chars <n>', 'most characters (UTF-16 units) of a summary', wholeNumber(1))
    .option('--sentences <n>', `most sentences of a summary (default: ${DEFAULT_SENTENCES})`, wholeNumber(1))
    .addOption(
      new Option('--form <form>', 'one line, 2-3 sentences, 6-8, or a sentence a day').choices([
        'line',
        'short',
        'long',
        'timeline',
      ]),
    )
    .option('--since <time>', 'only what is new since then, as 2026-03-10 or 2026-03-10T08:00Z', pointInTime)
    .option('--lang <code>', 'language of the reader (ISO 639-1), where a story has sources in it')
    .option('--explain', 'add the scores behind each sentence', false)
  return command.action(async (options: SummarizeOptions) => {
    const { maxWords, maxBytes, maxChars, sentences } = options
    const given = [maxWords, maxBytes, maxChars, sentences].filter((limit) => limit !== undefined)
    if (given.length > 1)
      command.error('error: --max-words, --max-bytes, --max-chars and --sentences exclude each other')
    await runBatch(terminal, rooms.files, options, await rooms.summarize(summaryOptions(options), options))
  })
}

function summaryOptions(options: SummarizeOptions): SummaryOptions {
  const { maxWords, maxBytes, maxChars, sentences, form, since, lang } = options
  const isOpen = [maxWords, maxBytes, maxChars, sentences, form].every((value) => value === undefined)
  return {
    ...(maxWords === undefined ? {} : { maxWords }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(maxChars === undefined ? {} : { maxChars }),
    ...(sentences === undefined ? {} : { sentences }),
    ...(form === undefined ? {} : { form }),
    ...(since === undefined ? {} : { sinceMs: since }),
    ...(lang === undefined ? {} : { lang }),
    ...(isOpen ? { sentences: DEFAULT_SENTENCES } : {}),
  }
}

/** A day or a time with its zone, so that the same command says the same everywhere; epoch ms UTC. */
function pointInTime(text: string): number {
  const isWhole = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/u.test(text)
  const ms = isWhole ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('It is no time such as 2026-03-10 or 2026-03-10T08:00Z.')
  return ms
}

function declareBatch(head: CommandHead): Command {
  return declareCommand(head)
    .option('--in <file>', 'NDJSON to read; .gz is unzipped, - is stdin', '-')
    .option('--out <file>', 'NDJSON to write; .gz is zipped, - is stdout', '-')
}
