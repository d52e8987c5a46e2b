import { findFurniture } from '../../core/text/furniture.ts'
import type { PageNode } from './page-tree.ts'
import { boxStats, isProse, isSentence, type BoxStats } from './prose.ts'
import { linkShare, type TextBlock } from './text-blocks.ts'

/** A block that is not of the article after all, and why. */
export interface DroppedBlock {
  readonly block: TextBlock
  readonly why: string
}

/** The blocks that stay, and those that do not. */
export interface CleanBlocks {
  readonly kept: readonly TextBlock[]
  readonly dropped: readonly DroppedBlock[]
}

/**
 * Drops from an article's blocks what only its links and its place give away: boxes of links, what stands below a headline
 * such as "More stories", headings at the end that lead to nothing.
 *
 * @param headlines blocks that stay though they are links, see {@link linkedHeadlines}
 */
export function cleanBlocks(
  container: PageNode,
  blocks: readonly TextBlock[],
  headlines: ReadonlySet<TextBlock> = new Set(),
): CleanBlocks {
  const stats = boxStats(container, blocks)
  const dropped: DroppedBlock[] = []
  let kept: TextBlock[] = []
  let belowLinks = false
  for (const block of blocks) {
    if (block.kind === 'heading') belowLinks = isLinkHeading(block)
    else if (belowLinks && isProse(block) && linkShare(block) < MAX_TEASER_LINK_SHARE) belowLinks = false
    if (belowLinks) dropped.push({ block, why: 'link to other articles' })
    else if (!headlines.has(block) && isInLinkBox(block, container, stats))
      dropped.push({ block, why: 'box of links' })
    else kept.push(block)
  }
  while (kept.at(-1)?.kind === 'heading') kept = kept.slice(0, -1)
  return { kept, dropped }
}

/**
 * The linked headlines of a page that tells one thing after the other, as a list of news with some words on each: each stands right above
 * running text. Empty where that is not the rule on the page: a link between two paragraphs leads elsewhere.
 */
export function linkedHeadlines(blocks: readonly TextBlock[]): ReadonlySet<TextBlock> {
  const headlines = new Set<TextBlock>()
  let texts = 0
  for (const [at, block] of blocks.entries()) {
    if (!isProse(block)) continue
    texts += 1
    const [above, before] = [blocks[at - 1], blocks[at - 2]]
    if (above !== undefined && isLinkLine(above) && (before === undefined || !isLinkLine(before)))
      headlines.add(above)
  }
  const isRule = headlines.size >= MIN_HEADLINES && headlines.size >= MIN_HEADLINE_SHARE * texts
  return isRule ? headlines : new Set()
}

/** Linked headlines that make a list of news (range 3..6), and the share of paragraphs that have one (range 0.5..0.9). */
const MIN_HEADLINES = 3
const MIN_HEADLINE_SHARE = 0.6

function isLinkLine(block: TextBlock): boolean {
  return !isProse(block) && linkShare(block) > MAX_BOX_LINK_SHARE && block.text.length < MAX_LINK_LINE_CHARS
}

/** Share of link text above which a box without running text is navigation (range 0.4..0.7). */
const MAX_BOX_LINK_SHARE = 0.5

/** The same for a single paragraph that reads like a sentence (range 0.6..0.95). */
const MAX_SENTENCE_LINK_SHARE = 0.85

/** A paragraph with fewer links is text again, also below a headline that promised links (range 0.1..0.4). */
const MAX_TEASER_LINK_SHARE = 0.2

const MAX_LINK_LINE_CHARS = 120

function isLinkHeading(block: TextBlock): boolean {
  const found = findFurniture(block.text)[0]
  return found !== undefined && found.why === 'link to other articles'
}

function isInLinkBox(block: TextBlock, container: PageNode, stats: ReadonlyMap<PageNode, BoxStats>): boolean {
  for (let node: PageNode | null = block.node; node !== null && node !== container; node = node.parent) {
    const stat = stats.get(node)
    if (stat === undefined || stat.proseChars > 0 || stat.chars === 0) continue
    const alone = stat.blocks === 1 && isSentence(block)
    if (stat.linkChars / stat.chars > (alone ? MAX_SENTENCE_LINK_SHARE : MAX_BOX_LINK_SHARE)) return true
  }
  const most = isSentence(block) ? MAX_SENTENCE_LINK_SHARE : MAX_BOX_LINK_SHARE
  return (
    linkShare(block) > most &&
    !isProse(block) &&
    block.text.length < MAX_LINK_LINE_CHARS &&
    block.kind !== 'item'
  )
}
