import type { Command } from 'commander'
import { show, type Printed } from './printed.ts'
import { declareCommand } from './program.ts'
import type { Terminal } from './terminal.ts'

/** Options of `tidings preview`. */
export interface PreviewOptions {
  readonly config?: string
  readonly json: boolean
}

/** `tidings preview`. */
export function previewCommand(
  terminal: Terminal,
  preview: (digest: string, options: PreviewOptions) => Promise<Printed>,
): Command {
  return declareCommand({
    name: 'preview',
    summary: 'Show what the next digest would be, and why each story is in it or not; nothing is sent',
    example: ['preview morning', 'The digest "morning" as it would be now, beside a running service.'],
  })
    .argument('<digest>', 'name of a digest of the settings file, or the id of any digest')
    .option('--config <file>', 'settings file (default: tidings.yaml where there is one)')
    .option('--json', 'print JSON', false)
    .action(async (digest: string, options: PreviewOptions) => {
      show(terminal, await preview(digest, options))
    })
}
