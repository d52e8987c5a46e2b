import { isMarkedLead } from './page-rules.ts'
import { isWithin, type PageNode } from './page-tree.ts'
import type { PageSurvey } from './pick-container.ts'
import { linkShare, type TextBlock } from './text-blocks.ts'

/** The lead of an article: text that many pages put between the headline and the body. At most {@link MAX_LEAD_BLOCKS}. */
export function leadBlocks(container: PageNode, { heading, blocks }: PageSurvey): readonly TextBlock[] {
  const end = blocks.findIndex((block) => isWithin(block.node, container))
  const headingAt = heading === null ? -1 : blocks.findIndex((block) => isWithin(block.node, heading))
  const lead = blocks
    .slice(0, Math.max(0, end))
    .filter((block, at) => isLead(block, headingAt >= 0 && at > headingAt))
  return lead.slice(-MAX_LEAD_BLOCKS)
}

/** More than this between headline and body is not the lead (range 1..5). */
const MAX_LEAD_BLOCKS = 3

/** Shorter lines below a headline are bylines, dates and labels (range 40..90). */
const MIN_LEAD_CHARS = 60
const MIN_MARKED_LEAD_CHARS = 40

const MAX_LEAD_LINK_SHARE = 0.2

const PICTURE =
  / (?:img|image|images|photo|photos|picture|media|video|figure|bild|foto|caption|gallery|slide|slider) /

function isLead(block: TextBlock, belowHeading: boolean): boolean {
  if (block.node.tag === 'h1' || block.kind === 'caption' || block.kind === 'row') return false
  if (linkShare(block) > MAX_LEAD_LINK_SHARE || isInPicture(block.node)) return false
  const { parent } = block.node
  if (isMarkedLead(block.node) || (parent !== null && isMarkedLead(parent)))
    return block.text.length >= MIN_MARKED_LEAD_CHARS
  return belowHeading && block.text.length >= MIN_LEAD_CHARS
}

function isInPicture(node: PageNode): boolean {
  return PICTURE.test(node.hint) || (node.parent !== null && PICTURE.test(node.parent.hint))
}
