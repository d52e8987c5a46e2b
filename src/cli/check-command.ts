import type { Command } from 'commander'
import { show, type Printed } from './printed.ts'
import { declareCommand } from './program.ts'
import type { Terminal } from './terminal.ts'

/** Options of `tidings check`. */
export interface CheckOptions {
  readonly config?: string
  readonly online: boolean
}

/** `tidings check`. */
export function checkCommand(
  terminal: Terminal,
  check: (options: CheckOptions) => Promise<Printed>,
): Command {
  return declareCommand({
    name: 'check',
    summary: 'Tell every problem of settings, tokens, database and feeds at once; nothing is sent',
    example: [
      'check --online',
      'Checks tidings.yaml, reads every feed of it once, and asks Discord and Slack.',
    ],
  })
    .option('--config <file>', 'settings file (default: tidings.yaml where there is one)')
    .option(
      '--online',
      'read every feed once, and ask Discord and Slack about tokens, rights and channels',
      false,
    )
    .action(async (options: CheckOptions) => {
      show(terminal, await check(options))
    })
}
