import { readFileSync } from 'node:fs'
import { settingsJsonSchema } from '../../src/config/settings.ts'

/** The text of config/tidings.schema.json. */
export function settingsSchemaText(): string {
  return `${JSON.stringify({ title: 'Settings of tidings', ...settingsJsonSchema() }, null, 2)}\n`
}

/** The text of docs/configuration.md: every setting of the schema, every variable of config/example.env. */
export function settingsReference(): string {
  return [
    '# Settings',
    '',
    '<!-- Written by: node bench/settings-reference.ts. A test fails where it differs from the code. -->',
    '',
    'One YAML file, `tidings.yaml` in the working folder or `--config FILE`; everything in it may be left out. `tidings check` tells',
    'every problem at once, with line and column. Editors check and complete it where its first line names the schema, by its path from there:',
    '',
    '    # yaml-language-server: $schema=config/tidings.schema.json',
    '',
    '[config/default.yaml](../config/default.yaml) has all defaults with comments. What managers',
    'change from chat lives in the database and wins over the file for that destination.',
    '',
    ...rowsOf(settingsJsonSchema(), []).map(({ path, kind, fallback, words }) =>
      [`- \`${path}\``, ` (${[kind, fallback].filter((part) => part !== '').join('; ')})`, `: ${words}`].join(
        '',
      ),
    ),
    '',
    '## Environment',
    '',
    'Secrets stand in the environment or in a `.env` file of the working folder, never in the settings file.',
    '',
    ...environment(),
    '',
  ].join('\n')
}

interface Row {
  readonly path: string
  readonly kind: string
  readonly fallback: string
  readonly words: string
}

type Schema = Readonly<Record<string, unknown>>

function rowsOf(schema: Schema, path: readonly string[]): Row[] {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  return Object.entries(schemaOf(schema['properties'])).flatMap(([name, value]) => {
    const one = schemaOf(value)
    const items = schemaOf(one['items'])
    const inner = one['properties'] === undefined ? items : one
    const here = [...path, name]
    const within = rowsOf(inner, inner === items ? [...here.slice(0, -1), `${name}[]`] : here)
    const words = textOf(one['description'])
    if (words === '' && within.length > 0) return within
    return [
      { path: here.join('.'), kind: kindOf(one), fallback: fallbackOf(one, required.has(name)), words },
      ...within,
    ]
  })
}

function kindOf(one: Schema): string {
  const items = schemaOf(one['items'])
  const choices = Array.isArray(one['enum']) ? one['enum'] : []
  if (choices.length > 0) return choices.map((choice) => `\`${String(choice)}\``).join(' or ')
  if (one['type'] === 'array') {
    const inner = kindOf(items)
    return inner === '' || inner === 'settings' ? 'list' : `list of ${inner}`
  }
  if (one['type'] === 'object') return 'settings'
  if (one['type'] === 'integer') return `number from ${String(one['minimum'])}${upTo(one['maximum'])}`
  if (one['type'] === 'boolean') return one['const'] === true ? '`true`' : '`true` or `false`'
  return one['format'] === 'uri' ? 'URL' : one['type'] === 'string' ? 'text' : ''
}

function upTo(maximum: unknown): string {
  return typeof maximum !== 'number' || maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${maximum}`
}

function fallbackOf(one: Schema, isRequired: boolean): string {
  if (isRequired) return 'must be there'
  const value = one['default']
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value)
  return isPlain ? `default \`${String(value)}\`` : ''
}

/** Variables with the comment above each, as a list. */
function environment(): string[] {
  const lines = readFileSync(new URL('../../config/example.env', import.meta.url), 'utf8').split('\n')
  let words: string[] = []
  return lines.flatMap((line) => {
    if (line === '') words = []
    if (line.startsWith('# ')) words = [...words, line.slice(2)]
    const name = /^([A-Z_]+)=/.exec(line)?.[1]
    return name === undefined ? [] : [`- \`${name}\`: ${words.at(-1) ?? ''}`]
  })
}

function schemaOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
