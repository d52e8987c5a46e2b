import type { Command } from 'commander'
import { show, type Printed } from './printed.ts'
import { declareCommand } from './program.ts'
import { openProgress } from './progress.ts'
import type { Terminal } from './terminal.ts'

/** Options of the `tidings db` commands. */
export interface DbOptions {
  readonly config?: string
}

/** What can be done with the database as a whole. */
export interface DbRooms {
  migrate(options: DbOptions): Promise<Printed>
  status(options: DbOptions): Promise<Printed>
  backup(file: string, options: DbOptions): Promise<Printed>
  /** @param options `force`: also over a database that holds something */
  restore(file: string, options: DbOptions & { readonly force?: boolean }): Promise<Printed>
  /** @param onProgress hears how many rows of how many are done */
  copy(from: string, to: string, onProgress: (rows: number, totalRows: number) => void): Promise<Printed>
}

/** `tidings db`. */
export function dbCommand(terminal: Terminal, rooms: DbRooms): Command {
  const db = declareCommand({
    name: 'db',
    summary: 'Migrate, look at, back up, restore and copy the database',
    example: ['db status', 'Which migrations the database of tidings.yaml has.'],
  })
  const inner = (name: string, summary: string): Command =>
    db
      .command(name)
      .description(summary)
      .option('--config <file>', 'settings file (default: tidings.yaml where there is one)')
  inner('migrate', 'Bring the schema up to this program').action(async (options: DbOptions) => {
    show(terminal, await rooms.migrate(options))
  })
  inner('status', 'Tell which migrations the database has').action(async (options: DbOptions) => {
    show(terminal, await rooms.status(options))
  })
  inner('backup', 'Write the SQLite database as it is now into a new file, beside a running service')
    .argument('<file>', 'file that is not there yet')
    .action(async (file: string, options: DbOptions) => {
      show(terminal, await rooms.backup(file, options))
    })
  inner('restore', 'Put a back-up in place of the SQLite database; stop the service first')
    .argument('<file>', 'what "tidings db backup" wrote')
    .option('--force', 'also where the database holds something: it is lost')
    .action(async (file: string, options: DbOptions & { readonly force?: boolean }) => {
      show(terminal, await rooms.restore(file, options))
    })
  db.command('copy')
    .description('Copy everything into another database; may be stopped and run again')
    .requiredOption('--from <url>', 'sqlite:… or postgres://…')
    .requiredOption('--to <url>', 'sqlite:… or postgres://…')
    .action(async ({ from, to }: { readonly from: string; readonly to: string }) => {
      let progress: ReturnType<typeof openProgress> | undefined
      let done = 0
      const printed = await rooms.copy(from, to, (rows, totalRows) => {
        progress ??= openProgress(terminal, 'rows', totalRows)
        for (; done < rows; done += 1) progress.tick()
      })
      progress?.close()
      show(terminal, printed)
    })
  return db
}
