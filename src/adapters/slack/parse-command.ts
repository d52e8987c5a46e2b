import type { CommandOption, CommandShape } from '../../app/ports/chat.ts'

/** A command as somebody typed it. */
export interface ParsedCommand {
  readonly path: readonly string[]
  readonly options: Readonly<Record<string, string>>
}

/** What a bare command means: people who type one look for a way in. */
const BARE: Readonly<Record<string, string>> = { news: 'help', newsroom: 'status' }

/**
 * Reads the text behind `/news` or `/newsroom`: first the words of the command, then options as `name:value`, `name:"two words"`, or just
 * in their order. What is no command keeps its words, so the answer can say so. Never throws; linear in the text.
 *
 * @param command without its slash
 */
export function parseCommand(command: string, text: string, shapes: readonly CommandShape[]): ParsedCommand {
  const words = splitWords(readable(text))
  if (words.length === 0)
    return { path: [command, ...(BARE[command] === undefined ? [] : [BARE[command]])], options: {} }
  const shape = longestMatch(command, words, shapes)
  if (shape === undefined) {
    return { path: [command, ...words.slice(0, 2).map((word) => word.text.toLowerCase())], options: {} }
  }
  return { path: shape.path, options: readOptions(shape, words.slice(shape.path.length - 1)) }
}

/** A word, or a quotation without its quotes. */
interface Word {
  readonly text: string
  /** `name:` before it, in lower case, where it was written so. */
  readonly name: string | null
  readonly isQuoted: boolean
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** Slack's own marks undone: `<#C1|general>` is the channel's id, `<https://…|…>` the address; curly quotes become straight. */
function readable(text: string): string {
  return text
    .replace(/<[#@]([A-Z0-9]+)(?:\|[^<>]*)?>/g, '$1')
    .replace(/<(https?:[^<>|]*)(?:\|[^<>]*)?>/g, '$1')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[“”„]/g, '"')
}

function splitWords(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(/(?:([a-z][a-z-]{0,31}):)?"([^"]*)"|(\S+)/gi)) {
    const [, name, quoted, bare = ''] = match
    if (quoted !== undefined) {
      words.push({ text: quoted, name: name?.toLowerCase() ?? null, isQuoted: true })
      continue
    }
    const named = /^([a-z][a-z-]{0,31}):(.*)$/is.exec(bare)
    words.push({ text: bare, name: named?.[1]?.toLowerCase() ?? null, isQuoted: false })
  }
  return words
}

function longestMatch(
  command: string,
  words: readonly Word[],
  shapes: readonly CommandShape[],
): CommandShape | undefined {
  const typed = words.slice(0, 2).map(({ text }) => text.toLowerCase())
  const matching = shapes.filter(
    ({ path }) => path[0] === command && path.slice(1).every((word, index) => word === typed[index]),
  )
  return matching.sort((a, b) => b.path.length - a.path.length)[0]
}

function readOptions(shape: CommandShape, words: readonly Word[]): Record<string, string> {
  const names = new Set(shape.options.map(({ name }) => name))
  const options = new Map<string, string>()
  const loose: Word[] = []
  let open: string | null = null
  for (const word of words) {
    if (word.name !== null && names.has(word.name) && !options.has(word.name)) {
      open = word.name
      options.set(word.name, word.isQuoted ? word.text : word.text.slice(word.name.length + 1))
      if (word.isQuoted) open = null
    } else if (open !== null && !word.isQuoted) {
      options.set(open, `${options.get(open) ?? ''} ${fullText(word)}`.trim())
    } else {
      loose.push(word)
    }
  }
  placeLoose(shape.options, loose, options)
  return Object.fromEntries(options)
}

function fullText({ name, text, isQuoted }: Word): string {
  return isQuoted && name !== null ? `${name}:${text}` : text
}

/** Words without a name, in the order of the options. */
function placeLoose(all: readonly CommandOption[], loose: Word[], options: Map<string, string>): void {
  takeCount(all, loose, options)
  const free = all.filter(({ name }) => !options.has(name))
  const required = free.filter((option) => option.required)
  const targets = required.length > 0 ? required : free
  const several = required.length > 1 || loose.some(({ isQuoted }) => isQuoted)
  for (const [index, option] of targets.entries()) {
    if (loose.length === 0) return
    const isLast = index === targets.length - 1
    const taken = several && !isLast ? loose.splice(0, 1) : loose.splice(0)
    options.set(option.name, taken.map(fullText).join(' '))
  }
}

/** A number at the end is how many, where a command takes that: `/news headlines sport 5`. */
function takeCount(all: readonly CommandOption[], loose: Word[], options: Map<string, string>): void {
  const last = loose.at(-1)
  if (last === undefined || last.isQuoted || options.has('count') || !/^\d{1,3}$/.test(last.text)) return
  if (!all.some(({ name }) => name === 'count')) return
  loose.pop()
  options.set('count', last.text)
}
