import { furnitureRule, isNeverText, type NodeRule } from './page-rules.ts'
import { nodesOf, type PageNode } from './page-tree.ts'
import type { ProseWeights } from './prose.ts'

/** How many of the rules are used: fewer when the stricter levels leave no article. */
export type PruneLevel = 'all rules' | 'page rules' | 'sure rules' | 'no rules'

/**
 * The elements of a page that are not its article, with the reason; what is below them is not looked at.
 *
 * No rule takes the way to the headline, or an element that holds most of the page's running text.
 */
export function prunePage(
  page: PageNode,
  heading: PageNode | null,
  weights: ProseWeights,
  level: PruneLevel,
): ReadonlyMap<PageNode, string> {
  const pruned = new Map<PageNode, string>()
  const kept = new Set<PageNode>()
  for (let node = heading?.parent ?? null; node !== null; node = node.parent) kept.add(node)
  const total = weights.get(page) ?? 0
  const open: PageNode[] = [page]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const rule = kept.has(node) ? null : ruleAt(node, level)
    if (rule !== null && (weights.get(node) ?? 0) <= maxShare(rule) * total) {
      pruned.set(node, rule.why)
      continue
    }
    for (const child of node.children) if (typeof child !== 'string') open.push(child)
  }
  return pruned
}

/** Share of a page's running text up to which a rule may take an element (range 0.3..0.6). */
const MAX_LIKELY_SHARE = 0.4

/** The same for rules that are sure (range 0.7..1). */
const MAX_SURE_SHARE = 0.9

function maxShare(rule: NodeRule): number {
  return rule.sureness === 'surely' ? MAX_SURE_SHARE : MAX_LIKELY_SHARE
}

/** Reasons that count on pages of the old web too, where captions, comments and dates belong to the text. */
const PAGE_REASONS = new Set([
  'page head',
  'navigation',
  'page footer',
  'control',
  'cookie notice',
  'link to other articles',
  'advertisement',
  'newsletter prompt',
  'share buttons',
  'page furniture',
])

function ruleAt(node: PageNode, level: PruneLevel): NodeRule | null {
  const rule = furnitureRule(node)
  if (rule === null) return null
  switch (level) {
    case 'no rules':
      return isNeverText(node) ? rule : null
    case 'sure rules':
      return rule.sureness === 'surely' ? rule : null
    case 'page rules':
      return PAGE_REASONS.has(rule.why) ? rule : null
    case 'all rules':
      return isPostBox(rule) && holdsQuote(node) ? null : rule
  }
}

function isPostBox(rule: NodeRule): boolean {
  return rule.why === 'share buttons' || rule.why === 'picture caption'
}

/** An embedded post is part of an article though its box is named after the network or the player. */
function holdsQuote(node: PageNode): boolean {
  for (const inner of nodesOf(node)) if (inner.tag === 'blockquote') return true
  return false
}
