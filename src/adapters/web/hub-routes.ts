import { HUB_PATH, type HubDoor } from '../../app/ports/hub-door.ts'
import { signatureCheck, type SignatureCheck } from './hub-signature.ts'
import type { Ask, PageAnswers, Web } from './page-answers.ts'

/** Largest message of a hub, bytes: as large as a feed may be. It is only signed for, never kept. */
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024

/** Questions and messages of WebSub hubs. An unknown key is a page that is not there. */
export function serveHubs(web: Web, answers: PageAnswers, door: HubDoor): void {
  web.get(`${HUB_PATH}:key`, async (c) => {
    c.set('page', 'hub')
    const field = (name: string) => c.req.query(`hub.${name}`)
    const words = await door.answer(c.req.param('key'), {
      ...{ mode: field('mode'), topic: field('topic'), challenge: field('challenge') },
      ...{ leaseSeconds: field('lease_seconds'), reason: field('reason') },
    })
    return words === null ? answers.plain(c, 404, 'Not found', 'There is no such page.') : c.text(words)
  })
  web.post(`${HUB_PATH}:key`, async (c) => {
    c.set('page', 'hub')
    const key = c.req.param('key')
    const secret = await door.secretOf(key)
    if (secret === null) return answers.plain(c, 404, 'Not found', 'There is no such page.')
    const check = signatureCheck(c.req.header('x-hub-signature'), secret)
    const isSmall = await readThrough(c, check)
    if (!isSmall) return answers.plain(c, 413, 'Too large', 'The message is too large.')
    // A message that is not signed right is thrown away, and nobody is told.
    if (check?.isRight() === true) await door.ping(key)
    return c.body(null, 202)
  })
}

/** Reads the body to its end without keeping it; `false` where it is too large. */
async function readThrough(c: Ask, check: SignatureCheck | null): Promise<boolean> {
  if (Number(c.req.header('content-length') ?? 0) > MAX_MESSAGE_BYTES) return false
  const body: ReadableStream<Uint8Array> | null = c.req.raw.body
  if (body === null) return true
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > MAX_MESSAGE_BYTES) return false
    check?.update(chunk)
  }
  return true
}
