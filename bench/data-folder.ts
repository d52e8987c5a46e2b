import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of measuring data from the command line (`--data DIR`) or its usual place; ends with a clear line where it is missing. */
export function dataFolder(): string {
  const at = process.argv.indexOf('--data')
  const folder = at > 0 ? process.argv[at + 1]! : join(import.meta.dirname, '../../shared/data')
  if (!existsSync(join(folder, 'stories'))) {
    console.error(`Cannot measure stories: "${folder}/stories" is missing; give its place with --data DIR`)
    process.exit(1)
  }
  return folder
}
