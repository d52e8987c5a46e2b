import type { Article } from '../feed/article.ts'
import type { BackgroundCounts } from './background-counts.ts'
import {
  createTermReader,
  IN_LEAD,
  IN_TITLE,
  IS_NAME,
  IS_NUMBER,
  type ArticleTerms,
} from './article-terms.ts'
import { hashText } from './hash-text.ts'
import { FEATURE_COUNT, PAIR_FEATURES } from './pair-features.ts'
import { column, createRing } from './ring.ts'
import { createTermTable } from './term-table.ts'

/** Heaviest terms of an article that are looked up, and by which it is found. */
const INDEXED_TERMS = 60
/** Newest articles looked at for one term; from 400 to 1,500 the figures stay the same, the search takes twice the time. */
const MAX_POSTINGS = 400
/** Candidates measured for one article. The density features are trained on exactly this number: change both or none. */
export const MAX_CANDIDATES = 40
/** Candidates from this rank on tell how similar strangers are around here. */
const DENSITY_FROM_RANK = 10

/**
 * How similar strangers are before any are known, and how many such strangers that stands for: without it every pair of a small
 * pool looks exceptional (notes on stories, section 4).
 */
const PRIOR_DENSITY = 0.08
const PRIOR_STRANGERS = 5

/** Measures that are also told relative to strangers; the prior is their mean over strangers in the dev sets. */
const ABOVE_STRANGERS = [
  {
    measure: PAIR_FEATURES.indexOf('otherWords'),
    above: PAIR_FEATURES.indexOf('otherWordsAbove'),
    prior: 0.06,
  },
  {
    measure: PAIR_FEATURES.indexOf('wordPairs'),
    above: PAIR_FEATURES.indexOf('wordPairsAbove'),
    prior: 0.01,
  },
  {
    measure: PAIR_FEATURES.indexOf('leadWords'),
    above: PAIR_FEATURES.indexOf('leadWordsAbove'),
    prior: 0.06,
  },
  {
    measure: PAIR_FEATURES.indexOf('titleGrams'),
    above: PAIR_FEATURES.indexOf('titleGramsAbove'),
    prior: 0.1,
  },
]

const POST = 3

const STATS = 16
const S_TITLE_NORM = 0
const S_LEAD_NORM = 1
const S_NAME_NORM = 2
const S_OTHER_NORM = 3
const S_NUMBER_NORM = 4
const S_RARITY = 5
const S_TITLE_RARITY = 6
const S_LEAD_NAME_RARITY = 7
const S_PAIR_WEIGHT = 8
const S_TERMS = 9
const S_TITLE_WORDS = 10
const S_BODY_WORDS = 11
const S_DENSITY = 12
const S_NAME_PAIRS = 13
const S_LEAD_NUMBERS = 14
const S_LEAD_RARITY = 15

/** The measured candidates of the article added last. Scratch: good until the next `add`. */
export interface MeasuredPairs {
  count: number
  /** Positions of the candidates, most similar first. */
  readonly candidates: Float64Array
  readonly cosines: Float32Array
  /** Row `i` holds the features of the pair with candidate `i`. */
  readonly features: Float32Array
}

/** The live articles of one language, with an inverted index over their heaviest terms. */
export interface ArticleIndex {
  /** Adds an article, measures it against its candidates, and gives its position (0, 1, 2, …). */
  readonly add: (article: Article, publishedAtMs: number | null) => number
  /** Adds an article without measuring it: its neighbours are known by their indexed words alone. A third of the cost. */
  readonly addUnmeasured: (article: Article, publishedAtMs: number | null) => number
  /** Measures a live article again, against its nearest articles of before and after it, into `pairs`. */
  readonly measureAgain: (position: number) => void
  readonly pairs: MeasuredPairs
  /** Forgets all articles before a position. */
  readonly dropBefore: (position: number) => void
  readonly oldest: () => number
  readonly next: () => number
  /** Distinct content words of a live article, numbers left out. */
  readonly wordsOf: (position: number) => number
  /** Whether a live article has more than a headline. */
  readonly hasBody: (position: number) => boolean
}

/** An empty index. Memory: about 5 kB for each live article of 400 words; `add` costs about 0.7 ms at 10,000 live articles. */
export function createArticleIndex(lang: string, background: BackgroundCounts | null): ArticleIndex {
  const table = createTermTable(background)
  const read = createTermReader(lang, table)
  let oldest = 0
  let next = 0

  const termStart = column((n) => new Float64Array(n))
  const termTotal = column((n) => new Int32Array(n))
  const pairStart = column((n) => new Float64Array(n))
  const pairTotal = column((n) => new Int32Array(n))
  const gramStart = column((n) => new Float64Array(n))
  const gramTotal = column((n) => new Int32Array(n))
  const postEnd = column((n) => new Float64Array(n))
  const published = column((n) => new Float64Array(n))
  const publisher = column((n) => new Int32Array(n))
  const stats = column((n) => new Float32Array(n), STATS)
  const near = column((n) => new Int32Array(n), MAX_CANDIDATES)
  const nearCosine = column((n) => new Float32Array(n), MAX_CANDIDATES)
  const nearTotal = column((n) => new Int32Array(n))
  const score = column((n) => new Float32Array(n))
  const mark = column((n) => new Float32Array(n))
  const articles = createRing(
    [
      termStart,
      termTotal,
      pairStart,
      pairTotal,
      gramStart,
      gramTotal,
      postEnd,
      published,
      publisher,
      stats,
      near,
      nearCosine,
      nearTotal,
      score,
      mark,
    ],
    1 << 8,
  )
  const terms = column((n) => new Int32Array(n))
  const weights = column((n) => new Float32Array(n))
  const rarities = column((n) => new Float32Array(n))
  const flags = column((n) => new Uint8Array(n))
  const termRing = createRing([terms, weights, rarities, flags], 1 << 14)
  let termEnd = 0
  const pairHash = column((n) => new Int32Array(n))
  const pairWeight = column((n) => new Float32Array(n))
  const pairName = column((n) => new Uint8Array(n))
  const pairRing = createRing([pairHash, pairWeight, pairName], 1 << 14)
  let pairEnd = 0
  const gram = column((n) => new Int32Array(n))
  const gramRing = createRing([gram], 1 << 13)
  let gramEnd = 0
  // One posting is three numbers side by side, so that a step along a list costs one look into memory: the article's position,
  // its weight (the bits of a float), and how many postings back the next one of the term is (0: none).
  const posts = column((n) => new Int32Array(n), POST)
  const postRing = createRing([posts], 1 << 14)
  let postFloats = new Float32Array(posts.data.buffer)
  let postNext = 0
  let postOldest = 0
  let heads = new Float64Array(1 << 15).fill(-1)
  let placeOf = new Int32Array(1 << 15)

  let touched = new Float64Array(1 << 12)
  const best = new Float64Array(MAX_CANDIDATES)
  const bestScore = new Float32Array(MAX_CANDIDATES)
  const heaviest = new Int32Array(INDEXED_TERMS)
  const pairs: MeasuredPairs = {
    count: 0,
    candidates: new Float64Array(MAX_CANDIDATES),
    cosines: new Float32Array(MAX_CANDIDATES),
    features: new Float32Array(MAX_CANDIDATES * FEATURE_COUNT),
  }

  function fitTerms(): void {
    const size = table.size()
    if (size <= placeOf.length) return
    const length = Math.max(size, placeOf.length * 2)
    const widerPlaces = new Int32Array(length)
    widerPlaces.set(placeOf)
    placeOf = widerPlaces
    const widerHeads = new Float64Array(length).fill(-1)
    widerHeads.set(heads)
    heads = widerHeads
  }

  function store(read: ArticleTerms, article: Article, publishedAtMs: number | null): number {
    const position = next
    articles.reserve(oldest, position + 1)
    const row = position & articles.mask()
    const firstTerm = oldest < position ? (termStart.data[oldest & articles.mask()] ?? 0) : termEnd
    const firstPair = oldest < position ? (pairStart.data[oldest & articles.mask()] ?? 0) : pairEnd
    const firstGram = oldest < position ? (gramStart.data[oldest & articles.mask()] ?? 0) : gramEnd
    termRing.reserve(firstTerm, termEnd + read.count)
    pairRing.reserve(firstPair, pairEnd + read.pairCount)
    gramRing.reserve(firstGram, gramEnd + read.gramCount)
    termStart.data[row] = termEnd
    termTotal.data[row] = read.count
    pairStart.data[row] = pairEnd
    pairTotal.data[row] = read.pairCount
    gramStart.data[row] = gramEnd
    gramTotal.data[row] = read.gramCount
    published.data[row] = publishedAtMs ?? Number.NaN
    publisher.data[row] = article.publisher === '' ? 0 : hashText(article.publisher)
    nearTotal.data[row] = 0
    score.data[row] = 0
    mark.data[row] = 0
    storeTerms(read, row)
    let weight = 0
    let names = 0
    const pairMask = pairRing.mask()
    for (let i = 0; i < read.pairCount; i++) {
      const at = pairEnd++ & pairMask
      pairHash.data[at] = read.pairHashes[i] ?? 0
      const w = read.pairWeights[i] ?? 0
      pairWeight.data[at] = w
      const name = read.pairNames[i] ?? 0
      pairName.data[at] = name
      weight += w
      names += name
    }
    stats.data[row * STATS + S_PAIR_WEIGHT] = weight
    stats.data[row * STATS + S_NAME_PAIRS] = names
    const gramMask = gramRing.mask()
    for (let i = 0; i < read.gramCount; i++) gram.data[gramEnd++ & gramMask] = read.grams[i] ?? 0
    next++
    return position
  }

  function storeTerms(read: ArticleTerms, row: number): void {
    const mask = termRing.mask()
    let norm = 0
    let title = 0
    let lead = 0
    let name = 0
    let number = 0
    let rarity = 0
    let titleRarity = 0
    let leadNames = 0
    let leadNumbers = 0
    let leadRarity = 0
    const start = termEnd
    for (let i = 0; i < read.count; i++) {
      const term = read.terms[i] ?? 0
      const rare = table.rarity(term)
      const flag = read.flags[i] ?? 0
      const weight = (1 + Math.log(read.mentions[i] ?? 1)) * rare
      const at = (start + i) & mask
      terms.data[at] = term
      weights.data[at] = weight
      rarities.data[at] = rare
      flags.data[at] = flag
      norm += weight * weight
      rarity += rare
      if ((flag & IN_TITLE) !== 0) {
        title += rare * rare
        titleRarity += rare
      }
      if ((flag & IN_LEAD) !== 0) {
        lead += rare * rare
        leadRarity += rare
      }
      if ((flag & IS_NAME) !== 0) name += weight * weight
      if ((flag & (IS_NAME | IN_LEAD)) === (IS_NAME | IN_LEAD)) leadNames += rare
      if ((flag & IS_NUMBER) !== 0) {
        number += weight * weight
        if ((flag & IN_LEAD) !== 0) leadNumbers++
      }
    }
    termEnd += read.count
    const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0
    for (let i = 0; i < read.count; i++) {
      const at = (start + i) & mask
      weights.data[at] = (weights.data[at] ?? 0) * scale
    }
    const s = row * STATS
    const all = stats.data
    all[s + S_TITLE_NORM] = Math.sqrt(title)
    all[s + S_LEAD_NORM] = Math.sqrt(lead)
    all[s + S_NAME_NORM] = Math.sqrt(name) * scale
    all[s + S_OTHER_NORM] = Math.sqrt(Math.max(0, norm - name)) * scale
    all[s + S_NUMBER_NORM] = Math.sqrt(number) * scale
    all[s + S_RARITY] = rarity
    all[s + S_TITLE_RARITY] = titleRarity
    all[s + S_LEAD_NAME_RARITY] = leadNames
    all[s + S_LEAD_NUMBERS] = leadNumbers
    all[s + S_LEAD_RARITY] = leadRarity
    all[s + S_TERMS] = read.count
    all[s + S_TITLE_WORDS] = read.titleWords
    all[s + S_BODY_WORDS] = read.bodyWords
    all[s + S_DENSITY] = -1
  }

  /** Places (in the term ring, from the article's start) of its heaviest terms. */
  function pickHeaviest(start: number, total: number): number {
    const mask = termRing.mask()
    if (total <= INDEXED_TERMS) {
      for (let i = 0; i < total; i++) heaviest[i] = i
      return total
    }
    const order = scratchOrder.subarray(0, total)
    for (let i = 0; i < total; i++)
      order[i] = Math.floor((weights.data[(start + i) & mask] ?? 0) * 2 ** 22) * 1024 + (1023 - i)
    order.sort()
    for (let i = 0; i < INDEXED_TERMS; i++) heaviest[i] = 1023 - ((order[total - 1 - i] ?? 0) % 1024)
    return INDEXED_TERMS
  }
  const scratchOrder = new Float64Array(1024)

  function findCandidates(position: number): number {
    const row = position & articles.mask()
    const start = termStart.data[row] ?? 0
    const count = pickHeaviest(start, termTotal.data[row] ?? 0)
    const mask = termRing.mask()
    const postMask = postRing.mask()
    const postData = posts.data
    const articleMask = articles.mask()
    const scores = score.data
    let seen = 0
    for (let i = 0; i < count; i++) {
      const at = (start + (heaviest[i] ?? 0)) & mask
      const weight = weights.data[at] ?? 0
      let post = heads[terms.data[at] ?? 0] ?? -1
      for (let steps = 0; post >= postOldest && steps < MAX_POSTINGS; steps++) {
        const found = (post & postMask) * POST
        const other = postData[found] ?? 0
        const otherRow = other & articleMask
        const before = scores[otherRow] ?? 0
        if (before === 0) {
          if (seen === touched.length) touched = widerCopy(touched)
          touched[seen++] = other
        }
        scores[otherRow] = before + weight * (postFloats[found + 1] ?? 0)
        const back = postData[found + 2] ?? 0
        if (back === 0) break
        post -= back
      }
    }
    return keepBest(seen)
  }

  /** The candidates with the highest scores so far; the older one first where scores are equal. */
  function keepBest(seen: number): number {
    const articleMask = articles.mask()
    const scores = score.data
    let kept = 0
    for (let i = 0; i < seen; i++) {
      const other = touched[i] ?? 0
      const row = other & articleMask
      const value = scores[row] ?? 0
      scores[row] = 0
      if (kept === MAX_CANDIDATES && value <= (bestScore[kept - 1] ?? 0)) continue
      let at = kept < MAX_CANDIDATES ? kept++ : kept - 1
      while (at > 0 && isBetter(value, other, bestScore[at - 1] ?? 0, best[at - 1] ?? 0)) {
        bestScore[at] = bestScore[at - 1] ?? 0
        best[at] = best[at - 1] ?? 0
        at--
      }
      bestScore[at] = value
      best[at] = other
    }
    return kept
  }

  function post(position: number): void {
    const row = position & articles.mask()
    const start = termStart.data[row] ?? 0
    const count = pickHeaviest(start, termTotal.data[row] ?? 0)
    const mask = termRing.mask()
    postRing.reserve(postOldest, postNext + count)
    if (postFloats.buffer !== posts.data.buffer) postFloats = new Float32Array(posts.data.buffer)
    const postMask = postRing.mask()
    for (let i = 0; i < count; i++) {
      const at = (start + (heaviest[i] ?? 0)) & mask
      const term = terms.data[at] ?? 0
      const found = (postNext & postMask) * POST
      const head = heads[term] ?? -1
      posts.data[found] = position
      postFloats[found + 1] = weights.data[at] ?? 0
      posts.data[found + 2] = head >= postOldest ? postNext - head : 0
      heads[term] = postNext++
    }
    postEnd.data[row] = postNext
  }

  function measure(position: number, kept: number): void {
    const row = position & articles.mask()
    const termMask = termRing.mask()
    const start = termStart.data[row] ?? 0
    const total = termTotal.data[row] ?? 0
    for (let i = 0; i < total; i++) placeOf[terms.data[(start + i) & termMask] ?? 0] = i + 1
    for (let i = 0; i < kept; i++) measurePair(row, start, best[i] ?? 0, i)
    for (let i = 0; i < total; i++) placeOf[terms.data[(start + i) & termMask] ?? 0] = 0
    pairs.count = kept
    sortByCosine(kept)
    addNeighbourFeatures(row, kept)
  }

  function measureAgain(position: number): void {
    const row = position & articles.mask()
    const total = nearTotal.data[row] ?? 0
    let kept = 0
    for (let i = 0; i < total; i++) {
      const other = near.data[row * MAX_CANDIDATES + i] ?? 0
      if (other >= oldest) best[kept++] = other
    }
    measure(position, kept)
  }

  const unsorted = new Float32Array(MAX_CANDIDATES * FEATURE_COUNT)

  function measurePair(row: number, start: number, other: number, i: number): void {
    const termMask = termRing.mask()
    const otherRow = other & articles.mask()
    const otherStart = termStart.data[otherRow] ?? 0
    const otherTotal = termTotal.data[otherRow] ?? 0
    const termData = terms.data
    const weightData = weights.data
    const rarityData = rarities.data
    const flagData = flags.data
    let words = 0
    let title = 0
    let lead = 0
    let names = 0
    let numbers = 0
    let sharedRarity = 0
    let first = 0
    let second = 0
    let third = 0
    let titleInOther = 0
    let otherTitleHere = 0
    let leadNamesShared = 0
    let otherLeadNamesShared = 0
    let sharedNumbers = 0
    let titleShared = 0
    let leadInOther = 0
    let otherLeadHere = 0
    let titleRarest = 0
    for (let k = 0; k < otherTotal; k++) {
      const at = (otherStart + k) & termMask
      const place = (placeOf[termData[at] ?? 0] ?? 0) - 1
      if (place < 0) continue
      const here = (start + place) & termMask
      const flag = flagData[here] ?? 0
      const otherFlag = flagData[at] ?? 0
      const both = flag & otherFlag
      const rarity = rarityData[here] ?? 0
      const otherRarity = rarityData[at] ?? 0
      const product = (weightData[here] ?? 0) * (weightData[at] ?? 0)
      words += product
      const mean = 0.5 * (rarity + otherRarity)
      sharedRarity += mean
      if (mean > third) {
        if (mean > first) {
          third = second
          second = first
          first = mean
        } else if (mean > second) {
          third = second
          second = mean
        } else third = mean
      }
      if ((both & IN_TITLE) !== 0) {
        title += rarity * otherRarity
        titleShared++
        if (mean > titleRarest) titleRarest = mean
      }
      if ((both & IN_LEAD) !== 0) lead += rarity * otherRarity
      if (((flag | otherFlag) & IS_NAME) !== 0) names += product
      if ((both & IS_NUMBER) !== 0) {
        numbers += product
        if ((both & IN_LEAD) !== 0) sharedNumbers++
      }
      if ((flag & IN_LEAD) !== 0) leadInOther += rarity
      if ((otherFlag & IN_LEAD) !== 0) otherLeadHere += otherRarity
      if ((flag & IN_TITLE) !== 0) titleInOther += rarity
      if ((otherFlag & IN_TITLE) !== 0) otherTitleHere += otherRarity
      if ((flag & (IS_NAME | IN_LEAD)) === (IS_NAME | IN_LEAD)) leadNamesShared += rarity
      if ((otherFlag & (IS_NAME | IN_LEAD)) === (IS_NAME | IN_LEAD)) otherLeadNamesShared += otherRarity
    }
    const s = stats.data
    const a = row * STATS
    const b = otherRow * STATS
    const f = i * FEATURE_COUNT
    const out = unsorted
    bestScore[i] = words
    out[f] = words
    out[f + 1] = ratio(title, (s[a + S_TITLE_NORM] ?? 0) * (s[b + S_TITLE_NORM] ?? 0))
    out[f + 2] = ratio(lead, (s[a + S_LEAD_NORM] ?? 0) * (s[b + S_LEAD_NORM] ?? 0))
    out[f + 3] = ratio(names, (s[a + S_NAME_NORM] ?? 0) * (s[b + S_NAME_NORM] ?? 0))
    out[f + 4] = ratio(words - names, (s[a + S_OTHER_NORM] ?? 0) * (s[b + S_OTHER_NORM] ?? 0))
    out[f + 5] = ratio(numbers, (s[a + S_NUMBER_NORM] ?? 0) * (s[b + S_NUMBER_NORM] ?? 0))
    measureWordPairs(row, otherRow, f)
    const rarityA = s[a + S_RARITY] ?? 0
    const rarityB = s[b + S_RARITY] ?? 0
    out[f + 8] = ratio(sharedRarity, Math.max(rarityA, rarityB))
    out[f + 9] = ratio(sharedRarity, Math.min(rarityA, rarityB))
    out[f + 10] = (first + second + third) / 3
    const foundA = ratio(titleInOther, s[a + S_TITLE_RARITY] ?? 0)
    const foundB = ratio(otherTitleHere, s[b + S_TITLE_RARITY] ?? 0)
    out[f + 11] = Math.max(foundA, foundB)
    out[f + 12] = Math.min(foundA, foundB)
    const missingA = missing(leadNamesShared, s[a + S_LEAD_NAME_RARITY] ?? 0)
    const missingB = missing(otherLeadNamesShared, s[b + S_LEAD_NAME_RARITY] ?? 0)
    out[f + 13] = Math.max(missingA, missingB)
    out[f + 14] = Math.min(missingA, missingB)
    out[f + 15] = sharedNumbers
    const numbersBoth = Math.min(s[a + S_LEAD_NUMBERS] ?? 0, s[b + S_LEAD_NUMBERS] ?? 0)
    out[f + 16] = numbersBoth === 0 ? -1 : 1 - sharedNumbers / numbersBoth
    const apart = Math.abs((published.data[row] ?? 0) - (published.data[otherRow] ?? 0)) / 86_400_000
    out[f + 17] = Number.isNaN(apart) ? -1 : Math.log(1 + apart)
    out[f + 18] =
      (Number.isNaN(published.data[row] ?? 0) ? 0 : 1) + (Number.isNaN(published.data[otherRow] ?? 0) ? 0 : 1)
    const termsA = s[a + S_TERMS] ?? 0
    const termsB = s[b + S_TERMS] ?? 0
    out[f + 19] = Math.log(1 + Math.min(termsA, termsB))
    out[f + 20] = Math.min(termsA, termsB) / Math.max(1, Math.max(termsA, termsB))
    out[f + 21] = ((s[a + S_BODY_WORDS] ?? 0) === 0 ? 1 : 0) + ((s[b + S_BODY_WORDS] ?? 0) === 0 ? 1 : 0)
    const publisherA = publisher.data[row] ?? 0
    const publisherB = publisher.data[otherRow] ?? 0
    out[f + 32] = publisherA === 0 || publisherB === 0 ? -1 : publisherA === publisherB ? 1 : 0
    out[f + 33] = gramSimilarity(row, otherRow)
    out[f + 36] = titleRarest
    out[f + 37] = titleShared
    const leadA = ratio(leadInOther, s[a + S_LEAD_RARITY] ?? 0)
    const leadB = ratio(otherLeadHere, s[b + S_LEAD_RARITY] ?? 0)
    out[f + 38] = Math.max(leadA, leadB)
    out[f + 39] = Math.min(leadA, leadB)
  }

  function measureWordPairs(row: number, otherRow: number, f: number): void {
    const mask = pairRing.mask()
    const hashes = pairHash.data
    let a = pairStart.data[row] ?? 0
    let b = pairStart.data[otherRow] ?? 0
    const aEnd = a + (pairTotal.data[row] ?? 0)
    const bEnd = b + (pairTotal.data[otherRow] ?? 0)
    let shared = 0
    let weight = 0
    let names = 0
    while (a < aEnd && b < bEnd) {
      const ha = hashes[a & mask] ?? 0
      const hb = hashes[b & mask] ?? 0
      if (ha === hb) {
        shared++
        weight += 0.5 * ((pairWeight.data[a & mask] ?? 0) + (pairWeight.data[b & mask] ?? 0))
        if ((pairName.data[a & mask] ?? 0) + (pairName.data[b & mask] ?? 0) > 0) names++
        a++
        b++
      } else if (ha < hb) a++
      else b++
    }
    const s = stats.data
    const weightA = s[row * STATS + S_PAIR_WEIGHT] ?? 0
    const weightB = s[otherRow * STATS + S_PAIR_WEIGHT] ?? 0
    unsorted[f + 6] = ratio(weight, Math.sqrt(weightA * weightB))
    unsorted[f + 7] = shared
    unsorted[f + 30] = names
    unsorted[f + 31] = ratio(
      names,
      Math.min(s[row * STATS + S_NAME_PAIRS] ?? 0, s[otherRow * STATS + S_NAME_PAIRS] ?? 0),
    )
  }

  function gramSimilarity(row: number, otherRow: number): number {
    const mask = gramRing.mask()
    const data = gram.data
    const totalA = gramTotal.data[row] ?? 0
    const totalB = gramTotal.data[otherRow] ?? 0
    if (totalA === 0 || totalB === 0) return -1
    let a = gramStart.data[row] ?? 0
    let b = gramStart.data[otherRow] ?? 0
    const aEnd = a + totalA
    const bEnd = b + totalB
    let shared = 0
    while (a < aEnd && b < bEnd) {
      const ha = data[a & mask] ?? 0
      const hb = data[b & mask] ?? 0
      if (ha === hb) {
        shared++
        a++
        b++
      } else if (ha < hb) a++
      else b++
    }
    return shared / Math.sqrt(totalA * totalB)
  }

  /** Orders the measured candidates by cosine; the older one first where they are equal. */
  function sortByCosine(kept: number): void {
    for (let i = 0; i < kept; i++) order[i] = i
    for (let i = 1; i < kept; i++) {
      const moving = order[i] ?? 0
      let at = i
      while (at > 0) {
        const before = order[at - 1] ?? 0
        if (!isBetter(bestScore[moving] ?? 0, best[moving] ?? 0, bestScore[before] ?? 0, best[before] ?? 0))
          break
        order[at] = before
        at--
      }
      order[at] = moving
    }
    for (let i = 0; i < kept; i++) {
      const from = order[i] ?? 0
      pairs.candidates[i] = best[from] ?? 0
      pairs.cosines[i] = bestScore[from] ?? 0
      for (let k = 0; k < FEATURE_COUNT; k++)
        pairs.features[i * FEATURE_COUNT + k] = unsorted[from * FEATURE_COUNT + k] ?? 0
    }
  }
  const order = new Int32Array(MAX_CANDIDATES)

  function densityOf(cosines: Float32Array, from: number, total: number): number {
    let sum = PRIOR_DENSITY * PRIOR_STRANGERS
    for (let k = DENSITY_FROM_RANK; k < total; k++) sum += cosines[from + k] ?? 0
    return sum / (PRIOR_STRANGERS + Math.max(0, total - DENSITY_FROM_RANK))
  }

  function addNeighbourFeatures(row: number, kept: number): void {
    const { candidates, cosines, features } = pairs
    const articleMask = articles.mask()
    const density = densityOf(cosines, 0, kept)
    stats.data[row * STATS + S_DENSITY] = density
    let cosineSum = 0
    for (let i = 0; i < kept; i++) {
      mark.data[(candidates[i] ?? 0) & articleMask] = cosines[i] ?? 0
      cosineSum += cosines[i] ?? 0
    }
    const bestCosine = cosines[0] ?? 0
    for (let i = 0; i < kept; i++) {
      const otherRow = (candidates[i] ?? 0) & articleMask
      const from = otherRow * MAX_CANDIDATES
      const total = nearTotal.data[otherRow] ?? 0
      const cosine = cosines[i] ?? 0
      const oldDensity = densityOf(nearCosine.data, from, total)
      let sum = 0
      let max = 0
      let count = 0
      for (let k = 0; k < total; k++) {
        const thirdArticle = near.data[from + k] ?? 0
        if (thirdArticle < oldest) continue
        const here = mark.data[thirdArticle & articleMask] ?? 0
        if (here === 0) continue
        const both = Math.min(here, nearCosine.data[from + k] ?? 0)
        sum += both
        count++
        if (both > max) max = both
      }
      const f = i * FEATURE_COUNT
      features[f + 22] = density
      features[f + 23] = oldDensity
      features[f + 24] = cosine - Math.max(density, oldDensity)
      features[f + 25] = bestCosine - cosine
      features[f + 26] = i
      features[f + 27] = ratio(sum, cosineSum - cosine)
      features[f + 28] = max
      features[f + 29] = count
      features[f + 34] = total === 0 ? -1 : Math.max(-0.3, (nearCosine.data[from] ?? 0) - cosine)
      features[f + 35] = stats.data[otherRow * STATS + S_DENSITY] ?? -1
    }
    for (let i = 0; i < kept; i++) mark.data[(candidates[i] ?? 0) & articleMask] = 0
    addAboveStrangers(kept)
  }

  /** How far a measure is above its mean over the candidates that are likely strangers. */
  function addAboveStrangers(kept: number): void {
    for (const { measure, above, prior } of ABOVE_STRANGERS) {
      let sum = prior * PRIOR_STRANGERS
      let count = PRIOR_STRANGERS
      for (let i = DENSITY_FROM_RANK; i < kept; i++) {
        const value = pairs.features[i * FEATURE_COUNT + measure] ?? 0
        if (value < 0) continue
        sum += value
        count++
      }
      for (let i = 0; i < kept; i++) {
        const value = pairs.features[i * FEATURE_COUNT + measure] ?? 0
        pairs.features[i * FEATURE_COUNT + above] = value < 0 ? -1 : value - sum / count
      }
    }
  }

  function rememberNeighbours(position: number, row: number, kept: number): void {
    const { candidates, cosines } = pairs
    const articleMask = articles.mask()
    for (let i = 0; i < kept; i++) {
      near.data[row * MAX_CANDIDATES + i] = candidates[i] ?? 0
      nearCosine.data[row * MAX_CANDIDATES + i] = cosines[i] ?? 0
      insertNeighbour((candidates[i] ?? 0) & articleMask, position, cosines[i] ?? 0)
    }
    nearTotal.data[row] = kept
  }

  function insertNeighbour(row: number, position: number, cosine: number): void {
    const from = row * MAX_CANDIDATES
    const total = nearTotal.data[row] ?? 0
    if (total === MAX_CANDIDATES && cosine <= (nearCosine.data[from + total - 1] ?? 0)) return
    let at = total < MAX_CANDIDATES ? total : total - 1
    if (total < MAX_CANDIDATES) nearTotal.data[row] = total + 1
    while (at > 0 && cosine > (nearCosine.data[from + at - 1] ?? 0)) {
      near.data[from + at] = near.data[from + at - 1] ?? 0
      nearCosine.data[from + at] = nearCosine.data[from + at - 1] ?? 0
      at--
    }
    near.data[from + at] = position
    nearCosine.data[from + at] = cosine
  }

  function addUnmeasured(article: Article, publishedAtMs: number | null): number {
    const found = read(article)
    fitTerms()
    const position = store(found, article, publishedAtMs)
    const row = position & articles.mask()
    pairs.count = findCandidates(position)
    pairs.candidates.set(best)
    pairs.cosines.set(bestScore)
    stats.data[row * STATS + S_DENSITY] = densityOf(pairs.cosines, 0, pairs.count)
    rememberNeighbours(position, row, pairs.count)
    post(position)
    return position
  }

  return {
    pairs,
    measureAgain,
    addUnmeasured,
    oldest: () => oldest,
    next: () => next,
    wordsOf(position) {
      const row = position & articles.mask()
      const start = termStart.data[row] ?? 0
      let count = 0
      for (let i = 0; i < (termTotal.data[row] ?? 0); i++)
        if (((flags.data[(start + i) & termRing.mask()] ?? 0) & IS_NUMBER) === 0) count++
      return count
    },
    hasBody: (position) => (stats.data[(position & articles.mask()) * STATS + S_BODY_WORDS] ?? 0) > 0,
    add(article, publishedAtMs) {
      const found = read(article)
      fitTerms()
      const position = store(found, article, publishedAtMs)
      measure(position, findCandidates(position))
      rememberNeighbours(position, position & articles.mask(), pairs.count)
      post(position)
      return position
    },
    dropBefore(position) {
      if (position <= oldest) return
      const last = Math.min(position, next) - 1
      postOldest = postEnd.data[last & articles.mask()] ?? postOldest
      oldest = Math.min(position, next)
    },
  }
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : -1
}

function missing(shared: number, whole: number): number {
  return whole > 0 ? 1 - shared / whole : -1
}

function isBetter(score: number, position: number, otherScore: number, otherPosition: number): boolean {
  return score > otherScore || (score === otherScore && position < otherPosition)
}

function widerCopy(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(from.length * 2)
  to.set(from)
  return to
}
