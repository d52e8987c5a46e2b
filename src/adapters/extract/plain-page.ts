import { isWithin, type PageNode } from './page-tree.ts'
import { boxStats, isProse, type BoxStats } from './prose.ts'
import { linkShare, type TextBlock } from './text-blocks.ts'

/**
 * The text of a page of the old web, where tables make the layout and breaks the paragraphs: all of it but boxes of links.
 *
 * Inside the container that holds the best paragraphs a box must be mostly links to go; outside it fewer links do.
 */
export function plainBlocks(
  page: PageNode,
  container: PageNode,
  blocks: readonly TextBlock[],
): readonly TextBlock[] {
  const stats = boxStats(page, blocks)
  const inside = new Set<PageNode>()
  for (let node: PageNode | null = container; node !== null; node = node.parent) inside.add(node)
  const kept = blocks.filter((block) => !isLinkBox(block, container, inside, stats))
  return trimEdges(kept)
}

/** Share of link text above which a box without running text goes (range 0.4..0.7). */
const MAX_INNER_LINK_SHARE = 0.5

/** The same for boxes outside of the best container, and also for those with a little running text (range 0.15..0.4). */
const MAX_OUTER_LINK_SHARE = 0.25
const MAX_OUTER_PROSE_CHARS = 400

/** Lines at either end of a page that are shorter, no heading and no sentence are labels (range 15..40). */
const MIN_EDGE_CHARS = 25

function isLinkBox(
  block: TextBlock,
  container: PageNode,
  onTheWay: ReadonlySet<PageNode>,
  stats: ReadonlyMap<PageNode, BoxStats>,
): boolean {
  const outside = !isWithin(block.node, container)
  for (let node: PageNode | null = block.node; node !== null && !onTheWay.has(node); node = node.parent) {
    const stat = stats.get(node)
    if (stat === undefined || stat.chars === 0) continue
    const share = stat.linkChars / stat.chars
    if (stat.proseChars === 0 && share > MAX_INNER_LINK_SHARE) return true
    if (outside && stat.proseChars < MAX_OUTER_PROSE_CHARS && share > MAX_OUTER_LINK_SHARE) return true
  }
  return linkShare(block) > MAX_INNER_LINK_SHARE && !isProse(block)
}

function trimEdges(blocks: readonly TextBlock[]): readonly TextBlock[] {
  if (!blocks.some(isProse)) return blocks
  const isLabel = (block: TextBlock | undefined) =>
    block !== undefined &&
    block.kind !== 'heading' &&
    block.text.length < MIN_EDGE_CHARS &&
    !/[.!?]$/.test(block.text)
  let start = 0
  let end = blocks.length
  while (isLabel(blocks[start])) start += 1
  while (end > start && isLabel(blocks[end - 1])) end -= 1
  return blocks.slice(start, end)
}
