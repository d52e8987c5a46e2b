import type { Destination } from './publisher.ts'

/** A Discord server or a Slack workspace. */
export interface Tenant {
  readonly id: string
  readonly platform: string
  readonly name: string
  /** What its managers chose for all of it, as plain JSON. */
  readonly settings: unknown
  readonly addedAtMs: number
  /** When the bot was sent away; `null` while it is there. */
  readonly removedAtMs: number | null
}

/** What a destination wants, and when it is next. */
export interface StoredSubscription {
  readonly id: string
  readonly destination: Destination
  /** Unique within the destination. */
  readonly name: string
  /** Subscription and schedule as plain JSON; the reader checks it. */
  readonly settings: unknown
  readonly paused: boolean
  readonly changedAtMs: number
  /** `null`: no time is set. */
  readonly nextRunAtMs: number | null
  /** End of the last window, where the next begins. */
  readonly windowEndMs: number
}

/** What is set of a subscription; its window is not, it only moves on with runs. */
export interface SubscriptionChange {
  readonly id: string
  readonly destinationId: string
  readonly name: string
  readonly settings: unknown
  readonly paused: boolean
  readonly nextRunAtMs: number | null
  readonly atMs: number
}

/** What a manager said about the stories of articles. `tenant` is `null` for the operator, whose word holds for all. */
export interface Correction {
  readonly id: string
  readonly tenant: string | null
  /** The articles belong together, or apart. */
  readonly kind: 'must-link' | 'cannot-link'
  /** At least two article ids. */
  readonly articleIds: readonly string[]
  /** Platform id of the person. */
  readonly madeBy: string
  readonly madeAtMs: number
  readonly undoneBy: string | null
  readonly undoneAtMs: number | null
}

/** Somebody's wish to hear of a story or of words. */
export interface Follow {
  readonly tenant: string
  readonly platform: string
  /** Platform id of the person. */
  readonly person: string
  readonly target:
    { readonly kind: 'story'; readonly storyId: string } | { readonly kind: 'words'; readonly words: string }
  readonly sinceMs: number
  /** What the person was told of it last, epoch ms. */
  readonly toldAtMs: number
  /** Address of a thread in which they want to be told; without it by private message. */
  readonly place?: string
}

/** The right to speak in a tenant, such as a Slack token. */
export interface Installation {
  readonly platform: string
  readonly id: string
  readonly tenant: string
  /** Encrypted by the caller: the store never sees a token. */
  readonly sealed: string
  readonly changedAtMs: number
}

/** Who did what. */
export interface AuditEntry {
  /** `null` for the operator. */
  readonly tenant: string | null
  readonly atMs: number
  /** Platform id of the person, or the name of a part of the program. */
  readonly actor: string
  readonly action: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Keeps tenants, where they want news, what they want, and what they corrected. Whatever is asked for by tenant never tells of another. */
export interface SubscriptionStore {
  /** Adds a tenant or renews its name; one that was removed is back. */
  saveTenant(tenant: {
    readonly id: string
    readonly platform: string
    readonly name: string
    readonly atMs: number
  }): Promise<Tenant>
  saveTenantSettings(id: string, settings: unknown): Promise<void>
  tenant(id: string): Promise<Tenant | null>
  tenants(): Promise<Tenant[]>
  /** Notes that the bot was sent away; nothing is sent there any more. */
  removeTenant(id: string, atMs: number): Promise<void>
  /** Deletes everything that belongs to a tenant, its own articles too. */
  forgetTenant(id: string): Promise<void>

  /** Adds a destination, or renews the name of the one at this address; the answer carries the id that holds. Opens a closed one. */
  saveDestination(destination: Destination, atMs: number): Promise<Destination>
  destination(id: string): Promise<Destination | null>
  /** Open ones; `null` for the operator's. */
  destinations(tenant: string | null): Promise<Destination[]>
  /** Nothing runs or is sent there until it is saved again. */
  closeDestination(id: string, atMs: number): Promise<void>

  /** Adds or changes a subscription. A new one starts its first window at `atMs`. */
  saveSubscription(change: SubscriptionChange): Promise<StoredSubscription>
  subscription(id: string): Promise<StoredSubscription | null>
  /** Of all open destinations of a tenant, by destination and name; `null` for the operator's. */
  subscriptions(tenant: string | null): Promise<StoredSubscription[]>
  /** `false` where there is none. Its digests stay. */
  removeSubscription(id: string): Promise<boolean>

  /** Keeps a correction; the same id again changes nothing. */
  addCorrection(correction: Omit<Correction, 'undoneBy' | 'undoneAtMs'>): Promise<void>
  /** `false` where the tenant has no such correction that holds. */
  undoCorrection(
    id: string,
    tenant: string | null,
    undone: { readonly by: string; readonly atMs: number },
  ): Promise<boolean>
  /**
   * Takes a person's id out of a tenant's corrections and audit, where `someone` stands instead. The answer is in how many
   * rows; follows are ended one by one.
   */
  forgetPerson(tenant: string, platform: string, person: string): Promise<number>
  /** Those that hold for a tenant: the operator's and its own, oldest first. */
  corrections(tenant: string | null): Promise<Correction[]>

  /** The same target again only changes its place. */
  follow(follow: Follow): Promise<void>
  /** `false` where nothing was followed. */
  unfollow(follow: Omit<Follow, 'sinceMs' | 'toldAtMs' | 'place'>): Promise<boolean>
  following(tenant: string, platform: string, person: string): Promise<Follow[]>
  /** Everybody's, in pages by `after`, the last one of the page before. */
  follows(limit: number, after: Follow | null): Promise<Follow[]>
  /** Moves on what a follower was told; `false` where another process did it already. */
  markFollowTold(follow: Follow, toldAtMs: number): Promise<boolean>

  saveInstallation(installation: Installation): Promise<void>
  installation(platform: string, id: string): Promise<Installation | null>
  removeInstallation(platform: string, id: string): Promise<void>

  audit(entry: AuditEntry): Promise<void>
  /** Latest first. */
  auditTrail(tenant: string | null, limit: number): Promise<AuditEntry[]>
}
