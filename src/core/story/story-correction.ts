/** What a manager said of two articles: they tell one story (`must`) or two (`cannot`). Holds until it is taken back. */
export interface StoryCorrection {
  readonly kind: 'must' | 'cannot'
  readonly articleA: string
  readonly articleB: string
}
