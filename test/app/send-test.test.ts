import { describe, expect, it } from 'vitest'
import { sendTest } from '../../src/app/send-test.ts'
import { countingPublisher } from '../support/counting-publisher.ts'
import { makeDigestOf, makeEntry } from '../support/make-digest-entry.ts'

const DIGEST = makeDigestOf([makeEntry('a'), makeEntry('b'), makeEntry('c')])

describe('sendTest()', () => {
  it('sends one part to each place, and tells the places that cannot get it', async () => {
    const publisher = countingPublisher()
    publisher.script.set('test discord 2', [{ kind: 'closed', problem: 'the channel is gone', gone: true }])
    const places = ['1', '2', '3'].map((address) => ({ platform: 'discord', address }))
    const reports = await sendTest(new Map([['discord', publisher]]), places, DIGEST)
    expect(reports.map(({ problem }) => problem)).toEqual([
      null,
      'Cannot send a test to discord "2": the channel is gone',
      null,
    ])
    expect(publisher.received.map(({ destination, part }) => [destination, part])).toEqual([
      ['test discord 1', 0],
      ['test discord 3', 0],
    ])
  })

  it('is a new message each time: the platform must not take it for one that it knows', async () => {
    const publisher = countingPublisher()
    const send = () =>
      sendTest(new Map([['discord', publisher]]), [{ platform: 'discord', address: '1' }], DIGEST)
    await send()
    await send()
    expect(new Set(publisher.received.map(({ nonce }) => nonce)).size).toBe(2)
  })

  it('names a platform without a token', async () => {
    const reports = await sendTest(new Map(), [{ platform: 'slack', address: 'C1' }], DIGEST)
    expect(reports[0]?.problem).toBe('Cannot send a test to slack: its token is missing')
  })
})
