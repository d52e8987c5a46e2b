import { isMarkedBody } from './page-rules.ts'
import { isWithin, nodesOf, type PageNode } from './page-tree.ts'
import { boxStats, isProse, type BoxStats, type ProseWeights } from './prose.ts'
import type { TextBlock } from './text-blocks.ts'

/** A page after pruning: what is left and where its headline stands. */
export interface PageSurvey {
  readonly page: PageNode
  readonly heading: PageNode | null
  readonly pruned: ReadonlyMap<PageNode, string>
  readonly blocks: readonly TextBlock[]
  readonly weights: ProseWeights
}

/**
 * The element that holds the article: the one that the page marks as its body where that holds enough, else the one with
 * the best paragraphs (scored as Readability does), widened to what stands beside it.
 */
export function pickContainer(survey: PageSurvey): PageNode {
  const scope = scopeOf(survey)
  const best = bestByScore(survey.blocks, scope) ?? scope
  const marked = bestMarked(survey, scope)
  const weightOf = (node: PageNode) => survey.weights.get(node) ?? 0
  if (marked !== null && weightOf(marked) >= Math.max(MIN_MARKED_CHARS, MIN_MARKED_SHARE * weightOf(best)))
    return marked
  return widen(best, survey, scope)
}

/** Running text that makes a marked body or the article around the headline worth believing (range 150..500). */
const MIN_MARKED_CHARS = 250

/** Share of the best-scored element's text that a marked body must hold (range 0.2..0.6). */
const MIN_MARKED_SHARE = 0.3

/** A nested marked body is taken for the outer one where it holds this share of it (range 0.6..0.95). */
const MIN_INNER_SHARE = 0.7

/** How much more text than its best a wider element must hold to be taken (range 1.05..1.5). */
const MIN_WIDER_GAIN = 1.15

/** Share of running text in what a wider element adds (range 0..0.8), and the most of links (range 0.1..0.5). */
const MIN_ADDED_PROSE = 0.5
const MAX_ADDED_LINKS = 0.25

/** Ancestors of a paragraph that it gives points to; Readability's number. */
const SCORED_LEVELS = 5

/** The `article` around the headline where it holds text: pages show the next articles below the first. */
function scopeOf({ page, heading, weights }: PageSurvey): PageNode {
  for (let node = heading; node !== null; node = node.parent) {
    if (node.tag === 'article' && (weights.get(node) ?? 0) >= MIN_MARKED_CHARS) return node
  }
  return page
}

function bestMarked({ weights, pruned }: PageSurvey, scope: PageNode): PageNode | null {
  let best: PageNode | null = null
  for (const node of nodesOf(scope)) {
    if (!isMarkedBody(node) || isPruned(node, pruned)) continue
    const bestWeight = best === null ? 0 : (weights.get(best) ?? 0)
    const needed = best !== null && isWithin(node, best) ? MIN_INNER_SHARE * bestWeight : 1.05 * bestWeight
    if (best === null || (weights.get(node) ?? 0) > needed) best = node
  }
  return best
}

function isPruned(node: PageNode, pruned: ReadonlyMap<PageNode, string>): boolean {
  for (let up: PageNode | null = node; up !== null; up = up.parent) if (pruned.has(up)) return true
  return false
}

function bestByScore(blocks: readonly TextBlock[], scope: PageNode): PageNode | null {
  const scores = new Map<PageNode, number>()
  for (const block of blocks) {
    if (isProse(block) && isWithin(block.node, scope)) addScore(scores, block, scope)
  }
  let best: PageNode | null = null
  let bestScore = 0
  for (const [node, score] of scores) {
    if (score <= bestScore) continue
    best = node
    bestScore = score
  }
  return best
}

function addScore(scores: Map<PageNode, number>, block: TextBlock, scope: PageNode): void {
  const score = 1 + Math.min(3, block.text.length / 100) + (block.text.match(/[,،、，]/g)?.length ?? 0)
  const first = block.node.tag === 'p' ? block.node.parent : block.node
  let level = 0
  for (let node = first; node !== null && level < SCORED_LEVELS; node = node.parent) {
    scores.set(node, (scores.get(node) ?? 0) + score / (level === 0 ? 1 : level === 1 ? 2 : level * 3))
    level += 1
    if (node === scope) break
  }
}

function widen(from: PageNode, { page, weights, blocks, heading }: PageSurvey, scope: PageNode): PageNode {
  const stats = boxStats(page, blocks)
  let node = from
  for (
    let up = from === scope ? null : from.parent;
    up !== null && up.tag !== 'html' && up.tag !== '#page';
    up = up.parent
  ) {
    const gains = (weights.get(up) ?? 0) >= MIN_WIDER_GAIN * (weights.get(node) ?? 0)
    if (gains && up.tag !== 'body' && isText(stats.get(up), stats.get(node))) node = up
    if (up === scope || up.tag === 'main') break
    if (up.tag === 'article' && (heading === null || isWithin(heading, up))) break
  }
  return node
}

/** Whether what a wider element adds is mostly running text: what stands around an article is links and labels. */
function isText(wider: BoxStats | undefined, inner: BoxStats | undefined): boolean {
  if (wider === undefined || inner === undefined) return true
  const chars = wider.chars - inner.chars
  return (
    wider.proseChars - inner.proseChars >= MIN_ADDED_PROSE * chars &&
    wider.linkChars - inner.linkChars <= MAX_ADDED_LINKS * chars
  )
}
