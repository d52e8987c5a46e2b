import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askSetup, type SetupHints } from '../../src/cli/ask-setup.ts'

const HINTS: SetupHints = {
  packs: [
    { topic: 'world', lang: 'en', feeds: 8 },
    { topic: 'science', lang: 'de', feeds: 3 },
  ],
  timeZone: 'Europe/Berlin',
  hasSecret: () => false,
  placeProblem: (kind, address) =>
    kind === 'discord' && !/^\d+$/.test(address) ? 'is not a Discord channel id' : null,
  timeProblem: (time) => (/^\d\d:\d\d$/.test(time) ? null : 'is not a time such as 08:00'),
  zoneProblem: () => null,
  feedProblem: (url) => (url.startsWith('https://') ? null : 'is not an http(s) URL'),
}

/** Presses keys one question after the other: each group is typed when the question of its words is shown. */
async function ask(script: readonly (readonly [question: string, keys: readonly string[]])[], hints = HINTS) {
  const input = new PassThrough()
  const output = new PassThrough()
  let shown = ''
  const left = [...script]
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString()
    const next = left[0]
    if (next === undefined || !shown.includes(next[0])) return
    left.shift()
    shown = ''
    for (const key of next[1]) setImmediate(() => input.write(key))
  })
  return askSetup(hints, { input, output })
}

const ENTER = '\r'
const DOWN = '\u001b[B'
const BACKSPACE = '\u007f'

describe('askSetup()', () => {
  it('asks for feeds, places, tokens and times, and gives all answers', async () => {
    const answers = await ask([
      ['What should be read?', [' ', ENTER]],
      ['More feeds', ['https://quay.example/rss', ENTER]],
      ['Where should digests go?', [' ', ENTER]],
      ['Id of the Discord channel', ['12345', ENTER]],
      ['Token of the Discord bot', ['abc.def', ENTER]],
      ['How often?', [DOWN, ENTER]],
      ['In which time zone?', [ENTER]],
    ])
    expect(answers).toEqual({
      packs: [0],
      opml: null,
      feeds: ['https://quay.example/rss'],
      places: [
        { kind: 'discord', address: '12345' },
        { kind: 'console', address: '' },
      ],
      at: ['08:00', '18:00'],
      timeZone: 'Europe/Berlin',
      secrets: { DISCORD_TOKEN: 'abc.def' },
    })
  })

  it('asks again where an answer is wrong, and for no token that is there', async () => {
    const answers = await ask(
      [
        ['What should be read?', [ENTER]],
        ['More feeds', [ENTER]],
        ['Where should digests go?', [' ', ENTER]],
        ['Id of the Discord channel', ['x', ENTER]],
        ['is not a Discord channel id', [BACKSPACE, '7', ENTER]],
        ['How often?', [ENTER]],
        ['In which time zone?', [ENTER]],
      ],
      { ...HINTS, hasSecret: () => true },
    )
    expect(answers).toMatchObject({
      places: [{ kind: 'discord', address: '7' }, {}],
      secrets: {},
      at: ['08:00'],
    })
  })

  it('takes the path of an OPML file', async () => {
    const answers = await ask([
      ['What should be read?', [ENTER]],
      ['More feeds', ['my feeds.opml', ENTER]],
      ['Where should digests go?', [ENTER]],
      ['How often?', [ENTER]],
      ['In which time zone?', [ENTER]],
    ])
    expect(answers).toMatchObject({ opml: 'my feeds.opml', feeds: [] })
  })

  it('gives nothing where somebody cancels', async () => {
    expect(await ask([['What should be read?', ['\u0003']]])).toBeNull()
  })
})
