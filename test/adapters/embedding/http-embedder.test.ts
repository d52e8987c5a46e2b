import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpEmbedder } from '../../../src/adapters/embedding/http-embedder.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A server that answers everything the same; `null` for one that never answers. */
async function serve(status: number, body: string | null, headers: Record<string, string> = {}) {
  const asked: unknown[] = []
  const listening = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      asked.push(JSON.parse(text))
      if (body !== null) response.writeHead(status, headers).end(body)
    })
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/api/embed`, asked }
}

describe('createHttpEmbedder()', () => {
  test.each([
    [
      'Ollama',
      {
        embeddings: [
          [3, 4],
          [0, 2],
        ],
      },
    ],
    [
      'OpenAI-like servers, in any order',
      {
        data: [
          { index: 1, embedding: [0, 2] },
          { index: 0, embedding: [3, 4] },
        ],
      },
    ],
  ])('reads the answer of %s as vectors of length 1', async (_, body) => {
    const { url, asked } = await serve(200, JSON.stringify(body))
    const answer = await createHttpEmbedder({ url, model: 'm' }).embed(['one', 'two'])
    expect(answer.kind).toBe('vectors')
    const vectors = answer.kind === 'vectors' ? answer.vectors.map((vector) => [...vector]) : []
    expect(vectors.flat()).toEqual([0.6, 0.8, 0, 1].map((value) => expect.closeTo(value, 5) as number))
    expect(asked).toEqual([{ model: 'm', input: ['one', 'two'] }])
  })

  test.each([
    ['a status', 503, '', 'status is 503'],
    ['a redirect', 302, '', 'status is 302'],
    ['no JSON', 200, '<html>', 'JSON'],
    ['too few vectors', 200, '{"embeddings":[[1]]}', 'answer has no 2 vectors'],
    ['something else', 200, '[]', 'answer has no 2 vectors'],
    ['vectors of two sizes', 200, '{"embeddings":[[1],[1,2]]}', 'of the same length'],
    ['words', 200, '{"embeddings":[["a"],[1]]}', 'of the same length'],
    ['a vector that points nowhere', 200, '{"embeddings":[[0],[1]]}', 'of the same length'],
  ])('tells %s as a problem', async (_, status, body, why) => {
    const { url } = await serve(status, body, status === 302 ? { Location: 'http://127.0.0.1:1/' } : {})
    const answer = await createHttpEmbedder({ url: `${url}?key=secret`, model: 'm' }).embed(['one', 'two'])
    expect(answer).toMatchObject({ kind: 'problem', problem: expect.stringContaining(why) as string })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  test('does not wait for a slow server, and minds no missing one', async () => {
    const { url } = await serve(200, null)
    expect(await createHttpEmbedder({ url, model: 'm', maxAnswerMs: 20 }).embed(['one'])).toMatchObject({
      kind: 'problem',
    })
    const gone = createHttpEmbedder({ url: 'http://127.0.0.1:1/', model: 'm' })
    expect(await gone.embed(['one'])).toMatchObject({ kind: 'problem' })
    expect(await gone.embed([])).toEqual({ kind: 'vectors', vectors: [] })
  })
})
