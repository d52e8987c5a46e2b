import { createScratchSet, type ScratchSet } from './scratch-set.ts'
import { mixBits, WORD_FLAG, type TextScan } from './text-scan.ts'

/**
 * The 5-word runs (shingles) of a text: distinct, in order of their first place. The lowest bit of each hash is not part
 * of it: it tells whether most of its words stand in quotation marks.
 */
export interface Shingles {
  readonly hashes: Uint32Array
  /** Long texts keep one of `2^level` shingles, the same ones in every text. */
  readonly level: number
}

/** Words of a shingle. 5 words part copies from stories (notes on stories, section 5); 3 fire on idioms, 8 miss small edits. */
export const SHINGLE_WORDS = 5

/** Characters of a shingle in scripts without spaces, where a word has about two. */
export const SHINGLE_CHARACTERS = 10

/** Shingles kept of a text: 2 kB. Of a longer one every second is kept, which errs by .02 in a share. */
export const MAX_SHINGLES = 512

/** Neighbouring shingles of which one becomes a fingerprint: every shared run of 20 words has one in common. 10 finds no copy more and costs a third more. */
const WINNOWING_WINDOW = 16

const QUOTED_BIT = 1

/** Makes shingles and compares the ones made last with others. */
export interface ShingleComparer {
  /**
   * The shingles of a scanned text, without the sentences that are marked with 1; they are the loaded ones now. Their hashes are
   * scratch, good until the next `load`. Linear.
   */
  load(scan: TextScan, markedSentences: Uint8Array): Shingles
  /**
   * The loaded shingles against others, without the `ignored` ones. Exact up to hash collisions where no text is sampled.
   * Linear in the others.
   */
  compare(other: Shingles, ignored?: ScratchSet): SharedText
}

/** A comparer for texts of up to `maxWords` words, with its own scratch memory. */
export function createShingleComparer(maxWords: number): ShingleComparer {
  const all = new Uint32Array(maxWords)
  const window = new Uint32Array(SHINGLE_CHARACTERS)
  const windowQuoted = new Uint8Array(SHINGLE_CHARACTERS)
  // Room for each shingle and once more for the quoted ones.
  const members = createScratchSet(maxWords * 2)
  let loaded: Shingles = { hashes: new Uint32Array(0), level: 0 }
  return {
    load(scan, marked) {
      members.clear(scan.wordCount * 2)
      const count = collectShingles(scan, marked, { all, window, windowQuoted, members })
      loaded = sample(all, count)
      return loaded
    },
    compare: (other, ignored) => compareWith(loaded, members, other, ignored),
  }
}

interface ShingleBuffers {
  readonly all: Uint32Array
  readonly window: Uint32Array
  readonly windowQuoted: Uint8Array
  readonly members: ScratchSet
}

const BASE = 0x01000193

function collectShingles(scan: TextScan, marked: Uint8Array, buffers: ShingleBuffers): number {
  const { all, window, windowQuoted, members } = buffers
  const width = scan.unspaced ? SHINGLE_CHARACTERS : SHINGLE_WORDS
  let drop = 1
  for (let i = 0; i < width; i++) drop = Math.imul(drop, BASE)
  let count = 0
  let filled = 0
  let place = 0
  let hash = 0
  let quotedWords = 0
  for (let sentence = 0; sentence < scan.sentenceCount; sentence++) {
    if (marked[sentence] === 1) continue
    const end = scan.sentenceFirstWord[sentence + 1] ?? 0
    for (let word = scan.sentenceFirstWord[sentence] ?? 0; word < end; word++) {
      const value = scan.words[word] ?? 0
      const quoted = ((scan.flags[word] ?? 0) & WORD_FLAG.quoted) !== 0 ? 1 : 0
      hash = (Math.imul(hash, BASE) + value) | 0
      if (filled >= width) {
        hash = (hash - Math.imul(window[place] ?? 0, drop)) | 0
        quotedWords -= windowQuoted[place] ?? 0
      }
      window[place] = value
      windowQuoted[place] = quoted
      quotedWords += quoted
      place = place + 1 === width ? 0 : place + 1
      filled++
      if (filled < width) continue
      const key = (mixBits(hash) & ~QUOTED_BIT) >>> 0
      if (!members.add(key)) continue
      const quotedBit = quotedWords * 2 > width ? QUOTED_BIT : 0
      if (quotedBit !== 0) members.add(key + QUOTED_BIT)
      all[count] = key + quotedBit
      count++
    }
  }
  return count
}

/** Shingles by the zeros that their hash begins with. */
const keptAt = new Uint32Array(33)

function sample(all: Uint32Array, count: number): Shingles {
  let level = 0
  let kept = count
  if (count > MAX_SHINGLES) {
    keptAt.fill(0)
    for (let i = 0; i < count; i++) {
      const zeros = Math.clz32(all[i] ?? 0)
      keptAt[zeros] = (keptAt[zeros] ?? 0) + 1
    }
    for (; kept > MAX_SHINGLES; level++) kept -= keptAt[level] ?? 0
  }
  if (level === 0) return { hashes: all.subarray(0, count), level }
  let at = 0
  for (let i = 0; i < count; i++) {
    const hash = all[i] ?? 0
    if (!isAtLevel(hash, level)) continue
    all[at] = hash
    at++
  }
  return { hashes: all.subarray(0, kept), level }
}

/**
 * Whether a text that keeps one of `2^level` shingles keeps this one. Small hashes stay: they are the ones that
 * become fingerprints, so texts of all lengths have the same ones.
 */
function isAtLevel(hash: number, level: number): boolean {
  return level === 0 || hash >>> (32 - level) === 0
}

/**
 * Calls `visit` with a few shingles of a text so chosen that two texts with a run of 20 words in common have one of
 * them in common: the smallest of every 16 neighbours, once each, with its place among the shingles. Source: winnowing (Schleimer, Wilkerson, Aiken 2003).
 */
export function eachFingerprint(shingles: Shingles, visit: (hash: number, place: number) => void): void {
  const { hashes, level } = shingles
  const width = windowAt(level)
  let last = -1
  let smallest = -1
  for (let end = Math.min(width, hashes.length) - 1; end < hashes.length; end++) {
    const start = Math.max(0, end - width + 1)
    if (end < 0) return
    if (smallest < start) smallest = smallestIn(hashes, start, end)
    else if (rank(hashes[end] ?? 0) <= rank(hashes[smallest] ?? 0)) smallest = end
    if (smallest === last) continue
    last = smallest
    visit(fingerprintAt(shingles, smallest), smallest)
  }
}

/** The fingerprint that the shingle at a place is, where it is one. */
export function fingerprintAt({ hashes }: Shingles, place: number): number {
  return ((hashes[place] ?? 0) & ~QUOTED_BIT) >>> 0
}

/** As many neighbours of a sampled text span as many words. */
function windowAt(level: number): number {
  return Math.max(2, WINNOWING_WINDOW >> level)
}

function smallestIn(hashes: Uint32Array, start: number, end: number): number {
  let best = start
  for (let i = start + 1; i <= end; i++) if (rank(hashes[i] ?? 0) <= rank(hashes[best] ?? 0)) best = i
  return best
}

function rank(hash: number): number {
  return hash >>> 1
}

/** Adds to `into` the shingles that a fingerprint at `place` stands for: those it was chosen among. */
export function addNeighbours({ hashes, level }: Shingles, place: number, into: ScratchSet): void {
  const width = windowAt(level)
  const end = Math.min(hashes.length, place + width)
  for (let i = Math.max(0, place - width + 1); i < end; i++) {
    into.add(((hashes[i] ?? 0) & ~QUOTED_BIT) >>> 0)
  }
}

/** What two texts have in common, word for word. Counts are shingles, scaled up where long texts keep a part. */
export interface SharedText {
  readonly shared: number
  /** The larger share of what stands outside quotation marks in a text that is in the other, outside them too. */
  readonly unquotedContainment: number
  /** Longest and mean run of shared shingles without a gap. */
  readonly longestRun: number
  readonly meanRun: number
  /** Share of the loaded text that is in the other, and of the other that is in the loaded one; each 0..1. */
  readonly shareOfLoaded: number
  readonly shareOfOther: number
  /** The larger of the two shares: how much of the shorter text the longer one holds. */
  readonly containment: number
  readonly jaccard: number
}

function compareWith(
  loaded: Shingles,
  members: ScratchSet,
  other: Shingles,
  ignored?: ScratchSet,
): SharedText {
  const level = Math.max(loaded.level, other.level)
  const { hashes } = other
  let total = 0
  let totalUnquoted = 0
  let shared = 0
  let sharedUnquoted = 0
  let run = 0
  let longestRun = 0
  let runs = 0
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i] ?? 0
    if (level > other.level && !isAtLevel(hash, level)) continue
    total++
    const key = (hash & ~QUOTED_BIT) >>> 0
    if (hash === key) totalUnquoted++
    if (!members.has(key) || ignored?.has(key) === true) {
      run = 0
      continue
    }
    shared++
    if (hash === key && !members.has(key + QUOTED_BIT)) sharedUnquoted++
    if (run === 0) runs++
    run++
    if (run > longestRun) longestRun = run
  }
  const own = countAtLevel(loaded, level)
  const shorterUnquoted = Math.min(totalUnquoted, countAtLevel(loaded, level, QUOTED_BIT))
  const shareOfLoaded = own === 0 ? 0 : shared / own
  const shareOfOther = total === 0 ? 0 : shared / total
  const union = own + total - shared
  return {
    shared: shared << level,
    unquotedContainment: shorterUnquoted === 0 ? 0 : Math.min(1, sharedUnquoted / shorterUnquoted),
    longestRun: longestRun << level,
    meanRun: runs === 0 ? 0 : (shared << level) / runs,
    shareOfLoaded,
    shareOfOther,
    containment: Math.max(shareOfLoaded, shareOfOther),
    jaccard: union === 0 ? 0 : shared / union,
  }
}

/** Shingles of a text that are kept at a level and have none of the `without` bits. */
function countAtLevel({ hashes, level: kept }: Shingles, level: number, without = 0): number {
  if (level === kept && without === 0) return hashes.length
  let count = 0
  for (const hash of hashes) if ((hash & without) === 0 && isAtLevel(hash, level)) count++
  return count
}
