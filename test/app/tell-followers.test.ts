import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FollowTeller, serveFollowers, type FollowPorts } from '../../src/app/tell-followers.ts'
import type { Outcome } from '../../src/app/ports/outcome-log.ts'
import type { PrivateNote } from '../../src/app/ports/chat.ts'
import {
  actionOf,
  asker,
  askDesk,
  NOW,
  openCommandNewsroom,
  pressButton,
  wordsOf,
  type CommandNewsroom,
} from '../support/command-newsroom.ts'
import { makeArticle } from '../support/make-article.ts'

const MINUTE = 60_000
const NEVER = new AbortController().signal

let room: CommandNewsroom
let notes: PrivateNote[]
let outcome: 'told' | 'closed' | 'failed'
let nowMs: number
let teller: FollowTeller

beforeEach(async () => {
  room = await openCommandNewsroom()
  notes = []
  outcome = 'told'
  nowMs = NOW + 10 * MINUTE
  teller = open()
})
afterEach(() => room.close())

function open(more: Partial<FollowPorts> = {}): FollowTeller {
  const ports: FollowPorts = {
    ...room.store,
    tell: (note) => {
      notes.push(note)
      return Promise.resolve(outcome)
    },
    nowMs: () => nowMs,
    ...more,
  }
  return new FollowTeller(ports)
}

async function arrive(
  id: string,
  storyId: string,
  text: string,
  copyOf: string | null = null,
): Promise<void> {
  const article = makeArticle({
    id,
    title: `Report ${id}`,
    text,
    source: 'Brackwater Herald',
    url: `https://brackwater.example/${id}`,
    published: new Date(NOW).toISOString(),
  })
  const added = [{ article, key: id, contentHash: id }]
  await room.store.articles.saveIngest({ feedId: 'open', atMs: NOW, added, revised: [], unchanged: [] })
  const [record] = await room.store.stories.storyRecords([storyId])
  await room.store.stories.saveStep({
    id: `step-${id}`,
    atMs: NOW + 5 * MINUTE,
    stories: record === undefined ? [] : [{ ...record, lastAtMs: NOW }],
    placements: [{ articleId: id, storyId, reason: 'same event' }],
    copies: copyOf === null ? [] : [{ articleId: id, copyOf, kind: 'exact', scores: {} }],
    redirects: [],
  })
}

const NEWS =
  'Tugs from Brackwater pulled the ferry free at noon on Tuesday. It will be repaired in the dock of Lissane.'

describe('FollowTeller', () => {
  it('tells only what is new in a story, once', async () => {
    await pressButton(room, asker(), 'follow:ferryaground')
    expect(await teller.run(NEVER)).toEqual({ told: 0, closed: 0, failed: 0, quiet: 1 })
    await arrive('n1', 'ferryaground', NEWS)
    expect(await teller.run(NEVER)).toMatchObject({ told: 1 })
    const [note] = notes
    expect(note).toMatchObject({ platform: 'discord', tenant: 't1', person: 'p1' })
    const words = wordsOf(note!.reply)
    expect(words).toContain(
      'Tugs from Brackwater pulled the ferry free at noon on Tuesday. Brackwater Herald',
    )
    expect(words).not.toContain('A ferry ran aground')
    expect(words).toMatch(/\+1 article, 1 new sentence since 08:00/)
    expect(await teller.run(NEVER)).toMatchObject({ told: 0, quiet: 1 })
    await pressButton(room, asker({ tenant: '' }), actionOf(note!.reply, 'Unfollow'))
    expect(await teller.run(NEVER)).toEqual({ told: 0, closed: 0, failed: 0, quiet: 0 })
  })

  it('leaves the people of another bot to its processes', async () => {
    await pressButton(room, asker(), 'follow:ferryaground')
    await arrive('n1', 'ferryaground', NEWS)
    const isElsewhere = (platform: string, tenant: string) =>
      Promise.resolve(platform + tenant === 'discordt1')
    expect(await open({ isElsewhere }).run(NEVER)).toEqual({ told: 0, closed: 0, failed: 0, quiet: 0 })
    expect(await teller.run(NEVER)).toMatchObject({ told: 1 })
  })

  it('tells new articles that have followed words', async () => {
    await askDesk(room, asker(), '/news follow', { target: 'tugs NOT zeppelin' })
    await arrive('n1', 'ferryaground', NEWS)
    await arrive(
      'n2',
      'mayortrial',
      'The former mayor of Lissane will appeal the sentence, her lawyer said on Tuesday.',
    )
    await teller.run(NEVER)
    expect(notes.map(({ reply }) => wordsOf(reply))).toEqual([
      expect.stringMatching(/Tugs from Brackwater[^]*You follow "tugs NOT zeppelin"/),
    ])
  })

  it('does not tell copies of what was there', async () => {
    await pressButton(room, asker(), 'follow:mayortrial')
    await arrive(
      'n1',
      'mayortrial',
      'The court in Lissane sentenced the former mayor to three years in prison. Prosecutors had asked for five years because of the missing money.',
      'trial-1',
    )
    expect(await teller.run(NEVER)).toMatchObject({ told: 0, quiet: 1 })
  })

  it('tells nobody what their tenant may not see', async () => {
    const stranger = asker({ tenant: 't2', channel: 'x1' })
    await room.store.subscriptions.follow({
      tenant: 't2',
      platform: 'discord',
      person: 'p1',
      target: { kind: 'story', storyId: 'zeppelinplan' },
      sinceMs: 0,
      toldAtMs: 0,
    })
    await askDesk(room, stranger, '/news follow', { target: 'zeppelin' })
    await teller.run(NEVER)
    expect(notes).toEqual([])
  })

  it('keeps what a person with closed messages missed, and leaves them alone for a day', async () => {
    await pressButton(room, asker(), 'follow:ferryaground')
    await arrive('n1', 'ferryaground', NEWS)
    outcome = 'closed'
    expect(await teller.run(NEVER)).toMatchObject({ closed: 1 })
    nowMs += 60 * MINUTE
    expect(await teller.run(NEVER)).toMatchObject({ quiet: 1 })
    expect(notes).toHaveLength(1)
    outcome = 'told'
    expect(await open().run(NEVER)).toMatchObject({ told: 1 })
  })

  it('tells a thread that somebody chose, and not the person', async () => {
    const inThread = asker({ channel: 'c2', inThread: true })
    await askDesk(room, inThread, '/news follow', { target: 'tugs', where: 'thread' })
    await arrive('n1', 'ferryaground', NEWS)
    expect(await teller.run(NEVER)).toMatchObject({ told: 1 })
    expect(notes).toMatchObject([{ tenant: 't1', person: 'p1', place: 'c2' }])
    expect(wordsOf(notes[0]!.reply)).toContain('Somebody follows "tugs" in this thread.')
  })

  it('says under /news following that a person could not be told', async () => {
    await pressButton(room, asker(), 'follow:ferryaground')
    await arrive('n1', 'ferryaground', NEWS)
    outcome = 'closed'
    await teller.run(NEVER)
    const words = wordsOf(await askDesk(room, asker(), '/news following', {}))
    expect(words).toContain('You take no private messages from me')
    expect(wordsOf(await askDesk(room, asker({ person: 'p2' }), '/news following', {}))).not.toContain(
      'private',
    )
  })

  it('tells once where two processes run at a time', async () => {
    await pressButton(room, asker(), 'follow:ferryaground')
    await arrive('n1', 'ferryaground', NEWS)
    await Promise.all([teller.run(NEVER), open().run(NEVER)])
    expect(notes).toHaveLength(1)
  })

  it('stops when it is told to', async () => {
    await pressButton(room, asker(), 'follow:ferryaground')
    await arrive('n1', 'ferryaground', NEWS)
    expect(await teller.run(AbortSignal.abort())).toEqual({ told: 0, closed: 0, failed: 0, quiet: 0 })
  })
})

describe('serveFollowers()', () => {
  it('goes on every five minutes, whatever a round does, until it is told to stop', async () => {
    const stop = new AbortController()
    const log: Outcome[] = []
    const waits: number[] = []
    let rounds = 0
    const run = () => {
      rounds += 1
      if (rounds === 1) return Promise.reject(new Error('the database is away'))
      return Promise.resolve({ told: rounds === 2 ? 3 : 0, closed: 0, failed: 0, quiet: 5 })
    }
    const pause = (ms: number) => {
      waits.push(ms)
      if (rounds === 3) stop.abort()
      return Promise.resolve()
    }
    await serveFollowers({ run }, { stop: stop.signal, pause, log: (outcome) => log.push(outcome) })
    expect(waits).toEqual([300_000, 300_000, 300_000])
    expect(log).toEqual([
      { level: 'error', what: 'followers-untold', facts: { problem: 'the database is away' } },
      { level: 'info', what: 'followers-told', facts: { told: 3, closed: 0, failed: 0, quiet: 5 } },
    ])
  })
})
