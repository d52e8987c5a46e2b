import type { Article } from '../feed/article.ts'
import type { BackgroundCounts } from './background-counts.ts'
import {
  createTermReader,
  IN_LEAD,
  IN_TITLE,
  IS_NAME,
  IS_NUMBER,
  MAX_GRAMS,
  MAX_TOKENS,
  type ArticleTerms,
} from './article-terms.ts'
import { hashText } from './hash-text.ts'
import { FEATURE_COUNT, PAIR_FEATURES } from './pair-features.ts'
import { createPostingLists, type Scores } from './posting-lists.ts'
import { createPages, pagedColumn } from './pages.ts'
import { createProbeTable, PROBE_MASK } from './probe-table.ts'
import { column, createRing } from './ring.ts'
import { createTermTable } from './term-table.ts'

/** Heaviest terms of an article that are looked up, and by which it is found. */
const INDEXED_TERMS = 60
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

/**
 * Live articles from which a stream knows which of its words are common; with fewer, the same measures say less. Range 100..1,000, not swept: a day of one
 * affair is cold, a month is not. Past it the number is not told, since the trees would learn from it which set they are in.
 */
const SETTLED_LIVE = 512

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

/** Terms known before those that no live article has are looked for and forgotten; later whenever they have grown by half. */
const MIN_COMPACTED_TERMS = 1 << 18
const COMPACTED_GROWTH = 1.5

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
const S_SCALE = 10
const S_BODY_WORDS = 11
const S_DENSITY = 12
const S_NAME_PAIRS = 13
const S_LEAD_NUMBERS = 14
const S_LEAD_RARITY = 15

/** 1 + ln n, for each number of mentions. */
const LOG_MENTIONS = Float64Array.from({ length: 2 * MAX_TOKENS + 1 }, (_, n) => 1 + Math.log(Math.max(1, n)))

/**
 * A term of an article is two integers side by side, so that a look at it costs one look into memory: its number, and its rarity
 * in steps (16 bits), mentions (12 bits) and flags (4 bits).
 */
const TERM_WIDTH = 2
const RARITY_STEPS = 4096
const RARITY_SHIFT = 16
const MENTIONS_MASK = 0xfff
const FLAG_BITS = 4
const FLAG_MASK = (1 << FLAG_BITS) - 1

/** Whether two words are names is kept in the lowest bit of their weight. */
const PAIR_WEIGHT_STEPS = 1024

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
  /** Adds an article without measuring it: its neighbours are looked for when it is first met, by their indexed words alone. A quarter of the cost. */
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
  const reader = createTermReader(lang, table)
  const postings = createPostingLists()
  let compactAt = MIN_COMPACTED_TERMS
  let oldest = 0
  let next = 0

  const termPage = column((n) => new Int32Array(n))
  const termBase = column((n) => new Int32Array(n))
  const termTotal = column((n) => new Int32Array(n))
  const pairPage = column((n) => new Int32Array(n))
  const pairBase = column((n) => new Int32Array(n))
  const pairTotal = column((n) => new Int32Array(n))
  const gramPage = column((n) => new Int32Array(n))
  const gramBase = column((n) => new Int32Array(n))
  const gramTotal = column((n) => new Int32Array(n))
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
      termPage,
      termBase,
      termTotal,
      pairPage,
      pairBase,
      pairTotal,
      gramPage,
      gramBase,
      gramTotal,
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
  const terms = pagedColumn((n) => new Int32Array(n))
  const termPages = createPages([terms], MAX_TOKENS * TERM_WIDTH)
  const pairHash = pagedColumn((n) => new Int32Array(n))
  const pairWeight = pagedColumn((n) => new Uint16Array(n))
  const pairPages = createPages([pairHash, pairWeight], MAX_TOKENS)
  const gram = pagedColumn((n) => new Int32Array(n))
  const gramPages = createPages([gram], MAX_GRAMS)
  // The article at hand, as its pairs are measured.
  const ownTerms = new Int32Array(MAX_TOKENS)
  const ownWeights = new Float64Array(MAX_TOKENS)
  const ownRarities = new Float64Array(MAX_TOKENS)
  const ownFlags = new Uint8Array(MAX_TOKENS)
  const ownPairs = new Uint16Array(MAX_TOKENS)
  const found: Scores = { values: score.data, mask: 0, touched: new Int32Array(1 << 12), count: 0 }
  const best = new Float64Array(MAX_CANDIDATES)
  const bestScore = new Float32Array(MAX_CANDIDATES)
  const heaviest = new Int32Array(INDEXED_TERMS)
  let heavy = 0
  const termProbe = createProbeTable()
  const pairProbe = createProbeTable()
  const gramProbe = createProbeTable()
  const pairs: MeasuredPairs = {
    count: 0,
    candidates: new Float64Array(MAX_CANDIDATES),
    cosines: new Float32Array(MAX_CANDIDATES),
    features: new Float32Array(MAX_CANDIDATES * FEATURE_COUNT),
  }

  /** Forgets words that no live article has and none has had for long, so that memory does not grow with the stream. */
  function compactTerms(): void {
    const live = new Uint8Array(table.size())
    eachTermRun((page, base, total) => {
      for (let i = 0; i < total; i++) live[page[base + i * TERM_WIDTH] ?? 0] = 1
    })
    const places = table.compact(live)
    eachTermRun((page, base, total) => {
      for (let at = base; at < base + total * TERM_WIDTH; at += TERM_WIDTH)
        page[at] = places[page[at] ?? 0] ?? 0
    })
    postings.renumber(places, oldest)
    reader.termsMoved()
    compactAt = Math.max(MIN_COMPACTED_TERMS, Math.ceil(COMPACTED_GROWTH * table.size()))
  }
  function eachTermRun(visit: (page: Int32Array, base: number, total: number) => void): void {
    for (let position = oldest; position < next; position++) {
      const row = position & articles.mask()
      const page = terms.pages[termPage.data[row] ?? 0]
      if (page !== undefined) visit(page, termBase.data[row] ?? 0, termTotal.data[row] ?? 0)
    }
  }

  function store(read: ArticleTerms, article: Article, publishedAtMs: number | null): number {
    const position = next
    articles.reserve(oldest, position + 1)
    const row = position & articles.mask()
    termPages.open(read.count * TERM_WIDTH)
    termPage.data[row] = termPages.page()
    termBase.data[row] = termPages.base()
    termTotal.data[row] = read.count
    pairPages.open(read.pairCount)
    pairPage.data[row] = pairPages.page()
    pairBase.data[row] = pairPages.base()
    pairTotal.data[row] = read.pairCount
    gramPages.open(read.gramCount)
    gramPage.data[row] = gramPages.page()
    gramBase.data[row] = gramPages.base()
    gramTotal.data[row] = read.gramCount
    published.data[row] = publishedAtMs ?? Number.NaN
    publisher.data[row] = article.publisher === '' ? 0 : hashText(article.publisher)
    nearTotal.data[row] = 0
    score.data[row] = 0
    mark.data[row] = 0
    storeTerms(read, row)
    storePairs(read, row)
    gram.pages[gramPages.page()]?.set(read.grams.subarray(0, read.gramCount), gramPages.base())
    next++
    return position
  }

  function storePairs(read: ArticleTerms, row: number): void {
    const weights = pairWeight.pages[pairPages.page()] ?? NO_SHORTS
    const base = pairPages.base()
    let weight = 0
    let names = 0
    for (let i = 0; i < read.pairCount; i++) {
      const w = read.pairWeights[i] ?? 0
      const name = read.pairNames[i] ?? 0
      weights[base + i] = (Math.round(w * PAIR_WEIGHT_STEPS) << 1) | name
      weight += w
      names += name
    }
    pairHash.pages[pairPages.page()]?.set(read.pairHashes.subarray(0, read.pairCount), base)
    stats.data[row * STATS + S_PAIR_WEIGHT] = weight
    stats.data[row * STATS + S_NAME_PAIRS] = names
  }

  function storeTerms(read: ArticleTerms, row: number): void {
    const termData = terms.pages[termPages.page()] ?? NO_INTEGERS
    const base = termPages.base()
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
    for (let i = 0; i < read.count; i++) {
      const term = read.terms[i] ?? 0
      const rareSteps = Math.round(table.rarity(term) * RARITY_STEPS)
      const rare = rareSteps / RARITY_STEPS
      const flag = read.flags[i] ?? 0
      const mentioned = read.mentions[i] ?? 1
      const weight = (LOG_MENTIONS[mentioned] ?? 1) * rare
      termData[base + i * TERM_WIDTH] = term
      termData[base + i * TERM_WIDTH + 1] = (rareSteps << RARITY_SHIFT) | (mentioned << FLAG_BITS) | flag
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
    const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0
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
    all[s + S_SCALE] = scale
    all[s + S_BODY_WORDS] = read.bodyWords
    all[s + S_DENSITY] = -1
  }

  /** Makes an article the one at hand: its terms with their weights, ready to be asked for. */
  function takeInHand(row: number): number {
    const page = termPage.data[row] ?? 0
    const base = termBase.data[row] ?? 0
    const total = termTotal.data[row] ?? 0
    const termData = terms.pages[page] ?? NO_INTEGERS
    const scale = stats.data[row * STATS + S_SCALE] ?? 0
    for (let i = 0; i < total; i++) {
      const facts = termData[base + i * TERM_WIDTH + 1] ?? 0
      const rarity = (facts >>> RARITY_SHIFT) / RARITY_STEPS
      ownTerms[i] = termData[base + i * TERM_WIDTH] ?? 0
      ownRarities[i] = rarity
      ownFlags[i] = facts & FLAG_MASK
      ownWeights[i] = (LOG_MENTIONS[(facts >> FLAG_BITS) & MENTIONS_MASK] ?? 1) * rarity * scale
    }
    return total
  }

  /** Places of the heaviest terms of the article at hand. */
  function pickHeaviest(total: number): number {
    if (total <= INDEXED_TERMS) {
      for (let i = 0; i < total; i++) heaviest[i] = i
      return total
    }
    const order = scratchOrder.subarray(0, total)
    for (let i = 0; i < total; i++) order[i] = Math.floor((ownWeights[i] ?? 0) * 2 ** 22) * 1024 + (1023 - i)
    order.sort()
    for (let i = 0; i < INDEXED_TERMS; i++) heaviest[i] = 1023 - ((order[total - 1 - i] ?? 0) % 1024)
    return INDEXED_TERMS
  }
  const scratchOrder = new Float64Array(1024)

  /** The live articles that share the heaviest terms of the article at hand. */
  function findCandidates(total: number): number {
    heavy = pickHeaviest(total)
    found.values = score.data
    found.mask = articles.mask()
    found.count = 0
    for (let i = 0; i < heavy; i++) {
      const at = heaviest[i] ?? 0
      postings.collect(ownTerms[at] ?? 0, ownWeights[at] ?? 0, oldest, found)
    }
    return keepBest(found)
  }

  /** The candidates with the highest scores so far; the older one first where scores are equal. */
  function keepBest({ touched, count: seen }: Scores): number {
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

  /** Lets later articles find the article at hand, for which `findCandidates` was called. */
  function post(position: number): void {
    for (let i = 0; i < heavy; i++) {
      const at = heaviest[i] ?? 0
      postings.add(ownTerms[at] ?? 0, position, ownWeights[at] ?? 0, oldest)
    }
  }

  /** Measures the article at hand against the best candidates. */
  function measure(row: number, total: number, kept: number): void {
    probe(row, total)
    liveMeasure = Math.log2(1 + Math.min(next - oldest, SETTLED_LIVE))
    for (let i = 0; i < kept; i++) measurePair(row, best[i] ?? 0, i)
    pairs.count = kept
    sortByCosine(kept)
    addNeighbourFeatures(row, kept)
  }

  /** Makes terms, word pairs and headline pieces of the article at hand ready to be asked for. */
  function probe(row: number, total: number): void {
    termProbe.clear()
    for (let i = 0; i < total; i++) termProbe.add(ownTerms[i] ?? 0, i)
    const firstPair = pairBase.data[row] ?? 0
    const pairCount = pairTotal.data[row] ?? 0
    const hashes = pairHash.pages[pairPage.data[row] ?? 0] ?? NO_INTEGERS
    const weights = pairWeight.pages[pairPage.data[row] ?? 0] ?? NO_SHORTS
    pairProbe.clear()
    for (let i = 0; i < pairCount; i++) {
      pairProbe.add(hashes[firstPair + i] ?? 0, i)
      ownPairs[i] = weights[firstPair + i] ?? 0
    }
    const firstGram = gramBase.data[row] ?? 0
    const gramCount = gramTotal.data[row] ?? 0
    const grams = gram.pages[gramPage.data[row] ?? 0] ?? NO_INTEGERS
    gramProbe.clear()
    for (let i = 0; i < gramCount; i++) gramProbe.add(grams[firstGram + i] ?? 0, i)
  }

  function measureAgain(position: number): void {
    const row = position & articles.mask()
    const total = nearTotal.data[row] ?? 0
    let kept = 0
    for (let i = 0; i < total; i++) {
      const other = near.data[row * MAX_CANDIDATES + i] ?? 0
      if (other >= oldest) best[kept++] = other
    }
    measure(row, takeInHand(row), kept)
  }

  /** How many articles were live when the pairs at hand were measured. */
  let liveMeasure = 0
  const unsorted = new Float32Array(MAX_CANDIDATES * FEATURE_COUNT)

  function measurePair(row: number, other: number, i: number): void {
    const otherRow = other & articles.mask()
    const page = termPage.data[otherRow] ?? 0
    const base = termBase.data[otherRow] ?? 0
    const otherTotal = termTotal.data[otherRow] ?? 0
    const termData = terms.pages[page] ?? NO_INTEGERS
    const otherScale = stats.data[otherRow * STATS + S_SCALE] ?? 0
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
    const { keys, places } = termProbe
    for (let at = base; at < base + otherTotal * TERM_WIDTH; at += TERM_WIDTH) {
      const term = termData[at] ?? 0
      let probed = term & PROBE_MASK
      while (places[probed] !== 0 && keys[probed] !== term) probed = (probed + 1) & PROBE_MASK
      const here = (places[probed] ?? 0) - 1
      if (here < 0) continue
      const facts = termData[at + 1] ?? 0
      const flag = ownFlags[here] ?? 0
      const otherFlag = facts & FLAG_MASK
      const both = flag & otherFlag
      const rarity = ownRarities[here] ?? 0
      const otherRarity = (facts >>> RARITY_SHIFT) / RARITY_STEPS
      const otherWeight = (LOG_MENTIONS[(facts >> FLAG_BITS) & MENTIONS_MASK] ?? 1) * otherRarity * otherScale
      const product = (ownWeights[here] ?? 0) * otherWeight
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
    out[f + 44] = liveMeasure
  }

  function measureWordPairs(row: number, otherRow: number, f: number): void {
    const page = pairPage.data[otherRow] ?? 0
    const hashes = pairHash.pages[page] ?? NO_INTEGERS
    const weights = pairWeight.pages[page] ?? NO_SHORTS
    const start = pairBase.data[otherRow] ?? 0
    const end = start + (pairTotal.data[otherRow] ?? 0)
    const { keys, places } = pairProbe
    let shared = 0
    let steps = 0
    let names = 0
    for (let at = start; at < end; at++) {
      const hash = hashes[at] ?? 0
      let probed = hash & PROBE_MASK
      while (places[probed] !== 0 && keys[probed] !== hash) probed = (probed + 1) & PROBE_MASK
      const here = (places[probed] ?? 0) - 1
      if (here < 0) continue
      const own = ownPairs[here] ?? 0
      const its = weights[at] ?? 0
      shared++
      steps += (own >> 1) + (its >> 1)
      names += (own | its) & 1
    }
    const weight = (0.5 * steps) / PAIR_WEIGHT_STEPS
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
    const totalA = gramTotal.data[row] ?? 0
    const totalB = gramTotal.data[otherRow] ?? 0
    if (totalA === 0 || totalB === 0) return -1
    const grams = gram.pages[gramPage.data[otherRow] ?? 0] ?? NO_INTEGERS
    const start = gramBase.data[otherRow] ?? 0
    const { keys, places } = gramProbe
    let shared = 0
    for (let at = start; at < start + totalB; at++) {
      const hash = grams[at] ?? 0
      let probed = hash & PROBE_MASK
      while (places[probed] !== 0 && keys[probed] !== hash) probed = (probed + 1) & PROBE_MASK
      if (places[probed] !== 0) shared++
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

  function take(article: Article, publishedAtMs: number | null): number {
    if (table.size() >= compactAt) compactTerms()
    return store(reader.read(article), article, publishedAtMs)
  }

  function addUnmeasured(article: Article, publishedAtMs: number | null): number {
    const position = take(article, publishedAtMs)
    const row = position & articles.mask()
    heavy = pickHeaviest(takeInHand(row))
    nearTotal.data[row] = NOT_LOOKED_FOR
    post(position)
    return position
  }

  /** The candidates of the article at hand, after their own neighbours were looked for where that was put off. */
  function findKnownCandidates(row: number, total: number): number {
    const kept = findCandidates(total)
    const isUnknown = (other: number): boolean => nearTotal.data[other & articles.mask()] === NOT_LOOKED_FOR
    const unknown = best.subarray(0, kept).filter(isUnknown)
    if (unknown.length === 0) return kept
    unknown.forEach(lookForNeighbours)
    takeInHand(row)
    return findCandidates(total)
  }

  /** Estimates the neighbours of an article that was added unmeasured by their indexed words alone. */
  function lookForNeighbours(position: number): void {
    const row = position & articles.mask()
    const kept = findCandidates(takeInHand(row))
    const from = row * MAX_CANDIDATES
    let count = 0
    for (let i = 0; i < kept; i++) {
      if (best[i] === position) continue
      near.data[from + count] = best[i] ?? 0
      nearCosine.data[from + count] = bestScore[i] ?? 0
      count++
    }
    nearTotal.data[row] = count
    stats.data[row * STATS + S_DENSITY] = densityOf(nearCosine.data, from, count)
  }

  return {
    pairs,
    measureAgain,
    addUnmeasured,
    oldest: () => oldest,
    next: () => next,
    wordsOf(position) {
      const row = position & articles.mask()
      const base = termBase.data[row] ?? 0
      const page = terms.pages[termPage.data[row] ?? 0] ?? NO_INTEGERS
      const end = base + (termTotal.data[row] ?? 0) * TERM_WIDTH
      let count = 0
      for (let at = base; at < end; at += TERM_WIDTH) if (((page[at + 1] ?? 0) & IS_NUMBER) === 0) count++
      return count
    },
    hasBody: (position) => (stats.data[(position & articles.mask()) * STATS + S_BODY_WORDS] ?? 0) > 0,
    add(article, publishedAtMs) {
      const position = take(article, publishedAtMs)
      const row = position & articles.mask()
      const total = takeInHand(row)
      measure(row, total, findKnownCandidates(row, total))
      rememberNeighbours(position, row, pairs.count)
      post(position)
      return position
    },
    dropBefore(position) {
      if (position <= oldest) return
      oldest = Math.min(position, next)
      if (oldest === next) return
      const row = oldest & articles.mask()
      termPages.dropBefore(termPage.data[row] ?? 0)
      pairPages.dropBefore(pairPage.data[row] ?? 0)
      gramPages.dropBefore(gramPage.data[row] ?? 0)
    },
  }
}

/** Stands for the number of neighbours of an article that nobody met since it was put back. */
const NOT_LOOKED_FOR = -1

const NO_INTEGERS = new Int32Array(0)
const NO_SHORTS = new Uint16Array(0)

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : -1
}

function missing(shared: number, whole: number): number {
  return whole > 0 ? 1 - shared / whole : -1
}

function isBetter(score: number, position: number, otherScore: number, otherPosition: number): boolean {
  return score > otherScore || (score === otherScore && position < otherPosition)
}
