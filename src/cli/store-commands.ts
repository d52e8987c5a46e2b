import type { Command } from 'commander'
import type { ArticlePage } from '../app/ports/article-store.ts'
import type { StoryAnswer, StoryEntry } from '../app/ports/story-store.ts'
import { declareCommand, wholeNumber } from './program.ts'
import { openProgress } from './progress.ts'
import { printProblem, type Terminal } from './terminal.ts'

/** Where the stored things are and how many to show. */
export interface StoreOptions {
  readonly config?: string
  readonly limit: number
  readonly since?: string
  readonly outlet?: string
  readonly json: boolean
}

/** What was asked for, or every problem on the way to it. */
export type Asked<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'failed'; readonly code: 1 | 2; readonly problems: readonly string[] }

/** What an ingest did. */
export interface IngestReport {
  readonly added: number
  readonly revised: number
  readonly unchanged: number
  readonly older: number
  readonly stories: number
}

/** How to ingest. */
export interface IngestOptions {
  readonly config?: string
  readonly since?: string
}

/** Hears of an ingest while it runs. */
export interface IngestListener {
  /** Called now and then with the counts so far. */
  readonly onProgress: (counts: Omit<IngestReport, 'stories'>) => void
  readonly onProblem: (problem: string) => void
}

/** Answers from the database; each opens it and closes it again. */
export interface StoreRooms {
  search(words: string, options: StoreOptions): Promise<Asked<ArticlePage>>
  story(id: string, options: StoreOptions): Promise<Asked<StoryAnswer>>
  stories(options: StoreOptions): Promise<Asked<readonly StoryEntry[]>>
  ingest(
    inputs: readonly string[],
    options: IngestOptions,
    listener: IngestListener,
  ): Promise<Asked<IngestReport>>
  /** A digest line, a time, a title: the words of the console adapter. */
  readonly words: {
    article(entry: ArticlePage['entries'][number]): string
    story(entry: StoryEntry): string
    storyInFull(answer: Extract<StoryAnswer, { kind: 'story' }>): string
  }
}

/** Problems that an ingest tells one by one; a file of another kind has one a row. */
const MAX_TOLD_PROBLEMS = 100

/** `tidings ingest`. */
export function ingestCommand(terminal: Terminal, rooms: StoreRooms): Command {
  return withConfig(
    declareCommand({
      name: 'ingest',
      summary: 'Read articles into the database and group them; what is there already changes nothing',
      example: ['ingest archive.jsonl.gz', 'Stores every article of the file and places it in its story.'],
    }),
  )
    .argument(
      '<input...>',
      '.txt, .md, .html, .json(l)(.gz), .csv(.gz), feed and OPML files, folders, feed and page URLs',
    )
    .option('--since <time>', 'leave out what is dated before: 24h, 3d, 2026-03-10')
    .action(async (inputs: readonly string[], options: IngestOptions) => {
      const progress = openProgress(terminal, 'articles')
      const problems: string[] = []
      let untold = 0
      const asked = await rooms.ingest(inputs, options, {
        onProgress: ({ added, revised, unchanged, older }) => {
          const words = `${added} added, ${revised} revised, ${unchanged} unchanged, ${older} older`
          progress.show(added + revised + unchanged + older, words)
        },
        onProblem: (problem) => {
          if (problems.length < MAX_TOLD_PROBLEMS) problems.push(problem)
          else untold += 1
        },
      })
      progress.close()
      tell(terminal, asked, ({ added, revised, unchanged, older, stories }) => {
        const left = options.since === undefined ? '' : `, ${older} older left out`
        terminal.out(
          `${added} added, ${revised} revised, ${unchanged} unchanged${left}; ${stories} ${stories === 1 ? 'story' : 'stories'} touched\n`,
        )
      })
      for (const problem of problems) printProblem(terminal, problem)
      if (untold > 0) printProblem(terminal, `and ${untold} more of this kind`)
      if (problems.length > 0) terminal.finish(1)
    })
}

/** `tidings search`. */
export function searchCommand(terminal: Terminal, rooms: StoreRooms): Command {
  return withList(
    declareCommand({
      name: 'search',
      summary: 'Find stored articles by words, newest first; also beside a running service',
      example: ['search harbour strike --since 7d', 'Articles of the last week with both words.'],
    }),
  )
    .argument('<words...>', 'every one of them must occur; nothing in them is syntax')
    .option('--outlet <name>', 'only articles of this outlet')
    .action(async (found: readonly string[], options: StoreOptions) => {
      tell(terminal, await rooms.search(found.join(' '), options), (page) => {
        if (options.json) printJson(terminal, page)
        else if (page.entries.length === 0) terminal.out('No article has these words.\n')
        else for (const entry of page.entries) terminal.out(rooms.words.article(entry))
      })
    })
}

/** `tidings stories`. */
export function storiesCommand(terminal: Terminal, rooms: StoreRooms): Command {
  return withList(
    declareCommand({
      name: 'stories',
      summary: 'List stored stories, latest first; also beside a running service',
      example: ['stories --since 24h', 'The stories that grew within a day.'],
    }),
  ).action(async (options: StoreOptions) => {
    tell(terminal, await rooms.stories(options), (entries) => {
      if (options.json) printJson(terminal, entries)
      else if (entries.length === 0) terminal.out('No story is stored. "tidings ingest" reads some in.\n')
      else for (const entry of entries) terminal.out(rooms.words.story(entry))
    })
  })
}

/** `tidings story`. */
export function storyCommand(terminal: Terminal, rooms: StoreRooms): Command {
  return withConfig(
    declareCommand({
      name: 'story',
      summary: 'Show one stored story: articles, publishers, copies, and how it grew',
      example: ['story 3f9a41', 'By its id, the beginning of its id, or the id of one merged into it.'],
    }),
  )
    .argument('<id>', 'id of a story or its first four characters or more')
    .option('--json', 'print JSON', false)
    .action(async (id: string, options: StoreOptions) => {
      tell(terminal, await rooms.story(id, options), (answer) => {
        printStory(terminal, rooms, id, answer, options.json)
      })
    })
}

function printStory(
  terminal: Terminal,
  rooms: StoreRooms,
  id: string,
  answer: StoryAnswer,
  json: boolean,
): void {
  if (answer.kind === 'story') {
    if (json) printJson(terminal, answer)
    else terminal.out(rooms.words.storyInFull(answer))
    return
  }
  const why = answer.kind === 'unknown' ? 'there is none' : `${answer.ids.join(', ')} begin with it`
  printProblem(terminal, `Cannot show story "${id}": ${why}`)
  terminal.finish(1)
}

function tell<T>(terminal: Terminal, asked: Asked<T>, print: (answer: T) => void): void {
  if (asked.kind === 'answer') {
    print(asked.answer)
    return
  }
  for (const problem of asked.problems) printProblem(terminal, problem)
  terminal.finish(asked.code)
}

function withConfig(command: Command): Command {
  return command.option('--config <file>', 'settings file (default: tidings.yaml where there is one)')
}

function withList(command: Command): Command {
  return withConfig(command)
    .option('--limit <n>', 'most answers', wholeNumber(1), 20)
    .option('--since <time>', 'nothing older: 24h, 3d, 2026-03-10')
    .option('--json', 'print JSON', false)
}

function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`)
}
