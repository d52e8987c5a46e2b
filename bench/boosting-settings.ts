import type { BoostingOptions } from './gradient-boosting.ts'

/** Settings of the story trees, chosen by cross-validation over stories: fewer leaves lose a point, more gain nothing. */
export const BOOSTING: BoostingOptions = {
  trees: 200,
  leaves: 20,
  rate: 0.065,
  l2: 5,
  minLeafWeight: 15,
  bins: 48,
}
