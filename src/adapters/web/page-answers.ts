import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import { pageFrame, type Frame, type Markup } from './page-frame.ts'
import { plainMain } from './reader-pages.ts'
import { STYLE_PATH } from './style.ts'
import { DEFAULT_WEB_LIMITS, VisitorLimits, type Counted } from './visitor-limits.ts'
import type { WebOptions } from './web-rooms.ts'

/** What a request carries along; `page` is the kind of page that was asked for, never an address. */
interface Carried {
  Bindings: Partial<HttpBindings>
  Variables: { page: string }
}

/** The web application. */
export type Web = Hono<Carried>

/** One request of it. */
export type Ask = Context<Carried>

/** States of an answer that is a page of words. */
type PlainStatus = 400 | 403 | 404 | 405 | 413 | 414 | 415 | 429 | 500

/** Longest form. */
const MAX_FORM_BYTES = 8_192

/** How every route answers: pages in our frame, refusals in plain words, bounded forms of our own pages. */
export class PageAnswers {
  readonly #options: WebOptions
  readonly #limits: VisitorLimits

  constructor(options: WebOptions) {
    this.#options = options
    this.#limits = new VisitorLimits({ ...DEFAULT_WEB_LIMITS, ...options.limits })
  }

  /** The refusal of a visitor who asks too often; else `null`. */
  async tooMany(c: Ask, counted: Counted): Promise<Response | null> {
    const waitS = await this.#limits.take(counted, this.#addressOf(c))
    if (waitS === null) return null
    c.header('Retry-After', String(waitS))
    return this.plain(c, 429, 'Too many requests', `Wait ${waitS} seconds, please.`)
  }

  #addressOf(c: Ask): string {
    const peer = c.env.incoming?.socket.remoteAddress ?? 'unknown'
    if (!this.#options.trustProxy) return peer
    // The last one is what the proxy in front saw itself; those before it anybody can make up.
    return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || peer
  }

  /** Where people reach the pages, without a slash at the end. */
  publicUrl(c: Ask): string {
    return this.#options.publicUrl ?? new URL(c.req.url).origin
  }

  /** The fields of a form that one of our own pages sent; else the answer that refuses it. */
  async fields(c: Ask): Promise<Response | URLSearchParams> {
    if (!this.#isOwnForm(c)) return this.plain(c, 403, 'Refused', 'The form was sent from another site.')
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? ''))
      return this.plain(c, 415, 'Not a form', 'Send it as a form.')
    const text = await boundedText(c.req.raw, MAX_FORM_BYTES)
    return text === null
      ? this.plain(c, 413, 'Too large', 'The form is too large.')
      : new URLSearchParams(text)
  }

  /** Browsers tell where a form comes from; one that does not is no browser that may send it. */
  #isOwnForm(c: Ask): boolean {
    const site = c.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin') return false
    const origin = c.req.header('origin')
    if (origin === undefined) return site === 'same-origin'
    return origin === new URL(c.req.url).origin || origin === originOf(this.#options.publicUrl)
  }

  /** The answer to a key that opens nothing, or not any more. */
  noArchive(c: Ask): Response | Promise<Response> {
    return this.plain(
      c,
      404,
      'No such archive',
      'This address leads nowhere, or not any more. Ask for a new one where you had it from.',
    )
  }

  /** A page of one sentence, never kept by a cache. */
  plain(c: Ask, status: PlainStatus, title: string, words: string): Response | Promise<Response> {
    return this.page(c, { title }, plainMain(title, words), status)
  }

  /** A page in our frame. What hangs on a key or a token is kept by no shared cache and by no search engine. */
  async page(
    c: Ask,
    frame: Omit<Frame, 'stylePath'>,
    main: Markup,
    status: PlainStatus | 200 | 401 = 200,
  ): Promise<Response> {
    const isPrivate = frame.isOperator === true || frame.view != null || status !== 200
    if (isPrivate)
      c.header(
        'Cache-Control',
        frame.isOperator === true || status !== 200 ? 'no-store' : 'private, max-age=60',
      )
    else c.header('Cache-Control', 'public, max-age=60')
    if (frame.view != null) c.header('X-Robots-Tag', 'noindex')
    return c.html(await pageFrame({ ...frame, stylePath: STYLE_PATH }, main), status)
  }
}

/** The key of an archive by which a reader came, if any. */
export function viaOf(c: Ask): string | null {
  return c.req.query('via') ?? null
}

/** One value of the query, bounded; empty where it is not there. */
export function queryOf(c: Ask, name: string): string {
  return (c.req.query(name) ?? '').slice(0, 400)
}

/** The page of a long list that is asked for, from 0. */
export function pageOf(c: Ask): number {
  const page = c.req.query('page') ?? '0'
  return /^\d{1,3}$/.test(page) ? Number(page) : 0
}

function originOf(url: string | null): string | null {
  return url === null ? null : new URL(url).origin
}

/** A body as text; `null` where it is larger than allowed, which is noticed while it comes. */
async function boundedText(request: Request, maxBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? '0') > maxBytes) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
