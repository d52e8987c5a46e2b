import type { BoostingOptions } from './gradient-boosting.ts'

/** Settings of the story trees, chosen by cross-validation over stories. */
export const BOOSTING: BoostingOptions = {
  trees: 160,
  leaves: 14,
  rate: 0.08,
  l2: 5,
  minLeafWeight: 15,
  bins: 48,
}
