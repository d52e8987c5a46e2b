/** Scores of a grouping against the stories that people gave, in percent. */
export interface StoryScore {
  readonly pairPrecision: number
  readonly pairRecall: number
  readonly pairF1: number
  readonly bcubedF1: number
  readonly gold: number
  readonly predicted: number
}

/**
 * Pairwise F1 over article pairs and BCubed F1 (Amigó et al., 2009).
 * @param gold story by article; `null` is not scored. `predicted` the same articles' groups.
 * @param copies how often each article counts, for bootstrap over stories; 1 where left out
 */
export function scoreStories(
  gold: readonly (string | null)[],
  predicted: readonly string[],
  copies?: ReadonlyMap<string, number>,
): StoryScore {
  const cells = new Map<string, Map<string, number>>()
  const goldSize = new Map<string, number>()
  const groupSize = new Map<string, number>()
  let articles = 0
  gold.forEach((story, i) => {
    if (story === null) return
    const times = copies === undefined ? 1 : (copies.get(story) ?? 0)
    if (times === 0) return
    const group = predicted[i]!
    const row = cells.get(story) ?? new Map<string, number>()
    cells.set(story, row)
    row.set(group, (row.get(group) ?? 0) + 1)
    goldSize.set(story, (goldSize.get(story) ?? 0) + 1)
    groupSize.set(group, (groupSize.get(group) ?? 0) + 1)
    articles += times
  })
  let both = 0
  let goldPairs = 0
  let wrongPairs = 0
  let precision = 0
  let recall = 0
  const weightOf = (story: string): number => copies?.get(story) ?? 1
  // A story drawn twice stands for two stories that both were mixed with the others of its group.
  const groupWeight = new Map<string, number>()
  for (const [story, row] of cells)
    for (const [group, count] of row)
      groupWeight.set(group, (groupWeight.get(group) ?? 0) + weightOf(story) * count)
  for (const [story, row] of cells) {
    const weight = weightOf(story)
    goldPairs += weight * pairs(goldSize.get(story)!)
    for (const [group, count] of row) {
      const others = groupWeight.get(group)! - weight * count
      both += weight * pairs(count)
      wrongPairs += (weight * count * others) / 2
      precision += (weight * count * count) / (count + others)
      recall += (weight * count * count) / goldSize.get(story)!
    }
  }
  const groupPairs = both + wrongPairs
  const pairPrecision = groupPairs === 0 ? 1 : both / groupPairs
  const pairRecall = goldPairs === 0 ? 1 : both / goldPairs
  return {
    pairPrecision: 100 * pairPrecision,
    pairRecall: 100 * pairRecall,
    pairF1: 100 * harmonic(pairPrecision, pairRecall),
    bcubedF1: 100 * harmonic(precision / articles, recall / articles),
    gold: goldSize.size,
    predicted: groupSize.size,
  }
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b)
}
