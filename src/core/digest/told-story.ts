/** What one destination was told of one story in one digest: the measure of what is new in the next. */
export interface ToldStory {
  readonly storyId: string
  /** Epoch ms UTC. */
  readonly toldAtMs: number
  readonly articleIds: readonly string[]
  /** Texts of the sentences that were shown. */
  readonly sentences: readonly string[]
}
