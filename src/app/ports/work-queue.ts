/** A kind of work that is done in rounds; each part of the stories is grouped, and each bot sends, in rounds of its own. */
export type Beat = 'collect' | 'send' | `send-${string}` | `group-${string}`

/**
 * Asks processes for rounds of work. It only wakes: what is to be done stands in the store, where it is taken by compare-and-set, so a
 * request that is lost or comes twice does no harm.
 */
export interface WorkQueue {
  /** Asks for a round soon, by whoever serves the beat; while one waits, asking again changes nothing. Never throws: the next minute asks again. */
  ask(beat: Beat): Promise<void>
  /** Does rounds of the beat in this process from now on, one at a time. */
  serve(beat: Beat, round: () => Promise<void>): Promise<void>
  /** Takes no more rounds, and waits for those under way. */
  close(): Promise<void>
}
