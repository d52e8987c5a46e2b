import { createHash } from 'node:crypto'
import type { Article } from '../feed/article.ts'
import type { Summary } from '../summary/summary.ts'
import {
  countMembers,
  timeSpan,
  type Digest,
  type DigestEntry,
  type DigestSentence,
  type StoryMember,
  type StoryToTell,
  type StoryUpdate,
} from './digest.ts'
import { disagreementWords } from './disagreement-words.ts'
import { entryPicture } from './entry-picture.ts'
import type { RankedStory } from './rank-stories.ts'

/** Rises whenever the same input may give another digest, so that old hashes do not lie. */
const COMPOSITION_VERSION = 3

/** A ranked story with what it says. */
export interface StoryWithSummary {
  readonly ranked: RankedStory
  readonly summary: Summary
  readonly update?: StoryUpdate
  readonly related?: readonly StoryWithSummary[]
}

/** What a digest is made of. */
export interface DigestInput {
  /** All stories of the window, told or not. */
  readonly stories: readonly StoryToTell[]
  /** The stories to tell, in order. */
  readonly told: readonly StoryWithSummary[]
  /** The window asked for; a `null` side is taken from the articles. */
  readonly fromMs: number | null
  readonly toMs: number | null
  /** What else decides the result, as plain data: goes into the hash. */
  readonly options: Readonly<Record<string, unknown>>
  /** Whether entries carry a picture, see {@link entryPicture}. Default `false`. */
  readonly pictures?: boolean
}

/** Puts ranked, summarised stories into one digest. Refuses (throws) a sentence that is not the range it names. */
export function composeDigest(input: DigestInput): Digest {
  const members = input.stories.flatMap((story) => story.members)
  const { firstAtMs, lastAtMs } = timeSpan(members)
  const entries = input.told.map((told) => composeEntry(told, input.pictures ?? false))
  return {
    hash: hashInput(input, entries),
    fromMs: input.fromMs ?? firstAtMs,
    toMs: input.toMs ?? lastAtMs,
    counts: countMembers(members),
    storiesInWindow: input.stories.length,
    entries,
  }
}

function composeEntry(
  { ranked, summary, update, related = [] }: StoryWithSummary,
  pictures: boolean,
): DigestEntry {
  const { story, why } = ranked
  const pictureUrl = pictures ? entryPicture(summary.headline, story.members) : null
  return {
    storyId: story.id,
    headline: summary.headline,
    counts: countMembers(story.members),
    members: story.members,
    sentences: summary.sentences.map((sentence) => quote(story, sentence)),
    ...(pictureUrl === null ? {} : { pictureUrl }),
    disagreements: summary.disagreements.map(disagreementWords),
    ...notesOf(summary),
    ...timeSpan(story.members),
    why,
    ...(update === undefined ? {} : { update }),
    ...(related.length === 0 ? {} : { related: related.map((one) => composeEntry(one, pictures)) }),
  }
}

/** A note is about sentences, a problem about their absence. */
function notesOf({ sentences, note, problem }: Summary): Pick<DigestEntry, 'note' | 'problem'> {
  if (sentences.length === 0) return problem === undefined ? {} : { problem }
  return note === undefined ? {} : { note }
}

/** Checks the range once more: a false quote must never leave the house (guarantee 1). */
function quote(story: StoryToTell, sentence: Summary['sentences'][number]): DigestSentence {
  const { articleId, start, end, text, alsoIn, dateNote } = sentence
  const article = story.members.find((member) => member.article.id === articleId)?.article
  if (article?.text.slice(start, end) !== text) {
    throw new Error(`Cannot quote article "${articleId}": range ${start}-${end} is not the sentence`)
  }
  const { url, outlet } = article
  return {
    text,
    articleId,
    start,
    end,
    url,
    outlet,
    alsoIn,
    dateNote: dateNote === undefined ? null : `${dateNote.words}: ${dateNote.date}`,
  }
}

/** Pictures have a part in it only where they are shown. */
function hashInput(
  { stories, fromMs, toMs, options, pictures }: DigestInput,
  entries: readonly DigestEntry[],
): string {
  const rows = stories.map(({ id, members }) => `${hashMembers(members)} ${id}\n`)
  const head = [COMPOSITION_VERSION, fromMs, toMs, options, ...(pictures === true ? picturesOf(entries) : [])]
  return sha256(JSON.stringify(head) + rows.sort().join(''))
}

function picturesOf(entries: readonly DigestEntry[]): (string | null)[] {
  return entries.flatMap(({ pictureUrl = null, related = [] }) => [pictureUrl, ...picturesOf(related)])
}

/** Thousands of digests are made of the same articles and stories: texts are hashed once. */
const articleHashes = new WeakMap<Article, string>()
const memberHashes = new WeakMap<readonly StoryMember[], string>()

function hashMembers(members: readonly StoryMember[]): string {
  const known = memberHashes.get(members)
  if (known !== undefined) return known
  const rows = members.map(
    ({ article, copyOf, copyKind }) => `${hashArticle(article)} ${copyKind ?? ''} ${copyOf ?? ''}\n`,
  )
  const hash = sha256(rows.sort().join(''))
  memberHashes.set(members, hash)
  return hash
}

function hashArticle(article: Article): string {
  const known = articleHashes.get(article)
  if (known !== undefined) return known
  const { id, url, title, publishedAtMs, text } = article
  const hash = sha256(JSON.stringify([id, url, title, publishedAtMs, text]))
  articleHashes.set(article, hash)
  return hash
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
