import { findFurniture } from '../../core/text/furniture.ts'
import type { PageNode } from './page-tree.ts'
import { linkShare, type TextBlock } from './text-blocks.ts'

/** Characters of running text below each element. */
export type ProseWeights = ReadonlyMap<PageNode, number>

/** Whether a block reads like running text: long enough, few links, an end of a sentence in it. */
export function isProse(block: TextBlock): boolean {
  if (block.kind === 'heading' || block.kind === 'row' || block.kind === 'caption') return false
  const { length } = block.text
  if (length < MIN_PROSE_CHARS || linkShare(block) > MAX_PROSE_LINK_SHARE) return false
  return (length >= SURE_PROSE_CHARS || /[.!?…。！？»”"]/.test(block.text)) && !isFurniture(block)
}

/** Whether the phrases of cookie notices, rights and the like take all of a block. */
function isFurniture(block: TextBlock): boolean {
  if (block.text.length > MAX_FURNITURE_CHARS) return false
  const known = furniture.get(block)
  if (known !== undefined) return known
  const spans = findFurniture(block.text)
  const is = spans.reduce((sum, { start, end }) => sum + end - start, 0) >= 0.9 * block.text.length
  furniture.set(block, is)
  return is
}

/** Longer blocks say more than furniture (range 200..600). */
const MAX_FURNITURE_CHARS = 400

/** A block is asked about many times. */
const furniture = new WeakMap<TextBlock, boolean>()

/** Whether a block ends like a sentence and is as long as one. */
export function isSentence(block: TextBlock): boolean {
  return block.text.length >= MIN_PROSE_CHARS && /[.!?…。！？:]["'»”’)\]]*$/.test(block.text)
}

/** Characters of running text below each element of some blocks. */
export function weighProse(blocks: readonly TextBlock[]): ProseWeights {
  const weights = new Map<PageNode, number>()
  for (const block of blocks) {
    if (!isProse(block)) continue
    for (let node: PageNode | null = block.node; node !== null; node = node.parent) {
      weights.set(node, (weights.get(node) ?? 0) + block.text.length)
    }
  }
  return weights
}

/** What the blocks below an element hold. */
export interface BoxStats {
  chars: number
  linkChars: number
  proseChars: number
  blocks: number
}

/** Sums of some blocks for every element between them and `top`. */
export function boxStats(top: PageNode, blocks: readonly TextBlock[]): ReadonlyMap<PageNode, BoxStats> {
  const stats = new Map<PageNode, BoxStats>()
  for (const block of blocks) {
    const prose = isProse(block) ? block.text.length : 0
    for (let node: PageNode | null = block.node; node !== null; node = node.parent) {
      const stat = stats.get(node) ?? { chars: 0, linkChars: 0, proseChars: 0, blocks: 0 }
      stat.chars += block.text.length
      stat.linkChars += block.linkChars
      stat.proseChars += prose
      stat.blocks += 1
      stats.set(node, stat)
      if (node === top) break
    }
  }
  return stats
}

/** Shorter blocks are captions, labels, headings (range 40..100). */
const MIN_PROSE_CHARS = 60

/** A block this long is running text even without punctuation (range 100..200). */
const SURE_PROSE_CHARS = 140

/** Above this share of link text a block is a list of links (range 0.3..0.6). */
const MAX_PROSE_LINK_SHARE = 0.4
