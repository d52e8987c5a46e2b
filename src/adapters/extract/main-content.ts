import { furnitureRule, isMarkedBody, isMarkedLead } from './page-rules.ts'
import { nodesOf, type PageNode } from './page-tree.ts'
import { collectBlocks, linkShare, type TextBlock } from './text-blocks.ts'

/** Where the article of a page stands. */
export interface MainContent {
  /** The blocks of the article, in page order. */
  readonly blocks: readonly TextBlock[]
  readonly container: PageNode
}

/** Finds the element that holds a page's article. Cost: linear in the page. */
export function findMainContent(page: PageNode, title: string | null = null): MainContent {
  const heading = findHeading(page, title)
  let best: MainContent | null = null
  for (const level of LEVELS) {
    const found = findAtLevel(page, heading, level)
    if (best === null || sizeOf(found) > MIN_LEVEL_GAIN * sizeOf(best)) best = found
    if (sizeOf(best) >= ENOUGH_CHARS) break
  }
  return best ?? { blocks: [], container: page }
}

type Level = 'all rules' | 'sure rules' | 'no rules'
const LEVELS: readonly Level[] = ['all rules', 'sure rules', 'no rules']
const ENOUGH_CHARS = 250
const MIN_LEVEL_GAIN = 2

function sizeOf(content: MainContent): number {
  return content.blocks.reduce((sum, { text }) => sum + text.length, 0)
}

interface Survey {
  readonly page: PageNode
  readonly heading: PageNode | null
  readonly pruned: ReadonlyMap<PageNode, string>
  readonly weights: Weights
  readonly blocks: readonly TextBlock[]
}

function findAtLevel(page: PageNode, heading: PageNode | null, level: Level): MainContent {
  const everything = collectBlocks(page, (node) => node.tag === 'head' || node.tag === 'button')
  const pruned = pruneTree(page, heading, weigh(everything), level)
  const blocks = collectBlocks(page, (node) => pruned.has(node))
  const survey: Survey = { page, heading, pruned, blocks, weights: weigh(blocks) }
  const container = pickContainer(survey)
  const body = cleanContainer(
    container,
    collectBlocks(container, (node) => pruned.has(node)),
  )
  return { blocks: [...leadOf(container, survey, body), ...body], container }
}

/** Whether a block reads like running text. */
export function isProse(block: TextBlock): boolean {
  if (block.kind === 'heading' || block.kind === 'row' || block.kind === 'caption') return false
  const { length } = block.text
  if (length < MIN_PROSE_CHARS) return false
  const links = linkShare(block)
  if (links > MAX_PROSE_LINK_SHARE) return false
  return length >= 140 || /[.!?…。！？»”"]/.test(block.text)
}

const MIN_PROSE_CHARS = 60
const MAX_PROSE_LINK_SHARE = 0.4

type Weights = ReadonlyMap<PageNode, number>

/** Characters of running text below each element. */
function weigh(blocks: readonly TextBlock[]): Weights {
  const weights = new Map<PageNode, number>()
  for (const block of blocks) {
    if (!isProse(block)) continue
    for (let node: PageNode | null = block.node; node !== null; node = node.parent) {
      weights.set(node, (weights.get(node) ?? 0) + block.text.length)
    }
  }
  return weights
}

function findHeading(page: PageNode, title: string | null): PageNode | null {
  void title
  let first: PageNode | null = null
  for (const node of nodesOf(page)) if (node.tag === 'h1') first ??= node
  return first
}

const MAX_LIKELY_SHARE = 0.4
const MAX_SURE_SHARE = 0.9

function pruneTree(
  page: PageNode,
  heading: PageNode | null,
  weights: Weights,
  level: Level,
): Map<PageNode, string> {
  const pruned = new Map<PageNode, string>()
  const kept = new Set<PageNode>()
  for (let node = heading; node !== null; node = node.parent) kept.add(node)
  const total = weights.get(page) ?? 0
  const open: PageNode[] = [page]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const rule = kept.has(node) && node !== heading ? null : ruleAt(node, level)
    const share = total === 0 ? 0 : (weights.get(node) ?? 0) / total
    if (rule !== null && share < (rule.sureness === 'surely' ? MAX_SURE_SHARE : MAX_LIKELY_SHARE)) {
      pruned.set(node, rule.why)
      continue
    }
    for (const child of node.children) if (typeof child !== 'string') open.push(child)
  }
  return pruned
}

function ruleAt(node: PageNode, level: Level): ReturnType<typeof furnitureRule> {
  const rule = furnitureRule(node)
  if (rule === null || level === 'no rules') return node.tag === 'head' || node.tag === 'button' ? rule : null
  if (level === 'sure rules' && rule.sureness !== 'surely') return null
  if ((rule.why === 'share buttons' || rule.why === 'picture caption') && holdsQuote(node)) return null
  return rule
}

/** An embedded post is part of an article though its box is named after the network. */
function holdsQuote(node: PageNode): boolean {
  for (const inner of nodesOf(node)) if (inner.tag === 'blockquote') return true
  return false
}

const MIN_MARKED_CHARS = 250
const MIN_MARKED_SHARE = 0.3

function pickContainer(survey: Survey): PageNode {
  const { page, weights } = survey
  const best = scoreContainers(survey.blocks) ?? page
  const marked = bestMarked(survey)
  const markedWeight = marked === null ? 0 : (weights.get(marked) ?? 0)
  if (
    marked !== null &&
    markedWeight >= Math.max(MIN_MARKED_CHARS, MIN_MARKED_SHARE * (weights.get(best) ?? 0))
  )
    return marked
  return climb(best, weights)
}

/** Prefers inner over outer where the inner holds most of the text. */
const MIN_INNER_SHARE = 0.7

function bestMarked({ page, weights, pruned }: Survey): PageNode | null {
  let best: PageNode | null = null
  for (const node of nodesOf(page)) {
    if (pruned.has(node) || !isMarkedBody(node) || isInside(node, pruned)) continue
    const weight = weights.get(node) ?? 0
    const bestWeight = best === null ? 0 : (weights.get(best) ?? 0)
    const inner = best !== null && isWithin(node, best)
    if (best === null || weight > (inner ? MIN_INNER_SHARE : 1.05) * bestWeight) best = node
  }
  return best
}

function isInside(node: PageNode, pruned: ReadonlyMap<PageNode, string>): boolean {
  for (let up = node.parent; up !== null; up = up.parent) if (pruned.has(up)) return true
  return false
}

function isWithin(node: PageNode, outer: PageNode): boolean {
  for (let up: PageNode | null = node; up !== null; up = up.parent) if (up === outer) return true
  return false
}

function scoreContainers(blocks: readonly TextBlock[]): PageNode | null {
  const scores = new Map<PageNode, number>()
  for (const block of blocks) {
    if (!isProse(block)) continue
    const score = 1 + Math.min(3, block.text.length / 100) + (block.text.match(/[,،、，]/g)?.length ?? 0)
    let level = 0
    const first = block.node.tag === 'p' ? block.node.parent : block.node
    for (let node = first; node !== null && level < 5; node = node.parent) {
      scores.set(node, (scores.get(node) ?? 0) + score / (level === 0 ? 1 : level === 1 ? 2 : level * 3))
      level += 1
    }
  }
  let best: PageNode | null = null
  let bestScore = 0
  for (const [node, score] of scores) {
    if (score > bestScore) {
      best = node
      bestScore = score
    }
  }
  return best
}

const MIN_CLIMB_GAIN = 1.15

function climb(from: PageNode, weights: Weights): PageNode {
  let node = from
  for (let up = from.parent; up !== null && up.tag !== 'html' && up.tag !== '#page'; up = up.parent) {
    if ((weights.get(up) ?? 0) >= MIN_CLIMB_GAIN * (weights.get(node) ?? 0) && up.tag !== 'body') node = up
    if (up.tag === 'article' || up.tag === 'main') break
  }
  return node
}

/** Drops lists and boxes of links, then what leads in and out of the article without being text. */
function cleanContainer(container: PageNode, blocks: readonly TextBlock[]): TextBlock[] {
  const stats = new Map<PageNode, { chars: number; links: number; prose: number }>()
  for (const block of blocks) {
    for (let node: PageNode | null = block.node; node !== null; node = node.parent) {
      const stat = stats.get(node) ?? { chars: 0, links: 0, prose: 0 }
      stat.chars += block.text.length
      stat.links += block.linkChars
      stat.prose += isProse(block) ? block.text.length : 0
      stats.set(node, stat)
      if (node === container) break
    }
  }
  const dropped = (block: TextBlock): boolean => {
    for (let node: PageNode | null = block.node; node !== null && node !== container; node = node.parent) {
      const stat = stats.get(node)
      if (stat === undefined || stat.chars === 0) continue
      if (stat.prose === 0 && stat.links / stat.chars > MAX_BOX_LINK_SHARE) return true
    }
    return block.node === container && linkShare(block) > 0.7 && block.text.length < 120
  }
  const kept = blocks.filter(
    (block) => !dropped(block) && !(block.kind === 'heading' && block.node.tag === 'h1'),
  )
  while (kept.length > 0 && kept.at(-1)?.kind === 'heading') kept.pop()
  return kept
}

const MAX_BOX_LINK_SHARE = 0.5

const MAX_LEAD_BLOCKS = 3

/** Text between the headline and the body: the lead stands there on many pages. */
function leadOf(
  container: PageNode,
  { heading, blocks, page }: Survey,
  body: readonly TextBlock[],
): TextBlock[] {
  void page
  const firstOfBody = body[0]
  if (firstOfBody === undefined) return []
  const end = blocks.findIndex((block) => isWithin(block.node, container))
  const start = heading === null ? -1 : blocks.findIndex((block) => isWithin(block.node, heading))
  const lead: TextBlock[] = []
  for (const [i, block] of blocks.entries()) {
    if (i >= end) break
    if (isLead(block, i, start, heading !== null)) lead.push(block)
  }
  return lead.slice(-MAX_LEAD_BLOCKS)
}

function isLead(block: TextBlock, at: number, headingAt: number, hasHeading: boolean): boolean {
  if (block.kind === 'heading' && block.node.tag === 'h1') return false
  const marked = isMarkedLead(block.node) || (block.node.parent !== null && isMarkedLead(block.node.parent))
  if (marked && block.text.length > 40) return true
  return hasHeading && headingAt >= 0 && at > headingAt && isProse(block) && linkShare(block) < 0.2
}
