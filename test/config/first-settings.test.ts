import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  envWith,
  feedProblem,
  firstSettings,
  placeProblem,
  timeProblem,
  zoneProblem,
  type FirstWishes,
} from '../../src/config/first-settings.ts'
import { parseSettings } from '../../src/config/load-settings.ts'
import { loadStarterPacks } from '../../src/config/starter-feeds.ts'

const WISHES: FirstWishes = {
  feeds: [
    { url: 'https://harbour.example/rss', name: 'Harbour: "Post" #1', tags: ['world'] },
    { url: 'https://quay.example/rss', name: '', tags: [] },
  ],
  places: [{ discord: '123456789012345678' }, { console: true }],
  at: ['07:30', '18:00'],
  timeZone: 'Europe/Berlin',
  allowAddresses: [],
}

describe('firstSettings()', () => {
  it('writes a file that is read as it was meant', () => {
    const first = firstSettings(WISHES)
    const read = parseSettings(first.kind === 'settings' ? first.text : '', 'tidings.yaml', {})
    expect(read).toMatchObject({
      kind: 'settings',
      settings: {
        feeds: [
          { url: 'https://harbour.example/rss', name: 'Harbour: "Post" #1', tags: ['world'] },
          { url: 'https://quay.example/rss', tags: [] },
        ],
        digests: [
          {
            name: 'morning',
            to: [{ discord: '123456789012345678' }, { console: true }],
            at: ['07:30', '18:00'],
            timezone: 'Europe/Berlin',
          },
        ],
      },
    })
  })

  it('keeps ids and times as text also for readers of YAML 1.1', () => {
    const first = firstSettings(WISHES)
    expect(first).toMatchObject({ text: expect.stringContaining('discord: "123456789012345678"') as string })
    expect(first).toMatchObject({ text: expect.stringContaining('"07:30"') as string })
  })

  it('tells every wish that settings cannot hold, and writes nothing', () => {
    const first = firstSettings({ ...WISHES, at: ['25:00'], timeZone: 'Mars/Olympus' })
    expect(first.kind === 'issues' ? first.issues.map(({ message }) => message) : []).toEqual([
      'is not a time such as 08:00',
      'is not an IANA time zone',
    ])
  })
})

describe('what judges an answer', () => {
  it.each([
    [placeProblem({ discord: 'general' }), 'is not a Discord channel id'],
    [placeProblem({ discord: '123456789012345678' }), null],
    [placeProblem({ slack: '#news' }), 'is not a Slack channel id'],
    [placeProblem({ webhook: 'ftp://harbour.example' }), 'is not an http(s) URL'],
    [placeProblem({ console: true }), null],
    [timeProblem('8:00'), 'is not a time such as 08:00'],
    [timeProblem('08:00'), null],
    [zoneProblem('Europe/Bärlin'), 'is not an IANA time zone'],
    [zoneProblem('Asia/Kolkata'), null],
    [feedProblem('harbour.example/rss'), 'is not an http(s) URL'],
    [feedProblem('https://harbour.example/rss'), null],
  ])('says %j', (problem, wanted) => {
    expect(problem).toBe(wanted)
  })
})

describe('envWith()', () => {
  it('fills empty lines, adds missing ones and keeps the rest', () => {
    const before = '# mine\nDISCORD_TOKEN=\nOTHER="a b"\n'
    expect(envWith(before, { DISCORD_TOKEN: 'abc.def-1', SLACK_APP_TOKEN: 'xapp-1' })).toBe(
      '# mine\nDISCORD_TOKEN=abc.def-1\nOTHER="a b"\nSLACK_APP_TOKEN=xapp-1\n',
    )
  })

  it.each(['two words', 'line\nbreak', 'a#b', "quo'te", 'back\\slash', ''])(
    'refuses the value %j',
    (value) => {
      expect(envWith('', { DISCORD_TOKEN: value })).toBeNull()
    },
  )

  it('gives back each value that it takes, whatever stood there before', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9._$&-]{1,40}$/)
    fc.assert(
      fc.property(value, value, (old, token) => {
        const text = envWith(`A=${old}\nDISCORD_TOKEN=${old}\nB=2`, { DISCORD_TOKEN: token }) ?? ''
        expect(parseEnv(text)).toEqual({ A: old, DISCORD_TOKEN: token, B: '2' })
      }),
    )
  })
})

describe('loadStarterPacks()', () => {
  it('offers feeds over https, each once a pack, and each topic and language once', () => {
    const packs = loadStarterPacks()
    const names = packs.map(({ topic, lang }) => `${topic} ${lang}`)
    expect(new Set(names).size).toBe(names.length)
    for (const { feeds } of packs) {
      expect(new Set(feeds.map(({ url }) => url)).size).toBe(feeds.length)
      expect(new Set(feeds.map(({ name }) => name)).size).toBeGreaterThan(2)
    }
  })
})
