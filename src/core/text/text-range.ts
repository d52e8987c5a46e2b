/** A range of a stored text in UTF-16 units, as `slice(start, end)` takes it: `start` counts, `end` does not. */
export interface TextRange {
  readonly start: number
  readonly end: number
}
