import { beforeEach, afterEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import type { Outcome } from '../../src/app/ports/outcome-log.ts'
import type { SendOutcome } from '../../src/app/ports/publisher.ts'
import { DigestSender, type SendOptions, type SendPorts } from '../../src/app/send-digests.ts'
import { countingPublisher, type CountingPublisher } from '../support/counting-publisher.ts'
import { shelveStory, shelveSubscription } from '../support/story-shelf.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Eight in the evening; digests come at eight in the morning. */
const START = Date.UTC(2026, 2, 9, 20)
const EIGHT = START + 12 * HOUR
const LIVE = { stop: new AbortController().signal, abort: new AbortController().signal }

let store: Store
let publisher: CountingPublisher
let nowMs: number
let said: Outcome[]

beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  publisher = countingPublisher()
  nowMs = START
  said = []
})
afterEach(() => store.close())

function senderOf(
  more: Partial<SendPorts> = {},
  options: Pick<SendOptions, 'aloneSinceMs' | 'maxClaimed'> = {},
): DigestSender {
  const ports: SendPorts = {
    ...store,
    publishers: new Map([['discord', publisher]]),
    nowMs: () => nowMs,
    log: (outcome) => said.push(outcome),
    ...more,
  }
  return new DigestSender(ports, { claimant: 'p1', publicUrl: null, ...options })
}

const subscribe = (more: Partial<Parameters<typeof shelveSubscription>[1]> = {}) =>
  shelveSubscription(store, { id: 's1', nextRunAtMs: EIGHT, atMs: START, ...more })
const words = (what: string) => said.filter((one) => one.what === what)
const arrived = () => publisher.received.map(({ part, storyIds }) => [part, ...storyIds])
const partsAt = async (destinationId: string) => {
  const [digest] = await store.digests.digests(destinationId, 1)
  return digest === undefined ? [] : store.digests.deliveries(digest.id)
}

describe('DigestSender', () => {
  it('sends what was accepted in the window, once, in parts, at its time', async () => {
    await subscribe()
    for (let n = 1; n <= 3; n += 1) await shelveStory(store, n, START + n * HOUR)
    const sender = senderOf()
    nowMs = EIGHT - 1
    expect(await sender.sendDue(LIVE)).toEqual({ planned: 0, skipped: 0, failed: 0 })
    nowMs = EIGHT + 3_000
    await shelveStory(store, 4, nowMs)
    expect(await sender.sendDue(LIVE)).toEqual({ planned: 1, skipped: 0, failed: 0 })
    expect(await sender.sendDue(LIVE)).toEqual({ planned: 0, skipped: 0, failed: 0 })
    expect(arrived()).toEqual([
      [0, 'story-3', 'story-2'],
      [1, 'story-1'],
    ])
    expect(publisher.received[1]?.parentId).toBe(`m-${publisher.received[0]?.nonce}`)
    nowMs = EIGHT + DAY
    await sender.sendDue(LIVE)
    expect(arrived()[2]).toEqual([0, 'story-4'])
  })

  it('makes nonces of at most 25 characters that differ by destination, digest and part', async () => {
    await subscribe()
    await subscribe({ id: 's2' })
    for (let n = 1; n <= 3; n += 1) await shelveStory(store, n, START + n * HOUR)
    nowMs = EIGHT
    await senderOf().sendDue(LIVE)
    const nonces = publisher.received.map(({ nonce }) => nonce)
    expect(new Set(nonces).size).toBe(4)
    expect(Math.max(...nonces.map(({ length }) => length))).toBeLessThanOrEqual(25)
  })

  it('folds the digests of a pause into one, and tells so', async () => {
    await subscribe()
    for (let day = 0; day < 3; day += 1) await shelveStory(store, day, START + day * DAY + HOUR)
    nowMs = EIGHT + 2 * DAY + 5 * HOUR
    await senderOf().sendDue(LIVE)
    expect(arrived().flat()).toEqual(expect.arrayContaining(['story-0', 'story-1', 'story-2']))
    expect(words('digest-planned')[0]?.facts).toMatchObject({ folded: 3, cut: false })
    expect(await store.subscriptions.subscription('s1')).toMatchObject({
      windowEndMs: EIGHT + 2 * DAY,
      nextRunAtMs: EIGHT + 3 * DAY,
    })
  })

  it('sends no digest below its least number of stories, and tells them all in the next', async () => {
    await subscribe({ subscription: { skipBelow: 2 } })
    await shelveStory(store, 1, START + HOUR)
    const sender = senderOf()
    nowMs = EIGHT
    expect(await sender.sendDue(LIVE)).toMatchObject({ skipped: 1 })
    expect(publisher.received).toEqual([])
    await shelveStory(store, 12, EIGHT + HOUR)
    nowMs = EIGHT + DAY
    await sender.sendDue(LIVE)
    expect(arrived()).toEqual([[0, 'story-12', 'story-1']])
  })

  it('composes the next digests while those before are being stored', async () => {
    await subscribe()
    await subscribe({ id: 's2' })
    await shelveStory(store, 1, START + HOUR)
    const nextAsks = Promise.withResolvers<undefined>()
    const digests: SendPorts['digests'] = {
      ...store.digests,
      finishRun: async (run) => {
        if (run.subscriptionId === 's1') await nextAsks.promise
        return store.digests.finishRun(run)
      },
      toldSince: (destinationId, sinceMs) => {
        if (destinationId === 'to-s2') nextAsks.resolve(undefined)
        return store.digests.toldSince(destinationId, sinceMs)
      },
    }
    nowMs = EIGHT
    expect(await senderOf({ digests }, { maxClaimed: 1 }).sendDue(LIVE)).toMatchObject({ planned: 2 })
    expect(arrived()).toHaveLength(2)
  })

  it('tells a destination with two digests nothing twice, whoever takes them together', async () => {
    await subscribe({ destinationId: 'both' })
    await subscribe({ id: 's2', destinationId: 'both' })
    await shelveStory(store, 1, START + HOUR)
    nowMs = EIGHT
    expect(await senderOf({}, { maxClaimed: 1 }).sendDue(LIVE)).toEqual({ planned: 1, skipped: 1, failed: 0 })
    expect(arrived()).toEqual([[0, 'story-1']])
  })

  it('composes once for tenants that see the same, feeds of their own or not', async () => {
    for (const tenant of ['tenant-a', 'tenant-b']) {
      await subscribe({ id: `s-${tenant}`, tenant })
      await store.feeds.saveFeeds([
        {
          ...{ id: `feed-${tenant}`, url: 'https://own.example/rss', name: 'Own', tags: [], tenant },
          addedAtMs: START,
        },
      ])
    }
    await shelveStory(store, 1, START + HOUR)
    let quotesRead = 0
    const articles: SendPorts['articles'] = {
      articles: (ids, view) => {
        quotesRead += 1
        return store.articles.articles(ids, view)
      },
    }
    nowMs = EIGHT
    expect(await senderOf({ articles }).sendDue(LIVE)).toMatchObject({ planned: 2 })
    expect(quotesRead).toBe(1)
  })

  it('lets digests that are due stand back, but not one that somebody asks for', async () => {
    await subscribe()
    await shelveStory(store, 1, START + HOUR)
    nowMs = EIGHT
    let stoodBack = 0
    let isFree = Promise.withResolvers<undefined>()
    const giveWay = async () => {
      stoodBack += 1
      await isFree.promise
    }
    const sender = senderOf({ giveWay })
    const round = sender.sendDue(LIVE)
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect([stoodBack, arrived()]).toEqual([1, []])
    isFree.resolve(undefined)
    expect(await round).toMatchObject({ planned: 1 })
    isFree = Promise.withResolvers()
    await shelveStory(store, 2, EIGHT + HOUR)
    nowMs = EIGHT + 2 * HOUR
    const stored = await store.subscriptions.subscription('s1')
    const asked = stored === null ? null : await sender.sendNow(stored, LIVE.abort)
    expect(asked).toMatchObject({ kind: 'sent' })
  })

  it('sends nothing where nothing came', async () => {
    await subscribe()
    nowMs = EIGHT
    expect(await senderOf().sendDue(LIVE)).toMatchObject({ skipped: 1 })
    expect(await store.subscriptions.subscription('s1')).toMatchObject({ windowEndMs: EIGHT })
  })

  it('tells no story twice where two digests of a destination are due together', async () => {
    await subscribe({ id: 's1', destinationId: 'd' })
    await subscribe({ id: 's2', destinationId: 'd' })
    await shelveStory(store, 1, START + HOUR)
    nowMs = EIGHT
    expect(await senderOf().sendDue(LIVE)).toMatchObject({ planned: 1, skipped: 1 })
    expect(arrived()).toEqual([[0, 'story-1']])
  })

  it('two processes at the same time send each part once', async () => {
    for (let n = 0; n < 30; n += 1) await subscribe({ id: `s${n}` })
    for (let n = 1; n <= 3; n += 1) await shelveStory(store, n, START + n * HOUR)
    nowMs = EIGHT
    await Promise.all([senderOf().sendDue(LIVE), senderOf().sendDue(LIVE)])
    await senderOf().sendDue(LIVE)
    const nonces = publisher.received.map(({ nonce }) => nonce)
    expect(nonces).toHaveLength(60)
    expect(new Set(nonces).size).toBe(60)
  })

  it('leaves the parts of another bot to its processes', async () => {
    await subscribe()
    await shelveStory(store, 1, START + HOUR)
    nowMs = EIGHT
    const elsewhere = { ...publisher, isElsewhere: () => Promise.resolve(true) }
    let woken = 0
    const onElsewhere = () => (woken += 1)
    await senderOf({ publishers: new Map([['discord', elsewhere]]), onElsewhere }).sendDue(LIVE)
    expect(woken).toBe(1)
    nowMs = EIGHT + DAY
    await senderOf({ publishers: new Map([['discord', elsewhere]]), onElsewhere }).sendDue(LIVE)
    expect([woken, (await partsAt('to-s1'))[0]?.state]).toEqual([2, 'planned'])
    nowMs = EIGHT + DAY + 1
    await senderOf({ publishers: new Map([['discord', elsewhere]]), onElsewhere }).sendDue(LIVE)
    expect(await partsAt('to-s1')).toMatchObject([{ state: 'failed', retryAtMs: null }])
  })

  it('sends what was left to another bot where that is gone', async () => {
    await subscribe()
    await shelveStory(store, 1, START + HOUR)
    nowMs = EIGHT
    const elsewhere = { ...publisher, isElsewhere: () => Promise.resolve(true) }
    await senderOf({ publishers: new Map([['discord', elsewhere]]) }).sendDue(LIVE)
    expect(await partsAt('to-s1')).toMatchObject([{ state: 'planned', attempts: 0 }])
    await senderOf().sendDue(LIVE)
    expect(arrived()).toEqual([[0, 'story-1']])
  })

  describe('when a try fails', () => {
    const busy = (retryAtMs: number | null): SendOutcome => ({ kind: 'not-sent', problem: 'busy', retryAtMs })
    const setUp = async (...outcomes: (SendOutcome | 'lost')[]) => {
      await subscribe()
      await subscribe({ id: 's2' })
      for (let n = 1; n <= 3; n += 1) await shelveStory(store, n, START + n * HOUR)
      publisher.script.set('to-s1', outcomes)
      nowMs = EIGHT
      const sender = senderOf()
      await sender.sendDue(LIVE)
      return sender
    }
    const at = (destination: string) =>
      publisher.received.filter((one) => one.destination === destination).map(({ part }) => part)

    it('comes again when the platform says, keeps the order of parts, and holds up nobody else', async () => {
      const sender = await setUp(busy(EIGHT + 10 * MINUTE))
      expect(at('to-s2')).toEqual([0, 1])
      nowMs = EIGHT + 9 * MINUTE
      await sender.sendDue(LIVE)
      expect(at('to-s1')).toEqual([])
      nowMs = EIGHT + 10 * MINUTE
      await sender.sendDue(LIVE)
      expect(at('to-s1')).toEqual([0, 1])
    })

    it('backs off by itself where the platform names no time, and gives up after a day', async () => {
      const sender = await setUp(...Array.from({ length: 99 }, () => busy(null)))
      let tries = 0
      for (const left = publisher.script.get('to-s1')!; nowMs < EIGHT + 2 * DAY; nowMs += MINUTE) {
        const before = left.length
        await sender.sendDue(LIVE)
        if (left.length < before) tries += 1
      }
      expect(tries).toBeGreaterThan(20)
      expect(tries).toBeLessThan(70)
      expect(
        (await store.digests.deliveries(words('part-given-up')[0]?.facts['digest'] as string))[0],
      ).toMatchObject({ state: 'failed', retryAtMs: null, problem: 'busy' })
    })

    it('does not let the next digest overtake one that is on its way', async () => {
      await subscribe({ cron: ['0 * * * *'] })
      await shelveStory(store, 1, START + HOUR)
      publisher.script.set('to-s1', [busy(EIGHT + 2 * HOUR)])
      nowMs = EIGHT
      const sender = senderOf()
      await sender.sendDue(LIVE)
      await shelveStory(store, 12, EIGHT + 1)
      for (nowMs = EIGHT + HOUR; nowMs < EIGHT + 3 * HOUR; nowMs += MINUTE) {
        await sender.sendDue(LIVE)
        if (nowMs < EIGHT + 2 * HOUR) expect(arrived()).toEqual([])
      }
      expect(arrived()).toEqual([
        [0, 'story-1'],
        [0, 'story-12'],
      ])
    })

    it('looks first where the answer was lost, and sends again only what did not arrive', async () => {
      await setUp('lost')
      expect(at('to-s1')).toEqual([0, 1])
      expect((await partsAt('to-s1')).map(({ state }) => state)).toEqual(['sent', 'sent'])
    })

    it('sends again what is known not to have arrived', async () => {
      const sender = await setUp({ kind: 'unclear', problem: 'connection lost' })
      expect(at('to-s1')).toEqual([])
      nowMs += 2 * MINUTE
      await sender.sendDue(LIVE)
      expect(at('to-s1')).toEqual([0, 1])
    })

    it('never sends again by itself what may have arrived, and goes on with the rest', async () => {
      publisher = countingPublisher({ canTell: false })
      const sender = await setUp('lost')
      expect(at('to-s1')).toEqual([0])
      for (let n = 0; n < 10; n += 1) {
        nowMs += MINUTE
        await sender.sendDue(LIVE)
      }
      expect(at('to-s1')).toEqual([0, 1])
      expect((await partsAt('to-s1')).map(({ state }) => state)).toEqual(['unknown', 'sent'])
      expect(await store.digests.troubledDeliveries('to-s1', START, 5)).toHaveLength(1)
    })

    it('sends an unknown part again when somebody asks for it', async () => {
      publisher = countingPublisher({ canTell: false })
      const sender = await setUp('lost')
      nowMs += 10 * MINUTE
      await sender.sendDue(LIVE)
      const [unknown, sent] = await partsAt('to-s1')
      expect(await sender.resend(unknown!, LIVE.abort)).toMatchObject({ kind: 'sent' })
      expect(await sender.resend(sent!, LIVE.abort)).toMatchObject({ kind: 'failed' })
      expect(at('to-s1')).toEqual([0, 1, 0])
    })

    it('goes on with the next part where the platform will never take one', async () => {
      await setUp({ kind: 'refused', problem: 'too long' })
      expect(at('to-s1')).toEqual([1])
      expect((await partsAt('to-s1')).map(({ state }) => state)).toEqual(['failed', 'sent'])
    })

    it('closes a destination that takes nothing more, and tells its managers', async () => {
      const told: unknown[] = []
      await subscribe()
      await shelveStory(store, 1, START + HOUR)
      publisher.script.set('to-s1', [{ kind: 'closed', problem: 'Cannot send: no right', gone: false }])
      nowMs = EIGHT
      const onClosed = ({ id }: { id: string }, problem: string) => {
        told.push([id, problem])
        return Promise.resolve()
      }
      await senderOf({ onClosed }).sendDue(LIVE)
      expect(told).toEqual([['to-s1', 'Cannot send: no right']])
      expect(await store.subscriptions.destinations(null)).toEqual([])
      expect(await store.subscriptions.auditTrail(null, 5)).toMatchObject([{ action: 'destination closed' }])
    })

    it('gives up everything planned for a destination that is gone', async () => {
      await setUp({ kind: 'closed', problem: 'gone', gone: true })
      expect(await store.subscriptions.destinations(null)).toMatchObject([{ id: 'to-s2' }])
      expect(await store.digests.openParts({ nowMs: nowMs + DAY, stuckBeforeMs: nowMs, limit: 9 })).toEqual(
        [],
      )
    })

    it('stops for a tenant that shut us out, composes nothing for it meanwhile, and catches up', async () => {
      await subscribe({ id: 's1', tenant: 'guild' })
      await subscribe({ id: 's2', tenant: 'other' })
      await shelveStory(store, 1, START + HOUR)
      publisher.script.set('to-s1', [{ kind: 'locked-out', problem: 'token revoked', tenant: 'guild' }])
      const sender = senderOf()
      nowMs = EIGHT
      await sender.sendDue(LIVE)
      expect(at('to-s2')).toEqual([0])
      expect(words('locked-out')).toHaveLength(1)
      nowMs = EIGHT + 20 * MINUTE
      await sender.sendDue(LIVE)
      expect(at('to-s1')).toEqual([0])
    })
  })

  it('sends out of turn what has come so far, and moves the window on', async () => {
    await subscribe()
    await shelveStory(store, 1, START + HOUR)
    nowMs = START + 2 * HOUR
    const sender = senderOf()
    const stored = (await store.subscriptions.subscription('s1'))!
    expect(await sender.sendNow(stored, LIVE.abort)).toEqual({ kind: 'sent', words: 'Sent.' })
    expect(await sender.sendNow(stored, LIVE.abort)).toMatchObject({ kind: 'nothing' })
    await shelveStory(store, 2, START + 3 * HOUR)
    nowMs = EIGHT
    await sender.sendDue(LIVE)
    expect(arrived()).toEqual([
      [0, 'story-1'],
      [0, 'story-2'],
    ])
  })

  it('changes a sent message whose story was corrected, and no other', async () => {
    await subscribe()
    for (const n of [1, 12, 23]) await shelveStory(store, n, START + n * MINUTE)
    nowMs = EIGHT
    const sender = senderOf()
    await sender.sendDue(LIVE)
    const [digest] = await store.digests.digests('to-s1', 1)
    expect(await sender.correct(digest!.id, LIVE.abort)).toBe(0)
    const redirects = [{ from: 'story-1', to: 'story-12' }]
    const placements = [{ articleId: 'article-1', storyId: 'story-12', reason: 'joined by the operator' }]
    const step = { id: 'merge', atMs: nowMs + HOUR, stories: [], placements, copies: [], redirects }
    await store.stories.saveStep(step)
    nowMs += HOUR
    const changed = await sender.correct(digest!.id, LIVE.abort)
    expect(changed).toBeGreaterThan(0)
    expect(publisher.edited.length + publisher.removed.length).toBe(changed)
    expect(publisher.received).toHaveLength(2)
    expect(publisher.edited[0]?.messageId).toBe(`m-${publisher.edited[0]?.nonce}`)
    expect(await sender.correct(digest!.id, LIVE.abort)).toBe(0)
  })

  it("correctTold() makes a tenant's own correction true in what it was sent, and takes a needless message back", async () => {
    await store.subscriptions.saveTenant({ id: 't1', platform: 'discord', name: 'T', atMs: START })
    for (const tenant of ['t1', null])
      await subscribe({ id: `s-${tenant}`, destinationId: `to-${tenant}`, tenant })
    for (const n of [1, 12, 23]) await shelveStory(store, n, START + n * MINUTE)
    nowMs = EIGHT
    const sender = senderOf()
    await sender.sendDue(LIVE)
    expect(publisher.received.map(({ destination }) => destination).sort()).toEqual([
      ...['to-null', 'to-null', 'to-t1', 'to-t1'],
    ])
    const correction = { id: 'c1', tenant: 't1', kind: 'must-link' as const, madeBy: 'm1', madeAtMs: nowMs }
    const articleIds = ['article-1', 'article-12']
    await store.subscriptions.addCorrection({ ...correction, articleIds })
    nowMs += HOUR
    expect(await sender.correctTold('t1', articleIds, LIVE.abort)).toBe(2)
    expect(publisher.edited.map(({ destination, part }) => [destination, part])).toEqual([['to-t1', 0]])
    expect(publisher.removed).toEqual([
      `m-${publisher.received.find((one) => one.destination === 'to-t1' && one.part === 1)?.nonce}`,
    ])
    expect(await sender.correctTold('t1', articleIds, LIVE.abort)).toBe(0)
    expect(await sender.correctTold('t1', ['article-99'], LIVE.abort)).toBe(0)
    nowMs += 3 * DAY
    await store.subscriptions.undoCorrection('c1', 't1', { by: 'm1', atMs: nowMs })
    expect(await sender.correctTold('t1', articleIds, LIVE.abort)).toBe(0)
  })

  it('refuses a sentence that does not stand in the stored article', async () => {
    await subscribe()
    await shelveStory(store, 1, START + HOUR)
    nowMs = EIGHT
    const articles = {
      async articles(ids: readonly string[], view: { readonly tenant: string | null }) {
        const stored = await store.articles.articles(ids, view)
        return stored.map((one) => ({ ...one, article: { ...one.article, text: `x${one.article.text}` } }))
      },
    }
    await senderOf({ articles }).sendDue(LIVE)
    expect(words('quotes-refused')).toHaveLength(1)
    const [part] = await partsAt('to-s1')
    expect(part?.message).toMatchObject({ body: { text: [] } })
  })

  it('puts off a digest that cannot be composed, and sends the others', async () => {
    await subscribe()
    await subscribe({ id: 's2' })
    await shelveStory(store, 1, START + HOUR)
    nowMs = EIGHT
    let isBroken = true
    const digests = new Proxy(store.digests, {
      get: (target, name) =>
        name === 'toldSince' && isBroken
          ? (id: string, sinceMs: number) =>
              id === 'to-s1' ? Promise.reject(new Error('no luck')) : target.toldSince(id, sinceMs)
          : (Reflect.get(target, name) as unknown),
    })
    const sender = senderOf({ digests })
    expect(await sender.sendDue(LIVE)).toEqual({ planned: 1, skipped: 0, failed: 1 })
    isBroken = false
    nowMs = EIGHT + 15 * MINUTE
    await sender.sendDue(LIVE)
    expect(publisher.received.map(({ destination }) => destination)).toEqual(['to-s2', 'to-s1'])
  })
})
