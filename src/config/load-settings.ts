import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { checkReferences } from './feed-settings.ts'
import { checkSettings, type Settings } from './settings.ts'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Settings that hold, or every problem of the file at once, each as one line with file, line and column. */
export type LoadedSettings =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }

/** The file that is read where nobody names one; it may be missing, the defaults run without it. */
const DEFAULT_FILE = 'tidings.yaml'

/** Reads and checks the settings file; `DATABASE_URL` of the environment wins over its `database`. */
export function loadSettings(path: string | undefined, env: Environment): LoadedSettings {
  const file = path ?? DEFAULT_FILE
  if (path === undefined && !existsSync(file)) return parseSettings('', file, env)
  try {
    return parseSettings(readFileSync(file, 'utf8'), file, env)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { kind: 'problems', problems: [`Cannot read settings "${file}": ${why}`] }
  }
}

/** Checks the text of a settings file; `file` is its name in problems. */
export function parseSettings(text: string, file: string, env: Environment): LoadedSettings {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => `${place(file, lines, pos[0])}: ${message}`)
    return { kind: 'problems', problems }
  }
  const database = env['DATABASE_URL']
  const data: unknown = document.toJS({ maxAliasCount: 100 })
  const checked = checkSettings(database && isObject(data ?? {}) ? { ...(data ?? {}), database } : data)
  const issues = 'issues' in checked ? checked.issues : checkReferences(checked.settings, env)
  if ('settings' in checked && issues.length === 0) return { kind: 'settings', settings: checked.settings }
  return {
    kind: 'problems',
    problems: issues.map(({ path, message }) => {
      const name = path.length === 0 ? 'the file' : `"${path.join('.')}"`
      return `${place(file, lines, offsetOf(document, path))}: ${name} ${message}`
    }),
  }
}

/** The environment with the variables of a `.env` file in the working folder below it. */
export function withDotEnv(env: Environment, file = '.env'): Environment {
  if (!existsSync(file)) return env
  return { ...parseEnv(readFileSync(file, 'utf8')), ...env }
}

function isObject(data: unknown): data is object {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

/** Where a setting stands; of a missing one, where its nearest parent stands. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0])
    }
  }
  return 0
}

function place(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`
}
