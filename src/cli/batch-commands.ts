import type { Command } from 'commander'
import type { RowFiles } from '../app/ports/row-files.ts'
import { declareCommand, wholeNumber, type CommandHead } from './program.ts'
import { runBatch, type BatchFiles, type BatchStep } from './run-batch.ts'
import type { Terminal } from './terminal.ts'

/** What the batch commands are handed when one of them runs; each loads no more than it needs. */
export interface BatchRooms {
  readonly files: RowFiles
  parseFeed(): Promise<BatchStep>
  extract(): Promise<BatchStep & { close(): Promise<void> }>
  group(options: { readonly explain: boolean }): Promise<BatchStep>
  summarize(limit: SummaryLimit, options: { readonly explain: boolean }): Promise<BatchStep>
}

/** One limit of one kind. */
export type SummaryLimit =
  { readonly maxWords: number } | { readonly maxBytes: number } | { readonly sentences: number }

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
  readonly sentences?: number
  readonly explain: boolean
}

/** Sentences of a summary where no limit is named. */
const DEFAULT_SENTENCES = 3

/** `tidings summarize`. */
export function summarizeCommand(terminal: Terminal, rooms: BatchRooms): Command {
  const command = declareBatch({
    name: 'summarize',
    summary: 'Summarise stories in verbatim sentences: rows {id, docs} to {id, headline, sentences}',
    example: [
      'summarize --in stories.jsonl --out - --max-words 100',
      'At most 100 words a story, each sentence a range of its source.',
    ],
  })
    .option('--max-words <n>', 'most words of a summary', wholeNumber(1))
    .option('--max-bytes <n>', 'most UTF-8 bytes of a summary', wholeNumber(1))
    .option('--sentences <n>', `most sentences of a summary (default: ${DEFAULT_SENTENCES})`, wholeNumber(1))
    .option('--explain', 'add the scores behind each sentence', false)
  return command.action(async (options: SummarizeOptions) => {
    const given = [options.maxWords, options.maxBytes, options.sentences].filter(
      (limit) => limit !== undefined,
    )
    if (given.length > 1) command.error('error: --max-words, --max-bytes and --sentences exclude each other')
    await runBatch(terminal, rooms.files, options, await rooms.summarize(limitOf(options), options))
  })
}

function limitOf({ maxWords, maxBytes, sentences }: SummarizeOptions): SummaryLimit {
  if (maxWords !== undefined) return { maxWords }
  if (maxBytes !== undefined) return { maxBytes }
  return { sentences: sentences ?? DEFAULT_SENTENCES }
}

function declareBatch(head: CommandHead): Command {
  return declareCommand(head)
    .option('--in <file>', 'NDJSON to read; .gz is unzipped, - is stdin', '-')
    .option('--out <file>', 'NDJSON to write; .gz is zipped, - is stdout', '-')
}
