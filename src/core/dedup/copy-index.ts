import type { Article } from '../feed/article.ts'
import { pageOf } from './article-key.ts'
import { creditsOf, namesOf } from './agency-credit.ts'
import { createCopyGroups, type CopyLink, type CopyMember } from './copy-groups.ts'
import type { Copy } from './copy.ts'
import { createFingerprintTable } from './fingerprint-table.ts'
import { createLearnedFurniture, stopStems, type LearnedFurniture } from './learned-furniture.ts'
import {
  contentWordsOf,
  createStemCounter,
  createStemRarity,
  heavyStems,
  type ContentWords,
} from './rewrite-words.ts'
import { compareRewrite, isRicher, novelNames, wordJaccard } from './rewrite.ts'
import {
  addNeighbours,
  createShingleComparer,
  eachFingerprint,
  fingerprintAt,
  MAX_SHINGLES,
  type Shingles,
  type SharedText,
} from './shingles.ts'
import { createScratchSet } from './scratch-set.ts'
import { createNumberStore } from './number-store.ts'
import { createTally } from './tally.ts'
import { createStemHasher, createTextScanner, MAX_SCAN_WORDS, mixBits, type TextScan } from './text-scan.ts'

/** Settings of {@link createCopyIndex}. */
export interface CopyOptions {
  /** Memory of repeated passages to use and feed; its own where left out. */
  readonly furniture?: LearnedFurniture
  /** Arrivals among which rewrites are looked for. Default {@link DEFAULT_REWRITE_WINDOW}. */
  readonly rewriteWindow?: number
}

/**
 * The live articles, and which of them are copies. About 0.1 ms and 6 kB an article of 760 words.
 *
 * Every article is an original or the copy of one original: `copyOf` never names a copy.
 */
export interface CopyIndex {
  /**
   * Adds an article and gives the verdicts that this changes: its own, or those of older articles that now turn out to be copies
   * of it. Empty where it is no copy. An id that is there already is replaced.
   * @param arrival its number in order of arrival, where articles are not added in it: of two undated texts the first to arrive is the source
   */
  add(article: Article, arrival?: number): Copy[]
  /**
   * Puts back an article of an earlier run under the verdict that it had then, in order of arrival, before any `add`. Half of the cost
   * of `add`: nothing is compared.
   * @returns the verdicts that tie it to articles which are back already, either way
   */
  restore(article: Article, verdict: Copy | null): readonly Copy[]
  /** Takes an article out of the search. Verdicts that name it stay. */
  forget(articleId: string): void
  /** The verdict on a live article, or `null`: an original, or not here. */
  copyOf(articleId: string): Copy | null
  /** The passages learned so far. */
  readonly furniture: LearnedFurniture
  /** Live articles. */
  readonly size: number
}

/** About three days of a newsroom of 5,000 articles a day; a rewrite is written within hours. */
export const DEFAULT_REWRITE_WINDOW = 16_384

/** The copies among some articles in order of arrival, by article id: a {@link CopyIndex} fed with all of them. */
export function findCopies(articles: Iterable<Article>, options?: CopyOptions): Map<string, Copy> {
  const index = createCopyIndex(options)
  const copies = new Map<string, Copy>()
  for (const article of articles) for (const copy of index.add(article)) copies.set(copy.articleId, copy)
  return copies
}

/** Words that two texts must have in full for `exact`: shorter texts (`More soon`) are the same by chance. */
const MIN_EXACT_WORDS = 12

/** The same for articles that are only a headline; shorter ones (`Morning briefing`) come back every day. */
const MIN_EXACT_TITLE_WORDS = 7

/** Headlines come back every season: the same words mean the same text only this near in time, where both are dated. */
const MAX_TITLE_GAP_MS = 2 * 86_400_000

/** Shingles in common below which a likeness is chance or a quotation: two sentences, three where they are a smaller part. */
const MIN_SHARED = 24
const MIN_SHARED_PART = 32

/** Share of the shorter text in the longer one from which it is wire text. 1 % of ordinary story pairs reach it (notes on stories). */
const MIN_CONTAINMENT = 0.3

/** The same among articles of one publisher: of 45 pairs below it in 12,000 articles, all were follow-ups or page furniture. */
const MIN_OWN_CONTAINMENT = 0.6

/** Wire text inside is news of the same days; later, shared paragraphs are background. */
const MAX_PART_GAP_MS = 10 * 86_400_000

/** So much of the text outside quotation marks must be shared too: two reporters quote the same statement. */
const MIN_UNQUOTED_CONTAINMENT = 0.27

/** From this share on, quotations do not matter: no two reporters quote that much alike. */
const SURE_CONTAINMENT = 0.65

/** Share of the shorter text from which the whole text was taken, where the longer one has little else. */
const WHOLE_CONTAINMENT = 0.8
const WHOLE_JACCARD = 0.5

/** Below this share some of it must stand there in one piece: 24 words are a paragraph or two sentences, no turn of phrase. */
const LOOSE_CONTAINMENT = 0.5
const MIN_RUN = 20

/** Short runs in common around other names are a form that two records share: police notes, tables, results. */
const MAX_FORM_RUN = 10
const MIN_FORM_NOVEL_NAMES = 0.4

/** Likeness from which what differs are small edits. */
const NEAR_JACCARD = 0.6

/** A copy through another copy stands where this share of the shorter text is in the original too. */
const MIN_CHAIN_CONTAINMENT = 0.2

/** A shared run of 20 words has one fingerprint in common, two shared sentences have two; short texts need all. */
const MIN_SHARED_FINGERPRINTS = 2

/** A long text shares two turns of phrase with many; of a third of a short text in it, it shares three. */
const MANY_FINGERPRINTS = 40
const MIN_SHARED_OF_MANY = 3

/** So many other articles of the publisher that hold a passage, and little else of the newcomer, make it furniture. */
const MIN_REPEATS = 3
const MAX_REPEAT_SHARE = 0.25

/** Candidates that are compared in full; the others share fewer fingerprints. */
const MAX_CANDIDATES = 24

/** Articles that one fingerprint points to; a passage in more of them is common, and rarer ones lead to the same articles. */
const MAX_PER_FINGERPRINT = 48

const MAX_PER_STEM = 64

/** The heaviest words of an article lead to its rewrites. */
const HEAVY_STEMS = 20
const MIN_SHARED_HEAVY = 6
const MAX_REWRITE_CANDIDATES = 8

/** Lines drawn on one known rewrite and 1,200 ordinary story pairs (notes on stories, section 5). */
const MIN_WORD_JACCARD = 0.3
const MIN_ALIGNMENT = 0.36
const MAX_NOVEL_NAMES = 0.12
const MAX_NOVEL_NUMBERS = 0.5

/** A text with more of the other's words repeats its quotations, and says the rest in its own way. */
const MAX_REWRITE_CONTAINMENT = 0.25

/** Fewer content words say too little to be a rewrite of anything. */
const MIN_REWRITE_WORDS = 80

const MAX_REWRITE_GAP_MS = 4 * 86_400_000

/** Dates before this are empty fields (1970) that some feeds print. */
const FIRST_BELIEVED_MS = Date.UTC(1990, 0, 1)

const NO_WORDS = new Uint32Array(0)

interface Entry extends CopyMember {
  readonly slot: number
  /** Hash of what two versions of one article share; `null` without a URL that names the article. */
  readonly page: number | null
  readonly publisher: string
  readonly titleOnly: boolean
  readonly textHash: number
  readonly shingles: Shingles
  /** Empty once the article is older than the rewrite window. */
  content: ContentWords
  heavy: Uint32Array
}

/** An empty index. Same articles in the same order give the same verdicts. */
export function createCopyIndex(options: CopyOptions = {}): CopyIndex {
  return new LiveCopies(options)
}

class LiveCopies implements CopyIndex {
  readonly furniture: LearnedFurniture
  readonly #rewriteWindow: number
  readonly #scanner = createTextScanner()
  readonly #comparer = createShingleComparer(MAX_SCAN_WORDS)
  readonly #hashStem = createStemHasher(this.#scanner)
  readonly #countStems = createStemCounter()
  readonly #rarity = createStemRarity()
  readonly #tally = createTally()
  readonly #numbers = createNumberStore()
  readonly #ignored = createScratchSet(MAX_SHINGLES)
  readonly #groups = createCopyGroups()
  readonly #byFingerprint = createFingerprintTable(MAX_PER_FINGERPRINT)
  readonly #byText = createFingerprintTable(MAX_PER_FINGERPRINT)
  readonly #byStem = createFingerprintTable(MAX_PER_STEM)
  readonly #marks = new Uint8Array(MAX_SCAN_WORDS)
  readonly #found = new Int32Array(MAX_PER_STEM)
  /** Places of the newcomer's fingerprints that several articles have. */
  readonly #crowded = new Int32Array(MAX_SHINGLES)
  readonly #entries: (Entry | undefined)[] = []
  readonly #freeSlots: number[] = []
  readonly #byId = new Map<string, Entry>()
  readonly #verdicts = new Map<string, Copy>()
  /** Entries whose words are still searched for rewrites, oldest first. */
  readonly #recent = new Set<Entry>()
  #arrivals = 0

  constructor(options: CopyOptions) {
    this.furniture = options.furniture ?? createLearnedFurniture()
    this.#rewriteWindow = options.rewriteWindow ?? DEFAULT_REWRITE_WINDOW
  }

  get size(): number {
    return this.#byId.size
  }

  copyOf(articleId: string): Copy | null {
    return this.#verdicts.get(articleId) ?? null
  }

  add(article: Article, arrival = this.#arrivals): Copy[] {
    this.forget(article.id)
    this.#arrivals = Math.max(this.#arrivals, arrival + 1)
    const entry = this.#read(article, arrival)
    const links = this.#linkAndPost(entry)
    this.#insert(entry)
    const copies = this.#groups.place(entry, links, (root) => this.#sharesText(root))
    for (const copy of copies) this.#verdicts.set(copy.articleId, copy)
    return copies
  }

  restore(article: Article, verdict: Copy | null): readonly Copy[] {
    this.forget(article.id)
    const entry = this.#read(article, this.#arrivals++)
    this.#post(entry)
    this.#insert(entry)
    const ties = this.#groups.restore(entry, verdict, (id) => this.#byId.get(id))
    if (verdict !== null) this.#verdicts.set(article.id, verdict)
    return ties
  }

  forget(articleId: string): void {
    const entry = this.#byId.get(articleId)
    if (entry === undefined) return
    this.#byId.delete(articleId)
    this.#verdicts.delete(articleId)
    this.#entries[entry.slot] = undefined
    this.#freeSlots.push(entry.slot)
    this.#byText.remove(entry.textHash, entry.slot)
    eachFingerprint(entry.shingles, (hash) => {
      this.#byFingerprint.remove(hash, entry.slot)
    })
    this.#numbers.release(entry.shingles.hashes)
    this.#dropWords(entry)
    this.#groups.remove(entry)
  }

  #read(article: Article, arrival: number): Entry {
    const titleOnly = article.text.trim() === ''
    // Before the scan: making the set uses the scanner.
    const stops = stopStems(article.lang ?? 'en', this.#hashStem)
    const scan = titleOnly
      ? this.#scanner.scan(article.title)
      : this.#scanner.scan(article.text, article.furniture)
    const context = this.furniture.contextOf(article)
    this.furniture.observeScan(titleOnly ? '' : article.publisher, context, scan, this.#marks)
    const textHash = hashOfText(scan, this.#marks, titleOnly)
    const shingles = this.#comparer.load(scan, this.#marks)
    const content = contentWordsOf(scan, this.#marks, stops)
    const counted = this.#countStems(content)
    this.#rarity.observe(counted)
    const rewritable = !titleOnly && content.length >= MIN_REWRITE_WORDS
    return {
      id: article.id,
      order: arrival,
      publishedAtMs: believedDate(article.publishedAtMs),
      names: namesOf(article),
      credits: creditsOf(article),
      slot: this.#freeSlots.pop() ?? this.#entries.length,
      page: pageHash(article),
      publisher: article.publisher,
      titleOnly,
      textHash,
      shingles: { hashes: this.#numbers.keep(shingles.hashes), level: shingles.level },
      content: titleOnly ? NO_WORDS : this.#numbers.keep(content),
      heavy: rewritable ? this.#numbers.keep(heavyStems(counted, this.#rarity, HEAVY_STEMS)) : NO_WORDS,
    }
  }

  #insert(entry: Entry): void {
    this.#entries[entry.slot] = entry
    this.#byId.set(entry.id, entry)
    if (entry.content.length === 0) return
    this.#recent.add(entry)
    if (this.#recent.size <= this.#rewriteWindow) return
    const [oldest] = this.#recent
    if (oldest !== undefined) this.#dropWords(oldest)
  }

  #dropWords(entry: Entry): void {
    for (const stem of entry.heavy) this.#byStem.remove(stem, entry.slot)
    this.#numbers.release(entry.heavy)
    this.#numbers.release(entry.content)
    entry.heavy = NO_WORDS
    entry.content = NO_WORDS
    this.#recent.delete(entry)
  }

  /** Lets later articles find this one. */
  #post({ slot, textHash, titleOnly, shingles, heavy }: Entry): void {
    if (textHash !== 0) this.#byText.collectAndAdd(textHash, slot, this.#found)
    if (titleOnly) return
    eachFingerprint(shingles, (hash) => {
      this.#byFingerprint.collectAndAdd(hash, slot, this.#found)
    })
    for (const stem of heavy) this.#byStem.collectAndAdd(stem, slot, this.#found)
  }

  /** Looks the newcomer's words up and posts them in the same walk. */
  #linkAndPost(entry: Entry): CopyLink[] {
    const links = new Map<Entry, CopyLink>()
    for (const other of this.#sameText(entry)) links.set(other, exactLink(other))
    if (entry.titleOnly) return [...links.values()]
    for (const other of this.#sharingFingerprints(entry)) {
      if (links.has(other) || isSamePage(entry, other)) continue
      const link = sharedTextLink(entry, other, this.#comparer.compare(other.shingles, this.#ignored))
      if (link !== null) links.set(other, link)
    }
    for (const other of this.#sharingHeavyStems(entry)) {
      if (links.has(other) || isSamePage(entry, other)) continue
      const link = this.#rewriteLink(entry, other)
      if (link !== null) links.set(other, link)
    }
    return [...links.values()]
  }

  #sameText(entry: Entry): Entry[] {
    if (entry.textHash === 0) return []
    const count = this.#byText.collectAndAdd(entry.textHash, entry.slot, this.#found)
    return this.#entriesAt(count).filter(
      (other) =>
        !isSamePage(entry, other) &&
        other.titleOnly === entry.titleOnly &&
        (!entry.titleOnly || gapMs(entry, other) <= MAX_TITLE_GAP_MS),
    )
  }

  #entriesAt(count: number): Entry[] {
    const entries: Entry[] = []
    for (let i = 0; i < count; i++) {
      const entry = this.#entries[this.#found[i] ?? 0]
      if (entry !== undefined) entries.push(entry)
    }
    return entries
  }

  #sharingFingerprints(entry: Entry): Entry[] {
    let own = 0
    let crowded = 0
    eachFingerprint(entry.shingles, (hash, place) => {
      own++
      const count = this.#byFingerprint.collectAndAdd(hash, entry.slot, this.#found)
      this.#tally.addAll(this.#found, count)
      if (count >= MIN_REPEATS) this.#crowded[crowded++] = place
    })
    this.#ignored.clear()
    if (entry.publisher !== '') this.#ignoreRepeated(entry, crowded, own * MAX_REPEAT_SHARE)
    const atLeast = own >= MANY_FINGERPRINTS ? MIN_SHARED_OF_MANY : Math.min(MIN_SHARED_FINGERPRINTS, own)
    return this.#tally.take(atLeast, MAX_CANDIDATES).flatMap((slot) => this.#entries[slot] ?? [])
  }

  /** Passages inside sentences that a publisher repeats over articles which share little else: link boxes, name cards. */
  #ignoreRepeated(entry: Entry, crowded: number, maxShared: number): void {
    for (let at = 0; at < crowded; at++) {
      const place = this.#crowded[at] ?? 0
      const count = this.#byFingerprint.collect(fingerprintAt(entry.shingles, place), this.#found)
      let repeats = 0
      for (let i = 0; i < count; i++) {
        const slot = this.#found[i] ?? 0
        const isOther = slot !== entry.slot && this.#entries[slot]?.publisher === entry.publisher
        if (isOther && this.#tally.countOf(slot) <= maxShared) repeats++
      }
      if (repeats >= MIN_REPEATS) addNeighbours(entry.shingles, place, this.#ignored)
    }
  }

  #sharingHeavyStems(entry: Entry): Entry[] {
    for (const stem of entry.heavy) {
      this.#tally.addAll(this.#found, this.#byStem.collectAndAdd(stem, entry.slot, this.#found))
    }
    const slots = this.#tally.take(MIN_SHARED_HEAVY, MAX_REWRITE_CANDIDATES)
    return slots.flatMap((slot) => this.#entries[slot] ?? [])
  }

  #rewriteLink(entry: Entry, other: Entry): CopyLink | null {
    if (gapMs(entry, other) > MAX_REWRITE_GAP_MS) return null
    if (wordJaccard(entry.content, other.content, this.#rarity) < MIN_WORD_JACCARD) return null
    const { containment } = this.#comparer.compare(other.shingles, this.#ignored)
    if (containment >= MAX_REWRITE_CONTAINMENT) return null
    const scores = compareRewrite(entry.content, other.content, this.#rarity)
    const fires =
      scores.alignment >= MIN_ALIGNMENT &&
      scores.novelNames <= MAX_NOVEL_NAMES &&
      scores.novelNumbers <= MAX_NOVEL_NUMBERS
    if (!fires) return null
    const isOtherSource = isRicher(other.content, entry.content)
    const link: CopyLink = { other, kind: 'rewrite', scores: { ...scores }, strength: scores.wordJaccard / 2 }
    return isOtherSource === null ? link : { ...link, isOtherSource }
  }

  /** Asked only while the newcomer is loaded in the comparer. */
  #sharesText(root: CopyMember): boolean {
    const entry = this.#byId.get(root.id)
    return entry !== undefined && this.#comparer.compare(entry.shingles).containment >= MIN_CHAIN_CONTAINMENT
  }
}

function exactLink(other: CopyMember): CopyLink {
  return { other, kind: 'exact', scores: { containment: 1, jaccard: 1 }, strength: 1 }
}

function sharedTextLink(entry: Entry, other: Entry, shared: SharedText): CopyLink | null {
  const { containment, jaccard } = shared
  const isWhole = shared.shared >= MIN_SHARED && containment >= WHOLE_CONTAINMENT && jaccard >= WHOLE_JACCARD
  if (!isWhole && !isWireInside(entry, other, shared)) return null
  if (shared.meanRun < MAX_FORM_RUN && novelNames(entry.content, other.content) >= MIN_FORM_NOVEL_NAMES) {
    return null
  }
  const kind = isWhole && jaccard >= NEAR_JACCARD ? 'near' : 'syndicated'
  return { other, kind, scores: { containment, jaccard }, strength: (containment + jaccard) / 2 }
}

function isWireInside(
  entry: Entry,
  other: Entry,
  { shared, unquotedContainment, containment, longestRun }: SharedText,
): boolean {
  const isMost =
    containment >= WHOLE_CONTAINMENT || (containment >= SURE_CONTAINMENT && longestRun >= MIN_RUN)
  if (shared < (isMost ? MIN_SHARED : MIN_SHARED_PART)) return false
  if (containment < WHOLE_CONTAINMENT && gapMs(entry, other) > MAX_PART_GAP_MS) return false
  // A paper's next article on its own story repeats the background; only most of the text makes it the same article.
  const isOwn = entry.publisher !== '' && entry.publisher === other.publisher
  if (containment < (isOwn ? MIN_OWN_CONTAINMENT : MIN_CONTAINMENT)) return false
  if (containment < LOOSE_CONTAINMENT && longestRun < MIN_RUN) return false
  return containment >= SURE_CONTAINMENT || unquotedContainment >= MIN_UNQUOTED_CONTAINMENT
}

function isSamePage(a: Entry, b: Entry): boolean {
  return a.page !== null && a.page === b.page
}

/** 53 bits instead of an address of 100 characters. */
function pageHash(article: Article): number | null {
  const page = pageOf(article)
  if (page === null) return null
  let low = 0x811c9dc5
  let high = 0x2f
  for (let at = 0; at < page.length; at++) {
    low = Math.imul(low ^ page.charCodeAt(at), 0x01000193)
    high = (Math.imul(high, 31) + page.charCodeAt(at)) | 0
  }
  return (mixBits(high) & 0x1fffff) * 2 ** 32 + mixBits(low)
}

function gapMs(a: CopyMember, b: CopyMember): number {
  if (a.publishedAtMs === null || b.publishedAtMs === null) return 0
  return Math.abs(a.publishedAtMs - b.publishedAtMs)
}

function believedDate(publishedAtMs: number | null): number | null {
  return publishedAtMs !== null && publishedAtMs >= FIRST_BELIEVED_MS ? publishedAtMs : null
}

/** Hash of all words in order, or 0 where there are too few for `exact`. */
function hashOfText(scan: TextScan, marks: Uint8Array, titleOnly: boolean): number {
  let hash = 0
  let count = 0
  for (let sentence = 0; sentence < scan.sentenceCount; sentence++) {
    if (marks[sentence] === 1) continue
    const end = scan.sentenceFirstWord[sentence + 1] ?? 0
    for (let word = scan.sentenceFirstWord[sentence] ?? 0; word < end; word++) {
      hash = (Math.imul(hash, 0x01000193) + (scan.words[word] ?? 0)) | 0
      count++
    }
  }
  const atLeast = scan.unspaced ? MIN_EXACT_WORDS : titleOnly ? MIN_EXACT_TITLE_WORDS : MIN_EXACT_WORDS
  return count < atLeast ? 0 : mixBits(hash)
}
