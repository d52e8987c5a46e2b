import { PAIR_FEATURES, type PairFeature } from './pair-features.ts'

/** One member that an article was measured against, and what spoke for and against one story. */
export interface MeasuredMember {
  readonly articleId: string
  /** Log-odds of one event. */
  readonly logOdds: number
  /** The strongest features: their value and what they add to the log-odds. */
  readonly features: readonly { readonly name: PairFeature; readonly value: number; readonly adds: number }[]
}

/** Why an article is in its story. */
export interface PlacementReason {
  /** One plain sentence; it quotes no other article, so that every view may show it. */
  readonly why: string
  readonly story: string
  /** Log-odds from which two groups are one story. */
  readonly threshold: number
  /** The most likely members of one story among the articles that were live, most likely first; in the story or not. */
  readonly nearest: readonly (MeasuredMember & { readonly inStory: boolean })[]
  /** What overruled the measures, or `null`. */
  readonly veto: string | null
}

/** Plain words for what a feature compares. */
const WORDS: Partial<Record<PairFeature, string>> = {
  words: 'words in common',
  titleWords: 'headline words in common',
  leadWords: 'opening words in common',
  names: 'names in common',
  otherWords: 'words other than names in common',
  numbers: 'numbers in common',
  wordPairs: 'word pairs in common',
  sharedWordPairs: 'word pairs in common',
  containmentMin: 'words of one found in the other',
  containmentMax: 'words of one found in the other',
  rarestShared: 'rare words in common',
  titleFoundMax: 'headline of one told in the other',
  titleFoundMin: 'headlines told in each other',
  leadNamesMissingMax: 'names at the start of one that the other lacks',
  leadNamesMissingMin: 'names at the start of one that the other lacks',
  sharedNumbers: 'numbers in common',
  numbersConflict: 'different numbers',
  daysApart: 'dates of publication',
  densityNew: 'how alike other articles are',
  densityOld: 'how alike other articles are',
  densityOldAtArrival: 'how alike other articles are',
  aboveDensity: 'far more alike than to others',
  belowBest: 'nearness to the best match',
  belowBestOfOld: 'nearness to the best match',
  rank: 'nearness to the best match',
  sharedNeighbours: 'near to the same other articles',
  bestSharedNeighbour: 'near to the same other articles',
  sharedNeighbourCount: 'near to the same other articles',
  sharedNames: 'full names in common',
  sharedNamesShare: 'full names in common',
  titleGrams: 'headlines spelled alike',
  titleRarestShared: 'rare headline words in common',
  titleSharedCount: 'headline words in common',
}

/** The measures of a pair by what they add, strongest first. */
export function strongestFeatures(
  row: Float32Array,
  byFeature: Float64Array,
  count: number,
): MeasuredMember['features'] {
  return PAIR_FEATURES.map((name, i) => ({ name, value: round(row[i] ?? 0), adds: round(byFeature[i] ?? 0) }))
    .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds))
    .slice(0, count)
}

/** The sentence of a reason. */
export function whySentence(reason: Omit<PlacementReason, 'why'>, hasWords: boolean): string {
  if (reason.veto !== null) return reason.veto
  if (!hasWords) return 'Stands alone: it has too few words to tell a story.'
  const best = reason.nearest.find((one) => one.inStory)
  if (best !== undefined) {
    const speaks = sideOf(best, 1) || 'the group fits as a whole'
    return `Tells the event of its story: ${speaks} (log-odds ${best.logOdds.toFixed(1)} with the nearest member).`
  }
  const rival = reason.nearest[0]
  if (rival === undefined) return 'Opens its story: no article like it is live.'
  const lacks = sideOf(rival, -1) || 'too little in common'
  return `Opens its story: the nearest article of another one differs by ${lacks} (log-odds ${rival.logOdds.toFixed(1)}).`
}

function sideOf(member: MeasuredMember, sign: 1 | -1): string {
  const said = member.features.filter(({ adds }) => adds * sign > 0.05).map(({ name }) => WORDS[name])
  return [...new Set(said.filter((word) => word !== undefined))].slice(0, 2).join(', ')
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
