import type { Command } from 'commander'
import { show, type Printed } from './printed.ts'
import { declareCommand } from './program.ts'
import type { Terminal } from './terminal.ts'

/** Options that all `tidings feeds` commands share, and those of `add`. */
export interface FeedsOptions {
  readonly config?: string
  readonly name?: string
  readonly tags?: string
}

/** The operator's feeds. */
export interface FeedsRooms {
  add(url: string, options: FeedsOptions): Promise<Printed>
  remove(feed: string, options: FeedsOptions): Promise<Printed>
  list(options: FeedsOptions): Promise<Printed>
  test(url: string, options: FeedsOptions): Promise<Printed>
  importOpml(file: string, options: FeedsOptions): Promise<Printed>
  exportOpml(options: FeedsOptions): Promise<Printed>
}

/** `tidings feeds`. */
export function feedsCommand(terminal: Terminal, rooms: FeedsRooms): Command {
  const feeds = declareCommand({
    name: 'feeds',
    summary: "Add, remove, list, test, import and export the operator's feeds",
    example: [
      'feeds add https://example.org/rss --tags world',
      'Reads the feed once, then stores it for the service.',
    ],
  })
  const inner = (name: string, summary: string): Command =>
    feeds
      .command(name)
      .description(summary)
      .option('--config <file>', 'settings file (default: tidings.yaml where there is one)')
  inner('add', 'Add a feed after reading it once')
    .argument('<url>', 'address of the feed, or of its site')
    .option('--name <name>', 'name of the outlet; the feed tells it otherwise')
    .option('--tags <tags>', 'topics that digests may ask for, parted by commas')
    .action(async (url: string, options: FeedsOptions) => {
      show(terminal, await rooms.add(url, options))
    })
  inner('remove', 'Stop reading a feed; its articles stay')
    .argument('<feed>', 'address, name or id')
    .action(async (feed: string, options: FeedsOptions) => {
      show(terminal, await rooms.remove(feed, options))
    })
  inner('list', 'List the feeds and what is wrong with them').action(async (options: FeedsOptions) => {
    show(terminal, await rooms.list(options))
  })
  inner('test', 'Read a feed once and show what would come in; nothing is stored')
    .argument('<url>', 'address of the feed, or of its site')
    .action(async (url: string, options: FeedsOptions) => {
      show(terminal, await rooms.test(url, options))
    })
  inner('import', 'Add all feeds of an OPML file')
    .argument('<file>', 'OPML file')
    .action(async (file: string, options: FeedsOptions) => {
      show(terminal, await rooms.importOpml(file, options))
    })
  inner('export', 'Print the feeds as OPML').action(async (options: FeedsOptions) => {
    show(terminal, await rooms.exportOpml(options))
  })
  return feeds
}
