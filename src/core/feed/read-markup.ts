import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'

/** What a markup text is made of, told in order. Names are lower case; values and text are as written. */
export interface MarkupListener {
  openTag(tag: string, attributes: ReadonlyMap<string, string>, isSelfClosing: boolean): void
  closeTag(tag: string): void
  text(text: string, isCdata: boolean): void
  /** `rest` is what stands in a tag that the text ends inside of. */
  end(rest: string): void
}

/** Attributes told of one tag; the rest are dropped. */
const MAX_ATTRIBUTES = 100

/**
 * Reads XML or HTML of any quality, without a tree: hostile nesting costs nothing. Comments, declarations and
 * instructions are passed over, entities left as they are. Never throws. Cost: linear.
 */
export function readMarkup(markup: string, syntax: 'xml' | 'html', listener: MarkupListener): void {
  const tokenizer = new Tokenizer(
    { xmlMode: syntax === 'xml', decodeEntities: false },
    new Slices(markup, listener),
  )
  tokenizer.write(markup)
  tokenizer.end()
}

/** Turns the tokenizer's offsets into names, values and text. */
class Slices implements TokenizerCallbacks {
  readonly #markup: string
  readonly #listener: MarkupListener
  #tag = ''
  #tagStart = -1
  #attributes = new Map<string, string>()
  #name = ''
  #value = ''

  constructor(markup: string, listener: MarkupListener) {
    this.#markup = markup
    this.#listener = listener
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#markup.slice(start, end).toLowerCase()
    this.#tagStart = start - 1
    this.#attributes = new Map()
  }

  onattribname(start: number, end: number): void {
    this.#name = this.#markup.slice(start, end).toLowerCase()
    this.#value = ''
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#markup.slice(start, end)
  }

  onattribend(): void {
    if (this.#attributes.size < MAX_ATTRIBUTES && !this.#attributes.has(this.#name)) {
      this.#attributes.set(this.#name, this.#value)
    }
  }

  onopentagend(): void {
    this.#tagStart = -1
    this.#listener.openTag(this.#tag, this.#attributes, false)
  }

  onselfclosingtag(): void {
    this.#tagStart = -1
    this.#listener.openTag(this.#tag, this.#attributes, true)
  }

  onclosetag(start: number, end: number): void {
    this.#listener.closeTag(this.#markup.slice(start, end).trimEnd().toLowerCase())
  }

  ontext(start: number, end: number): void {
    this.#listener.text(this.#markup.slice(start, end), false)
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.#listener.text(this.#markup.slice(start, end - endOffset), true)
  }

  onend(): void {
    this.#listener.end(this.#tagStart < 0 ? '' : this.#markup.slice(this.#tagStart))
  }

  onattribentity(): void {
    // Not told: entities are not decoded here.
  }

  ontextentity(): void {
    // As above.
  }

  oncomment(): void {
    // Nothing that a reader sees.
  }

  ondeclaration(): void {
    // As above.
  }

  onprocessinginstruction(): void {
    // As above.
  }
}
