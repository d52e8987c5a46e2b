import type { HubDoor } from '../../app/ports/hub-door.ts'
import type { NewsPages } from '../../app/ports/news-pages.ts'
import type { OperatorDesk } from '../../app/ports/operator-desk.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import type { MetricsText, Readiness } from '../../app/ports/service-health.ts'
import type { WebLimits } from './visitor-limits.ts'

/** What the web server is made of. */
export interface WebRooms {
  readonly pages: NewsPages
  readonly desk: OperatorDesk
  readonly readiness: () => Promise<Readiness>
  /** `null`: there is no such page. */
  readonly metrics: (() => Promise<MetricsText>) | null
  /** Where WebSub hubs come in; without it there is no such door. */
  readonly hubs?: HubDoor
  readonly nowMs: () => number
  readonly log: OutcomeLog
  /** Hears of every answer; `page` is the kind of page, never an address. */
  readonly onAnswer?: (answer: {
    readonly page: string
    readonly status: number
    readonly ms: number
  }) => void
}

/** How to serve. */
export interface WebOptions {
  /** Opens the operator's page and the metrics; `null`: both are shut. */
  readonly adminToken: string | null
  /** Metrics without the token. */
  readonly openMetrics: boolean
  /** Where people reach the pages, without a slash at the end; `null`: as they asked. */
  readonly publicUrl: string | null
  /** A proxy in front tells the address of the visitor in X-Forwarded-For. */
  readonly trustProxy: boolean
  readonly limits?: Partial<WebLimits>
}
