import { bearsHeadline } from '../story/headline.ts'
import { printable } from '../text/printable.ts'
import { countsWords, plural } from './count-words.ts'
import type { Digest, DigestEntry, DigestSentence } from './digest.ts'
import { storyPageUrl } from './page-address.ts'
import { storyActions, type StoryAction } from './story-actions.ts'
import { updateWords } from './update-words.ts'

/** A piece of a line: words of our own, or foreign text, which a platform escapes and cuts. */
export interface MessagePiece {
  readonly text: string
  /** Where it leads, as it came from outside: a platform links only what it takes for safe. */
  readonly url: string | null
  /** Most UTF-16 units of foreign text; `null` for words of our own, which have no marks and need no care. */
  readonly maxChars: number | null
}

/** What every chat message says of one story, before any platform's marks and limits. */
export interface MessageStory {
  readonly storyId: string
  readonly isRelated: boolean
  readonly headline: MessagePiece
  /** Sentences with their sources, then what sources differ on, in order of weight: the last may be left out. */
  readonly lines: readonly (readonly MessagePiece[])[]
  /** What is new, where it was told before, such as `+4 articles since yesterday`; else `null`. */
  readonly update: string | null
  /** `9 articles · 5 publishers · 4 copies`. */
  readonly counts: string
  /** Time of its newest article, epoch ms UTC, or `null`. */
  readonly lastAtMs: number | null
  readonly actions: readonly StoryAction[]
  /** Its page for browsers, or `null` where there are none. */
  readonly pageUrl: string | null
  /** Picture to show where the platform can, or `null`. */
  readonly pictureUrl: string | null
}

/** Where pages for browsers are, and the key of a destination's archive, with whose eyes they are shown. */
export interface StoryPages {
  /** Without a slash at the end; `null`: there are none. */
  readonly publicUrl: string | null
  readonly archiveToken: string | null
}

const NO_PAGES: StoryPages = { publicUrl: null, archiveToken: null }

/** Words of the link to {@link MessageStory.pageUrl}. */
export const PAGE_WORDS = 'Story page'

/** Characters of foreign text in a chat message: a title, a sentence, the name of an outlet, a date in brackets. */
const MAX_HEADLINE_CHARS = 240
const MAX_SENTENCE_CHARS = 900
const MAX_OUTLET_CHARS = 60
const MAX_NOTE_CHARS = 80

/** Names of others that say the same; the rest is counted. */
const MAX_ALSO_IN = 3

/** The stories of a digest in groups that stand together: each with those of the same affair under its heading. */
export function messageStories(
  { entries, toMs }: Digest,
  timeZone: string,
  pages: StoryPages = NO_PAGES,
): MessageStory[][] {
  return entries.map((entry) => {
    const nowMs = toMs ?? entry.lastAtMs ?? 0
    return [
      messageStory(entry, { nowMs, timeZone, isRelated: false, pages }),
      ...(entry.related ?? []).map((one) => messageStory(one, { nowMs, timeZone, isRelated: true, pages })),
    ]
  })
}

interface StoryLook {
  readonly nowMs: number
  readonly timeZone: string
  readonly isRelated: boolean
  readonly pages?: StoryPages
}

/** What is said of one story. `nowMs` is when its readers get it, which decides what yesterday is. */
export function messageStory(
  entry: DigestEntry,
  { nowMs, timeZone, isRelated, pages = NO_PAGES }: StoryLook,
): MessageStory {
  const { update, counts } = entry
  return {
    ...{ storyId: entry.storyId, isRelated, headline: headlineOf(entry), lastAtMs: entry.lastAtMs },
    lines: [
      ...entry.sentences.map(sentenceLine),
      ...entry.disagreements.map(disagreementLine),
      ...(entry.note === undefined ? [] : [[own(entry.note)]]),
    ],
    update: update === undefined ? null : updateWords(update, nowMs, timeZone),
    counts: update === undefined ? countsWords(counts) : `in all ${countsWords(update.inAll)}`,
    actions: storyActions(entry.storyId),
    pageUrl:
      pages.publicUrl === null ? null : storyPageUrl(pages.publicUrl, entry.storyId, pages.archiveToken),
    pictureUrl: entry.pictureUrl ?? null,
  }
}

/** What is said of sentences that found no room in the message. */
export function leftOutWords(lines: number): string {
  return `${plural(lines, 'more sentence finds', 'more sentences find')} no room here: press More.`
}

function headlineOf({ headline, members }: DigestEntry): MessagePiece {
  const bearer = members.find(({ article }) => bearsHeadline(article.title, headline) && article.url !== null)
  const url = bearer?.article.url ?? members.find(({ article }) => article.url !== null)?.article.url ?? null
  return foreign(printable(headline) || '(no headline)', MAX_HEADLINE_CHARS, url)
}

function sentenceLine({ text, url, outlet, articleId, alsoIn, dateNote }: DigestSentence): MessagePiece[] {
  const note = dateNote === null ? [] : [own(' ('), foreign(dateNote, MAX_NOTE_CHARS), own(')')]
  const source = printable(outlet) || printable(articleId) || 'source'
  return [
    foreign(text, MAX_SENTENCE_CHARS),
    ...note,
    own(' — '),
    foreign(source, MAX_OUTLET_CHARS, url),
    ...alsoPieces(alsoIn),
  ]
}

function alsoPieces(alsoIn: readonly string[]): MessagePiece[] {
  const named = alsoIn.slice(0, MAX_ALSO_IN)
  const more = alsoIn.length - named.length
  return [
    ...named.flatMap((name, at) => [own(at === 0 ? ', also in ' : ', '), foreign(name, MAX_OUTLET_CHARS)]),
    ...(more > 0 ? [own(` and ${more} more`)] : []),
  ]
}

function disagreementLine(line: string): MessagePiece[] {
  return [own('Sources differ: '), foreign(line, MAX_SENTENCE_CHARS)]
}

function own(text: string): MessagePiece {
  return { text, url: null, maxChars: null }
}

function foreign(text: string, maxChars: number, url: string | null = null): MessagePiece {
  return { text, url, maxChars }
}
