import type { CommandDesk } from '../../app/ports/chat.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import { whyClosed, type ChannelPlaces } from './channel-places.ts'
import { at, textAt } from './json-value.ts'
import type { NoteSender } from './private-notes.ts'

/** What hearing of servers and channels needs. */
export interface GuildEventPorts {
  readonly places: ChannelPlaces
  readonly desk: CommandDesk
  readonly notes: NoteSender
  readonly log: OutcomeLog
  /** Id of the bot, or `null`. */
  readonly bot: string | null
}

/** Channels that a welcome is tried in. */
const MAX_WELCOME_TRIES = 3

/**
 * Takes events of servers, channels, roles and threads: keeps {@link ChannelPlaces} true at once, and tells the desk of them one after
 * the other, in their order.
 */
export class GuildEvents {
  readonly #ports: GuildEventPorts
  readonly #signal: AbortSignal
  #told: Promise<void> = Promise.resolve()

  constructor(ports: GuildEventPorts, signal: AbortSignal) {
    this.#ports = ports
    this.#signal = signal
  }

  /** Takes one event of the gateway; others than those of servers are none of its business. */
  take(event: string, data: unknown): void {
    const guildId = textAt(data, 'guild_id')
    switch (event) {
      case 'GUILD_CREATE':
        this.#guildCreated(data)
        break
      case 'GUILD_DELETE':
        this.#guildDeleted(data)
        break
      case 'CHANNEL_CREATE':
      case 'CHANNEL_UPDATE':
      case 'THREAD_CREATE':
      case 'THREAD_UPDATE':
        this.#channelChanged(guildId, data)
        break
      case 'CHANNEL_DELETE':
      case 'THREAD_DELETE':
        this.#channelDeleted(guildId, textAt(data, 'id'))
        break
      case 'GUILD_ROLE_CREATE':
      case 'GUILD_ROLE_UPDATE':
        this.#changing(guildId, (places) => {
          places.roleChanged(guildId, textAt(data, 'role', 'id'), at(data, 'role'))
        })
        break
      case 'GUILD_ROLE_DELETE':
        this.#changing(guildId, (places) => {
          places.roleChanged(guildId, textAt(data, 'role_id'), null)
        })
        break
      case 'GUILD_MEMBER_UPDATE':
        this.#changing(guildId, (places) => {
          places.memberChanged(guildId, data)
        })
    }
  }

  /** Resolves when the desk has heard of everything so far. */
  settled(): Promise<void> {
    return this.#told
  }

  #guildCreated(guild: unknown): void {
    // A server that Discord itself cannot reach comes later.
    if (at(guild, 'unavailable') === true) return
    const { places, desk, notes, bot } = this.#ports
    places.guildCreated(guild)
    const tenant = textAt(guild, 'id')
    this.#tell(async () => {
      const arrival = { platform: 'discord', tenant, name: textAt(guild, 'name') }
      const welcome = await desk.tenantAdded(bot === null ? arrival : { ...arrival, bot })
      if (welcome?.kind !== 'message') return
      for (const channel of places.openChannels(tenant).slice(0, MAX_WELCOME_TRIES)) {
        if (places.place(channel)?.type !== 0) continue
        const answer = await notes.post(channel, welcome, `welcome ${tenant}`, this.#signal)
        if (answer.kind === 'answered' && answer.status < 300) return
      }
      this.#ports.log({ level: 'warn', what: 'welcome-unsent', facts: { tenant } })
    })
  }

  #guildDeleted(guild: unknown): void {
    if (at(guild, 'unavailable') === true) return
    const tenant = textAt(guild, 'id')
    this.#ports.places.guildRemoved(tenant)
    this.#tell(() => this.#ports.desk.tenantRemoved('discord', tenant))
  }

  #channelChanged(guildId: string, channel: unknown): void {
    const { places, desk } = this.#ports
    const id = textAt(channel, 'id')
    const before = places.place(id)?.name
    this.#changing(guildId, () => {
      places.channelChanged(guildId, channel)
    })
    const name = places.place(id)?.name
    if (before === undefined || name === undefined || name === before) return
    this.#tell(() => desk.channelRenamed('discord', guildId, id, name))
  }

  #channelDeleted(guildId: string, channelId: string): void {
    this.#ports.places.channelRemoved(guildId, channelId)
    this.#tell(() => this.#ports.desk.channelClosed('discord', guildId, channelId, 'it was deleted'))
  }

  /** Channels that were closed before a change, and are open after it, can be sent to again. */
  #changing(guildId: string, change: (places: ChannelPlaces) => void): void {
    const { places, desk } = this.#ports
    const closed = places.channels(guildId).filter((id) => !this.#isOpen(id))
    change(places)
    for (const channel of closed.filter((id) => this.#isOpen(id))) {
      this.#tell(() => desk.channelOpened('discord', guildId, channel))
    }
  }

  #isOpen(channelId: string): boolean {
    const place = this.#ports.places.place(channelId)
    return place !== null && whyClosed(place) === null
  }

  #tell(work: () => Promise<void>): void {
    this.#told = this.#told.then(work).catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error)
      this.#ports.log({ level: 'error', what: 'server-event-broken', facts: { problem } })
    })
  }
}
