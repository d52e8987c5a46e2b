import { isWithin, type PageNode } from './page-tree.ts'
import { boxStats, isProse, type BoxStats } from './prose.ts'
import { linkShare, type TextBlock } from './text-blocks.ts'

/**
 * The text of a page of the old web, where tables make the layout and breaks the paragraphs: all of it but boxes of links.
 *
 * Outside of the container with the best paragraphs a box stays only where it holds much text and few links, or stands
 * right above as a headline does.
 */
export function plainBlocks(
  page: PageNode,
  container: PageNode,
  blocks: readonly TextBlock[],
): readonly TextBlock[] {
  const stats = boxStats(page, blocks)
  const way = new Set<PageNode>()
  for (let node: PageNode | null = container; node !== null; node = node.parent) way.add(node)
  const first = blocks.findIndex((block) => isWithin(block.node, container))
  const kept = blocks.filter((block, at) => {
    if (isLinkBox(block, way, stats)) return false
    return (
      isWithin(block.node, container) ||
      (at < first && at >= first - MAX_HEADLINE_BLOCKS) ||
      isTextBox(block, way, container, stats)
    )
  })
  return trimEdges(kept)
}

/** Share of link text above which a box without running text goes (range 0.4..0.7). */
const MAX_BOX_LINK_SHARE = 0.5

/** The same for boxes outside of the best container, whatever else they hold (range 0.15..0.4). */
const MAX_OUTER_LINK_SHARE = 0.25

/** Share of the container's running text that a box outside must hold to be text as well (range 0.05..0.3). */
const MIN_OUTER_SHARE = 0.2

/** Blocks right above the container that may be its headline, author and date (range 1..5). */
const MAX_HEADLINE_BLOCKS = 3

/** Lines at either end of a page that are shorter, no heading and no sentence are labels (range 15..40). */
const MIN_EDGE_CHARS = 25

type Stats = ReadonlyMap<PageNode, BoxStats>

function isLinkBox(block: TextBlock, way: ReadonlySet<PageNode>, stats: Stats): boolean {
  for (let node: PageNode | null = block.node; node !== null && !way.has(node); node = node.parent) {
    const stat = stats.get(node)
    if (stat !== undefined && stat.proseChars === 0 && stat.linkChars > MAX_BOX_LINK_SHARE * stat.chars)
      return true
  }
  return linkShare(block) > MAX_BOX_LINK_SHARE && !isProse(block)
}

function isTextBox(block: TextBlock, way: ReadonlySet<PageNode>, container: PageNode, stats: Stats): boolean {
  let box = block.node
  while (box.parent !== null && !way.has(box) && !way.has(box.parent)) box = box.parent
  const stat = stats.get(box)
  const needed = MIN_OUTER_SHARE * (stats.get(container)?.proseChars ?? 0)
  if (stat === undefined || way.has(box)) return isProse(block) || block.kind === 'heading'
  return stat.proseChars >= needed && stat.linkChars <= MAX_OUTER_LINK_SHARE * stat.chars
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
