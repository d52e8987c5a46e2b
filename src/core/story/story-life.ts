/** Where a story is in its life: still growing, quiet, or so long quiet that nothing is expected any more. */
export type StoryLife = 'developing' | 'quiet' | 'closed'

/** When a story falls quiet and is closed. */
export interface StoryLifeRules {
  /** Without a new article for this long a story is quiet. Default 36 hours: a morning paper comes once a day. */
  readonly quietAfterMs?: number
  /** Without a new article for this long it is closed. Default 60 days, the time that articles stay live (`WINDOW_MS`). */
  readonly closedAfterMs?: number
}

const HOUR_MS = 3_600_000

export const QUIET_AFTER_MS = 36 * HOUR_MS
export const CLOSED_AFTER_MS = 60 * 24 * HOUR_MS

/**
 * The state of a story by rule: from the time since its last article alone.
 *
 * A follow-up that joins a quiet story makes it developing again; a closed one takes no more articles, a follow-up opens a new story.
 * @param lastAtMs when its last article was accepted, epoch ms UTC
 */
export function storyLife(lastAtMs: number, nowMs: number, rules: StoryLifeRules = {}): StoryLife {
  const silentMs = nowMs - lastAtMs
  if (silentMs >= (rules.closedAfterMs ?? CLOSED_AFTER_MS)) return 'closed'
  return silentMs >= (rules.quietAfterMs ?? QUIET_AFTER_MS) ? 'quiet' : 'developing'
}
