import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long the operator stays logged in, ms. */
const SESSION_MS = 12 * 3_600_000

/** A shorter token can be guessed; it opens nothing. */
export const MIN_TOKEN_CHARS = 16

/** Longest notice that is sealed into an address. */
const MAX_NOTE_CHARS = 300

/** A session that holds. */
export interface OperatorSession {
  /** Stands in every form; another site cannot know it. */
  readonly csrf: string
}

/**
 * Sessions of the operator without a store: what is signed with a key made of the token holds, so any process takes it, and another token
 * ends them all.
 */
export class OperatorSessions {
  readonly #token: string
  readonly #key: Buffer
  readonly #nowMs: () => number

  constructor(token: string, nowMs: () => number) {
    this.#token = token
    this.#key = createHmac('sha256', token).update('tidings operator session 1').digest()
    this.#nowMs = nowMs
  }

  /** Compares in constant time, whatever the lengths. */
  isToken(given: string): boolean {
    return timingSafeEqual(digestOf(given), digestOf(this.#token))
  }

  /** A fresh session as a cookie's value, and for how many seconds it holds. */
  open(): { readonly value: string; readonly maxAgeS: number } {
    const body = `${this.#nowMs() + SESSION_MS}.${randomBytes(12).toString('base64url')}`
    return { value: `${body}.${this.#sign('session', body)}`, maxAgeS: SESSION_MS / 1_000 }
  }

  /** The session of a cookie's value; `null` where it is not signed by this token or has run out. */
  read(value: string | undefined): OperatorSession | null {
    const [until = '', nonce = '', signature = '', ...rest] = (value ?? '').slice(0, 200).split('.')
    const body = `${until}.${nonce}`
    if (rest.length > 0 || !this.#holds('session', body, signature)) return null
    if (!/^\d{1,16}$/.test(until) || Number(until) < this.#nowMs()) return null
    return { csrf: this.#sign('csrf', body) }
  }

  /** Whether a form came from a page of this session. */
  isCsrf(session: OperatorSession, given: string): boolean {
    return timingSafeEqual(digestOf(given), digestOf(session.csrf))
  }

  /** Words as they may go through an address and back: what others make up is not shown. */
  sealNote(words: string): string {
    const text = Buffer.from(words.slice(0, MAX_NOTE_CHARS)).toString('base64url')
    return `${text}.${this.#sign('note', text)}`
  }

  /** The words of {@link sealNote}, or `null`. */
  openNote(sealed: string | undefined): string | null {
    const [text = '', signature = ''] = (sealed ?? '').slice(0, 2_000).split('.')
    if (text === '' || !this.#holds('note', text, signature)) return null
    return Buffer.from(text, 'base64url').toString('utf8')
  }

  #sign(purpose: string, body: string): string {
    return createHmac('sha256', this.#key).update(`${purpose} ${body}`).digest('base64url')
  }

  #holds(purpose: string, body: string, signature: string): boolean {
    return timingSafeEqual(digestOf(signature), digestOf(this.#sign(purpose, body)))
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
