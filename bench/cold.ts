import { groupArticles } from '../src/core/story/group-articles.ts'
import { shippedModel } from '../src/core/story/story-model.ts'
import { readTrees } from '../src/core/story/tree-ensemble.ts'
import { boostTrees } from './gradient-boosting.ts'
import { BOOSTING } from './boosting-settings.ts'
import { dataFolder } from './data-folder.ts'
import { readStorySet, STORY_SETS } from './story-data.ts'
import { scoreStories } from './story-score.ts'
import { collectRows, foldOf, FOLDS, rowsWithout, trainingViews } from './story-training.ts'
import fs from 'node:fs'
const folder = dataFolder()
const sets = Object.fromEntries(STORY_SETS.map((set) => [set, readStorySet(folder, set)]))
const model = shippedModel()
let scorer: any
const cache = process.env['FOLDS_FILE']
if (process.env['SHIPPED'] !== '1') {
  let folds: any[]
  if (cache && fs.existsSync(cache)) folds = JSON.parse(fs.readFileSync(cache, 'utf8')).map((t: any) => readTrees(t))
  else {
    const rows = collectRows(trainingViews(sets))
    const raw = Array.from({ length: FOLDS }, (_, fold) => ({ features: [], ...boostTrees(rowsWithout(rows, fold), BOOSTING) }))
    if (cache) fs.writeFileSync(cache, JSON.stringify(raw))
    folds = raw.map((t) => readTrees(t as any))
  }
  const foldOfArticle = new Map<string, number>()
  for (const set of Object.values(sets)) for (const { article, story } of set) foldOfArticle.set(article.id, foldOf(story ?? article.id))
  scorer = (row: Float32Array, offset: number, a: string, b: string) => {
    const one = foldOfArticle.get(a) ?? 0
    const other = foldOfArticle.get(b) ?? 0
    const first = folds[one].score(row, offset)
    return one === other ? first : 0.5 * (first + folds[other].score(row, offset))
  }
}
const DAY = 86_400_000
function cold(name: string, rows: readonly any[], days: number, min: number) {
  const byW = [...Map.groupBy(rows.filter((r) => r.article.publishedAtMs !== null), (r) => Math.floor(r.article.publishedAtMs / (days * DAY)))].filter(([, x]) => x.length >= min)
  const gold: (string | null)[] = [], out: string[] = []
  let largest = 0
  for (const [w, x] of byW) {
    const g = groupArticles(x.map((r) => r.article), scorer === undefined ? { model } : { model, scorer })
    x.forEach((r, i) => { gold.push(r.story === null ? null : `${w} ${r.story}`); out.push(`${w} ${g[i]!.story}`) })
    largest = Math.max(largest, ...[...Map.groupBy(g, (q) => q.story)].map(([, m]) => m.length))
  }
  const s = scoreStories(gold, out)
  console.log(`${name.padEnd(22)} windows ${byW.length} articles ${gold.length} P ${s.pairPrecision.toFixed(1)} R ${s.pairRecall.toFixed(1)} F1 ${s.pairF1.toFixed(1)} B3 ${s.bcubedF1.toFixed(1)} stories ${s.predicted}/${s.gold} largest ${largest}`)
}
for (const lang of ['en', 'de', 'es', 'fr', 'pt', 'ru', 'ar', 'sl']) cold(`og ${lang} day`, sets['og2021']!.filter((r) => r.article.lang === lang), 1, 20)
{
  const g = new Map<string, string>()
  const all = sets['og2021']!
  groupArticles(all.map((r) => r.article), scorer === undefined ? { model } : { model, scorer }).forEach((x, i) => g.set(all[i]!.article.id, x.story))
  for (const lang of ['en', 'de', 'es', 'fr', 'pt', 'ru', 'ar', 'sl']) {
    const rows = all.filter((r) => r.article.lang === lang)
    const s = scoreStories(rows.map((r) => r.story), rows.map((r) => g.get(r.article.id)!))
    console.log(`STREAM og ${lang} P ${s.pairPrecision.toFixed(1)} R ${s.pairRecall.toFixed(1)} F1 ${s.pairF1.toFixed(1)} B3 ${s.bcubedF1.toFixed(1)} stories ${s.predicted}/${s.gold}`)
  }
  for (const name of process.env['MAIN'] === '1' ? ['gva', 'giveme5w1h', 'ecbplus'] : []) {
    const rows = sets[name]!
    const g = groupArticles(rows.map((r) => r.article), scorer === undefined ? { model } : { model, scorer })
    const s = scoreStories(rows.map((r) => r.story), g.map((r) => r.story))
    console.log(`STREAM ${name} P ${s.pairPrecision.toFixed(1)} R ${s.pairRecall.toFixed(1)} F1 ${s.pairF1.toFixed(1)} B3 ${s.bcubedF1.toFixed(1)} stories ${s.predicted}/${s.gold}`)
  }
}
if (process.env['SHORT'] === '1') process.exit(0)
cold('allsides day', sets['allsides_full_all']!, 1, 20)
cold('allsides week', sets['allsides_full_all']!, 7, 20)
cold('allsides titles day', sets['allsides_full_all']!.map((r) => ({ ...r, article: { ...r.article, text: '', furniture: [] } })), 1, 10)
cold('gva week', sets['gva']!, 7, 10)
cold('gva titles week', sets['gva']!.map((r) => ({ ...r, article: { ...r.article, text: '', furniture: [] } })), 7, 10)
