import { CONTENT_FLAG, stemOf, type ContentWords, type StemRarity } from './rewrite-words.ts'

/** How much two texts say the same in other words; each 0..1. */
export interface RewriteScores {
  /** Shared share of all content words, rare ones counting more. */
  readonly wordJaccard: number
  /** Mean similarity of each sentence to its best match in the other text, both ways. */
  readonly alignment: number
  /** Share of the names of one text that the other does not have; the smaller of both ways. */
  readonly novelNames: number
  /** The same for numbers. */
  readonly novelNumbers: number
}

/**
 * Whether text `a` knows more than `b`: it has more names and numbers that the other lacks. A rewrite drops them and adds none,
 * so this tells the source where dates do not. `null` where neither knows more.
 */
export function isRicher(a: ContentWords, b: ContentWords): boolean | null {
  const flags = CONTENT_FLAG.name | CONTENT_FLAG.number
  const ofA = countNovel(a, b, flags)
  const ofB = countNovel(b, a, flags)
  return ofA === ofB ? null : ofA > ofB
}

/** The scores of two texts. O(words) plus, for the alignment, O(words · sentences that share them). */
export function compareRewrite(a: ContentWords, b: ContentWords, rarity: StemRarity): RewriteScores {
  return {
    wordJaccard: wordJaccard(a, b, rarity),
    alignment: (alignmentOf(a, b, rarity) + alignmentOf(b, a, rarity)) / 2,
    novelNames: novelNames(a, b),
    novelNumbers: Math.min(novelShare(a, b, CONTENT_FLAG.number), novelShare(b, a, CONTENT_FLAG.number)),
  }
}

/** Share of the names of one text that the other does not have, the smaller of both ways; 0 where a text has none. O(words). */
export function novelNames(a: ContentWords, b: ContentWords): number {
  return Math.min(novelShare(a, b, CONTENT_FLAG.name), novelShare(b, a, CONTENT_FLAG.name))
}

/** Shared share of the content words of two texts, weighted by rarity; 0 where both are empty. O(words). */
export function wordJaccard(a: ContentWords, b: ContentWords, rarity: StemRarity): number {
  const ofA = stemSet(a)
  let shared = 0
  let all = 0
  for (const stem of ofA) all += rarity.idf(stem)
  for (const stem of stemSet(b)) {
    const weight = rarity.idf(stem)
    if (ofA.has(stem)) shared += weight
    else all += weight
  }
  return all === 0 ? 0 : shared / all
}

function stemSet(words: ContentWords): Set<number> {
  const stems = new Set<number>()
  for (const item of words) stems.add(stemOf(item))
  return stems
}

/** Sentences with fewer content words say too little to be matched. */
const MIN_SENTENCE_WORDS = 4

function alignmentOf(from: ContentWords, to: ContentWords, rarity: StemRarity): number {
  const targets = sentencesOf(to)
  const norms = targets.map((sentence) => normOf(sentence, rarity))
  const places = new Map<number, number[]>()
  targets.forEach((sentence, index) => {
    for (const stem of sentence) {
      const list = places.get(stem)
      if (list === undefined) places.set(stem, [index])
      else list.push(index)
    }
  })
  let sum = 0
  let count = 0
  for (const sentence of sentencesOf(from)) {
    const dots = new Float64Array(targets.length)
    for (const stem of sentence) {
      const weight = rarity.idf(stem) ** 2
      for (const index of places.get(stem) ?? []) dots[index] = (dots[index] ?? 0) + weight
    }
    const norm = normOf(sentence, rarity)
    let best = 0
    dots.forEach((dot, index) => {
      const product = norm * (norms[index] ?? 0)
      if (product > 0) best = Math.max(best, dot / product)
    })
    sum += best
    count++
  }
  return count === 0 ? 0 : sum / count
}

function sentencesOf(words: ContentWords): Set<number>[] {
  const sentences: Set<number>[] = []
  let current = new Set<number>()
  for (const item of words) {
    if ((item & CONTENT_FLAG.sentenceStart) !== 0 && current.size > 0) {
      sentences.push(current)
      current = new Set()
    }
    current.add(stemOf(item))
  }
  sentences.push(current)
  return sentences.filter((sentence) => sentence.size >= MIN_SENTENCE_WORDS)
}

function normOf(sentence: ReadonlySet<number>, rarity: StemRarity): number {
  let sum = 0
  for (const stem of sentence) sum += rarity.idf(stem) ** 2
  return Math.sqrt(sum)
}

function novelShare(of: ContentWords, against: ContentWords, flag: number): number {
  const flagged = flaggedStems(of, flag).size
  return flagged === 0 ? 0 : countNovel(of, against, flag) / flagged
}

function countNovel(of: ContentWords, against: ContentWords, flags: number): number {
  const known = stemSet(against)
  let novel = 0
  for (const stem of flaggedStems(of, flags)) if (!known.has(stem)) novel++
  return novel
}

function flaggedStems(words: ContentWords, flags: number): Set<number> {
  const flagged = new Set<number>()
  for (const item of words) if ((item & flags) !== 0) flagged.add(stemOf(item))
  return flagged
}
