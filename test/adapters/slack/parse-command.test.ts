import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCommand } from '../../../src/adapters/slack/parse-command.ts'
import { createCommandDesk } from '../../../src/app/answer-command.ts'
import type { CommandPorts } from '../../../src/app/commands/command-family.ts'

// Shapes need no ports: nothing is asked here.
const { shapes } = createCommandDesk({} as CommandPorts)

const parse = (line: string) => {
  const [command = '', ...rest] = line.split(' ')
  const { path, options } = parseCommand(command.slice(1), rest.join(' '), shapes)
  return [path.join(' '), options]
}

describe('parseCommand()', () => {
  it.each([
    ['/news', 'news help', {}],
    ['/newsroom', 'newsroom status', {}],
    ['/news latest', 'news latest', {}],
    ['/news STORY ferry aground', 'news story', { story: 'ferry aground' }],
    ['/news search ferry crash', 'news search', { words: 'ferry crash' }],
    [
      '/news search ferry since:2d outlet:Coast Radio',
      'news search',
      { words: 'ferry', since: '2d', outlet: 'Coast Radio' },
    ],
    ['/news search words:"ferry crash" since:2d', 'news search', { words: 'ferry crash', since: '2d' }],
    ['/news search “ferry crash”', 'news search', { words: 'ferry crash' }],
    ['/news headlines sport 5', 'news headlines', { topic: 'sport', count: '5' }],
    ['/news headlines 5', 'news headlines', { count: '5' }],
    [
      '/news summarize <https://a.example/x?a=1&amp;b=2|a.example/x>',
      'news summarize',
      { target: 'https://a.example/x?a=1&b=2' },
    ],
    [
      '/newsroom digest add morning 08:00 mon-fri',
      'newsroom digest add',
      { name: 'morning', times: '08:00 mon-fri' },
    ],
    [
      '/newsroom digest add name:morning times:08:00, 18:00 channel:<#C0DIGEST|digest>',
      'newsroom digest add',
      { name: 'morning', times: '08:00, 18:00', channel: 'C0DIGEST' },
    ],
    ['/newsroom managers add <@U0BOB|bob>', 'newsroom managers add', { person: 'U0BOB' }],
    ['/newsroom fix merge s1 s2', 'newsroom fix merge', { story: 's1', into: 's2' }],
    [
      '/newsroom feeds add https://a.example/rss name:"Harbour Post"',
      'newsroom feeds add',
      { url: 'https://a.example/rss', name: 'Harbour Post' },
    ],
    ['/newsroom feeds', 'newsroom feeds', {}],
    ['/news dance wildly now', 'news dance wildly', {}],
    ['/news story note:this', 'news story', { story: 'note:this' }],
  ])('reads %s', (line, path, options) => {
    expect(parse(line)).toEqual([path, options])
  })

  it('never throws, and gives only options of the command', () => {
    const heads = fc.constantFrom('', ...shapes.map(({ path }) => path.slice(1).join(' ')))
    const names = shapes.flatMap(({ options }) => options.map(({ name }) => name))
    // Fast-check's own unit of all characters takes seconds to make.
    const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))
    const tail = fc.array(
      fc.oneof(
        fc.string({ unit: anyUnit, maxLength: 12 }),
        fc.constantFrom(':', '"', '<', '&amp;', ...names.map((name) => `${name}:`)),
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(fc.constantFrom('news', 'newsroom', 'other'), heads, tail, (command, head, rest) => {
        const { path, options } = parseCommand(command, `${head} ${rest.join(' ')}`, shapes)
        expect(path[0]).toBe(command)
        const shape = shapes.find((one) => one.path.join(' ') === path.join(' '))
        const known = new Set(shape?.options.map(({ name }) => name))
        for (const name of Object.keys(options)) expect(known.has(name)).toBe(true)
      }),
    )
  })
})
