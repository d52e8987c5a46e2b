import type { Command } from 'commander'
import {
  extractCommand,
  groupCommand,
  parseFeedCommand,
  summarizeCommand,
  type BatchRooms,
} from '../../src/cli/batch-commands.ts'
import { checkCommand } from '../../src/cli/check-command.ts'
import { dbCommand, type DbRooms } from '../../src/cli/db-command.ts'
import { digestCommand } from '../../src/cli/digest-command.ts'
import { feedsCommand, type FeedsRooms } from '../../src/cli/feeds-command.ts'
import { initCommand } from '../../src/cli/init-command.ts'
import { previewCommand } from '../../src/cli/preview-command.ts'
import { buildProgram, runProgram } from '../../src/cli/program.ts'
import { runCommand } from '../../src/cli/run-command.ts'
import {
  ingestCommand,
  searchCommand,
  storiesCommand,
  storyCommand,
  type StoreRooms,
} from '../../src/cli/store-commands.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

/** What is wrong with a command line, `''` where the program takes it; nothing is done. */
export async function problemOfLine(args: readonly string[]): Promise<string> {
  let said = ''
  const terminal: Terminal = {
    ...{ out: () => undefined, err: (text) => (said += text), finish: () => undefined },
    ...{ columns: 80, color: false, progressTo: null },
  }
  const never = () => Promise.reject(new Error('a dry program does nothing'))
  const nobody = new Proxy({}, { get: () => never }) as BatchRooms & StoreRooms & DbRooms & FeedsRooms
  const program = buildProgram(terminal, '0', [
    ...[parseFeedCommand, extractCommand, groupCommand, summarizeCommand].map((one) => one(terminal, nobody)),
    ...[ingestCommand, searchCommand, storiesCommand, storyCommand].map((one) => one(terminal, nobody)),
    ...[checkCommand, initCommand, runCommand, previewCommand, digestCommand].map((one) =>
      one(terminal, never),
    ),
    ...[dbCommand, feedsCommand].map((one) => one(terminal, nobody)),
  ])
  for (const command of allOf(program)) if (command.commands.length === 0) command.action(() => undefined)
  return (await runProgram(program, args)) === 0 ? '' : said
}

function allOf(command: Command): Command[] {
  return command.commands.flatMap((inner) => [inner, ...allOf(inner)])
}
