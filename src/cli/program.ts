import { Command, CommanderError, InvalidArgumentError } from 'commander'
import type { ExitCode, Terminal } from './terminal.ts'

/** A command before its options and its action are known. */
export interface CommandHead {
  readonly name: string
  /** One line, without a full stop. */
  readonly summary: string
  /** A command line that works as it stands, and what it does. */
  readonly example: readonly [line: string, does: string]
}

/** A command with its help in the form that all commands share. */
export function declareCommand({ name, summary, example }: CommandHead): Command {
  return new Command(name)
    .description(summary)
    .addHelpText('after', `\nExample:\n  $ tidings ${example[0]}\n    ${example[1]}\n`)
}

/** The whole program; `version` is shown by `--version`. */
export function buildProgram(terminal: Terminal, version: string, commands: readonly Command[]): Command {
  const program = new Command('tidings')
    .description(
      'News digests in verbatim, linked sentences: what happened, once, from whom, how widely reported',
    )
    .version(version)
    .addHelpText(
      'after',
      '\nWithout a command, tidings shows the digest of the sample newsroom.\n\nExample:\n  $ tidings digest https://example.org/rss\n',
    )
  for (const command of commands) program.addCommand(command)
  for (const command of [program, ...commands, ...commands.flatMap(({ commands: inner }) => inner)]) {
    command
      .configureOutput({
        writeOut: (text) => {
          terminal.out(text)
        },
        writeErr: (text) => {
          terminal.err(text)
        },
        getOutHelpWidth: () => terminal.columns,
        getErrHelpWidth: () => terminal.columns,
      })
      .exitOverride()
      .showHelpAfterError(`Try "tidings ${command === program ? '' : `${command.name()} `}--help".`)
  }
  return program
}

/** Runs the program on its arguments (without node and script). Usage errors are told and give 2. */
export async function runProgram(program: Command, args: readonly string[]): Promise<ExitCode> {
  try {
    await program.parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
}

/** Reads an option that counts: a whole number of at least `min`. */
export function wholeNumber(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d{1,9}$/.test(text) || value < min)
      throw new InvalidArgumentError(`It is not a whole number from ${min} on.`)
    return value
  }
}
