import type { PageNode } from './page-tree.ts'

/** What a block of text stands as on its page. */
export type BlockKind = 'text' | 'heading' | 'item' | 'cell' | 'row' | 'caption' | 'quote' | 'pre'

/** A paragraph of a page: text that no block element and no double `<br>` parts. */
export interface TextBlock {
  readonly text: string
  readonly kind: BlockKind
  /** The nearest block element around the text. */
  readonly node: PageNode
  /** Characters of `text` that are inside links. */
  readonly linkChars: number
}

/**
 * The blocks of text below an element in page order, without the elements that `skips` names.
 *
 * White space is folded as a browser does; a double `<br>` parts blocks; the cells of a small data row make one block.
 */
export function collectBlocks(root: PageNode, skips: (node: PageNode) => boolean): TextBlock[] {
  const collector = new BlockCollector(skips)
  const kind = KIND_OF_TAG[root.tag] ?? 'text'
  let pre = false
  for (let node: PageNode | null = root; node !== null; node = node.parent) pre ||= PRE_TAGS.has(node.tag)
  collector.walk(root, { block: root, kind, inLink: false, pre, row: false })
  collector.flush(root, kind)
  return collector.blocks
}

/** Share of a block's characters that are links, 0..1. */
export function linkShare(block: TextBlock): number {
  return block.text.length === 0 ? 0 : Math.min(1, block.linkChars / block.text.length)
}

interface Place {
  readonly block: PageNode
  readonly kind: BlockKind
  readonly inLink: boolean
  readonly pre: boolean
  readonly row: boolean
}

/** Characters of a table row up to which its cells are data, not layout (range 80..400). */
const MAX_ROW_CHARS = 240

const BLOCK_TAGS = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre ' +
    'section summary table tbody td tfoot th thead title tr ul xmp caption #page'
  ).split(' '),
)

const KIND_OF_TAG: Readonly<Record<string, BlockKind>> = {
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  li: 'item',
  dt: 'item',
  dd: 'item',
  td: 'cell',
  th: 'cell',
  figcaption: 'caption',
  caption: 'caption',
  blockquote: 'quote',
  pre: 'pre',
  xmp: 'pre',
  listing: 'pre',
  plaintext: 'pre',
}

const PRE_TAGS = new Set(['pre', 'xmp', 'listing', 'plaintext'])

class BlockCollector {
  readonly blocks: TextBlock[] = []
  private readonly skips: (node: PageNode) => boolean
  private buffer = ''
  private linkChars = 0
  private breaks = 0

  constructor(skips: (node: PageNode) => boolean) {
    this.skips = skips
  }

  walk(node: PageNode, place: Place): void {
    for (const child of node.children) {
      if (typeof child === 'string') this.addText(child, place)
      else if (child.tag === 'br') this.addBreak(place)
      else if (!this.skips(child)) this.enter(child, place)
    }
  }

  private enter(node: PageNode, place: Place): void {
    const inLink = place.inLink || (node.tag === 'a' && node.attributes['href'] !== undefined)
    if (!BLOCK_TAGS.has(node.tag) || (place.row && isCell(node))) {
      if (place.row && this.buffer.trim() !== '') this.buffer += ' | '
      this.walk(node, { ...place, inLink })
      return
    }
    this.flush(place.block, place.kind)
    const row = place.row || (node.tag === 'tr' && isDataRow(node))
    const kind = row ? 'row' : (KIND_OF_TAG[node.tag] ?? inheritedKind(place.kind))
    const inner: Place = { block: node, kind, inLink, pre: place.pre || PRE_TAGS.has(node.tag), row }
    this.walk(node, inner)
    this.flush(node, kind)
  }

  private addText(raw: string, place: Place): void {
    if (!place.pre) {
      this.append(raw, place)
      return
    }
    const parts = raw.split(/\n[ \t\r]*\n/)
    for (const [i, part] of parts.entries()) {
      if (i > 0) this.flush(place.block, place.kind)
      this.append(part.replace(/\n/g, '\u0000'), place)
    }
  }

  private append(text: string, place: Place): void {
    if (text.trim() !== '') this.breaks = 0
    this.buffer += text
    if (place.inLink) this.linkChars += text.replace(/\s+/g, ' ').length
  }

  private addBreak(place: Place): void {
    this.breaks += 1
    if (this.breaks >= 2) this.flush(place.block, place.kind)
    else this.buffer += '\u0000'
  }

  flush(node: PageNode, kind: BlockKind): void {
    const text = this.buffer === '' ? '' : foldBuffer(this.buffer)
    if (text !== '') this.blocks.push({ text, kind, node, linkChars: Math.min(this.linkChars, text.length) })
    this.buffer = ''
    this.linkChars = 0
    this.breaks = 0
  }
}

function isCell(node: PageNode): boolean {
  return node.tag === 'td' || node.tag === 'th'
}

/** What a plain `<p>` or `<div>` inside of it counts as. */
function inheritedKind(kind: BlockKind): BlockKind {
  return kind === 'heading' || kind === 'row' ? 'text' : kind
}

/** Rows of short cells without blocks inside are data; the others are layout. */
function isDataRow(row: PageNode): boolean {
  let cells = 0
  let chars = 0
  const open: PageNode[] = [row]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of node.children) {
      if (typeof child === 'string') chars += child.trim().length
      else if (isCell(child)) cells += 1
      else if (BLOCK_TAGS.has(child.tag) || child.tag === 'br') return false
      if (typeof child !== 'string') open.push(child)
    }
    if (chars > MAX_ROW_CHARS) return false
  }
  return cells >= 2
}

/** A line before a single break that is shorter was broken on purpose: a verse, an address, a label (range 30..60). */
const MIN_WRAPPED_CHARS = 50

/** Folds white space; a single break (`\\0`) stays a new line after a short line or a sentence, else it is a blank. */
function foldBuffer(buffer: string): string {
  const folded = buffer.replace(/[\s\u200b\ufeff]+/g, ' ')
  if (!folded.includes('\u0000')) return folded.trim()
  let text = ''
  for (const raw of folded.split('\u0000')) {
    const line = raw.trim()
    if (line === '') continue
    const last = text.slice(text.lastIndexOf('\n') + 1)
    const wrapped = last.length >= MIN_WRAPPED_CHARS && !/[.!?:;…"”»)\]]$/.test(last)
    text += (text === '' ? '' : wrapped ? ' ' : '\n') + line
  }
  return text
}
