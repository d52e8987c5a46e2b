/** What the service did, or could not do: one line of the log. */
export interface Outcome {
  /** `warn` where the service goes on without somebody acting, `error` where somebody should look. */
  readonly level: 'info' | 'warn' | 'error'
  /** Short name of what happened, such as `part-sent`. */
  readonly what: string
  /** Facts by name. Never a token, an article's text or the content of a feed. */
  readonly facts: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

/** Takes one outcome. Never throws. */
export type OutcomeLog = (outcome: Outcome) => void
