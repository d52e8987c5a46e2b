import englishBackground from './model/background-en.json' with { type: 'json' }
import storyTrees from './model/story-trees.json' with { type: 'json' }
import undatedStoryTrees from './model/story-trees-undated.json' with { type: 'json' }
import { readBackground, type BackgroundCounts } from './background-counts.ts'
import { PAIR_FEATURES } from './pair-features.ts'
import { readTrees, type TreeEnsemble } from './tree-ensemble.ts'

/** What the engine learned before it meets a stream: see docs/story-model.md. */
export interface StoryModel {
  readonly trees: TreeEnsemble
  /** Word counts of a language, or `null` where none are shipped. */
  readonly backgroundOf: (lang: string) => BackgroundCounts | null
}

const DATED = PAIR_FEATURES.indexOf('dated')

/** One ensemble for pairs of two dated articles, one for all others: where no date tells, other measures count. */
export function treesByDates(dated: TreeEnsemble, undated: TreeEnsemble): TreeEnsemble {
  const treesOf = (row: Float32Array, offset: number): TreeEnsemble =>
    (row[offset + DATED] ?? 0) === 2 ? dated : undated
  return {
    score: (row, offset) => treesOf(row, offset).score(row, offset),
    contributions: (row, offset) => treesOf(row, offset).contributions(row, offset),
  }
}

let shipped: StoryModel | null = null

/** The model that is shipped; read at the first call. */
export function shippedModel(): StoryModel {
  const english = readBackground(englishBackground)
  shipped ??= {
    trees: treesByDates(readTrees(storyTrees), readTrees(undatedStoryTrees)),
    backgroundOf: (lang) => (lang === 'en' ? english : null),
  }
  return shipped
}
