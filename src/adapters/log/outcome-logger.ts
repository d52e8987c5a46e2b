import { pino } from 'pino'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'

/** How to log. */
export interface LogOptions {
  /** Takes one line with its end. */
  readonly write: (line: string) => void
  /** Values that must never be written, such as tokens. */
  readonly secrets: readonly string[]
  /** Least level that is written. */
  readonly level?: 'info' | 'warn' | 'error'
  readonly nowMs: () => number
}

/** Shorter values are too common to be blanked wherever they occur. */
const MIN_SECRET_CHARS = 6

/** Longest value of a fact; what is longer is cut. */
const MAX_FACT_CHARS = 500

/** One JSON line for each outcome, secrets taken out wherever they stand. */
export function outcomeLogger({ write, secrets, level = 'info', nowMs }: LogOptions): OutcomeLog {
  const timestamp = () => `,"time":"${new Date(nowMs()).toISOString()}"`
  const format = { level: (label: string) => ({ level: label }) }
  const logger = pino({ level, base: null, timestamp, formatters: format, messageKey: 'what' }, { write })
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutSecrets(value, secrets).slice(0, MAX_FACT_CHARS)
    return Array.isArray(value) ? value.map(clean) : value
  }
  return ({ level: kind, what, facts }) => {
    logger[kind](Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, clean(value)])), what)
  }
}

/** What looks like a secret, although nobody said so. */
const LOOKS_SECRET = [
  // user:password@ of a URL
  /(?<=\/\/)[^/@\s:]+:[^/@\s]+(?=@)/g,
  /\bxox[a-z]-[\w-]{6,}/g,
  /\bxapp-[\w-]{6,}/g,
  // Discord tokens, and the tokens of its webhooks
  /\b[\w-]{23,28}\.[\w-]{6}\.[\w-]{25,}/g,
  /(?<=\/webhooks\/\d{15,21}\/)[\w-]{20,}/g,
  /(?<=hooks\.slack\.com\/)[\w/-]+/g,
  /(?<=\b(?:Bearer|Bot|Basic)\s)[\w.~+/=-]{8,}/g,
  /(?<=[?&](?:token|key|api_key|apikey|secret|password|auth|access_token)=)[^&\s"]+/gi,
]

/** A text with every secret replaced by `***`. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= MIN_SECRET_CHARS)
  const told = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  return LOOKS_SECRET.reduce((rest, pattern) => rest.replaceAll(pattern, '***'), told)
}
