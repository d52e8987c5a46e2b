import type { StorySentence } from './story-sentence.ts'

/** Where and how often each concept (a pair of words side by side) stands in a story. Arrays are indexed by concept. */
export interface ConceptIndex {
  readonly size: number
  readonly docs: number
  /** Concepts of each sentence, each once; indexed as the sentences are. */
  readonly ofSentence: readonly Int32Array[]
  /** Words of each sentence in order. */
  readonly tokens: readonly Int32Array[]
  readonly firstWord: Int32Array
  readonly secondWord: Int32Array
  /** Articles that have it. */
  readonly docCount: Float64Array
  /** Times it stands in the story. */
  readonly count: Float64Array
  /** Earliest sentence position in any article. */
  readonly minPosition: Float64Array
  /** 1 for words that carry grammar; indexed by word. */
  readonly isFunction: Uint8Array
}

/** The concepts of a story's sentences, whose words are `tokens`. Sentences come article by article. Linear in the words. */
export function indexConcepts(
  sentences: readonly StorySentence[],
  tokens: readonly Int32Array[],
  isFunction: Uint8Array,
): ConceptIndex {
  const builder = new PairCounter()
  const ofSentence = sentences.map((sentence, i) => builder.add(tokens[i] ?? NONE, sentence))
  return {
    size: builder.size,
    docs: new Set(sentences.map((sentence) => sentence.doc)).size,
    ofSentence,
    tokens,
    ...builder.arrays(),
    isFunction,
  }
}

const NONE = new Int32Array(0)
/** Above any vocabulary of one story: two word numbers make one exact double. */
const WORD_BASE = 2 ** 24

class PairCounter {
  private readonly ids = new Map<number, number>()
  private readonly first: number[] = []
  private readonly second: number[] = []
  private readonly docCounts: number[] = []
  private readonly counts: number[] = []
  private readonly positions: number[] = []
  private readonly lastDoc: number[] = []
  private readonly lastSentence: number[] = []
  private sentence = 0

  get size(): number {
    return this.first.length
  }

  add(tokens: Int32Array, { doc, position }: StorySentence): Int32Array {
    this.sentence++
    const own: number[] = []
    for (let i = 0; i + 1 < tokens.length; i++) {
      const id = this.idOf(tokens[i] ?? 0, tokens[i + 1] ?? 0)
      this.counts[id] = (this.counts[id] ?? 0) + 1
      if (this.lastSentence[id] === this.sentence) continue
      this.lastSentence[id] = this.sentence
      own.push(id)
      this.positions[id] = Math.min(this.positions[id] ?? Infinity, position)
      if (this.lastDoc[id] === doc) continue
      this.lastDoc[id] = doc
      this.docCounts[id] = (this.docCounts[id] ?? 0) + 1
    }
    return Int32Array.from(own)
  }

  arrays(): Pick<ConceptIndex, 'firstWord' | 'secondWord' | 'docCount' | 'count' | 'minPosition'> {
    return {
      firstWord: Int32Array.from(this.first),
      secondWord: Int32Array.from(this.second),
      docCount: Float64Array.from(this.docCounts),
      count: Float64Array.from(this.counts),
      minPosition: Float64Array.from(this.positions),
    }
  }

  private idOf(first: number, second: number): number {
    const key = first * WORD_BASE + second
    const known = this.ids.get(key)
    if (known !== undefined) return known
    const id = this.first.length
    this.ids.set(key, id)
    this.first.push(first)
    this.second.push(second)
    this.docCounts.push(0)
    this.counts.push(0)
    this.positions.push(Infinity)
    this.lastDoc.push(-1)
    this.lastSentence.push(0)
    return id
  }
}
