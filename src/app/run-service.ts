import type { CollectReport } from './collect-feeds.ts'
import type { StopSignals } from './deliver-parts.ts'
import type { GroupReport } from './group-stories.ts'
import type { Outcome, OutcomeLog } from './ports/outcome-log.ts'
import type { OwnerLock } from './ports/owner-lock.ts'
import type { Ticker } from './ports/ticker.ts'
import type { Beat, WorkQueue } from './ports/work-queue.ts'
import type { SendRound } from './send-digests.ts'

/** What a process of the service may be asked to do. */
export type Role = 'gateway' | 'collect' | 'group' | 'send' | 'web'

/** Every role: what a service of one process does. */
export const ALL_ROLES: readonly Role[] = ['gateway', 'collect', 'group', 'send', 'web']

/** Something that serves until it is told to stop, such as a chat platform. */
export interface Server {
  readonly role: Role
  readonly name: string
  /** Resolves when it has stopped cleanly, rejects where it cannot serve. */
  serve(stop: AbortSignal): Promise<void>
}

/** A part of the stories and who groups it. */
export interface GroupingPart {
  readonly name: string
  readonly owner: OwnerLock
  /** A grouper with the stories of the part in memory. */
  openGrouper(): Promise<{ step(): Promise<GroupReport> }>
}

/** What the service is made of. */
export interface ServiceRooms {
  readonly ticker: Ticker
  readonly queue: WorkQueue
  /** The parts of the stories: of each one process at a time groups. */
  readonly parts: readonly GroupingPart[]
  collect(signals: StopSignals): Promise<CollectReport>
  /** Drops texts that are past their days, where it is time; the answer is how many. */
  retain(stop: AbortSignal): Promise<number>
  /** @param onMore more is due than this process took at once */
  send(signals: StopSignals, onMore: () => void): Promise<SendRound>
  /** The beat of sending: processes of different bots cannot send for each other. Default `send`. */
  readonly sendBeat?: Beat
  readonly servers: readonly Server[]
  /** Hears of a server that cannot serve any more; `true` ends the service: nothing is left for it to do. */
  readonly onServerFailed?: (name: string) => boolean
  readonly log: OutcomeLog
}

/** When the service ends. */
export interface ServiceOptions {
  readonly roles: readonly Role[]
  /** Drain: begin nothing new, end what is under way. */
  readonly stop: AbortSignal
}

/** How long what is under way may take to end after `stop`, ms; the whole stop stays under 10 s. Range 1,000-9,000. */
const DRAIN_MS = 8_000

/**
 * Runs the service until `stop`: every minute feeds that are due are collected, what came is grouped, and digests that are due are sent.
 * The three beats do not wait for each other, and a round that fails is told and comes again with the next minute: a database may go and
 * come back.
 *
 * @returns `null` where it was told to stop; else why it ended by itself
 */
export async function runService(rooms: ServiceRooms, options: ServiceOptions): Promise<string | null> {
  const { roles } = options
  const abort = new AbortController()
  const end = new AbortController()
  const stop = AbortSignal.any([options.stop, end.signal])
  const signals: StopSignals = { stop, abort: abort.signal }
  let reason: string | null = null
  const service = new Service(rooms, roles, signals, (why) => {
    if (!stop.aborted) reason = why
    end.abort()
  })
  await service.start()
  rooms.log({ level: 'info', what: 'started', facts: { roles } })
  await stopped(stop)
  rooms.log({ level: 'info', what: 'stopping', facts: {} })
  const patience = setTimeout(() => {
    abort.abort()
  }, DRAIN_MS)
  try {
    await service.end()
  } finally {
    clearTimeout(patience)
  }
  rooms.log({ level: 'info', what: 'stopped', facts: {} })
  return reason
}

function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    stop.addEventListener('abort', () => {
      resolve()
    })
  })
}

/** A part that this process owns; the grouper is opened with the first round, and again after one that failed. */
interface Grouping {
  grouper: Awaited<ReturnType<GroupingPart['openGrouper']>> | null
}

class Service {
  readonly #rooms: ServiceRooms
  readonly #roles: ReadonlySet<Role>
  readonly #signals: StopSignals
  readonly #end: (why: string) => void
  readonly #owned = new Map<GroupingPart, Grouping>()
  #serving: Promise<unknown> = Promise.resolve()

  constructor(rooms: ServiceRooms, roles: readonly Role[], signals: StopSignals, end: (why: string) => void) {
    this.#rooms = rooms
    this.#roles = new Set(roles)
    this.#signals = signals
    this.#end = end
  }

  async start(): Promise<void> {
    const { queue, ticker, servers } = this.#rooms
    if (this.#roles.has('collect'))
      await queue.serve('collect', () => this.#round('collect', () => this.#collect()))
    if (this.#roles.has('send'))
      await queue.serve(this.#sendBeat, () => this.#round('send', () => this.#send()))
    this.#serving = Promise.all(
      servers.filter(({ role }) => this.#roles.has(role)).map((one) => this.#serve(one)),
    )
    ticker.start(() => void this.#tick())
    await this.#tick()
  }

  async end(): Promise<void> {
    const { queue, ticker, parts } = this.#rooms
    ticker.stop()
    await Promise.all([queue.close(), this.#serving])
    await Promise.allSettled(parts.map(({ owner }) => owner.release()))
  }

  get #sendBeat(): Beat {
    return this.#rooms.sendBeat ?? 'send'
  }

  /** Every process asks, so that a minute is not lost with the process that would have asked. */
  async #tick(): Promise<void> {
    if (this.#signals.stop.aborted) return
    const { queue, parts } = this.#rooms
    if (this.#roles.has('group')) for (const part of parts) await this.#own(part)
    if (this.#roles.has('collect')) await queue.ask('collect')
    for (const part of this.#owned.keys()) await queue.ask(beatOf(part))
    if (this.#roles.has('send')) await queue.ask(this.#sendBeat)
  }

  async #round(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      this.#log('error', 'round-failed', { round: what, problem: messageOf(error) })
    }
  }

  async #collect(): Promise<void> {
    const report = await this.#rooms.collect(this.#signals)
    for (const { url, kind, problems } of report.feeds) {
      if (problems.length > 0)
        this.#log('warn', 'feed-trouble', { url, kind, problems: problems.slice(0, 3) })
    }
    const { added, revised, feeds, more } = report
    if (feeds.length > 0) this.#log('info', 'collected', { feeds: feeds.length, added, revised })
    if (added + revised > 0) for (const part of this.#rooms.parts) await this.#rooms.queue.ask(beatOf(part))
    if (more) await this.#rooms.queue.ask('collect')
  }

  /** Takes a part where nobody has it. Whether an owned one is still owned is asked by its rounds, never beside one. */
  async #own(part: GroupingPart): Promise<void> {
    if (this.#owned.has(part)) return
    const owns = await part.owner.hold().catch((error: unknown) => {
      this.#log('warn', 'round-failed', { round: 'own', part: part.name, problem: messageOf(error) })
      return false
    })
    if (!owns) return
    this.#owned.set(part, { grouper: null })
    this.#log('info', 'grouping-taken', { part: part.name })
    await this.#rooms.queue.serve(beatOf(part), () => this.#round('group', () => this.#group(part)))
  }

  async #group(part: GroupingPart): Promise<void> {
    const own = this.#owned.get(part)
    if (own === undefined) return
    if (!(await this.#isStillOurs(part))) {
      this.#owned.delete(part)
      this.#log('info', 'grouping-lost', { part: part.name })
      return
    }
    let placed = 0
    let stories = 0
    try {
      own.grouper ??= await part.openGrouper()
      for (let more = true; more && !this.#signals.stop.aborted;) {
        const step = await own.grouper.step()
        placed += step.placed
        stories += step.stories
        more = step.more
      }
    } catch (error) {
      // Its memory may be ahead of the store now: the next round reads the store again.
      own.grouper = null
      throw error
    }
    if (placed > 0) this.#log('info', 'grouped', { part: part.name, articles: placed, stories })
    if (part !== this.#rooms.parts[0]) return
    const dropped = await this.#rooms.retain(this.#signals.stop)
    if (dropped > 0) this.#log('info', 'texts-dropped', { articles: dropped })
  }

  /** A lock that cannot be asked is lost: another may have it. */
  async #isStillOurs({ owner }: GroupingPart): Promise<boolean> {
    return owner.hold().catch(() => false)
  }

  async #send(): Promise<void> {
    const { planned, skipped, failed } = await this.#rooms.send(this.#signals, () => {
      void this.#rooms.queue.ask(this.#sendBeat)
    })
    if (planned + skipped + failed > 0) this.#log('info', 'digests-due', { planned, skipped, failed })
  }

  async #serve(server: Server): Promise<void> {
    try {
      await server.serve(this.#signals.stop)
    } catch (error) {
      const problem = messageOf(error)
      this.#log('error', 'server-failed', { server: server.name, problem })
      if (this.#rooms.onServerFailed?.(server.name) === true) this.#end(problem)
    }
  }

  #log(level: Outcome['level'], what: string, facts: Outcome['facts']): void {
    this.#rooms.log({ level, what, facts })
  }
}

function beatOf({ name }: GroupingPart): Beat {
  return `group-${name}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
