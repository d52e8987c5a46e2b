// Trains the weights and counts of the story engine from ../shared/data:
//   node bench/train-story.ts [--data DIR]
// Deterministic: the same data give the same files.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from './data-folder.ts'
import { readStorySet, STORY_SETS } from './story-data.ts'
import { countBackground, trainingRows } from './story-training.ts'
import { trainStoryTrees } from './story-trees.ts'

const folder = dataFolder()
const model = join(import.meta.dirname, '../src/core/story/model')
const sets = Object.fromEntries(STORY_SETS.map((set) => [set, readStorySet(folder, set)]))
const background = countBackground(
  sets['allsides_full_all']!.map(({ article }) => article),
  'en',
)
writeFileSync(join(model, 'background-en.json'), `${JSON.stringify(background)}\n`)
const rows = trainingRows(sets)
console.log(`${rows.dated.count} pairs with two dates, ${rows.undated.count} others`)
const { dated, undated } = trainStoryTrees(rows)
for (const [name, trees] of [
  ['story-trees', dated],
  ['story-trees-undated', undated],
] as const) {
  writeFileSync(join(model, `${name}.json`), `${JSON.stringify(trees)}\n`)
  console.log(`${name}: ${trees.roots.length} trees, ${trees.feature.length} nodes`)
}
