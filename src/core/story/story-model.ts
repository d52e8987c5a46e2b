import englishBackground from './model/background-en.json' with { type: 'json' }
import storyTrees from './model/story-trees.json' with { type: 'json' }
import { readBackground, type BackgroundCounts } from './background-counts.ts'
import { readTrees, type TreeEnsemble } from './tree-ensemble.ts'

/** What the engine learned before it meets a stream: see docs/story-model.md. */
export interface StoryModel {
  readonly trees: TreeEnsemble
  /** Word counts of a language, or `null` where none are shipped. */
  readonly backgroundOf: (lang: string) => BackgroundCounts | null
}

let shipped: StoryModel | null = null

/** The model that is shipped; read at the first call. */
export function shippedModel(): StoryModel {
  const english = readBackground(englishBackground)
  shipped ??= { trees: readTrees(storyTrees), backgroundOf: (lang) => (lang === 'en' ? english : null) }
  return shipped
}
