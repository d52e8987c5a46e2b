import { request, type Dispatcher } from 'undici'
import { decodeBody } from './decode-body.ts'
import { SizeLimitError, TimeLimitError, troubleOf, type Trouble } from './fetch-problem.ts'
import { headerOf, type ResponseHeaders } from './response-headers.ts'
import type { TimeBudget } from './time-budget.ts'

/** Limits of one exchange with a server. */
export interface ExchangeLimits {
  /** For the whole exchange, connecting included, and for those before it on the same trip. */
  readonly budget: TimeBudget
  /** For the body as sent and for the body decompressed, each. */
  readonly maxBytes: number
}

/** One answer of a server, or what went wrong. */
export type Answer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: ResponseHeaders
      /** Decompressed; empty for statuses whose body nobody reads (3xx, 4xx, 5xx). */
      readonly body: Uint8Array
    }
  | ({ readonly kind: 'trouble' } & Trouble)

/** What of an unread body is taken off the wire so that the connection can be used again. */
const MAX_DUMPED_BYTES = 64 * 1024
const NO_BODY = new Uint8Array(0)
const FORM = 'application/x-www-form-urlencoded'

/** Sends one GET, or a form where one is given, follows nothing, and reads the body of a 2xx within the limits. Never throws. */
export async function exchange(
  dispatcher: Dispatcher,
  url: URL,
  headers: Readonly<Record<string, string>>,
  limits: ExchangeLimits,
  signal?: AbortSignal,
  form?: URLSearchParams,
): Promise<Answer> {
  if (signal?.aborted) return ABORTED
  const stop = new AbortController()
  const stopTime = limits.budget.start(() => {
    stop.abort(new TimeLimitError(`answer takes longer than ${Math.ceil(limits.budget.maxMs / 1000)} s`))
  })
  // Not AbortSignal.any: on one signal that lives as long as the service, its listeners pile up.
  const onAbort = () => {
    stop.abort(signal?.reason)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await send(dispatcher, url, { headers, form }, limits.maxBytes, stop.signal)
  } catch (error) {
    if (signal?.aborted) return ABORTED
    return { kind: 'trouble', ...troubleOf(stop.signal.aborted ? stop.signal.reason : error) }
  } finally {
    stopTime()
    signal?.removeEventListener('abort', onAbort)
  }
}

const ABORTED: Answer = { kind: 'trouble', failure: 'aborted', why: 'fetch is stopped' }

async function send(
  dispatcher: Dispatcher,
  url: URL,
  {
    headers,
    form,
  }: { readonly headers: Readonly<Record<string, string>>; readonly form: URLSearchParams | undefined },
  maxBytes: number,
  signal: AbortSignal,
): Promise<Answer> {
  const what =
    form === undefined
      ? { method: 'GET' as const, headers }
      : { method: 'POST' as const, headers: { ...headers, 'content-type': FORM }, body: form.toString() }
  const response = await request(url, { dispatcher, signal, ...what })
  const { statusCode: status, headers: answered, body } = response
  if (status < 200 || status > 299) {
    await body.dump({ limit: MAX_DUMPED_BYTES, signal })
    return { kind: 'answer', status, headers: answered, body: NO_BODY }
  }
  const sent = await readBounded(body, Number(headerOf(answered, 'content-length') ?? 0), maxBytes)
  const decoded = await decodeBody(sent, joinedEncoding(answered), maxBytes)
  if (decoded.kind === 'broken') {
    return { kind: 'trouble', failure: 'encoding', why: `body is not valid "${decoded.coding.slice(0, 40)}"` }
  }
  if (decoded.kind === 'too-large') return { kind: 'trouble', failure: 'too-large', why: tooLarge(maxBytes) }
  return { kind: 'answer', status, headers: answered, body: decoded.body }
}

async function readBounded(
  body: Dispatcher.ResponseData['body'],
  announcedBytes: number,
  maxBytes: number,
): Promise<Uint8Array> {
  // An abandoned body may still fail; nobody is there to hear it.
  body.on('error', () => undefined)
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (announcedBytes <= maxBytes) {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > maxBytes) break
      chunks.push(chunk)
    }
    if (bytes <= maxBytes) return Buffer.concat(chunks, bytes)
  }
  body.destroy()
  throw new SizeLimitError(tooLarge(maxBytes))
}

function tooLarge(maxBytes: number): string {
  return `body is larger than ${Math.round(maxBytes / 1024)} KB`
}

function joinedEncoding(headers: ResponseHeaders): string | null {
  const value = headers['content-encoding']
  return typeof value === 'object' ? value.join(',') : (value ?? null)
}
