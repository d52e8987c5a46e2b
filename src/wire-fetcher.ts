import { createFetcher, type Fetcher } from './adapters/fetch/http-fetcher.ts'
import type { Settings } from './config/settings.ts'
import type { Street } from './street.ts'

/** A fetcher as the settings want it. */
export function openFetcher({ nowMs, serviceTime }: Street, version: string, { fetch }: Settings): Fetcher {
  return createFetcher({
    ...{ version, nowMs, allowAddresses: fetch.allow_addresses },
    ...(serviceTime === undefined ? {} : { sleep: serviceTime.sleep }),
  })
}
