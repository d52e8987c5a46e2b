import { PAIR_FEATURES } from '../src/core/story/pair-features.ts'
import type { StoredTrees } from '../src/core/story/tree-ensemble.ts'
import { BOOSTING } from './boosting-settings.ts'
import { boostTrees, type TrainingRows } from './gradient-boosting.ts'

/**
 * What trees for pairs without two dates may not ask: days apart, which cannot be told, and the publisher. In the one undated set
 * with sources a source stands on one of two look-alike events only, so "another publisher" was taken for "the same event".
 */
const NOT_WITHOUT_DATES = ['daysApart', 'samePublisher']

/** The two ensembles of a model: for pairs of two dated articles, and for all others. */
export function trainStoryTrees(rows: { readonly dated: TrainingRows; readonly undated: TrainingRows }): {
  readonly dated: StoredTrees
  readonly undated: StoredTrees
} {
  const asked = PAIR_FEATURES.flatMap((name, i) => (NOT_WITHOUT_DATES.includes(name) ? [] : [i]))
  return {
    dated: { features: PAIR_FEATURES, ...boostTrees(rows.dated, BOOSTING) },
    undated: { features: PAIR_FEATURES, ...boostTrees(rows.undated, { ...BOOSTING, features: asked }) },
  }
}
