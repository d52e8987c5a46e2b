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

describe('parseSettings() of feeds with secrets', () => {
  const issues = (feed: string, env: Record<string, string> = {}, more = '') => {
    const text = `${more}feeds:\n  - { url: "https://town.example/rss", ${feed} }\n`
    const loaded = parseSettings(text, 'x.yaml', env)
    return loaded.kind === 'problems' ? loaded.problems : []
  }

  it.each([
    ['cookies: "a=1"', '"feeds.0.cookies" is not env:NAME, the name of a variable of the environment'],
    [
      'headers: { Authorization: "Bearer x" }',
      '"feeds.0.headers.Authorization" would be a secret in the file',
    ],
    ['headers: { "X-Api-Key": "4711" }', '"feeds.0.headers.X-Api-Key" would be a secret in the file'],
    ['headers: { Host: "town.example" }', '"feeds.0.headers.Host" is a header that tidings sets itself'],
    ['headers: { "a b": "c" }', '"feeds.0.headers.a b" is not the name of a header'],
    [
      'headers: { Accept-Language: "nl\\r\\nX: y" }',
      '"feeds.0.headers.Accept-Language" is not one line of ASCII',
    ],
    ['basic_auth: { user: editor, password: pier }', '"feeds.0.basic_auth.password" is not env:NAME'],
    [
      'retention: { bodies_days: 120 }',
      '"feeds.0.retention.bodies_days" is longer than retention.bodies_days, 90',
    ],
    ['max_articles: 0', '"feeds.0.max_articles"'],
  ])('refuses %s', (feed, problem) => {
    const found = issues(feed)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(problem)
    expect(found[0]).toMatch(/^x\.yaml:2:\d+: /)
  })

  it('names variables that are missing or cannot be sent', () => {
    const feed = 'cookies: env:A, headers: { X-Token: env:B }'
    expect(issues(feed, { B: 'one\ntwo' })).toEqual([
      'x.yaml:2:49: "feeds.0.cookies" names A, which the environment does not have',
      'x.yaml:2:76: "feeds.0.headers.X-Token" names B, which is not one line',
    ])
    expect(issues(feed, { A: 'a=1', B: 'two' })).toEqual([])
  })

  it.each([
    ['proxy_url: "http://desk:pier@proxy.example:3128"', {}, 'is neither an http, https or socks5 URL'],
    ['proxy_url: "ftp://proxy.example"', {}, 'is neither an http, https or socks5 URL'],
    ['proxy_url: env:NEWS_PROXY', {}, 'names NEWS_PROXY, which the environment does not have'],
    [
      'proxy_url: env:NEWS_PROXY',
      { NEWS_PROXY: 'proxy' },
      'names NEWS_PROXY, which is no http, https or socks5 URL',
    ],
  ])('refuses the proxy of %s', (fetch, env, problem) => {
    expect(issues('tags: []', env, `fetch: { ${fetch} }\n`).join()).toContain(`"fetch.proxy_url" ${problem}`)
  })

  it('takes a proxy with a password from the environment', () => {
    const env = { NEWS_PROXY: 'http://desk:pier@proxy.example:3128' }
    expect(issues('tags: []', env, 'fetch: { proxy_url: env:NEWS_PROXY }\n')).toEqual([])
  })
})
