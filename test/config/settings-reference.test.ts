import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { settingsReference, settingsSchemaText } from '../support/settings-reference.ts'

const fileText = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('the reference of the settings', () => {
  it('is in config/tidings.schema.json as the code has it; else run: node bench/settings-reference.ts', () => {
    expect(fileText('config/tidings.schema.json')).toBe(settingsSchemaText())
  })

  it('is in docs/configuration.md as the code has it; else run: node bench/settings-reference.ts', () => {
    expect(fileText('docs/configuration.md')).toBe(settingsReference())
  })

  it('says something of each setting and each variable', () => {
    const lines = settingsReference()
      .split('\n')
      .filter((line) => line.startsWith('- `'))
    expect(lines.length).toBeGreaterThan(40)
    expect(lines.filter((line) => /: *$/.test(line))).toEqual([])
  })
})
