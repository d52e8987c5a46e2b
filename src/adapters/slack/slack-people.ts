import { at, textAt } from './json-value.ts'
import type { SlackWeb } from './slack-web.ts'

/** What Slack tells of a person. */
export interface SlackPerson {
  /** Admin or owner of the workspace. */
  readonly isManager: boolean
  /** BCP 47, or `null`. */
  readonly locale: string | null
}

/** How long what Slack tells of a person is believed, ms. Range 60,000-3,600,000: longer, and a former admin stays one. */
const KEPT_MS = 300_000

/** Longest wait, ms: a form must be opened within 3 s of the command. */
const MAX_WAIT_MS = 1_500

/** People kept in mind. */
const MAX_PEOPLE = 5_000

const NOBODY: SlackPerson = { isManager: false, locale: null }

/** Looks up who is an admin or owner, with a short memory. Where Slack does not tell, nobody is. */
export class SlackPeople {
  readonly #web: SlackWeb
  readonly #nowMs: () => number
  readonly #known = new Map<string, { readonly person: SlackPerson; readonly atMs: number }>()

  constructor(web: SlackWeb, nowMs: () => number) {
    this.#web = web
    this.#nowMs = nowMs
  }

  /** Never throws. */
  async person(tenant: string, id: string): Promise<SlackPerson> {
    const key = `${tenant} ${id}`
    const known = this.#known.get(key)
    const nowMs = this.#nowMs()
    if (known !== undefined && nowMs - known.atMs < KEPT_MS) return known.person
    const call = { tenant, method: 'users.info', args: { user: id, include_locale: true } }
    const answer = await this.#web.call(call, AbortSignal.timeout(MAX_WAIT_MS))
    if (answer.kind !== 'done') return NOBODY
    const person = readPerson(at(answer.data, 'user'))
    const [oldest] = this.#known.keys()
    if (this.#known.size >= MAX_PEOPLE && oldest !== undefined) this.#known.delete(oldest)
    this.#known.delete(key)
    this.#known.set(key, { person, atMs: nowMs })
    return person
  }
}

function readPerson(user: unknown): SlackPerson {
  const isManager = ['is_admin', 'is_owner', 'is_primary_owner'].some((right) => at(user, right) === true)
  const locale = textAt(user, 'locale')
  return {
    isManager: isManager && at(user, 'deleted') !== true,
    locale: /^[A-Za-z-]{2,20}$/.test(locale) ? locale : null,
  }
}
