import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadSettings, parseSettings } from '../../src/config/load-settings.ts'

const problems = (text: string) => {
  const loaded = parseSettings(text, 'x.yaml', {})
  return loaded.kind === 'problems' ? loaded.problems : []
}

describe('parseSettings()', () => {
  it('runs with nothing set', () => {
    const loaded = parseSettings('', 'x.yaml', {})
    expect(loaded).toMatchObject({
      kind: 'settings',
      settings: { database: 'sqlite:data/tidings.db', feeds: [] },
    })
  })

  it('gives the defaults that config/default.yaml states', () => {
    const stated = parseSettings(readFileSync('config/default.yaml', 'utf8'), 'default.yaml', {})
    expect(stated).toEqual(parseSettings('', 'x.yaml', {}))
  })

  it('reads the example of the design', () => {
    const loaded = parseSettings(
      `digests:
  - name: morning
    to: [{ discord: "123456789012345678" }, { slack: C0123456789 }, { console: true }]
    at: ["08:00"]
    timezone: Europe/Berlin
    topics: { include: [world], mute: ["celebrity"] }
`,
      'x.yaml',
      {},
    )
    expect(loaded).toMatchObject({
      kind: 'settings',
      settings: { digests: [{ name: 'morning', stories: 10, topics: { include: ['world'], exclude: [] } }] },
    })
  })

  it('tells every problem at once with line and column', () => {
    expect(
      problems(`database: mysql://x
feeds:
  - { url: ftp://x.example/feed }
digests:
  - name: morning
    to: []
    at: ["25:00"]
    timezone: Mars/Base
colour: blue
`),
    ).toEqual([
      'x.yaml:1:11: "database" is neither sqlite:PATH nor postgres://…',
      'x.yaml:3:12: "feeds.0.url" is not an http(s) URL',
      'x.yaml:6:9: "digests.0.to" names no destination',
      'x.yaml:7:10: "digests.0.at.0" is not a time such as 08:00',
      'x.yaml:8:15: "digests.0.timezone" is not an IANA time zone',
      'x.yaml:9:9: "colour" is not a known setting',
    ])
  })

  it('tells broken YAML with its place', () => {
    expect(problems('feeds: [\n')[0]).toMatch(/^x\.yaml:\d+:\d+: /)
  })

  it('refuses a file that is not a mapping', () => {
    expect(problems('- a\n')).toHaveLength(1)
  })

  it('lets DATABASE_URL win', () => {
    const loaded = parseSettings('database: sqlite:a.db', 'x.yaml', { DATABASE_URL: 'sqlite:b.db' })
    expect(loaded).toMatchObject({ settings: { database: 'sqlite:b.db' } })
  })
})

describe('loadSettings()', () => {
  it('tells a missing file that was named', () => {
    const loaded = loadSettings('no/such.yaml', {})
    expect(loaded).toMatchObject({ kind: 'problems', problems: [expect.stringContaining('no/such.yaml')] })
  })
})
