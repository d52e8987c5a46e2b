import type { SubscriptionStore, Tenant } from './ports/subscription-store.ts'

/** How long is believed what was read, ms: a bot that is invited anew tells it with its first greeting. Range 1,000-600,000. */
const BELIEVED_MS = 60_000

/** Name of the setting of a tenant that holds the id of its bot. */
const BOT = 'bot'

/** The bot that a tenant was reached by last; `null` where nobody said it. */
export function botOf({ settings }: Pick<Tenant, 'settings'>): string | null {
  const bot: unknown = typeof settings === 'object' && settings !== null ? Reflect.get(settings, BOT) : null
  return typeof bot === 'string' ? bot : null
}

/** The settings of a tenant with its bot in them. */
export function withBot({ settings }: Pick<Tenant, 'settings'>, bot: string): object {
  return { ...(typeof settings === 'object' ? settings : {}), [BOT]: bot }
}

/** Tells which tenants are those of other bots, where processes of several bots share one store. */
export class TenantBots {
  readonly #tenants: () => Promise<readonly Tenant[]>
  readonly #nowMs: () => number
  #read: { readonly atMs: number; readonly bots: Promise<ReadonlyMap<string, string>> } | null = null

  constructor({ tenants }: Pick<SubscriptionStore, 'tenants'>, nowMs: () => number) {
    this.#tenants = tenants
    this.#nowMs = nowMs
  }

  /** Whether another bot than this one serves the tenant. */
  async isOfOther(tenant: string, bot: string): Promise<boolean> {
    const known = (await this.#bots()).get(tenant)
    return known !== undefined && known !== bot
  }

  /** Whether there is any other bot. */
  async hasOthers(bot: string): Promise<boolean> {
    return (await this.others(bot)).length > 0
  }

  /** The other bots, each once. */
  async others(bot: string): Promise<string[]> {
    return [...new Set((await this.#bots()).values())].filter((one) => one !== bot)
  }

  async #bots(): Promise<ReadonlyMap<string, string>> {
    const nowMs = this.#nowMs()
    if (this.#read === null || nowMs - this.#read.atMs > BELIEVED_MS) {
      this.#read = { atMs: nowMs, bots: this.#readBots() }
      this.#read.bots.catch(() => (this.#read = null))
    }
    return this.#read.bots
  }

  async #readBots(): Promise<ReadonlyMap<string, string>> {
    const present = (await this.#tenants()).filter(({ removedAtMs }) => removedAtMs === null)
    return new Map(
      present.flatMap((tenant) => {
        const bot = botOf(tenant)
        return bot === null ? [] : [[tenant.id, bot]]
      }),
    )
  }
}
