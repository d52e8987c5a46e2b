import { expect, it } from 'vitest'
import { serveWeb } from '../../../src/adapters/web/serve-web.ts'

it('serveWeb() hands a request on that somebody else answers first, with its body unread', async () => {
  const stop = new AbortController()
  const bound = Promise.withResolvers<number>()
  const served = serveWeb(
    { fetch: () => new Response('a page') },
    {
      ...{ host: '127.0.0.1', port: 0, stop: stop.signal, onListening: bound.resolve },
      first: (request, response) => {
        if (request.url?.startsWith('/slack/') !== true) return false
        request.pipe(response)
        return true
      },
    },
  )
  const origin = `http://127.0.0.1:${await bound.promise}`
  const signed = await fetch(`${origin}/slack/events`, { method: 'POST', body: 'payload=%7B%7D' })
  expect(await signed.text()).toBe('payload=%7B%7D')
  expect(await (await fetch(`${origin}/slackers`)).text()).toBe('a page')
  stop.abort()
  await served
})
