import { cleanBlocks, linkedHeadlines, type DroppedBlock } from './clean-blocks.ts'
import { leadBlocks } from './lead-blocks.ts'
import { isNeverText } from './page-rules.ts'
import { foldTitle, isWithin, nodesOf, textOf, type PageNode } from './page-tree.ts'
import { isHomeLink } from './page-metadata.ts'
import { pickContainer, type PageSurvey } from './pick-container.ts'
import { plainBlocks } from './plain-page.ts'
import { weighProse } from './prose.ts'
import { prunePage, type PruneLevel } from './prune-page.ts'
import { collectBlocks, type TextBlock } from './text-blocks.ts'

/** The article on a page. */
export interface MainContent {
  /** Its blocks in page order. */
  readonly blocks: readonly TextBlock[]
  /** Blocks inside of it that are not part of it. */
  readonly dropped: readonly DroppedBlock[]
}

/** What is known of a page before its text is looked for. */
export interface PageHints {
  /** The article's title, as metadata or the page's title give it. */
  readonly titles: readonly string[]
  /** The page is of the old web: no metadata for networks, no elements of HTML5. */
  readonly isPlain: boolean
}

/**
 * Finds the article of a page: elements that are something else are pruned, the best container is picked, links and leftovers
 * go. Where that leaves next to nothing, fewer rules are used, at last none. Cost: linear in the page.
 */
export function findMainContent(page: PageNode, hints: PageHints): MainContent {
  const heading = findHeading(page, hints.titles)
  const everything = collectBlocks(page, isNeverText)
  const weights = weighProse(everything)
  let best: MainContent = { blocks: [], dropped: [] }
  for (const level of LEVELS) {
    const survey = surveyPage(page, heading, weights, level)
    const found = hints.isPlain
      ? plainContent(
          survey,
          level === 'all rules' ? surveyPage(page, heading, weights, 'page rules') : survey,
        )
      : articleContent(survey)
    if (best.blocks.length === 0 || sizeOf(found) > MIN_LEVEL_GAIN * sizeOf(best)) best = found
    if (sizeOf(best) >= ENOUGH_CHARS) break
  }
  return best.blocks.length > 0 ? best : { blocks: everything, dropped: [] }
}

const LEVELS: readonly PruneLevel[] = ['all rules', 'sure rules', 'no rules']

/** An article this long needs no further try with fewer rules (range 150..500). */
const ENOUGH_CHARS = 250

/** A try with fewer rules must find this many times the text: what it adds is mostly furniture (range 1.5..4). */
const MIN_LEVEL_GAIN = 2

/** Share of an old page's running text that makes its best container the article (range 0.6..0.95). */
const MIN_ARTICLE_SHARE = 0.7

function sizeOf({ blocks }: MainContent): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0)
}

function surveyPage(
  page: PageNode,
  heading: PageNode | null,
  weights: ReadonlyMap<PageNode, number>,
  level: PruneLevel,
): PageSurvey {
  const pruned = prunePage(page, heading, weights, level)
  const blocks = collectBlocks(page, (node) => pruned.has(node))
  return { page, heading, pruned, blocks, weights: weighProse(blocks) }
}

function articleContent(survey: PageSurvey, isPlain = false): MainContent {
  const container = pickContainer(survey)
  const inside = collectBlocks(container, (node) => survey.pruned.has(node))
  const { kept, dropped } = cleanBlocks(container, inside, isPlain ? linkedHeadlines(inside) : undefined)
  return { blocks: kept.length === 0 ? kept : [...leadBlocks(container, survey), ...kept], dropped }
}

/** Where one container holds nearly all text, an old page is read like a new one; its headline stays, for it is text there. */
function plainContent(survey: PageSurvey, whole: PageSurvey): MainContent {
  const { page, heading } = survey
  const container = pickContainer(whole)
  const total = whole.weights.get(page) ?? 0
  if (total > 0 && (whole.weights.get(container) ?? 0) >= MIN_ARTICLE_SHARE * total) {
    const content = articleContent(survey, true)
    const headline = survey.blocks.filter((block) => heading !== null && isWithin(block.node, heading))
    const shown = new Set(content.blocks.map(({ text }) => text))
    return { ...content, blocks: [...headline.filter(({ text }) => !shown.has(text)), ...content.blocks] }
  }
  return { blocks: plainBlocks(page, container, whole.blocks), dropped: [] }
}

/** The headline that repeats the title, else the first of the page. */
function findHeading(page: PageNode, titles: readonly string[]): PageNode | null {
  const wanted = new Set(titles.map(foldTitle))
  let first: PageNode | null = null
  for (const node of nodesOf(page)) {
    if (!/^h[1-3]$/.test(node.tag) || isHomeLink(node)) continue
    if (wanted.has(foldTitle(textOf(node)))) return node
    if (node.tag === 'h1') first ??= node
  }
  return first
}
