import type { FetchFailure, FetchOutcome } from '../../core/feed/fetch-outcome.ts'

/** What went wrong in one exchange: the kind, and the end of a sentence without secrets. */
export interface Trouble {
  readonly failure: FetchFailure
  readonly why: string
  readonly status?: number
}

/** Marks the abort of a fetch that took longer than it may. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

/** Marks the end of a body that grew past its limit. */
export class SizeLimitError extends Error {
  override readonly name = 'SizeLimitError'
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  ENOTFOUND: { failure: 'dns', why: 'host name does not exist' },
  EAI_AGAIN: { failure: 'dns', why: 'host name cannot be looked up now' },
  ENODATA: { failure: 'dns', why: 'host name has no address' },
  ECONNREFUSED: { failure: 'connect', why: 'connection is refused' },
  EHOSTUNREACH: { failure: 'connect', why: 'host is not reachable' },
  ENETUNREACH: { failure: 'connect', why: 'network is not reachable' },
  EADDRNOTAVAIL: { failure: 'connect', why: 'address is not available' },
  ETIMEDOUT: { failure: 'connect', why: 'host does not answer' },
  UND_ERR_CONNECT_TIMEOUT: { failure: 'connect', why: 'host does not answer' },
  UND_ERR_PRX_TLS: { failure: 'tls', why: 'proxy certificate is not valid' },
  UND_ERR_HEADERS_TIMEOUT: { failure: 'timeout', why: 'host accepts the connection and says nothing' },
  UND_ERR_BODY_TIMEOUT: { failure: 'timeout', why: 'body stops coming' },
  UND_ERR_HEADERS_OVERFLOW: { failure: 'too-large', why: 'headers are too large' },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: { failure: 'too-large', why: 'body is too large' },
  ECONNRESET: { failure: 'protocol', why: 'connection is reset' },
  EPIPE: { failure: 'protocol', why: 'connection is reset' },
  UND_ERR_SOCKET: { failure: 'protocol', why: 'connection ends early' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { failure: 'protocol', why: 'body ends early' },
  UND_ERR_INVALID_ARG: { failure: 'protocol', why: 'request cannot be sent as given' },
  CERT_HAS_EXPIRED: { failure: 'tls', why: 'certificate has expired' },
  CERT_NOT_YET_VALID: { failure: 'tls', why: 'certificate is not valid yet' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { failure: 'tls', why: 'certificate is self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: { failure: 'tls', why: 'certificate chain has a self-signed certificate' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { failure: 'tls', why: 'certificate chain is incomplete' },
  UNABLE_TO_GET_ISSUER_CERT: { failure: 'tls', why: 'certificate issuer is not known' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { failure: 'tls', why: 'certificate issuer is not known' },
  ERR_TLS_CERT_ALTNAME_INVALID: { failure: 'tls', why: 'certificate is for another host' },
  CERT_REVOKED: { failure: 'tls', why: 'certificate is revoked' },
  EPROTO: { failure: 'tls', why: 'TLS cannot be agreed on' },
}

/**
 * Names an error of undici, node or OpenSSL in plain words. Only its code is read: messages may quote what was sent.
 * An unknown code is told as it is.
 */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof TimeLimitError) return { failure: 'timeout', why: error.message }
  if (error instanceof SizeLimitError) return { failure: 'too-large', why: error.message }
  const code = codeOf(error)
  if (code === 'ADDRESS_REFUSED')
    return { failure: 'refused', why: error instanceof Error ? error.message : '' }
  const known = TROUBLES[code]
  if (known !== undefined) return known
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return { failure: 'tls', why: `TLS cannot be agreed on (${code})` }
  }
  if (code.startsWith('HPE_')) return { failure: 'protocol', why: `answer is not HTTP (${code})` }
  return { failure: 'protocol', why: code === '' ? 'connection fails' : `connection fails (${code})` }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string' && !isVague(error.code)) return error.code
  // When all addresses of a host fail, node sums up the attempts; the first one tells why.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  const code = inner === undefined ? '' : codeOf(inner)
  return code === '' && 'code' in error && typeof error.code === 'string' ? error.code : code
}

function isVague(code: string): boolean {
  return code === 'UND_ERR' || code === 'UND_ERR_SOCKET' || code === 'UND_ERR_ABORTED'
}

/** A failed outcome in the words of the house. */
export function failedOutcome(url: string, trouble: Trouble, retryAtMs: number | null = null): FetchOutcome {
  return {
    kind: 'failed',
    failure: trouble.failure,
    status: trouble.status ?? null,
    problem: problemText(url, trouble.why),
    retryAtMs,
  }
}

/** `Cannot fetch "<url>": <why>`, the URL without its secrets. */
export function problemText(url: string, why: string): string {
  return `Cannot fetch "${shownUrl(url)}": ${why}`
}

/** Longest URL that a problem quotes, in characters: enough to know it by, too short to flood a log. */
const MAX_SHOWN_CHARS = 300
/** Names of query fields whose value is likely a key. */
const SECRET_FIELD = /key|token|secret|pass|auth|sig|session|credential/i

/** A URL as people may see it: no credentials, no values of query fields that look like keys, not too long. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return clip(url.replace(/\/\/[^/@]*@/, '//'))
  parsed.username = ''
  parsed.password = ''
  parsed.hash = ''
  for (const name of [...parsed.searchParams.keys()]) {
    if (SECRET_FIELD.test(name)) parsed.searchParams.set(name, '***')
  }
  return clip(parsed.href)
}

function clip(text: string): string {
  return text.length <= MAX_SHOWN_CHARS ? text : `${text.slice(0, MAX_SHOWN_CHARS)}…`
}
