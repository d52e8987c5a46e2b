import {
  defaultTreeAdapter,
  parse,
  parseFragment,
  type DefaultTreeAdapterTypes,
  type TreeAdapter,
} from 'parse5'

/** An element of a page: parse5's tree with its depth capped, without what never shows text. */
export interface PageNode {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  /** The words of id, class, role and the like in lower case, parted and closed in by blanks: ` story body `. */
  readonly hint: string
  readonly parent: PageNode | null
  readonly children: (PageNode | string)[]
}

/** A page as a tree, and what was cut to keep it bounded. */
export interface PageTree {
  readonly root: PageNode
  /** JSON-LD scripts as they stand, in page order. */
  readonly jsonLd: readonly string[]
  readonly problems: readonly string[]
}

/**
 * The HTML5-conforming tree of a page.
 *
 * Elements deeper than {@link MAX_DEPTH} become children of their ancestor at that depth; elements past
 * {@link MAX_ELEMENTS} are left out; both are said in `problems`. Never throws. Cost: linear, about 4 ms a news page.
 */
export function parsePageTree(html: string): PageTree {
  const { nodes, isCut } = parseBounded(html)
  const builder = new TreeBuilder(isCut)
  builder.add(nodes)
  return builder.finish()
}

/**
 * The tree of what a page shows only without scripts, frames or plug-ins, or in a field for typing: for pages whose body
 * is otherwise empty.
 */
export function parseFallbackTree(html: string): PageTree {
  const builder = new TreeBuilder(false)
  for (const part of fallbackParts(html)) builder.add(parseFragment(part).childNodes)
  return builder.finish()
}

/** What such elements hold, in page order. Linear: an element that never ends is looked for once. */
function* fallbackParts(html: string): Generator<string> {
  const endless = new Set<string>()
  const opens = new RegExp(FALLBACK_OPENS)
  for (let open = opens.exec(html); open !== null; open = opens.exec(html)) {
    const name = open[1]?.toLowerCase() ?? ''
    if (endless.has(name)) continue
    const closes = new RegExp(`</${name}\\s{0,20}>`, 'gi')
    closes.lastIndex = opens.lastIndex
    const close = closes.exec(html)
    if (close === null) endless.add(name)
    else {
      yield html.slice(opens.lastIndex, close.index)
      opens.lastIndex = closes.lastIndex
    }
  }
}

/** The first element below `node`, in page order, that the test accepts. */
export function findNode(node: PageNode, accepts: (node: PageNode) => boolean): PageNode | null {
  for (const found of nodesOf(node)) if (accepts(found)) return found
  return null
}

/** Every element of a tree in page order, the root first. */
export function* nodesOf(root: PageNode): Generator<PageNode> {
  const open: PageNode[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node
    for (let i = node.children.length - 1; i >= 0; i -= 1) {
      const child = node.children[i]
      if (child !== undefined && typeof child !== 'string') open.push(child)
    }
  }
}

/** Whether an element is `outer` or below it. */
export function isWithin(node: PageNode, outer: PageNode): boolean {
  for (let up: PageNode | null = node; up !== null; up = up.parent) if (up === outer) return true
  return false
}

/** All text below an element with its white space folded. */
export function textOf(node: PageNode): string {
  const parts: string[] = []
  const open: (PageNode | string)[] = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') parts.push(next)
    else for (let i = next.children.length - 1; i >= 0; i -= 1) open.push(next.children[i] ?? '')
  }
  return parts.join('').replace(/\s+/g, ' ').trim()
}

/**
 * Depth at which a tree is cut flat (range 60..512). Lower breaks real pages (38 seen in the news pages of
 * mozilla/readability's tests), higher only helps an attacker. Browsers cap at 512.
 */
const MAX_DEPTH = 200

/** Elements that are read of one page (range 10,000..500,000); real pages hold up to 9,888. */
const MAX_ELEMENTS = 100_000

const FALLBACK_OPENS = /<(noscript|noframes|noembed|iframe|object|textarea)\b[^>]{0,2000}>/gi

const NEVER_TEXT = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'noframes',
  'svg',
  'math',
  'canvas',
  'object',
  'embed',
  'applet',
  'iframe',
  'audio',
  'video',
  'select',
  'datalist',
  'textarea',
  'map',
])

type ForeignNode = DefaultTreeAdapterTypes.ChildNode

/** Thrown inside of parse5 and caught here: the only way to end its work early. */
class TooManyElements extends Error {}

/**
 * What parse5 makes of a page, at most {@link MAX_ELEMENTS} elements and one more: misnested formatting elements are copied
 * into every paragraph after them, so a few kB can ask for millions.
 */
function parseBounded(html: string): { nodes: readonly ForeignNode[]; isCut: boolean } {
  const document = defaultTreeAdapter.createDocument()
  let elements = 0
  const treeAdapter: TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createDocument: () => document,
    createElement: (tagName, namespace, attributes) => {
      elements += 1
      if (elements > MAX_ELEMENTS) throw new TooManyElements()
      return defaultTreeAdapter.createElement(tagName, namespace, attributes)
    },
  }
  try {
    parse(html, { scriptingEnabled: true, treeAdapter })
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error
  }
  return { nodes: document.childNodes, isCut: elements > MAX_ELEMENTS }
}

class TreeBuilder {
  private readonly root: PageNode = { tag: '#page', attributes: {}, hint: '', parent: null, children: [] }
  private readonly jsonLd: string[] = []
  private isCut: boolean
  private elements = 0
  private flattened = false

  constructor(isCut: boolean) {
    this.isCut = isCut
  }

  add(nodes: readonly ForeignNode[]): void {
    // Each entry is a foreign node, the element it goes below, and its depth: no recursion, so no stack to exhaust.
    const open: [ForeignNode, PageNode, number][] = []
    pushReversed(open, nodes, this.root, 1)
    for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
      const [foreign, parent, depth] = entry
      if ('value' in foreign) parent.children.push(foreign.value)
      else if ('tagName' in foreign) this.addElement(foreign, parent, depth, open)
    }
  }

  private addElement(
    foreign: DefaultTreeAdapterTypes.Element,
    parent: PageNode,
    depth: number,
    open: [ForeignNode, PageNode, number][],
  ): void {
    const tag = foreign.tagName
    if (tag === 'script') this.addScript(foreign)
    if (NEVER_TEXT.has(tag)) return
    if (this.elements >= MAX_ELEMENTS) {
      this.isCut = true
      return
    }
    this.elements += 1
    const attributes: Record<string, string> = {}
    for (const { name, value } of foreign.attrs) attributes[name] = value
    const node: PageNode = { tag, attributes, hint: hintOf(attributes), parent, children: [] }
    parent.children.push(node)
    const deeper = depth < MAX_DEPTH
    if (!deeper) this.flattened = true
    pushReversed(open, foreign.childNodes, deeper ? node : parent, deeper ? depth + 1 : depth)
  }

  private addScript(foreign: DefaultTreeAdapterTypes.Element): void {
    const isJsonLd = foreign.attrs.some(({ name, value }) => name === 'type' && /ld\+json/i.test(value))
    const first = foreign.childNodes[0]
    if (isJsonLd && first !== undefined && 'value' in first) this.jsonLd.push(first.value)
  }

  finish(): PageTree {
    const problems: string[] = []
    if (this.flattened) problems.push(`page is nested deeper than ${MAX_DEPTH} elements and was read flat`)
    if (this.isCut) problems.push(`page has more than ${MAX_ELEMENTS} elements; the rest is left out`)
    return { root: this.root, jsonLd: this.jsonLd, problems }
  }
}

function pushReversed(
  open: [ForeignNode, PageNode, number][],
  nodes: readonly ForeignNode[],
  parent: PageNode,
  depth: number,
): void {
  for (let i = nodes.length - 1; i >= 0; i -= 1) {
    const node = nodes[i]
    if (node !== undefined) open.push([node, parent, depth])
  }
}

/** A title with its case and punctuation taken out, for comparing. */
export function foldTitle(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Characters of one attribute that are looked at: class lists of real pages are shorter. */
const MAX_HINT_CHARS = 400

const HINT_ATTRIBUTES = ['id', 'role', 'itemprop', 'data-component', 'data-testid', 'data-module']

/** Classes that tell of a state, a layout or the topic of a whole page, not what the element is. */
const STATE_CLASS =
  /^(?:tag|category|cat|has|no|not|with|without|is|if|can|show|postid|type|status|format|label|field--label|field-label|col|span|js|wp-image|attachment|size|theme|page-template|template|elementor)(?:[-_]|$)/i

function hintOf(attributes: Readonly<Record<string, string>>): string {
  let hint = ''
  const classes = attributes['class']
  if (classes !== undefined && classes !== '') {
    for (const name of classes.slice(0, MAX_HINT_CHARS).split(/\s+/))
      if (!STATE_CLASS.test(name)) hint += ` ${name}`
  }
  for (const name of HINT_ATTRIBUTES) {
    const value = attributes[name]
    if (value !== undefined && value !== '') hint += ` ${value.slice(0, MAX_HINT_CHARS)}`
  }
  if (hint === '') return ''
  return ` ${hint
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^a-zA-Z0-9]+/g, ' ')
    .trim()
    .toLowerCase()} `
}
