import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { RunOptions, ServiceEnd } from './cli/run-command.ts'
import type { Environment } from './config/load-settings.ts'
import { loadSettings, withDotEnv } from './config/load-settings.ts'
import type { Settings } from './config/settings.ts'
import { minuteTicker } from './adapters/cron/minute-ticker.ts'
import { createHttpEmbedder } from './adapters/embedding/http-embedder.ts'
import type { Fetcher } from './adapters/fetch/http-fetcher.ts'
import { outcomeLogger } from './adapters/log/outcome-logger.ts'
import { inProcessQueue } from './adapters/queue/in-process-queue.ts'
import type { Store } from './adapters/storage/open-store.ts'
import { openOwnerLocks } from './adapters/storage/owner-lock.ts'
import { StorageError } from './adapters/storage/storage-error.ts'
import { openStoreInThread } from './adapters/storage/store-thread.ts'
import { openPageReader } from './adapters/extract/open-page-reader.ts'
import { collectFeeds, type CollectPorts, type CollectReport } from './app/collect-feeds.ts'
import { createCourtesy } from './app/courtesy.ts'
import { StoryGrouper } from './app/group-stories.ts'
import { keepHubLeases, wakePingedFeeds } from './app/keep-hub-leases.ts'
import { LanguageBridge } from './app/language-bridge.ts'
import { RetentionKeeper, type Retention } from './app/retention-keeper.ts'
import type { OutcomeLog } from './app/ports/outcome-log.ts'
import { TenantBots } from './app/tenant-bots.ts'
import type { OwnerLock } from './app/ports/owner-lock.ts'
import type { PageReader } from './app/ports/page-reader.ts'
import type { Publisher } from './app/ports/publisher.ts'
import type { ServiceMeter } from './app/ports/service-meter.ts'
import type { WorkQueue } from './app/ports/work-queue.ts'
import { observeDelays } from './app/observe-delays.ts'
import { ALL_ROLES, runService } from './app/run-service.ts'
import { DigestSender } from './app/send-digests.ts'
import { ONE_PART, PARTS_BY_LANGUAGE, type StoryPart } from './app/story-parts.ts'
import { syncSettings } from './app/sync-settings.ts'
import type { LifeSignals, Street } from './street.ts'
import { chatServers, discordBotOf, openChats, openDesk, type ChatHouse, type ChatSide } from './wire-chat.ts'
import { feedSecrets, openFetcher, secretWords } from './wire-fetcher.ts'
import { openPublishers } from './wire-publishers.ts'
import { houseMeter, meteredLog, webServers, newArchiveToken } from './wire-web.ts'
import { wishesOf } from './wire-wishes.ts'

/** A part of the stories with the lock that says who groups it. */
type OwnedPart = StoryPart & { readonly owner: OwnerLock }

/** Everything that lives as long as the service. */
interface House {
  readonly street: Street
  readonly env: Environment
  readonly version: string
  settings: Settings
  readonly store: Store
  readonly parts: readonly OwnedPart[]
  readonly log: OutcomeLog
  readonly meter: ServiceMeter
  readonly chats: readonly ChatSide[]
  /** Servers of this process that cannot serve any more. */
  readonly failed: Set<string>
  readonly publishers: ReadonlyMap<string, Publisher>
  readonly pages: PageReader
  fetcher: Fetcher
}

/** Runs the service until it is told to stop. */
export async function runTheService(
  street: Street,
  version: string,
  options: RunOptions,
): Promise<ServiceEnd> {
  const env = withDotEnv(street.env)
  const loaded = loadSettings(options.config, env)
  if (loaded.kind === 'problems') return { kind: 'failed', code: 2, problems: loaded.problems }
  const { settings } = loaded
  if (options.role !== 'all' && settings.database.startsWith('sqlite:')) {
    const problem = `error: option '--role ${options.role}': SQLite serves one process; use PostgreSQL, or leave it out`
    return { kind: 'failed', code: 2, problems: [problem] }
  }
  try {
    return await liveIn(await openHouse(street, env, version, settings, options), options)
  } catch (error) {
    if (error instanceof StorageError) return { kind: 'failed', code: 1, problems: [error.message] }
    throw error
  }
}

async function openHouse(
  street: Street,
  env: Environment,
  version: string,
  settings: Settings,
  { role, shard }: RunOptions,
): Promise<House> {
  const hasPages = role === 'all' || role === 'web'
  const store = await openStoreInThread(settings.database)
  const ownSecrets = Object.entries(env).flatMap(([name, value]) =>
    /TOKEN|SECRET|PASSWORD|KEY/.test(name) && value ? [value] : [],
  )
  const secrets = [...ownSecrets, ...secretWords(feedSecrets(settings, env))]
  const { nowMs, terminal } = street
  const failed = new Set<string>()
  const meter = houseMeter(store, version, nowMs, failed)
  const written = outcomeLogger({
    write: (line) => {
      terminal.err(line)
    },
    secrets,
    nowMs,
  })
  const log = meteredLog(written, meter)
  const { sides, problems } = await openChats(env, settings, {
    ...{ store, log, nowMs, hasPages },
    shard: shard ?? null,
  })
  for (const problem of problems) log({ level: 'error', what: 'chat-not-opened', facts: { problem } })
  return {
    ...{ street, env, version, settings, store, log, meter, failed, chats: sides },
    parts: openParts(settings),
    publishers: new Map(
      [...openPublishers(street, env, version), ...sides.map(({ publisher }) => publisher)].map((one) => [
        one.platform,
        one,
      ]),
    ),
    pages: openPageReader(),
    fetcher: openFetcher(street, version, settings),
  }
}

async function liveIn(house: House, options: RunOptions): Promise<ServiceEnd> {
  const { street, parts, log } = house
  const store = observeDelays(house.store, house.meter, street.nowMs)
  const startedAtMs = street.nowMs()
  try {
    const isSqlite = store.kind === 'sqlite'
    if (isSqlite && (await parts[0]?.owner.hold()) !== true) {
      const problem = `Cannot run: another "tidings run" uses database "${house.settings.database}"`
      return { kind: 'failed', code: 1, problems: [problem] }
    }
    await bringInLine(house)
    const { stop } = watchSignals(house, options)
    const queue = street.serviceTime?.queue ?? (await openQueue(house))
    const courtesy = createCourtesy()
    const { giveWay } = courtesy
    const claimant = `${hostname()} ${randomUUID().slice(0, 8)}`
    const sender: DigestSender = new DigestSender(
      {
        ...{ ...store, publishers: house.publishers, nowMs: street.nowMs, log, giveWay },
        onElsewhere: wakeOtherBots(house, queue),
        onClosed: async ({ platform, tenant, address }, problem) => {
          if (tenant !== null) await desk.channelClosed(platform, tenant, address, problem)
        },
      },
      {
        ...{ claimant, publicUrl: house.settings.web.public_url ?? null },
        archiveKey: (destinationId) =>
          store.links.linkOf(destinationId, { token: newArchiveToken(), atMs: street.nowMs() }),
        ...(isSqlite ? { aloneSinceMs: startedAtMs } : {}),
      },
    )
    const keeper = new RetentionKeeper({ ...store, nowMs: street.nowMs })
    const chatHouse: ChatHouse = {
      ...{ env: house.env, store, sender, log, courtesy, pages: house.pages, nowMs: street.nowMs },
      publicUrl: house.settings.web.public_url ?? null,
      fetcher: () => house.fetcher,
    }
    const desk = openDesk(house.chats, chatHouse)
    const roles = options.role === 'all' ? ALL_ROLES : [options.role]
    const onPing = () => void queue.ask('collect')
    const web = webServers(roles, { ...house, nowMs: street.nowMs, onPing })
    const servers = [...chatServers(house.chats, desk, chatHouse), ...web]
    const bot = discordBotOf(house.env)
    const reason = await runService(
      {
        ticker: street.serviceTime?.ticker ?? minuteTicker(),
        queue,
        parts: parts.map((part) => ({
          ...part,
          openGrouper: () =>
            StoryGrouper.open(
              { ...store, ...bridgeOf(house.settings, log), giveWay, nowMs: street.nowMs },
              part.share,
            ),
        })),
        collect: ({ stop }) => collectRound(house, claimant, stop),
        retain: (stop) => keeper.keep(retentionOf(house.settings), stop),
        send: (signals, onMore) => sender.sendDue(signals, onMore),
        ...(bot === null ? {} : { sendBeat: `send-${bot}` as const }),
        onServerFailed: (name) => {
          house.failed.add(name)
          return hasNothingLeft(house)
        },
        ...{ servers, log },
      },
      { roles, stop },
    )
    return reason === null ? { kind: 'stopped' } : { kind: 'failed', code: 2, problems: [reason] }
  } finally {
    await Promise.allSettled(parts.map(({ owner }) => owner.release()))
    await Promise.allSettled([house.fetcher.close(), house.pages.close(), store.close()])
  }
}

/** Asks the processes of other bots to send. Once at a time: it is asked with every part that is theirs. */
function wakeOtherBots({ env, store, street }: House, queue: WorkQueue): () => void {
  const bot = discordBotOf(env)
  const bots = new TenantBots(store.subscriptions, street.nowMs)
  let isAsking = false
  return () => {
    if (isAsking || bot === null) return
    isAsking = true
    const ask = async () => {
      for (const other of await bots.others(bot)) await queue.ask(`send-${other}`)
    }
    // A database that is away is asked again with the next minute.
    void ask()
      .catch(() => undefined)
      .finally(() => (isAsking = false))
  }
}

/** No chat platform lets us in, and no digest goes anywhere else. */
function hasNothingLeft({ chats, failed, settings }: House): boolean {
  const platforms = new Set(chats.map(({ chat }) => chat.platform))
  if (chats.length === 0 || [...platforms].some((platform) => !failed.has(platform))) return false
  return wishesOf(settings).digests.every(({ platform }) => platforms.has(platform))
}

/** Stories join across languages only where the operator has set an embedding server up. */
function bridgeOf({ embedding }: Settings, log: OutcomeLog): { readonly bridge?: LanguageBridge } {
  if (embedding === undefined) return {}
  const onProblem = (problem: string): void => {
    log({ level: 'warn', what: 'no-embedding', facts: { problem } })
  }
  const embedder = createHttpEmbedder(embedding)
  return { bridge: new LanguageBridge({ embedder, minLikeness: embedding.min_likeness, onProblem }) }
}

/** SQLite has one process, which needs no parts; stories of several languages meet in one part alone. */
function openParts({ database, grouping, embedding }: Settings): OwnedPart[] {
  const isWhole = database.startsWith('sqlite:') || grouping.parts === 'one' || embedding !== undefined
  const parts = isWhole ? ONE_PART : PARTS_BY_LANGUAGE
  const locks = openOwnerLocks(
    database,
    parts.map(({ name }) => name),
  )
  return parts.flatMap((part, at) => {
    const owner = locks[at]
    return owner === undefined ? [] : [{ ...part, owner }]
  })
}

/** On PostgreSQL any process may do any round; SQLite has one process. */
async function openQueue({ store, settings, log }: House): Promise<WorkQueue> {
  if (store.kind === 'sqlite') return inProcessQueue()
  const { openPgBossQueue } = await import('./adapters/queue/pg-boss-queue.ts')
  return openPgBossQueue({
    url: settings.database,
    onProblem: (problem) => {
      log({ level: 'warn', what: 'queue-trouble', facts: { problem } })
    },
  })
}

function watchSignals(house: House, { config }: RunOptions): LifeSignals {
  const signals = house.street.listen()
  signals.onReload(() => void reload(house, config))
  return signals
}

/** Reads the settings again; a file with problems changes nothing. */
async function reload(house: House, config: string | undefined): Promise<void> {
  const { log } = house
  const loaded = loadSettings(config, house.env)
  if (loaded.kind === 'problems') {
    log({ level: 'error', what: 'reload-refused', facts: { problems: loaded.problems } })
    return
  }
  if (loaded.settings.database !== house.settings.database) {
    log({ level: 'warn', what: 'reload-partial', facts: { problem: 'another database takes a restart' } })
  }
  const before = house.fetcher
  house.settings = loaded.settings
  house.fetcher = openFetcher(house.street, house.version, loaded.settings)
  await before.close()
  try {
    await bringInLine(house)
    log({ level: 'info', what: 'reloaded', facts: {} })
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    log({ level: 'error', what: 'reload-failed', facts: { problem } })
  }
}

async function bringInLine({ store, settings, street, log }: House): Promise<void> {
  const report = await syncSettings({ ...store, nowMs: street.nowMs }, wishesOf(settings))
  log({ level: 'info', what: 'settings-read', facts: { ...report } })
}

/** Feeds that are due, and the hubs that tell of news where the operator wants them. */
async function collectRound(house: House, claimant: string, signal: AbortSignal): Promise<CollectReport> {
  const { store, street, settings, fetcher, log } = house
  const callbackBase = settings.fetch.websub_url
  if (callbackBase === undefined) return collectFeeds(collectPorts(house), { claimant, signal })
  const shared = { hubs: store.hubs, newKey: newArchiveToken, nowMs: street.nowMs }
  const ports = { ...shared, client: fetcher, random01: Math.random, callbackBase, log }
  await wakePingedFeeds(ports)
  const round = collectFeeds({ ...collectPorts(house), push: shared }, { claimant, signal })
  const leases = keepHubLeases(ports, signal).catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error)
    log({ level: 'warn', what: 'hub-trouble', facts: { problem } })
  })
  const [report] = await Promise.all([round, leases])
  return report
}

function retentionOf({ retention, feeds }: Settings): Retention {
  const { bodies_days: bodiesDays, bodies_per_feed: bodies } = retention
  const own = new Map(feeds.map((feed) => [feed.url, feed.retention]))
  return {
    bodiesDays,
    limitsOf: ({ url }) => {
      const limits = own.get(url)
      return { bodiesDays: limits?.bodies_days ?? bodiesDays, bodies: limits?.bodies ?? bodies }
    },
  }
}

function collectPorts(house: House): CollectPorts {
  const { store, street } = house
  const { fetch, feeds } = house.settings
  const own = new Map(feeds.map((feed) => [feed.url, feed]))
  const secrets = feedSecrets(house.settings, house.env)
  return {
    ...{ feeds: store.feeds, articles: store.articles, web: house.fetcher, nowMs: street.nowMs },
    pages: {
      web: house.fetcher,
      reader: house.pages,
      isWanted: ({ url }) => own.get(url)?.full_text ?? fetch.full_text,
    },
    maxArticlesOf: ({ url }) => own.get(url)?.max_articles ?? fetch.max_articles,
    secretsOf: ({ url, tenant }) => (tenant === null ? secrets.get(url) : undefined),
    random01: Math.random,
  }
}
