import type { StoryToTell } from '../../core/digest/digest.ts'
import { disagreementWords } from '../../core/digest/disagreement-words.ts'
import { PAGE_WORDS } from '../../core/digest/message-story.ts'
import { storyPageUrl } from '../../core/digest/page-address.ts'
import { rankStories } from '../../core/digest/rank-stories.ts'
import {
  indexText,
  meetsTopic,
  parseTopicQuery,
  type TopicQuery,
} from '../../core/subscription/topic-query.ts'
import { newsText } from '../../core/subscription/news-text.ts'
import { printable } from '../../core/text/printable.ts'
import type { ArticleEntry } from '../ports/article-store.ts'
import type { CommandReply, Completion, Line, ReplyBlock } from '../ports/chat.ts'
import type { ActionAnswer, Ask, Command, CommandFamily, Given } from './command-family.ts'
import { completeStory, findOneStory } from './find-story.ts'
import { may, needs, newsShape } from './option-shapes.ts'
import { countsWords, plural } from '../../core/digest/count-words.ts'
import { choice, echo, linked, pageButtons, pageOf, reply, say } from './reply-words.ts'
import {
  countEntries,
  headlineLine,
  outletWords,
  sentenceLines,
  storyBlock,
  storyFacts,
  storyMenu,
  summaryOf,
} from './story-card.ts'
import { StoryReader, type SeenStory } from './story-reader.ts'
import { agoWords, dayWords } from './time-words.ts'
import { digestsOf, zoneOf } from './digest-lookup.ts'

const HOUR_MS = 3_600_000

/** Stories of one page of `/news latest`, and sentences of each. */
const LATEST_PAGE = 5
const LATEST_SENTENCES = 2

/** Texts of one story that a short summary reads: enough for two sentences, and fast. */
const LATEST_TEXTS = 20

/** Headlines where no count is given, and at most: a menu takes no more. */
const DEFAULT_HEADLINES = 10
const MAX_HEADLINES = 25

/** Latest stories among which headlines are chosen, and how far back they may be, in hours; where nothing came since, any. */
const HEADLINE_POOL = 200
const HEADLINE_HOURS = 48

/** Articles of a story that are asked for a topic. */
const TOPIC_TEXTS = 3

const SOURCES_PAGE = 15

/** Days of a time line. */
const MAX_DAYS = 7

/** `/news latest`, `/news headlines` and `/news story`, with the buttons Sources and More. */
export const newsStories: CommandFamily = {
  commands: [
    {
      shape: newsShape('latest', 'The latest stories, each in a few sentences'),
      run: (ask) => latest(ask, 0),
    },
    {
      shape: newsShape('headlines', 'The main headlines of the last two days', [
        may('topic', 'Words such as: harbour OR "work to rule" NOT football', { completes: true }),
        may('count', `How many, 1 to ${MAX_HEADLINES}`),
      ]),
      run: headlines,
      complete: async (ask, option, typed) => (option === 'topic' ? completeTopic(ask, typed) : []),
    } satisfies Command,
    {
      shape: newsShape('story', 'One story: summary, sources, copies and time line', [
        needs('story', 'Its id, or words from it', { completes: true }),
      ]),
      run: (ask, given) => showStory(ask, given['story'] ?? ''),
      complete: (ask, _option, typed) => completeStory(ask, typed),
    },
  ],
  actions: [
    { verb: 'latest', managersOnly: false, run: (ask, [page]) => latest(ask, pageOf(page), true) },
    {
      verb: 'open',
      managersOnly: false,
      run: (ask, args, chosen) => showStory(ask, chosen[0] ?? args[0] ?? ''),
    },
    { verb: 'more', managersOnly: false, run: (ask, [id = '']) => showMore(ask, id) },
    {
      verb: 'sources',
      managersOnly: false,
      run: (ask, [id = '', page]) => showSources(ask, id, pageOf(page)),
    },
  ] satisfies readonly ActionAnswer[],
}

async function latest(ask: Ask, page: number, isTurned = false): Promise<CommandReply> {
  const reader = new StoryReader(ask)
  const found = await reader.list({ limit: LATEST_PAGE + 1, offset: page * LATEST_PAGE })
  const stories = found.slice(0, LATEST_PAGE)
  if (stories.length === 0) return say(page > 0 ? 'There are no older stories.' : NO_STORIES)
  const blocks = await Promise.all(stories.map((story) => shortBlock(reader, story, ask.nowMs)))
  const buttons = pageButtons('latest', page, found.length > LATEST_PAGE)
  return reply([...blocks, ...(buttons.length === 0 ? [] : [{ lines: [], buttons }])], {
    replace: isTurned,
    fallback: `Latest stories: ${stories[0]?.headline ?? ''}`,
  })
}

const NO_STORIES =
  'There are no stories yet. A manager can add feeds with /newsroom feeds add, or start with /newsroom setup.'

async function shortBlock(reader: StoryReader, story: SeenStory, nowMs: number): Promise<ReplyBlock> {
  const told = await reader.withTexts(story, LATEST_TEXTS)
  const summary = summaryOf(told, { sentences: LATEST_SENTENCES })
  return storyBlock(story, sentenceLines(summary, told), nowMs)
}

async function headlines(ask: Ask, given: Given): Promise<CommandReply> {
  const count = countOf(given['count'])
  if (count === null)
    return say(
      `Cannot list ${echo(given['count'] ?? '')} headlines: give a number from 1 to ${MAX_HEADLINES}.`,
    )
  const topic = given['topic'] ?? ''
  const parsed = topic === '' ? null : parseTopicQuery(topic)
  if (parsed?.kind === 'problem') {
    return say(`Cannot read topic ${echo(topic)}: ${parsed.problem} (character ${parsed.at + 1}).`)
  }
  const reader = new StoryReader(ask)
  const sinceMs = ask.nowMs - HEADLINE_HOURS * HOUR_MS
  const fresh = await reader.list({ sinceMs, limit: HEADLINE_POOL })
  const recent = fresh.length > 0 ? fresh : await reader.list({ limit: HEADLINE_POOL })
  const pool = parsed === null ? recent : await withTopic(reader, recent, parsed.query)
  const byId = new Map(pool.map((story) => [story.id, story]))
  const best = rankStories(pool.map(bareStory), ask.nowMs)
    .slice(0, count)
    .flatMap((ranked) => byId.get(ranked.story.id) ?? [])
  if (best.length === 0) {
    return say(
      topic === ''
        ? NO_STORIES
        : `None of the latest stories meets ${echo(topic)}. /news search looks further back.`,
    )
  }
  const heading = topic === '' ? 'Headlines' : `Headlines: ${printable(topic)}`
  return reply([
    {
      heading: [{ text: heading }],
      lines: best.map((story, at) => [
        { text: `${at + 1}. ` },
        ...headlineLine(story),
        { text: ' ' },
        ...storyFacts(story, ask.nowMs),
      ]),
      ...storyMenu(best),
    },
  ])
}

function countOf(text: string | undefined): number | null {
  if (text === undefined) return DEFAULT_HEADLINES
  const count = Number(text)
  return Number.isInteger(count) && count >= 1 && count <= MAX_HEADLINES ? count : null
}

async function withTopic(
  reader: StoryReader,
  stories: readonly SeenStory[],
  query: TopicQuery,
): Promise<SeenStory[]> {
  const told = await Promise.all(
    stories.map((story) => reader.withTexts({ ...story, members: topicMembers(story) })),
  )
  return stories.filter((_, at) =>
    told[at]?.members.some(({ article }) =>
      meetsTopic(query, indexText(`${article.title}\n${newsText(article)}`, article.lang)),
    ),
  )
}

function topicMembers({ members }: SeenStory): ArticleEntry[] {
  return members.filter(({ copyOf }) => copyOf === null).slice(0, TOPIC_TEXTS)
}

/** A story without texts: ranks ask only for publishers, copies and dates. */
function bareStory({ id, members }: SeenStory): StoryToTell {
  return {
    id,
    members: members.map((entry) => ({
      article: { ...entry, text: '', furniture: [] },
      copyOf: entry.copyOf,
      copyKind: entry.copyKind,
      why: '',
    })),
  }
}

/** Topics that digests of this tenant ask for. */
async function completeTopic(ask: Ask, typed: string): Promise<readonly Completion[]> {
  const wanted = typed.trim().toLowerCase()
  const topics = (await digestsOf(ask)).flatMap(({ settings }) => settings.subscription.topics.include)
  return [...new Set(topics)]
    .filter((topic) => topic.toLowerCase().includes(wanted))
    .sort()
    .flatMap((topic) => choice(topic, topic))
}

async function showStory(ask: Ask, target: string): Promise<CommandReply> {
  const found = await findOneStory(ask, target)
  if (found.kind === 'reply') return found.reply
  const { story, reader } = found
  const told = await reader.withTexts(story)
  const summary = summaryOf(told, { form: 'short' })
  const card = storyBlock(story, sentenceLines(summary, told), ask.nowMs)
  const zone = await zoneOf(ask)
  return reply(
    [
      card,
      { heading: [{ text: 'Time line' }], lines: timeLine(story, zone) },
      { lines: [[{ text: `Story ${story.id}`, quiet: true }, ...(await pageLink(ask, story.id))]] },
    ],
    { fallback: story.headline },
  )
}

/** The page for browsers, of stories that everybody may see: it has nobody's eyes. */
async function pageLink({ ports }: Ask, storyId: string): Promise<Line> {
  const { publicUrl = null } = ports
  if (publicUrl === null) return []
  const [open] = await ports.stories.storiesById([storyId], { tenant: null })
  if (open?.id !== storyId) return []
  return [
    { text: ' · ', quiet: true },
    { text: PAGE_WORDS, href: storyPageUrl(publicUrl, storyId), quiet: true },
  ]
}

/** Articles and publishers that each day brought, the first days of the story. */
function timeLine({ members }: SeenStory, zone: string): Line[] {
  const byDay = Map.groupBy(members, ({ publishedAtMs }) =>
    publishedAtMs === null ? 'undated' : dayWords(publishedAtMs, zone),
  )
  const lines = [...byDay].slice(0, MAX_DAYS).map(([day, entries]): Line => {
    const [first] = entries
    const title = first === undefined ? [] : [{ text: ' ' }, linked(printable(first.title), first.url)]
    return [{ text: `${day}: ${countsWords(countEntries(entries))}.` }, ...title]
  })
  const more = byDay.size - MAX_DAYS
  return more > 0 ? [...lines, [{ text: `and ${plural(more, 'day')} more`, quiet: true }]] : lines
}

async function showMore(ask: Ask, id: string): Promise<CommandReply> {
  const found = await findOneStory(ask, id)
  if (found.kind === 'reply') return found.reply
  const { story, reader } = found
  return longSummary(ask, story, await reader.withTexts(story))
}

/** The long summary of a story, with figures that differ between sources. */
export function longSummary(ask: Ask, story: SeenStory, told: StoryToTell): CommandReply {
  const summary = summaryOf(told, { form: 'long' })
  const lines = sentenceLines(summary, told)
  const why = summary.problem ?? 'its articles have no text that could be quoted'
  const differing = summary.disagreements.map((one): Line => [
    { text: `Sources differ on ${disagreementWords(one)}`, quiet: true },
  ])
  const body: Line[] = lines.length === 0 ? [[{ text: `There is no summary: ${why}.` }]] : lines
  return reply([storyBlock(story, [...body, ...differing], ask.nowMs)], { fallback: story.headline })
}

async function showSources(ask: Ask, id: string, page: number): Promise<CommandReply> {
  const found = await findOneStory(ask, id)
  if (found.kind === 'reply') return found.reply
  const { story } = found
  const names = new Map(story.members.map((entry) => [entry.id, outletWords(entry)]))
  const shown = story.members.slice(page * SOURCES_PAGE, (page + 1) * SOURCES_PAGE)
  if (shown.length === 0) return say('There are no further sources.')
  const more = story.members.length > (page + 1) * SOURCES_PAGE
  return reply(
    [
      {
        heading: [{ text: `Sources: ${story.headline}` }],
        lines: [
          [{ text: countsWords(countEntries(story.members)), quiet: true }],
          ...shown.map((entry) => sourceLine(entry, names, ask.nowMs)),
        ],
        buttons: pageButtonsOfSources(story.id, page, more),
      },
    ],
    { replace: page > 0 },
  )
}

function pageButtonsOfSources(id: string, page: number, more: boolean): NonNullable<ReplyBlock['buttons']> {
  return [
    ...(page > 0 ? [{ label: 'Previous', action: `sources:${id}:${page - 1}` }] : []),
    ...(more ? [{ label: 'Next', action: `sources:${id}:${page + 1}` }] : []),
  ]
}

function sourceLine(entry: ArticleEntry, names: ReadonlyMap<string, string>, nowMs: number): Line {
  const copied = entry.copyOf === null ? null : (names.get(entry.copyOf) ?? 'another article')
  const copy = copied === null ? '' : ` · ${entry.copyKind ?? ''} copy of ${copied}`
  return [
    { text: `${outletWords(entry)}: ` },
    linked(printable(entry.title) || 'article', entry.url),
    { text: ` · ${agoWords(entry.publishedAtMs, nowMs)}${copy}`, quiet: true },
  ]
}
