import { at, listAt, numberAt, textAt } from './json-value.ts'

/** What is known of a channel from the gateway. */
export interface Place {
  readonly guildId: string
  readonly name: string
  /** Discord's number of the kind of channel. */
  readonly type: number
  /** What the bot may do there. */
  readonly permissions: bigint
}

/** Bits of Discord's permissions (topics/permissions). */
export const PERMISSION = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  readHistory: 1n << 16n,
  createThreads: 1n << 35n,
  sendInThreads: 1n << 38n,
} as const

const ALL_PERMISSIONS = (1n << 62n) - 1n

/** Text, announcement, forum, media, and threads: what digests can go to. */
const TEXT_TYPES: ReadonlySet<number> = new Set([0, 5, 10, 11, 12, 15, 16])
const THREAD_TYPES: ReadonlySet<number> = new Set([10, 11, 12])

/** Whether a kind of channel is a thread. */
export function isThreadType(type: number): boolean {
  return THREAD_TYPES.has(type)
}

/** Whether a kind of channel takes posts, not messages. */
export function isForumType(type: number): boolean {
  return type === 15 || type === 16
}

/** Whether digests can go to a kind of channel. */
export function takesDigests(type: number): boolean {
  return TEXT_TYPES.has(type)
}

/** Text, announcement, forum, media: channels that have threads. */
const PARENT_TYPES: ReadonlySet<number> = new Set([0, 5, 15, 16])

/** Needed to list the archived threads of a channel. */
const MAY_LIST = PERMISSION.viewChannel | PERMISSION.readHistory

/** Channels remembered that are gone. */
const MAX_LOST = 10_000

interface Overwrite {
  readonly allow: bigint
  readonly deny: bigint
}

interface KnownChannel {
  readonly id: string
  name: string
  type: number
  parentId: string
  /** Those of everyone, of the bot's own roles or others', and of the bot itself. */
  overwrites: ReadonlyMap<string, Overwrite>
}

interface KnownGuild {
  readonly id: string
  ownerId: string
  ownRoles: readonly string[]
  systemChannel: string
  readonly roles: Map<string, bigint>
  readonly channels: Map<string, KnownChannel>
}

/**
 * Servers, channels and the bot's rights in them, as the gateway tells them: a message that Discord would refuse is not even tried, and
 * it is noticed when a channel can be sent to again. Empty in a process without a gateway, which asks Discord instead.
 */
export class ChannelPlaces {
  readonly #guilds = new Map<string, KnownGuild>()
  readonly #guildOfChannel = new Map<string, string>()
  /** Channels that were deleted, or went with their server, while we looked on. */
  readonly #lost = new Set<string>()
  /** Servers that Discord counted up to us; others of the same shard are gone. */
  readonly #expected = new Map<number, Set<string>>()
  #shardCount = 1
  #botId = ''

  /** A shard said which servers it serves. */
  ready(botId: string, shard: number, shardCount: number, guildIds: readonly string[]): void {
    this.#botId = botId
    this.#shardCount = shardCount
    this.#expected.set(shard, new Set(guildIds))
  }

  /** Takes the whole of a server in. */
  guildCreated(guild: unknown): void {
    const id = textAt(guild, 'id')
    this.#forgetGuild(id)
    const known: KnownGuild = {
      ...{ id, ownerId: textAt(guild, 'owner_id'), systemChannel: textAt(guild, 'system_channel_id') },
      ownRoles: [],
      roles: new Map(),
      channels: new Map(),
    }
    this.#guilds.set(id, known)
    this.#expected.get(this.#shardOf(id))?.add(id)
    for (const role of listAt(guild, 'roles'))
      known.roles.set(textAt(role, 'id'), bitsAt(role, 'permissions'))
    for (const member of listAt(guild, 'members')) this.memberChanged(id, member)
    for (const channel of [...listAt(guild, 'channels'), ...listAt(guild, 'threads')]) {
      this.channelChanged(id, channel)
    }
  }

  /** The bot was put out of a server. */
  guildRemoved(guildId: string): void {
    for (const id of this.channels(guildId)) this.#lose(id)
    this.#forgetGuild(guildId)
    this.#expected.get(this.#shardOf(guildId))?.delete(guildId)
  }

  #forgetGuild(guildId: string): void {
    for (const id of this.channels(guildId)) this.#guildOfChannel.delete(id)
    this.#guilds.delete(guildId)
  }

  /** A channel or thread is new or changed. */
  channelChanged(guildId: string, channel: unknown): void {
    const guild = this.#guilds.get(guildId)
    const type = numberAt(channel, 'type')
    if (guild === undefined || type === null || !TEXT_TYPES.has(type)) return
    const id = textAt(channel, 'id')
    guild.channels.set(id, {
      ...{ id, type, name: textAt(channel, 'name'), parentId: textAt(channel, 'parent_id') },
      overwrites: new Map(
        listAt(channel, 'permission_overwrites').map((one) => [
          textAt(one, 'id'),
          { allow: bitsAt(one, 'allow'), deny: bitsAt(one, 'deny') },
        ]),
      ),
    })
    this.#guildOfChannel.set(id, guildId)
    this.#lost.delete(id)
  }

  /** A channel or thread is gone. */
  channelRemoved(guildId: string, channelId: string): void {
    this.#guilds.get(guildId)?.channels.delete(channelId)
    this.#guildOfChannel.delete(channelId)
    this.#lose(channelId)
  }

  #lose(channelId: string): void {
    const [oldest] = this.#lost
    if (this.#lost.size >= MAX_LOST && oldest !== undefined) this.#lost.delete(oldest)
    this.#lost.add(channelId)
  }

  /** Whether a channel surely is not there for us any more: it went while we looked on. */
  isLost(channelId: string): boolean {
    return this.#lost.has(channelId)
  }

  /**
   * Channels whose archived threads are unknown to us, where every server of the bot is known here; `null` where some are not, as in
   * a process with one shard of several. A channel that stands in none of them is one of their archived threads, or does not exist.
   */
  threadParents(): readonly string[] | null {
    const isWhole = this.#expected.size === this.#shardCount
    const expected = [...this.#expected.values()].flatMap((ids) => [...ids])
    if (!isWhole || expected.some((id) => !this.#guilds.has(id))) return null
    return [...this.#guilds.keys()].flatMap((guildId) =>
      this.channels(guildId).filter((id) => {
        const place = this.place(id)
        return place !== null && PARENT_TYPES.has(place.type) && (place.permissions & MAY_LIST) === MAY_LIST
      }),
    )
  }

  /** A role is new, changed, or gone where `role` is `null`. */
  roleChanged(guildId: string, roleId: string, role: unknown): void {
    const roles = this.#guilds.get(guildId)?.roles
    if (role === null) roles?.delete(roleId)
    else roles?.set(roleId, bitsAt(role, 'permissions'))
  }

  /** A member has other roles; only the bot itself matters. */
  memberChanged(guildId: string, member: unknown): void {
    const guild = this.#guilds.get(guildId)
    if (guild === undefined || textAt(member, 'user', 'id') !== this.#botId) return
    guild.ownRoles = listAt(member, 'roles').filter((role) => typeof role === 'string')
  }

  /** What is known of a channel; `null` where nothing is. */
  place(channelId: string): Place | null {
    const guild = this.#guilds.get(this.#guildOfChannel.get(channelId) ?? '')
    const channel = guild?.channels.get(channelId)
    if (guild === undefined || channel === undefined) return null
    const { name, type } = channel
    return { guildId: guild.id, name, type, permissions: permissionsIn(guild, channel, this.#botId) }
  }

  /** Ids of all channels and threads of a server. */
  channels(guildId: string): readonly string[] {
    return [...(this.#guilds.get(guildId)?.channels.keys() ?? [])]
  }

  /** Whether the bot surely was put out of a server. */
  isGone(guildId: string): boolean {
    const expected = this.#expected.get(this.#shardOf(guildId))
    return /^\d{15,20}$/.test(guildId) && expected !== undefined && !expected.has(guildId)
  }

  /** Channels of a server that can be sent to, those of its own announcements first. */
  openChannels(guildId: string): readonly string[] {
    const guild = this.#guilds.get(guildId)
    if (guild === undefined) return []
    const open = this.channels(guildId).filter((id) => {
      const place = this.place(id)
      return place !== null && whyClosed(place) === null
    })
    return open.toSorted((a, b) => Number(b === guild.systemChannel) - Number(a === guild.systemChannel))
  }

  #shardOf(guildId: string): number {
    return /^\d{15,20}$/.test(guildId) ? Number((BigInt(guildId) >> 22n) % BigInt(this.#shardCount)) : -1
  }
}

/** Why nothing can be sent to a place, in words that say what to do; `null` where it can. */
export function whyClosed({
  type,
  permissions,
  name,
}: Pick<Place, 'type' | 'permissions' | 'name'>): string | null {
  if (!TEXT_TYPES.has(type))
    return `the bot cannot send to ${named(name)}: choose a text channel, a thread or a forum`
  if ((permissions & PERMISSION.viewChannel) === 0n) {
    return `the bot cannot see ${named(name)}: allow it "View Channel" there`
  }
  const isThread = THREAD_TYPES.has(type)
  const needed = isThread ? PERMISSION.sendInThreads : PERMISSION.sendMessages
  if ((permissions & needed) !== 0n) return null
  const right = isThread ? 'Send Messages in Threads' : 'Send Messages'
  return `the bot may not write in ${named(name)}: allow it "${right}" there`
}

function named(name: string): string {
  return name === '' ? 'this channel' : `#${name}`
}

/** Discord's own algorithm (topics/permissions#permission-overwrites); threads have the rights of their channel. */
function permissionsIn(guild: KnownGuild, channel: KnownChannel, botId: string): bigint {
  if (guild.ownerId === botId) return ALL_PERMISSIONS
  let bits = guild.roles.get(guild.id) ?? 0n
  for (const role of guild.ownRoles) bits |= guild.roles.get(role) ?? 0n
  if ((bits & PERMISSION.administrator) !== 0n) return ALL_PERMISSIONS
  const { overwrites } = THREAD_TYPES.has(channel.type)
    ? (guild.channels.get(channel.parentId) ?? channel)
    : channel
  for (const ids of [[guild.id], guild.ownRoles, [botId]]) bits = overwritten(bits, overwrites, ids)
  return bits
}

/** Of one level all denials come first, then all grants. */
function overwritten(
  bits: bigint,
  overwrites: ReadonlyMap<string, Overwrite>,
  ids: readonly string[],
): bigint {
  let allow = 0n
  let deny = 0n
  for (const id of ids) {
    allow |= overwrites.get(id)?.allow ?? 0n
    deny |= overwrites.get(id)?.deny ?? 0n
  }
  return (bits & ~deny) | allow
}

/** Permissions come as decimal text; what is none counts as nothing. */
export function bitsAt(value: unknown, ...way: readonly (string | number)[]): bigint {
  const found = at(value, ...way)
  return typeof found === 'string' && /^\d{1,30}$/.test(found) ? BigInt(found) : 0n
}
