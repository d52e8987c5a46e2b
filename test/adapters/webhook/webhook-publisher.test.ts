import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { webhookPublisher } from '../../../src/adapters/webhook/webhook-publisher.ts'
import type { PartToSend } from '../../../src/app/ports/publisher.ts'
import { publisherContract, type Behaviour, type PublisherBench } from '../../contracts/publisher-contract.ts'
import { makeDigestOf, makeEntry } from '../../support/make-digest-entry.ts'

interface Post {
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

async function openBench(): Promise<PublisherBench & { posts: Post[]; answer(status: number): void }> {
  const posts: Post[] = []
  let status = 204
  let drop = false
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (status < 300) posts.push({ body, headers: request.headers })
      if (drop) request.socket.destroy()
      else response.writeHead(status, status === 429 ? { 'retry-after': '7' } : {}).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    publisher: webhookPublisher({ secret: 'topsecret', userAgent: 'tidings/test', nowMs: () => 1_000_000 }),
    destination: {
      id: 'w',
      platform: 'webhook',
      address: `http://127.0.0.1:${port}/hook?key=abc`,
      tenant: null,
      name: '',
    },
    posts,
    answer: (next) => {
      status = next
    },
    received: () => Promise.resolve(posts.map(({ body }) => body)),
    behave(behaviour: Behaviour) {
      status = behaviour === 'busy' ? 429 : behaviour === 'closed' ? 403 : 204
      drop = behaviour === 'loses-answer'
      return true
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

publisherContract('webhookPublisher()', openBench)

function partOf({ publisher, destination }: PublisherBench): PartToSend {
  const subscription = { overflow: 'drop', mentionRole: null, lang: null } as const
  const digest = makeDigestOf([makeEntry('s')])
  const [message] = publisher.cut({
    digestId: 'd',
    name: 'm',
    digest,
    timeZone: 'UTC',
    subscription,
    publicUrl: null,
  })
  if (message === undefined) throw new Error('no part')
  return { destination, digestId: 'd', part: 0, message, nonce: 'the-nonce', parentId: null }
}

describe('webhookPublisher()', () => {
  it('signs the body with its time and names the try', async () => {
    const bench = await openBench()
    await bench.publisher.send(partOf(bench), AbortSignal.timeout(5_000))
    const [post] = bench.posts
    const expected = createHmac('sha256', 'topsecret')
      .update(`1000.${post?.body ?? ''}`)
      .digest('hex')
    expect(post?.headers).toMatchObject({
      'idempotency-key': 'the-nonce',
      'x-tidings-signature': `t=1000,v1=${expected}`,
      'content-type': 'application/json',
    })
    await bench.close()
  })

  it.each([
    [429, 'not-sent'],
    [503, 'not-sent'],
    [500, 'unclear'],
    [400, 'refused'],
    [302, 'refused'],
    [410, 'closed'],
  ])('takes status %i as %s, and tells no secret', async (status, kind) => {
    const bench = await openBench()
    bench.answer(status)
    const outcome = await bench.publisher.send(partOf(bench), AbortSignal.timeout(5_000))
    expect(outcome.kind).toBe(kind)
    expect(JSON.stringify(outcome)).not.toContain('abc')
    await bench.close()
  })

  it('waits as long as the receiver asks', async () => {
    const bench = await openBench()
    bench.answer(429)
    expect(await bench.publisher.send(partOf(bench), AbortSignal.timeout(5_000))).toMatchObject({
      retryAtMs: 1_007_000,
    })
    await bench.close()
  })

  it('says that nothing arrived where nobody listens', async () => {
    const bench = await openBench()
    const part = partOf(bench)
    await bench.close()
    expect((await bench.publisher.send(part, AbortSignal.timeout(5_000))).kind).toBe('not-sent')
  })

  it('cuts a large digest into posts that receivers take', async () => {
    const bench = await openBench()
    const long = makeEntry('s').members[0]
    const members = long === undefined ? [] : Array.from({ length: 900 }, () => long)
    const entries = Array.from({ length: 5 }, (_, index) => makeEntry(`s${index}`, { members }))
    const subscription = { overflow: 'drop', mentionRole: null, lang: null } as const
    const digest = makeDigestOf(entries)
    const parts = bench.publisher.cut({
      digestId: 'd',
      name: 'm',
      digest,
      timeZone: 'UTC',
      subscription,
      publicUrl: null,
    })
    expect(parts.length).toBeGreaterThan(1)
    for (const { body } of parts) expect(JSON.stringify(body).length).toBeLessThan(260_000)
    await bench.close()
  })
})
