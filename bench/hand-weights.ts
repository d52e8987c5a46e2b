import type { ConceptIndex } from '../src/core/summary/concepts.ts'

/**
 * How much a summary gains by each concept, from no training at all: spread over articles, and how early it first stands.
 *
 * `docCount^1.5 / (1 + minPosition)^POSITION_POWER`; a pair of function words weighs nothing.
 */
export function handWeights(index: ConceptIndex): Float64Array {
  const weights = new Float64Array(index.size)
  for (let id = 0; id < index.size; id++) {
    if (isFunction(index, index.firstWord[id]) && isFunction(index, index.secondWord[id])) continue
    const spread = index.docCount[id] ?? 0
    weights[id] = spread ** SPREAD_POWER / (1 + (index.minPosition[id] ?? 0)) ** POSITION_POWER
  }
  return weights
}

/** Power of the number of articles: 1 forgets what sources agree on, 2 tells only that. Measured: DUC-2003, MultiLing. */
const SPREAD_POWER = 1.5
/** Power of the first position: .5 is best for long wire stories, 1 for stories told lead first. Between: both kinds come. */
const POSITION_POWER = 0.8

function isFunction(index: ConceptIndex, word: number | undefined): boolean {
  return word !== undefined && index.isFunction[word] === 1
}
