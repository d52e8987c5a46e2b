import { Option, type Command } from 'commander'
import { declareCommand, wholeNumber } from './program.ts'
import { printProblem, type Terminal } from './terminal.ts'

/** Forms in which a digest prints. */
export type DigestFormat = 'terminal' | 'markdown' | 'html' | 'json' | 'discord' | 'slack'

/** What the command asks for; times and topics still as the person wrote them. */
export interface DigestOptions {
  readonly format: DigestFormat
  readonly stories: number
  readonly sentences: number
  readonly since?: string
  readonly topic?: string
  readonly lang?: string
  readonly config?: string
}

/** A printed digest with what could not be read on the way, or what is wrong with the options. */
export type PrintedDigest =
  | { readonly kind: 'digest'; readonly text: string; readonly problems: readonly string[] }
  | { readonly kind: 'nothing'; readonly problems: readonly string[] }
  | { readonly kind: 'usage'; readonly problem: string }
  | { readonly kind: 'settings'; readonly problems: readonly string[] }

/** Makes and prints a digest. */
export type PrintDigest = (inputs: readonly string[], options: DigestOptions) => Promise<PrintedDigest>

/** `tidings digest`. */
export function digestCommand(terminal: Terminal, printDigest: PrintDigest): Command {
  const command = declareCommand({
    name: 'digest',
    summary: 'Print the digest of some inputs, in one shot: no tokens, no config, no database',
    example: [
      'digest news/ https://example.org/rss --stories 5',
      'The five widest-reported stories of a folder and a feed.',
    ],
  })
    .argument(
      '<input...>',
      '.txt, .md, .html, .json(l)(.gz), feed and OPML files, folders, feed and page URLs, - for stdin',
    )
    .addOption(
      new Option('--format <form>', 'how to print it')
        .choices(['terminal', 'markdown', 'html', 'json', 'discord', 'slack'])
        .default('terminal'),
    )
    .option('--stories <n>', 'most stories', wholeNumber(1), 10)
    .option('--sentences <n>', 'most sentences a story', wholeNumber(0), 3)
    .option('--since <time>', 'leave older articles out: 24h, 3d, 2026-03-10, 2026-03-10T08:00Z')
    .option('--topic <query>', 'only stories on it: harbour AND (strike OR "work to rule") NOT football')
    .option('--lang <code>', 'language of the reader (ISO 639-1): stories are told in it where they can be')
    .option(
      '--config <file>',
      'settings file, for fetch.allow_addresses (default: tidings.yaml where there is one)',
    )
  return command.action(async (inputs: readonly string[], options: DigestOptions) => {
    const printed = await printDigest(inputs, options)
    if (printed.kind === 'usage') command.error(`error: ${printed.problem}`)
    else report(terminal, printed)
  })
}

function report(terminal: Terminal, printed: Exclude<PrintedDigest, { kind: 'usage' }>): void {
  if (printed.kind === 'digest') terminal.out(printed.text)
  for (const problem of printed.problems) printProblem(terminal, problem)
  if (printed.problems.length > 0) terminal.finish(printed.kind === 'settings' ? 2 : 1)
}

/** Prints the digest of the sample newsroom and what to do next: what tidings does without arguments. */
export async function showSample(
  terminal: Terminal,
  newsroom: string,
  printDigest: PrintDigest,
): Promise<void> {
  const printed = await printDigest([newsroom], { format: 'terminal', stories: 5, sentences: 2 })
  if (printed.kind === 'usage') throw new Error(`Cannot print the sample digest: ${printed.problem}`)
  report(terminal, printed)
  terminal.out(NEXT_STEPS)
}

const NEXT_STEPS = `
This is the digest of a fictional newsroom that comes with tidings. Next:
  npm start -- digest https://example.org/rss    a digest of feeds, pages, files or folders
  npm start -- digest --help                     formats, length, topics, time
  npm start -- --help                            all commands
`
