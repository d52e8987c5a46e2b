import type { SubscriptionStore } from '../../app/ports/subscription-store.ts'
import type { TokenSeal } from './token-seal.ts'

/** Tokens by workspace. */
export interface SlackTokens {
  /** The bot's token; `null` where it is not installed. `tenant` is `null` for the only workspace. */
  tokenOf(tenant: string | null): Promise<string | null>
}

/** What is kept of a workspace that installed the app. */
export interface SlackInstall {
  readonly team: string
  readonly teamName: string
  readonly botToken: string
  readonly botId: string
  readonly botUserId: string
  readonly scopes: readonly string[]
}

/** The part of the storage that keeps installations. */
export type InstallationStore = Pick<
  SubscriptionStore,
  'saveInstallation' | 'installation' | 'removeInstallation' | 'tenants'
>

/** One workspace whose token comes from the environment. */
export function oneToken(botToken: string): SlackTokens {
  return { tokenOf: () => Promise.resolve(botToken) }
}

/** Installations in our storage; tokens are sealed before they go in. */
export class SlackInstallations implements SlackTokens {
  readonly #store: InstallationStore
  readonly #seal: TokenSeal
  readonly #nowMs: () => number
  readonly #ownToken: string | null

  /** @param ownToken of the operator's own workspace, for digests of the settings file, or `null` */
  constructor(store: InstallationStore, seal: TokenSeal, nowMs: () => number, ownToken: string | null) {
    this.#ownToken = ownToken
    this.#store = store
    this.#seal = seal
    this.#nowMs = nowMs
  }

  async tokenOf(tenant: string | null): Promise<string | null> {
    return tenant === null ? this.#ownToken : ((await this.load(tenant))?.botToken ?? null)
  }

  async save(install: SlackInstall): Promise<void> {
    const { team } = install
    const sealed = this.#seal.seal(JSON.stringify(install), team)
    await this.#store.saveInstallation({
      platform: 'slack',
      id: team,
      tenant: team,
      sealed,
      changedAtMs: this.#nowMs(),
    })
  }

  /** `null` where there is none, or where it was sealed with another key. */
  async load(team: string): Promise<SlackInstall | null> {
    const stored = await this.#store.installation('slack', team)
    const text = stored === null ? null : this.#seal.open(stored.sealed, team)
    return text === null ? null : (JSON.parse(text) as SlackInstall)
  }

  async remove(team: string): Promise<void> {
    await this.#store.removeInstallation('slack', team)
  }
}
