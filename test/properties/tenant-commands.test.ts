import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  asker,
  askDesk,
  MANAGER,
  openCommandNewsroom,
  pressButton,
  wordsOf,
  type CommandNewsroom,
} from '../support/command-newsroom.ts'

/**
 * What only tenant `t1` may ever see: its article, feed, digest and topics. Nobody types any of it here (ids and other words lead to
 * the same things), so that an answer which says it has leaked it.
 */
const SECRETS =
  /plans for the zeppelin|letter to members|inner circle|one\.example|hush OR ferry|nightly" in/i

let room: CommandNewsroom
let digestId = ''
beforeAll(async () => {
  room = await openCommandNewsroom()
  await askDesk(room, MANAGER, '/newsroom digest add', { name: 'nightly', times: '23:00' })
  await askDesk(room, MANAGER, '/newsroom topics add', { topic: 'hush OR ferry' })
  await askDesk(room, MANAGER, '/newsroom fix merge', { story: 'zeppelinplan', into: 'ferryaground' })
  await pressButton(room, MANAGER, 'follow:zeppelinplan')
  digestId = (await room.store.subscriptions.subscriptions('t1'))[0]?.id ?? ''
})
afterAll(() => room.close())

const stranger = asker({ tenant: 't2', channel: 'x1', channelName: 'their', person: 'm2', isManager: true })
const somebody = fc.constantFrom(
  stranger,
  asker({ tenant: 't2', channel: 'c1', person: 'p1' }),
  asker({ tenant: '', channel: 'dm', person: 'm1' }),
  asker({ tenant: 't3', channel: 'c1', person: 'm1', isManager: true }),
)

describe('the tenant rule', () => {
  const values = fc.constantFrom(
    'zeppelinplan',
    'secret-1',
    'zepp',
    'plans ready',
    'nightly',
    'innercircle',
    'of-t1',
    'ferryaground',
    'id-3',
    'cut-id-3',
    'all',
    '24h',
    'ferry',
    'c1',
    'zeppelin',
  )

  it('no command shows a tenant anything of another', async () => {
    const shapes = fc.constantFrom(...room.desk.shapes)
    await fc.assert(
      fc.asyncProperty(
        somebody,
        shapes,
        fc.array(values, { minLength: 6, maxLength: 6 }),
        async (who, shape, given) => {
          const options = Object.fromEntries(
            shape.options.map(({ name, choices }, at) => [name, choices?.[0]?.value ?? given[at] ?? 'x']),
          )
          const reply = await askDesk(room, who, shape.path.join(' '), options)
          expect(wordsOf(reply)).not.toMatch(SECRETS)
        },
      ),
      { numRuns: 300 },
    )
    expect(room.failures).toEqual([])
  })

  it('no button reaches into another tenant', async () => {
    const verbs = fc.constantFrom(
      ...['more', 'sources', 'open', 'follow', 'other', 'split', 'undo', 'edit', 'preview'],
      ...['remove-digest', 'send-digest', 'resend', 'status', 'feeds', 'fix-menu'],
    )
    const targets = fc.constantFrom('zeppelinplan', 'secret-1', digestId, 'id-3', 'id-4', 'ferryaground')
    await fc.assert(
      fc.asyncProperty(somebody, verbs, targets, async (who, verb, target) => {
        const reply = await pressButton(room, who, `${verb}:${target}:0`, ['secret-1', 'zeppelinplan'])
        expect(wordsOf(reply)).not.toMatch(SECRETS)
      }),
      { numRuns: 200 },
    )
    expect(await room.store.subscriptions.subscriptions('t1')).toHaveLength(1)
    const corrections = await room.store.subscriptions.corrections('t1')
    expect(corrections.every(({ undoneAtMs }) => undoneAtMs === null)).toBe(true)
    // The tenant's own merge at the start, and nothing that a stranger asked for.
    expect(room.sent).toEqual(['corrected for t1: ferry-1 secret-1'])
  })

  it('no offer names anything of another tenant', async () => {
    const shapes = fc.constantFrom(
      ...room.desk.shapes.filter(({ options }) => options.some(({ completes }) => completes)),
    )
    await fc.assert(
      fc.asyncProperty(
        somebody,
        shapes,
        fc.constantFrom('', 'z', 'inner', 'night', 'hush', 'id'),
        async (who, shape, typed) => {
          for (const { name, completes } of shape.options) {
            if (!completes) continue
            const offers = await room.desk.complete({ asker: who, path: shape.path, option: name, typed })
            expect(JSON.stringify(offers)).not.toMatch(SECRETS)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('a correction of one tenant changes nothing for another', async () => {
    expect(wordsOf(await askDesk(room, MANAGER, '/news story', { story: 'ferryaground' }))).toContain(
      '4 articles',
    )
    expect(wordsOf(await askDesk(room, stranger, '/news story', { story: 'ferryaground' }))).toContain(
      '3 articles',
    )
  })

  it('a channel elsewhere is taken only where the platform vouches for it', async () => {
    const options = { name: 'spy', times: '8:00', channel: 'c7' }
    room.channels.add('t1/c7')
    expect(wordsOf(await askDesk(room, stranger, '/newsroom digest add', options))).toContain(
      'the bot is not in it',
    )
    expect(wordsOf(await askDesk(room, MANAGER, '/newsroom digest add', options))).toContain('is set up')
  })
})
