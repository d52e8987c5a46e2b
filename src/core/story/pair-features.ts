/** What is measured of two articles, in the order in which the trees were trained. −1: cannot be told. */
export const PAIR_FEATURES = [
  'words',
  'titleWords',
  'leadWords',
  'names',
  'otherWords',
  'numbers',
  'wordPairs',
  'sharedWordPairs',
  'containmentMin',
  'containmentMax',
  'rarestShared',
  'titleFoundMax',
  'titleFoundMin',
  'leadNamesMissingMax',
  'leadNamesMissingMin',
  'sharedNumbers',
  'numbersConflict',
  'daysApart',
  'dated',
  'shorterLength',
  'lengthRatio',
  'headlinesOnly',
  'densityNew',
  'densityOld',
  'aboveDensity',
  'belowBest',
  'rank',
  'sharedNeighbours',
  'bestSharedNeighbour',
  'sharedNeighbourCount',
  'sharedNames',
  'sharedNamesShare',
  'samePublisher',
  'titleGrams',
  'belowBestOfOld',
  'densityOldAtArrival',
  'titleRarestShared',
  'titleSharedCount',
] as const

/** Name of a pair feature. */
export type PairFeature = (typeof PAIR_FEATURES)[number]

/** Numbers in one row of features. */
export const FEATURE_COUNT = PAIR_FEATURES.length
