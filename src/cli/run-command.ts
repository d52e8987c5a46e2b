import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Role } from '../app/run-service.ts'
import { declareCommand } from './program.ts'
import { printProblem, type Terminal } from './terminal.ts'

/** Options of `tidings run`. */
export interface RunOptions {
  readonly config?: string
  readonly role: 'all' | Role
  /** Which part of the Discord servers this process serves; all of them where left out. */
  readonly shard?: ShardOption
}

/** `index` counts from 0. */
export interface ShardOption {
  readonly index: number
  readonly count: number
}

/** How the service ended: told to stop, or every problem that kept it from starting. */
export type ServiceEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly code: 1 | 2; readonly problems: readonly string[] }

/** `tidings run`. */
export function runCommand(terminal: Terminal, run: (options: RunOptions) => Promise<ServiceEnd>): Command {
  return declareCommand({
    name: 'run',
    summary: 'Run the service: collect feeds, group stories, send digests, answer commands',
    example: ['run --config tidings.yaml', 'Runs until SIGTERM or Ctrl-C; SIGHUP reads the file again.'],
  })
    .option('--config <file>', 'settings file (default: tidings.yaml where there is one)')
    .addOption(
      new Option('--role <role>', 'what this process does; PostgreSQL serves many processes at once')
        .choices(['all', 'gateway', 'collect', 'group', 'send', 'web'])
        .default('all'),
    )
    .option(
      '--shard <i/n>',
      'the i-th of n parts of the Discord servers, from 0/n on (default: all)',
      readShard,
    )
    .action(async (options: RunOptions) => {
      const end = await run(options)
      if (end.kind === 'stopped') return
      for (const problem of end.problems) printProblem(terminal, problem)
      terminal.finish(end.code)
    })
}

function readShard(text: string): ShardOption {
  const [, index, count] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.map(Number) ?? []
  if (index === undefined || count === undefined || index >= count) {
    throw new InvalidArgumentError('It is not a part such as 0/4, counted from 0.')
  }
  return { index, count }
}
