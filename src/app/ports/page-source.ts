import type { FetchOutcome } from '../../core/feed/fetch-outcome.ts'

/** Where the pages of articles come from: as feeds do, and robots.txt is kept. Never throws. */
export interface PageSource {
  fetchPage(request: { readonly url: string; readonly signal?: AbortSignal }): Promise<FetchOutcome>
}
