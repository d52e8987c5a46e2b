import { randomBytes } from 'node:crypto'
import { openMeter } from './adapters/metrics/open-meter.ts'
import type { Store } from './adapters/storage/open-store.ts'
import { serveWeb, type ServeOptions } from './adapters/web/serve-web.ts'
import { createHealthApp, createWebApp } from './adapters/web/web-app.ts'
import type { WebRooms } from './adapters/web/web-rooms.ts'
import { openNewsPages } from './app/pages/open-news-pages.ts'
import { openOperatorDesk } from './app/pages/open-operator-desk.ts'
import { openHubDoor } from './app/open-hub-door.ts'
import type { HubDoor } from './app/ports/hub-door.ts'
import type { OutcomeLog } from './app/ports/outcome-log.ts'
import type { Readiness } from './app/ports/service-health.ts'
import type { ServiceMeter } from './app/ports/service-meter.ts'
import type { Role, Server } from './app/run-service.ts'
import type { Environment } from './config/load-settings.ts'
import type { Settings } from './config/settings.ts'
import type { ChatSide } from './wire-chat.ts'

/** What pages and meters need of the house. */
export interface WebHouse {
  readonly store: Store
  readonly settings: Settings
  readonly env: Environment
  readonly log: OutcomeLog
  readonly meter: ServiceMeter
  readonly nowMs: () => number
  /** Those that are called over HTTP answer on the port of the pages. */
  readonly chats: readonly ChatSide[]
  /** Servers of this process that cannot serve any more: platforms that do not let us in. */
  readonly failed: ReadonlySet<string>
  /** Asks for a round of collecting. */
  readonly onPing: () => void
}

/** How long the database may take to say that it is there, ms. */
const READY_MS = 2_000

/** Bytes of a fresh key of an archive: 192 bits. */
const KEY_BYTES = 24

/** The meters of this process over its store. @param failed as in {@link WebHouse} */
export function houseMeter(
  store: Store,
  version: string,
  nowMs: () => number,
  failed: ReadonlySet<string> = new Set(),
): ServiceMeter {
  return openMeter({
    ...{ version, nowMs },
    queueDepth: (atMs) => store.operator.queueDepth(atMs),
    feedCounts: () => store.operator.feedCounts(),
    isReady: async () => (await readinessOf(store, failed)).ready,
  })
}

/** A log that the meters hear, too. */
export function meteredLog(log: OutcomeLog, meter: ServiceMeter): OutcomeLog {
  return (outcome) => {
    log(outcome)
    meter.outcome(outcome)
  }
}

/** A fresh key of an archive. */
export function newArchiveToken(): string {
  return randomBytes(KEY_BYTES).toString('base64url')
}

/** The rooms of the web server over a store. */
export function webRooms(
  house: Pick<WebHouse, 'store' | 'log' | 'meter' | 'nowMs'> & Partial<Pick<WebHouse, 'failed'>>,
): WebRooms {
  const { store, log, meter, nowMs, failed = new Set() } = house
  const ports = { ...store, nowMs, newToken: newArchiveToken }
  return {
    pages: openNewsPages(ports),
    desk: openOperatorDesk(ports),
    readiness: () => readinessOf(store, failed),
    metrics: () => meter.render(),
    onAnswer: (answer) => {
      meter.answered(answer)
    },
    ...{ nowMs, log },
  }
}

/** The web server of this process: all pages with the role `web`, else health and meters alone, where a port is set for them. */
export function webServers(roles: readonly Role[], house: WebHouse): Server[] {
  const { settings, env, log } = house
  const { web } = settings
  const [first] = roles
  const isWeb = roles.includes('web')
  const port = isWeb ? web.port : web.health_port
  if (first === undefined || port === undefined) return []
  const rooms = webRooms(house)
  const options = {
    adminToken: env['TIDINGS_ADMIN_TOKEN'] || null,
    openMetrics: web.metrics === 'open',
    publicUrl: web.public_url ?? null,
    trustProxy: web.trust_proxy,
  }
  const shown = {
    ...(web.metrics === 'off' ? { ...rooms, metrics: null } : rooms),
    ...(settings.fetch.websub_url === undefined ? {} : { hubs: hubDoor(house) }),
  }
  const app = isWeb ? createWebApp(shown, options) : createHealthApp(shown, options)
  const onListening = (bound: number) => {
    log({ level: 'info', what: 'pages-served', facts: { host: web.host, port: bound } })
  }
  return [
    {
      role: isWeb ? 'web' : first,
      name: 'web',
      serve: (stop) =>
        serveWeb(app, { host: web.host, port, stop, onListening, first: chatsFirst(house.chats) }),
    },
  ]
}

function hubDoor({ store, log, nowMs, onPing }: WebHouse): HubDoor {
  return openHubDoor({ hubs: store.hubs, random01: Math.random, nowMs, log, onPing })
}

/** Requests that chat platforms send. */
function chatsFirst(chats: readonly ChatSide[]): NonNullable<ServeOptions['first']> {
  return (request, response) => chats.some(({ handle }) => handle?.(request, response) === true)
}

async function readinessOf(store: Store, failed: ReadonlySet<string>): Promise<Readiness> {
  const status = await within(READY_MS, () => store.status())
  const checks = [
    { name: 'database answers', ok: status !== null },
    {
      name: 'schema fits',
      ok: status !== null && status.pending.length === 0 && status.unknown.length === 0,
    },
    ...[...failed].map((name) => ({ name: `${name} serves`, ok: false })),
  ]
  return { ready: checks.every(({ ok }) => ok), checks }
}

/** What a question gives, or `null` where it fails or takes too long. */
async function within<T>(ms: number, ask: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null)
  })
  try {
    return await Promise.race([ask().catch(() => null), late])
  } finally {
    clearTimeout(timer)
  }
}
