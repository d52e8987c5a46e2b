import { ALLOW_ALL, ALLOW_NOTHING, parseRobots, type RobotsRules } from './robots-rules.ts'

/** How a robots.txt was answered: its text, or why there is none. */
export type RobotsAnswer =
  | { readonly kind: 'text'; readonly text: string }
  /** 4xx: the host has none. */
  | { readonly kind: 'none' }
  /** 5xx or no answer: nobody can tell. */
  | { readonly kind: 'unknown' }

/** How long rules are kept (RFC 9309, 2.4: at most a day), ms. */
const KEEP_MS = 12 * 60 * 60_000
/** How long a missing answer is kept before the host is asked again, ms. */
const KEEP_UNKNOWN_MS = 10 * 60_000
/** Characters of robots.txt that are kept, all hosts together, and hosts. */
const MAX_KEPT_CHARS = 8 * 1024 * 1024
const MAX_KEPT_HOSTS = 2_000

interface Entry {
  readonly rules: Promise<RobotsRules>
  untilMs: number
  chars: number
}

/** Remembers the rules of hosts for a while; asks each host once, even if many pages wait for it. */
export class RobotsCache {
  readonly #load: (robotsUrl: string) => Promise<RobotsAnswer>
  readonly #product: string
  readonly #nowMs: () => number
  readonly #entries = new Map<string, Entry>()
  #chars = 0

  constructor(load: (robotsUrl: string) => Promise<RobotsAnswer>, product: string, nowMs: () => number) {
    this.#load = load
    this.#product = product
    this.#nowMs = nowMs
  }

  /** The rules that hold for a page. */
  rulesFor(url: URL): Promise<RobotsRules> {
    const known = this.#entries.get(url.origin)
    if (known !== undefined && known.untilMs > this.#nowMs()) return known.rules
    this.#drop(url.origin)
    const entry: Entry = { rules: this.#read(url.origin), untilMs: this.#nowMs() + KEEP_MS, chars: 0 }
    this.#entries.set(url.origin, entry)
    void entry.rules.then((rules) => {
      this.#account(url.origin, entry, rules)
    })
    return entry.rules
  }

  async #read(origin: string): Promise<RobotsRules> {
    const robotsUrl = `${origin}/robots.txt`
    const answer = await this.#load(robotsUrl)
    if (answer.kind === 'none') return ALLOW_ALL
    return answer.kind === 'unknown' ? ALLOW_NOTHING : parseRobots(robotsUrl, answer.text, this.#product)
  }

  #account(origin: string, entry: Entry, rules: RobotsRules): void {
    if (this.#entries.get(origin) !== entry) return
    if (rules === ALLOW_NOTHING) entry.untilMs = this.#nowMs() + KEEP_UNKNOWN_MS
    entry.chars = rules.chars
    this.#chars += rules.chars
    for (const oldest of this.#entries.keys()) {
      if (this.#chars <= MAX_KEPT_CHARS && this.#entries.size <= MAX_KEPT_HOSTS) break
      this.#drop(oldest)
    }
  }

  #drop(origin: string): void {
    this.#chars -= this.#entries.get(origin)?.chars ?? 0
    this.#entries.delete(origin)
  }
}
