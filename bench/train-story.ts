// Trains the weights and counts of the story engine from ../shared/data:
//   node bench/train-story.ts [--data DIR] [--trees N]
// Deterministic: the same data give the same files.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAIR_FEATURES } from '../src/core/story/pair-features.ts'
import { BOOSTING } from './boosting-settings.ts'
import { boostTrees } from './gradient-boosting.ts'
import { dataFolder } from './data-folder.ts'
import { readStorySet, STORY_SETS } from './story-data.ts'
import { collectRows, countBackground, trainingViews } from './story-training.ts'

const folder = dataFolder()
const model = join(import.meta.dirname, '../src/core/story/model')
const sets = Object.fromEntries(STORY_SETS.map((set) => [set, readStorySet(folder, set)]))
const background = countBackground(
  sets['allsides_full_all']!.map(({ article }) => article),
  'en',
)
writeFileSync(join(model, 'background-en.json'), `${JSON.stringify(background)}\n`)
const rows = collectRows(trainingViews(sets))
console.log(`${rows.count} pairs`)
const trees = { features: PAIR_FEATURES, ...boostTrees(rows, BOOSTING) }
writeFileSync(join(model, 'story-trees.json'), `${JSON.stringify(trees)}\n`)
console.log(`${trees.roots.length} trees, ${trees.feature.length} nodes`)
