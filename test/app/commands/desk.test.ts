import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_ACTION_CHARS, parseAction } from '../../../src/app/commands/action-text.ts'
import {
  asker,
  askDesk,
  MANAGER,
  openCommandNewsroom,
  pressButton,
  sendForm,
  wordsOf,
  type CommandNewsroom,
} from '../../support/command-newsroom.ts'

let room: CommandNewsroom
beforeEach(async () => {
  room = await openCommandNewsroom()
})
afterEach(() => room.close())

const OLD_BUTTON =
  'This button is of an older version and does nothing any more. /news help shows what can be asked for.'

describe('createCommandDesk()', () => {
  it('offers shapes that both platforms take', () => {
    const { shapes } = room.desk
    expect(new Set(shapes.map(({ path }) => path.join(' '))).size).toBe(shapes.length)
    for (const { path, description, options } of shapes) {
      expect(path.length).toBeLessThanOrEqual(3)
      expect(path.every((word) => /^[a-z-]{1,32}$/.test(word))).toBe(true)
      expect(description.length).toBeLessThanOrEqual(100)
      expect(options.length).toBeLessThanOrEqual(25)
      // Discord wants required options before the others.
      expect(options.map(({ required }) => required)).toEqual(
        options.map(({ required }) => required).sort((a, b) => Number(b) - Number(a)),
      )
      for (const option of options) {
        expect(option.name).toMatch(/^[a-z-]{1,32}$/)
        expect(option.description.length).toBeLessThanOrEqual(100)
        expect(option.completes && option.choices !== undefined).toBe(false)
      }
    }
    const groups = Map.groupBy(
      shapes.filter(({ path }) => path[0] === 'newsroom'),
      ({ path }) => path[1],
    )
    expect(groups.size).toBeLessThanOrEqual(25)
  })

  it('has every command of the contract', () => {
    const paths = room.desk.shapes.map(({ path }) => path.join(' '))
    const wanted = [
      ...[
        'latest',
        'headlines',
        'story',
        'search',
        'summarize',
        'follow',
        'unfollow',
        'following',
        'help',
        'forget-me',
      ].map((one) => `news ${one}`),
      ...['setup', 'status'].map((one) => `newsroom ${one}`),
      ...['list', 'add', 'remove', 'import', 'export', 'test'].map((one) => `newsroom feeds ${one}`),
      ...['add', 'edit', 'pause', 'resume', 'remove', 'preview', 'send'].map(
        (one) => `newsroom digest ${one}`,
      ),
      ...['list', 'add', 'remove'].map((one) => `newsroom topics ${one}`),
      ...['list', 'add', 'remove'].map((one) => `newsroom mute ${one}`),
      ...['list', 'mute'].map((one) => `newsroom publishers ${one}`),
      ...['merge', 'split', 'undo'].map((one) => `newsroom fix ${one}`),
    ]
    expect(paths).toEqual(expect.arrayContaining(wanted))
  })

  it.each([
    ['/news dance', {}, 'There is no command "/news dance": /news help shows all.'],
    ['/newsroom feeds', {}, 'There is no command "/newsroom feeds": there are /newsroom feeds list, '],
    ['/news story', {}, '/news story needs "story": Its id, or words from it.'],
    ['/news story', { story: '   ' }, '/news story needs "story"'],
    ['/news search', { words: 'x'.repeat(6_001) }, '"words" of /news search is longer than 6000 characters.'],
    [
      '/newsroom topics add',
      { topic: 'x', kind: 'burn' },
      '"kind" of /newsroom topics add is "burn": it must be one of include, exclude.',
    ],
  ])('says what is wrong with %s %j', async (command, options, words) => {
    expect(wordsOf(await askDesk(room, MANAGER, command, options))).toContain(words)
  })

  it('answers buttons that it never made', async () => {
    for (const action of [
      '',
      'x',
      'nothing:1',
      ':::',
      'LATEST:0',
      `more:${'x'.repeat(200)}`,
      'more:\u0000',
    ]) {
      expect(wordsOf(await pressButton(room, MANAGER, action))).toBe(OLD_BUTTON)
      expect(wordsOf(await sendForm(room, MANAGER, action, {}))).toBe(OLD_BUTTON)
    }
    expect(wordsOf(await pressButton(room, MANAGER, 'latest:-1'))).toContain('zeppelin')
    expect(wordsOf(await pressButton(room, MANAGER, 'latest:1e99'))).toBe('There are no older stories.')
  })

  it('never throws, and its own buttons and menus fit every platform', async () => {
    const verbs = fc.constantFrom(
      'latest',
      'open',
      'more',
      'sources',
      'follow',
      'other',
      'split',
      'undo',
      'edit',
      'preview',
      'search',
      'feeds',
      'unfollow-words',
      'resend',
      'status',
      'remove-digest',
    )
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(
        "' or 1=1 --",
        '<script>',
        '@everyone',
        '../..',
        'ferryaground',
        '0',
        '%',
        '_',
        'cut-',
        'cut-id-1',
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        verbs,
        fc.array(hostile, { maxLength: 4 }),
        fc.boolean(),
        async (verb, args, isManager) => {
          const who = isManager ? MANAGER : asker()
          const reply = await pressButton(room, who, [verb, ...args].join(':'), args)
          if (reply.kind !== 'message') return
          expect(reply.blocks.length).toBeGreaterThan(0)
          for (const { buttons = [], menu, heading = [], lines } of reply.blocks) {
            for (const { action, label } of buttons) {
              expect(action.length).toBeLessThanOrEqual(MAX_ACTION_CHARS)
              expect(parseAction(action)).not.toBeNull()
              expect(label.length).toBeLessThanOrEqual(80)
            }
            expect(buttons.length).toBeLessThanOrEqual(5)
            expect(menu?.choices.length ?? 1).toBeLessThanOrEqual(25)
            for (const { href } of [...heading, ...lines.flat()])
              if (href !== undefined) expect(href).toMatch(/^https?:/)
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(room.failures).toEqual([])
  })

  it('answers politely, and tells the operator, where something breaks', async () => {
    await room.store.close()
    expect(wordsOf(await askDesk(room, asker(), '/news latest'))).toMatch(/^Something went wrong here/)
    expect(
      await room.desk.complete({ asker: asker(), path: ['news', 'story'], option: 'story', typed: '' }),
    ).toEqual([])
    expect(await room.desk.tenantAdded({ platform: 'discord', tenant: 't8', name: 'Eight' })).toBeNull()
    expect(room.failures).toHaveLength(3)
    room = await openCommandNewsroom()
  })

  it('gives long work up when it is told to, or after a while', async () => {
    const hanging = await openCommandNewsroom({
      pages: { fetchPage: () => Promise.withResolvers<never>().promise },
    })
    const stop = new AbortController()
    const request = {
      kind: 'command',
      asker: asker(),
      path: ['news', 'summarize'],
      options: { target: 'https://slow.example/' },
    } as const
    const answer = hanging.desk.answer(request, stop.signal)
    stop.abort()
    expect(wordsOf(await answer)).toBe(
      'That took longer than 60 seconds, so it was given up. Try again later.',
    )
    expect(hanging.failures).toEqual([])
    await hanging.close()
  })

  it('shows nothing of a tenant in a private message', async () => {
    const inPrivate = asker({ tenant: '', channel: 'dm', isManager: true })
    expect(wordsOf(await askDesk(room, inPrivate, '/news latest'))).not.toContain('zeppelin')
    expect(wordsOf(await askDesk(room, inPrivate, '/news search', { words: 'zeppelin' }))).toContain(
      'No article',
    )
    expect(wordsOf(await askDesk(room, inPrivate, '/newsroom setup'))).toContain('Use /newsroom in a channel')
  })
})

describe('complete()', () => {
  const offers = async (command: string, option: string, typed: string, who = MANAGER) =>
    (await room.desk.complete({ asker: who, path: command.split(' '), option, typed })).map(
      ({ label }) => label,
    )

  it('offers stories, feeds, topics, zones, outlets and digests', async () => {
    await askDesk(room, MANAGER, '/newsroom digest add', { name: 'morning', times: '8:00' })
    await askDesk(room, MANAGER, '/newsroom topics add', { topic: 'ferry OR boat' })
    expect(await offers('news story', 'story', 'aground')).toEqual(['Ferry runs aground off Marholm'])
    expect(await offers('news story', 'story', 'ferryag')).toEqual(['Ferry runs aground off Marholm'])
    expect(await offers('news story', 'story', 'prosecutors')).toEqual(['Former mayor of Lissane sentenced'])
    expect(await offers('news search', 'outlet', 'coast')).toEqual(['Coast Radio'])
    expect(await offers('news headlines', 'topic', 'boat')).toEqual(['ferry OR boat'])
    expect(await offers('newsroom feeds remove', 'feed', '')).toEqual(['Inner Circle'])
    expect(await offers('newsroom topics remove', 'topic', 'boat')).toEqual(['ferry OR boat'])
    expect(await offers('newsroom digest add', 'zone', 'berlin')).toEqual(['Europe/Berlin'])
    expect(await offers('newsroom digest pause', 'digest', 'morn')).toEqual(['"morning" in general'])
    expect(await offers('newsroom publishers mute', 'publisher', 'radio')).toEqual(['Coast Radio'])
  })

  it('offers at most 25, and nothing of managers to members', async () => {
    expect(await offers('newsroom digest add', 'zone', 'a')).toHaveLength(25)
    expect(await offers('newsroom feeds remove', 'feed', '', asker())).toEqual([])
    expect(await offers('news dance', 'x', '')).toEqual([])
  })
})
