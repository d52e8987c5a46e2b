import type { Command } from 'commander'
import type { PlaceKind } from './ask-setup.ts'
import { show, type Printed } from './printed.ts'
import { declareCommand } from './program.ts'
import type { Terminal } from './terminal.ts'

/** Options of `tidings init`; what is given is not asked. */
export interface InitOptions extends Partial<Record<Exclude<PlaceKind, 'console'>, string[]>> {
  readonly config: string
  readonly env: string
  readonly topic?: string[]
  readonly language?: string[]
  readonly feed?: string[]
  readonly opml?: string
  readonly console: boolean
  readonly at?: string[]
  readonly timezone?: string
  /** Private addresses that feeds may use, as CIDR. */
  readonly allow?: string[]
  /** Replace files that are there. */
  readonly force: boolean
  /** Read the feeds, check the tokens and send a test. */
  readonly online: boolean
}

/** `tidings init`. */
export function initCommand(terminal: Terminal, init: (options: InitOptions) => Promise<Printed>): Command {
  return declareCommand({
    name: 'init',
    summary: 'Ask what is wanted, write settings and .env, check the tokens and send a test',
    example: [
      'init --topic world --discord 1234567890 --at 08:00',
      'Without options it asks; with some, or without a terminal, it takes them and asks nothing.',
    ],
  })
    .option('--config <file>', 'settings file to write', 'tidings.yaml')
    .option('--env <file>', 'file of the secrets to write', '.env')
    .option('--topic <topics...>', 'packs of feeds: world, technology, science, business, sport')
    .option('--language <languages...>', 'languages of the packs (default: en)')
    .option('--feed <urls...>', 'feeds')
    .option('--opml <file>', 'OPML file to take feeds from')
    .option('--discord <channels...>', 'Discord channels, by id; the token is read from DISCORD_TOKEN')
    .option(
      '--slack <channels...>',
      'Slack channels, by id; the tokens are read from SLACK_BOT_TOKEN, SLACK_APP_TOKEN',
    )
    .option('--webhook <urls...>', 'webhooks')
    .option('--file <folders...>', 'folders for Markdown files')
    .option('--console', 'the output of the service', false)
    .option('--at <times...>', 'times of day (default: 08:00)')
    .option('--timezone <zone>', 'IANA time zone (default: that of this machine)')
    .option('--allow <cidrs...>', 'private addresses that feeds may use, such as 10.0.0.0/8')
    .option('--force', 'replace files that are there', false)
    .option('--no-online', 'read no feed, check no token, send no test')
    .action(async (options: InitOptions) => {
      show(terminal, await init(options))
    })
}
