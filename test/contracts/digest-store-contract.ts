import { beforeEach, describe, expect, test } from 'vitest'
import type { DeliveryRef, DigestStore, NewDigest } from '../../src/app/ports/digest-store.ts'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { destination, MINUTE, NOON, subscription } from './stored-rows.ts'

/** What every {@link DigestStore} must do: never twice, never forgotten. */
export function digestStoreContract(current: () => Store): void {
  describe('DigestStore', () => {
    let store: Store
    let digests: DigestStore
    beforeEach(async () => {
      store = current()
      digests = store.digests
      await store.subscriptions.saveDestination(destination('d1'), NOON)
      await store.subscriptions.saveSubscription(subscription('s1', 'd1', { nextRunAtMs: NOON + 5 * MINUTE }))
    })
    const newDigest = (id: string, parts = 2, fields: Partial<NewDigest> = {}): NewDigest => ({
      id,
      destinationId: 'd1',
      subscriptionId: 's1',
      fromMs: NOON,
      toMs: NOON + 5 * MINUTE,
      inputHash: 'hash',
      body: { entries: ['Ferries \0 stay'] },
      composedAtMs: NOON + 5 * MINUTE,
      told: [
        { storyId: 'story-a', toldAtMs: NOON + 5 * MINUTE, articleIds: ['article-1'], sentences: ['Said.'] },
      ],
      parts: Array.from({ length: parts }, (_, n) => ({
        message: { text: `part ${n}` },
        nonce: `${id}-${n}`,
      })),
      ...fields,
    })
    const claim = (claimant: string, nowMs: number, limit = 10) =>
      digests.claimDueRuns({ claimant, nowMs, leaseMs: 10 * MINUTE, limit })
    const open = (nowMs: number) =>
      digests.openParts({ nowMs, stuckBeforeMs: nowMs - 10 * MINUTE, limit: 10 })
    const refs = (rows: readonly DeliveryRef[]) => rows.map(({ digestId, part }) => `${digestId}/${part}`)
    const first: DeliveryRef = { digestId: 'g1', part: 0 }
    const second: DeliveryRef = { digestId: 'g1', part: 1 }

    describe('runs', () => {
      test('claimDueRuns() gives a run that is due to one claimant, until the lease is over', async () => {
        expect(await claim('one', NOON + 4 * MINUTE)).toEqual([])
        expect(await claim('one', NOON + 5 * MINUTE)).toMatchObject([
          { id: 's1', destination: { id: 'd1' }, windowEndMs: NOON },
        ])
        expect(await claim('two', NOON + 6 * MINUTE)).toEqual([])
        expect(await claim('two', NOON + 15 * MINUTE)).toHaveLength(1)
      })

      test('claimDueRuns() gives each run once, however many ask at the same time', async () => {
        for (let n = 2; n <= 30; n += 1) {
          await store.subscriptions.saveDestination(destination(`d${n}`), NOON)
          await store.subscriptions.saveSubscription(subscription(`s${n}`, `d${n}`, { nextRunAtMs: NOON }))
        }
        const rounds = await Promise.all(
          Array.from({ length: 8 }, async (_, n) => [
            ...(await claim(`p${n}`, NOON + 5 * MINUTE, 3)),
            ...(await claim(`p${n}`, NOON + 5 * MINUTE, 3)),
          ]),
        )
        const ids = rounds.flat().map(({ id }) => id)
        expect(ids).toHaveLength(30)
        expect(new Set(ids).size).toBe(30)
      })

      test('claimDueRuns() leaves out what is paused, closed or without a time', async () => {
        await store.subscriptions.saveSubscription(
          subscription('s1', 'd1', { nextRunAtMs: NOON, paused: true }),
        )
        await store.subscriptions.saveSubscription(subscription('s2', 'd1', { nextRunAtMs: null }))
        await store.subscriptions.saveDestination(destination('d3'), NOON)
        await store.subscriptions.saveSubscription(subscription('s3', 'd3', { nextRunAtMs: NOON }))
        await store.subscriptions.closeDestination('d3', NOON)
        expect(await claim('one', NOON + MINUTE)).toEqual([])
      })

      test('claimRun() takes one run out of turn, but not from another', async () => {
        const asked = { nowMs: NOON, leaseMs: 10 * MINUTE }
        expect(await digests.claimRun('s1', { ...asked, claimant: 'one' })).toMatchObject({ id: 's1' })
        expect(await digests.claimRun('s1', { ...asked, claimant: 'two' })).toBeNull()
        expect(await claim('two', NOON + 6 * MINUTE)).toEqual([])
        expect(await digests.claimRun('gone', { ...asked, claimant: 'one' })).toBeNull()
      })

      test('finishRun() stores the digest, plans its parts and moves the window on', async () => {
        await claim('one', NOON + 5 * MINUTE)
        const run = {
          subscriptionId: 's1',
          claimant: 'one',
          windowEndMs: NOON + 5 * MINUTE,
          nextRunAtMs: NOON + 65 * MINUTE,
          digest: newDigest('g1'),
        }
        expect(await digests.finishRun(run)).toBe(true)
        expect(await store.subscriptions.subscription('s1')).toMatchObject({
          windowEndMs: NOON + 5 * MINUTE,
          nextRunAtMs: NOON + 65 * MINUTE,
        })
        expect(await digests.digest('g1')).toMatchObject({
          body: { entries: ['Ferries \0 stay'] },
          inputHash: 'hash',
        })
        expect(await digests.toldSince('d1', NOON)).toEqual(newDigest('g1').told)
        expect(
          (await digests.deliveries('g1')).map(({ state, message, nonce }) => [state, message, nonce]),
        ).toEqual([
          ['planned', { text: 'part 0' }, 'g1-0'],
          ['planned', { text: 'part 1' }, 'g1-1'],
        ])
        expect(await digests.finishRun(run)).toBe(false)
        expect(await claim('one', NOON + 64 * MINUTE)).toEqual([])
        expect(await claim('one', NOON + 65 * MINUTE)).toHaveLength(1)
      })

      test('finishRun() changes nothing for one that lost its claim', async () => {
        await claim('slow', NOON + 5 * MINUTE)
        await claim('quick', NOON + 16 * MINUTE)
        const end = { subscriptionId: 's1', windowEndMs: NOON + 5 * MINUTE, nextRunAtMs: null }
        expect(await digests.finishRun({ ...end, claimant: 'slow', digest: newDigest('g-slow') })).toBe(false)
        expect(await digests.digest('g-slow')).toBeNull()
        expect(await digests.finishRun({ ...end, claimant: 'quick', digest: newDigest('g-quick') })).toBe(
          true,
        )
      })

      test('finishRun() of a digest that is stored already changes nothing', async () => {
        await digests.saveDigest(newDigest('g1'))
        await claim('one', NOON + 5 * MINUTE)
        const run = {
          subscriptionId: 's1',
          claimant: 'one',
          windowEndMs: NOON + 9 * MINUTE,
          nextRunAtMs: null,
          digest: newDigest('g1'),
        }
        expect(await digests.finishRun(run)).toBe(false)
        expect(await store.subscriptions.subscription('s1')).toMatchObject({ windowEndMs: NOON })
      })

      test('finishRun() without a digest only moves the window on', async () => {
        await claim('one', NOON + 5 * MINUTE)
        await digests.finishRun({
          subscriptionId: 's1',
          claimant: 'one',
          windowEndMs: NOON + MINUTE,
          nextRunAtMs: NOON + 9 * MINUTE,
          digest: null,
        })
        expect(await store.subscriptions.subscription('s1')).toMatchObject({ windowEndMs: NOON + MINUTE })
        expect(await open(NOON + 99 * MINUTE)).toEqual([])
      })
    })

    describe('saveDigest()', () => {
      test('saveDigest() of a known id changes nothing', async () => {
        expect(await digests.saveDigest(newDigest('g1'))).toBe(true)
        expect(await digests.saveDigest(newDigest('g1', 5, { inputHash: 'other' }))).toBe(false)
        expect(await digests.deliveries('g1')).toHaveLength(2)
        expect(await digests.digest('g1')).toMatchObject({ inputHash: 'hash' })
      })

      test('digests() gives the latest window first', async () => {
        await digests.saveDigest(newDigest('g1'))
        await digests.saveDigest(newDigest('g2', 1, { toMs: NOON + 9 * MINUTE, told: [] }))
        expect((await digests.digests('d1', 5)).map(({ id }) => id)).toEqual(['g2', 'g1'])
        expect(await digests.digests('d1', 1)).toHaveLength(1)
        expect(await digests.digests('elsewhere', 5)).toEqual([])
      })

      test('toldSince() tells what was told since then, oldest first', async () => {
        const told = (toldAtMs: number) => [{ storyId: 'story-a', toldAtMs, articleIds: [], sentences: [] }]
        await digests.saveDigest(newDigest('g2', 1, { told: told(NOON + 9) }))
        await digests.saveDigest(newDigest('g1', 1, { told: told(NOON + 3) }))
        expect((await digests.toldSince('d1', NOON + 3)).map(({ toldAtMs }) => toldAtMs - NOON)).toEqual([
          3, 9,
        ])
        expect(await digests.toldSince('d1', NOON + 10)).toEqual([])
      })
    })

    describe('ledger', () => {
      beforeEach(() => digests.saveDigest(newDigest('g1', 3)))
      const sent = (messageId: string) => ({ state: 'sent' as const, messageId })

      test('openParts() gives the first part that is not done', async () => {
        expect(refs(await open(NOON + 6 * MINUTE))).toEqual(['g1/0'])
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        expect(await open(NOON + 7 * MINUTE)).toEqual([])
        await digests.finishDelivery(first, sent('m0'), NOON + 7 * MINUTE)
        expect(refs(await open(NOON + 8 * MINUTE))).toEqual(['g1/1'])
      })

      test('startDelivery() is won by one of many', async () => {
        const tries = await Promise.all(
          Array.from({ length: 10 }, () => digests.startDelivery(first, NOON + 6 * MINUTE)),
        )
        expect(tries.filter(Boolean)).toHaveLength(1)
        expect((await digests.deliveries('g1'))[0]).toMatchObject({ state: 'sending', attempts: 1 })
      })

      test('a sent part is never sent again', async () => {
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        expect(await digests.finishDelivery(first, sent('m0'), NOON + 7 * MINUTE)).toBe(true)
        expect(await digests.startDelivery(first, NOON + 99 * MINUTE)).toBe(false)
        expect(await digests.finishDelivery(first, sent('m1'), NOON + 99 * MINUTE)).toBe(false)
        expect(await digests.takeOverDelivery(first, NOON + 99 * MINUTE, NOON + 99 * MINUTE)).toBe(false)
        expect((await digests.deliveries('g1'))[0]).toMatchObject({ state: 'sent', messageId: 'm0' })
      })

      test('a failed part comes again at its time, and holds back the parts after it', async () => {
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        await digests.finishDelivery(
          first,
          { state: 'failed', problem: 'status is 503', retryAtMs: NOON + 20 * MINUTE },
          NOON + 7 * MINUTE,
        )
        expect(await open(NOON + 19 * MINUTE)).toEqual([])
        expect(await digests.startDelivery(first, NOON + 19 * MINUTE)).toBe(false)
        expect(await open(NOON + 20 * MINUTE)).toMatchObject([
          { part: 0, problem: 'status is 503', attempts: 1 },
        ])
        expect(await digests.startDelivery(first, NOON + 20 * MINUTE)).toBe(true)
        expect((await digests.deliveries('g1'))[0]).toMatchObject({ attempts: 2 })
      })

      test('a part that was given up, or whose end is unknown, never comes again and holds nothing back', async () => {
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        await digests.finishDelivery(
          first,
          { state: 'failed', problem: 'refused', retryAtMs: null },
          NOON + 7 * MINUTE,
        )
        expect(refs(await open(NOON + 8 * MINUTE))).toEqual(['g1/1'])
        await digests.startDelivery(second, NOON + 8 * MINUTE)
        await digests.finishDelivery(
          second,
          { state: 'unknown', problem: 'answer was lost' },
          NOON + 9 * MINUTE,
        )
        expect(refs(await open(NOON + 99 * MINUTE))).toEqual(['g1/2'])
        expect(await digests.startDelivery(first, NOON + 99 * MINUTE)).toBe(false)
        expect(await digests.startDelivery(second, NOON + 99 * MINUTE)).toBe(false)
        expect(await digests.troubledDeliveries('d1', NOON, 5)).toMatchObject([
          { part: 1, state: 'unknown', problem: 'answer was lost' },
          { part: 0, state: 'failed', problem: 'refused' },
        ])
      })

      test('replanDelivery() plans again what is unknown or was given up, nothing else', async () => {
        expect(await digests.replanDelivery(first, NOON + 6 * MINUTE)).toBe(false)
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        await digests.finishDelivery(first, { state: 'unknown', problem: 'lost' }, NOON + 7 * MINUTE)
        expect(await digests.replanDelivery(first, NOON + 8 * MINUTE)).toBe(true)
        expect((await digests.deliveries('g1'))[0]).toMatchObject({ state: 'planned', problem: null })
        await digests.startDelivery(first, NOON + 9 * MINUTE)
        await digests.finishDelivery(first, sent('m0'), NOON + 9 * MINUTE)
        expect(await digests.replanDelivery(first, NOON + 10 * MINUTE)).toBe(false)
      })

      test('a part whose sender died is taken over by one, to be cleared up before it is sent', async () => {
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        expect(await open(NOON + 16 * MINUTE)).toEqual([])
        expect(await open(NOON + 17 * MINUTE)).toMatchObject([{ part: 0, state: 'sending' }])
        const tries = await Promise.all(
          Array.from({ length: 6 }, () =>
            digests.takeOverDelivery(first, NOON + 7 * MINUTE, NOON + 17 * MINUTE),
          ),
        )
        expect(tries.filter(Boolean)).toHaveLength(1)
        expect(await digests.startDelivery(first, NOON + 17 * MINUTE)).toBe(false)
        expect(await open(NOON + 18 * MINUTE)).toEqual([])
      })

      test('giveUpDeliveries() gives up what was not begun', async () => {
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        expect(await digests.giveUpDeliveries('d1', 'channel is gone', NOON + 7 * MINUTE)).toBe(2)
        await digests.finishDelivery(first, sent('m0'), NOON + 8 * MINUTE)
        expect(await open(NOON + 99 * MINUTE)).toEqual([])
      })

      test('replaceMessage() keeps an edit of a sent part only', async () => {
        await digests.replaceMessage(first, { text: 'edited' }, NOON + 6 * MINUTE)
        await digests.startDelivery(first, NOON + 6 * MINUTE)
        await digests.finishDelivery(first, sent('m0'), NOON + 7 * MINUTE)
        expect((await digests.deliveries('g1'))[0]).toMatchObject({ message: { text: 'part 0' } })
        await digests.replaceMessage(first, { text: 'edited' }, NOON + 8 * MINUTE)
        expect((await digests.deliveries('g1'))[0]).toMatchObject({
          message: { text: 'edited' },
          messageId: 'm0',
          state: 'sent',
        })
      })

      test('openParts() gives one part of each digest, longest waiting first', async () => {
        await digests.saveDigest(newDigest('g0', 2, { composedAtMs: NOON + 9 * MINUTE }))
        expect(refs(await open(NOON + 10 * MINUTE))).toEqual(['g1/0', 'g0/0'])
      })
    })
  })
}
