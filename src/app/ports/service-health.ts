/** Whether a process can do its work now. Names are of this program and tell nothing of addresses or secrets. */
export interface Readiness {
  readonly ready: boolean
  readonly checks: readonly { readonly name: string; readonly ok: boolean }[]
}

/** The meters of a process as text for a scraper. */
export interface MetricsText {
  readonly contentType: string
  readonly text: string
}
