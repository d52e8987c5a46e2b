import { createArticle, type Article } from '../src/core/feed/article.ts'
import { splitSentences } from '../src/core/text/sentences.ts'

/** An article as an outlet printed it, with its body alone: what a person would compare. */
export interface PrintedArticle {
  readonly article: Article
  /** The text without the outlet's own dateline, credits and boilerplate. */
  readonly body: string
}

/** Outlets that print a wire, and the hours over which they do. */
const OUTLETS = 16
const PRINTS_PER_STORY = 10
const PRINT_HOURS = 10

const HOUR_MS = 3_600_000

/**
 * A made news desk: each group of articles on one event gives a wire, its write-through of an hour later, ten outlets that print one of the
 * two with their own headline, cuts, leads, local paragraphs, encoding and boilerplate, and the other articles of the group as own reports,
 * some quoting the same statement. Each text of `locals` gives the added paragraphs of one print. Same input, same desk.
 */
export function runWireDesk(
  groups: readonly (readonly Article[])[],
  locals: readonly Article[],
  random: () => number,
): readonly PrintedArticle[] {
  let used = 0
  const nextLocal = (): readonly string[] => paragraphsOf(locals[used++ % locals.length]?.text ?? '')
  return groups.flatMap((group, index) => printStory(group, index, nextLocal, random))
}

function printStory(
  group: readonly Article[],
  index: number,
  nextLocal: () => readonly string[],
  random: () => number,
): PrintedArticle[] {
  const [source, ...others] = group
  if (source === undefined) return []
  const startMs = Date.UTC(2031, 2, 1) + index * 7 * HOUR_MS
  const wire = paragraphsOf(source.text)
  const update = writeThrough(wire, nextLocal(), random)
  const print = (name: string, paragraphs: readonly string[], outlet: number, atMs: number): PrintedArticle =>
    dress(`${index}-${name}`, source.title, paragraphs, outlet, atMs, random)
  const printed = [print('wire', wire, -1, startMs), print('update', update, -1, startMs + HOUR_MS)]
  for (let n = 0; n < PRINTS_PER_STORY; n++) {
    const base = random() < 0.6 ? wire : update
    const atMs = startMs + Math.ceil((1 + random() * PRINT_HOURS) * HOUR_MS)
    printed.push(print(`print-${n}`, edited(base, nextLocal(), random), Math.floor(random() * OUTLETS), atMs))
  }
  const statement = statementOf(wire)
  others.slice(0, 4).forEach((other, n) => {
    const own = paragraphsOf(other.text)
    const quoting = statement === null || n > 1 ? own : [...own.slice(0, 2), statement, ...own.slice(2)]
    printed.push(print(`own-${n}`, quoting, OUTLETS + n, startMs + 2 * HOUR_MS))
  })
  return printed
}

/** The wire an hour later: a new lead, some paragraphs gone, a few new ones between. */
function writeThrough(
  wire: readonly string[],
  fresh: readonly string[],
  random: () => number,
): readonly string[] {
  const kept = wire.slice(1).filter(() => random() < 0.7)
  const added = fresh.slice(0, Math.ceil(wire.length * 0.4))
  const update = [...kept]
  for (const paragraph of added) update.splice(Math.floor(random() * 3), 0, paragraph)
  return update
}

/** What an editor does to a wire. */
function edited(wire: readonly string[], local: readonly string[], random: () => number): readonly string[] {
  let text = [...wire]
  if (random() < 0.6) text = text.slice(0, Math.max(3, Math.ceil(text.length * (0.35 + random() * 0.6))))
  if (random() < 0.3) text[0] = turned(text[0] ?? '')
  if (random() < 0.35) {
    const added = local.slice(0, 1 + Math.floor(random() * Math.max(1, text.length * 0.5)))
    text.splice(Math.floor(random() * text.length), 0, ...added)
  }
  if (random() < 0.4) text = text.map((paragraph) => smallEdits(paragraph, 0.02 * random(), random))
  return text
}

/** A sentence with its halves the other way round. */
function turned(sentence: string): string {
  const list = sentence.split(' ')
  const middle = Math.floor(list.length / 2)
  return `${list.slice(middle).join(' ').replace(/\.$/, '')}, ${list.slice(0, middle).join(' ')}.`
}

function smallEdits(text: string, share: number, random: () => number): string {
  return text.replace(/\S+/g, (word) =>
    random() > share ? word : random() < 0.5 ? '' : `${word} reportedly`,
  )
}

/** Two paragraphs of speech that a press officer sent to all. */
function statementOf(wire: readonly string[]): string | null {
  const said = wire.filter((paragraph) => /^["“]/.test(paragraph) && paragraph.length > 80).slice(0, 3)
  return said.length < 2 ? null : said.join('\n')
}

const APPEALS = [
  'Support the work of our newsroom: for the price of a coffee a week you get every story, every game and every recipe on all your devices.',
  'This is a developing story and will be updated as our reporters on the ground confirm more details with officials and witnesses.',
  'Sign up here for the morning letter from our editors, with the day’s most important stories and a long read for the train.',
  'Our journalists follow a code of ethics; if you see a mistake in this article, write to the standards desk and we will correct it.',
]

const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, '--'),
  (text) => text.replace(/"([^"\n]*)"/g, '“$1”').replace(/'/g, '’'),
  (text) =>
    text
      .replace(/"([^"\n]*)"/g, "``$1''")
      .replace(/[“]/g, '``')
      .replace(/[”]/g, "''"),
  (text) => text.replace(/"([^"\n]*)"/g, '‘$1’').replace(/“([^”\n]*)”/g, '‘$1’'),
  (text) => text.replace(/ (\d)/g, '\u00a0$1').replace(/\.\.\./g, '…'),
]

function dress(
  id: string,
  title: string,
  paragraphs: readonly string[],
  outlet: number,
  atMs: number,
  random: () => number,
): PrintedArticle {
  const body = paragraphs.join('\n')
  const encode = ENCODINGS[(outlet + ENCODINGS.length) % ENCODINGS.length] ?? ((text: string) => text)
  const dateline = outlet < OUTLETS && random() < 0.6 ? 'WASHINGTON (AP) — ' : ''
  const appeal = outlet >= 0 && outlet < OUTLETS ? `\n${APPEALS[outlet % APPEALS.length] ?? ''}` : ''
  return {
    body,
    article: createArticle({
      id,
      title: outlet < 0 ? title : `${turned(title)} ${id}`,
      text: encode(`${dateline}${body}${appeal}`),
      source: outlet < 0 ? 'apnews.com' : `outlet-${outlet}.example`,
      url: `https://outlet-${outlet}.example/${id}`,
      published: new Date(atMs).toISOString(),
      lang: 'en',
    }),
  }
}

function paragraphsOf(text: string): readonly string[] {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((sentence) => sentence !== '')
}
