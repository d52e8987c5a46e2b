import type { Subscription } from '../../core/subscription/subscription.ts'
import { parseTopicQuery } from '../../core/subscription/topic-query.ts'
import { printable } from '../../core/text/printable.ts'
import type { CommandOption, CommandReply, Completion, Line, ReplyBlock } from '../ports/chat.ts'
import type { Ask, Command, CommandFamily, Given } from './command-family.ts'
import { completeDigest, digestLabel, digestsOf, findOneDigest, type KnownDigest } from './digest-lookup.ts'
import { withRules } from './digest-options.ts'
import { saveChanged } from './newsroom-digests.ts'
import { choices, may, needs, newsroomShape } from './option-shapes.ts'
import { plural } from '../../core/digest/count-words.ts'
import { choice, echo, reply, say } from './reply-words.ts'

/** Topics of one kind in one digest. */
const MAX_TOPICS = 50

const digestName = may('digest', 'Which digest; the one of this channel where none is given', {
  completes: true,
})

type TopicKind = keyof Subscription['topics']
type PublisherKind = keyof Subscription['publishers']

const KIND = may('kind', 'Only stories with it, or never stories with it', {
  choices: choices(['include', 'exclude']),
})

/** `/newsroom topics …`, `/newsroom mute …` and `/newsroom publishers …`. */
export const newsroomTopics: CommandFamily = {
  commands: [
    withDigest('topics list', 'Topics of a digest', [], listTopics),
    withDigest(
      'topics add',
      'Only stories with these words, or with "exclude" never those',
      [needs('topic', 'Words such as: harbour AND (strike OR "work to rule") NOT football'), KIND],
      (ask, digest, given) => addTopic(ask, digest, kindOf(given), given['topic'] ?? ''),
    ),
    withDigest(
      'topics remove',
      'Take a topic back',
      [needs('topic', 'The topic as it was added', { completes: true }), KIND],
      (ask, digest, given) => removeTopic(ask, digest, ['include', 'exclude'], given['topic'] ?? ''),
      (digest) => [
        ...digest.settings.subscription.topics.include,
        ...digest.settings.subscription.topics.exclude,
      ],
    ),
    withDigest('mute list', 'What is muted in a digest', [], listMutes),
    withDigest(
      'mute add',
      'Never show articles with these words; the story stays',
      [needs('words', 'Words such as: celebrity OR royals')],
      (ask, digest, given) => addTopic(ask, digest, 'mute', given['words'] ?? ''),
    ),
    withDigest(
      'mute remove',
      'Show articles with these words again',
      [needs('words', 'The words as they were muted', { completes: true })],
      (ask, digest, given) => removeTopic(ask, digest, ['mute'], given['words'] ?? ''),
      (digest) => digest.settings.subscription.topics.mute,
    ),
    withDigest(
      'publishers list',
      'Publishers of the last days and what a digest makes of them',
      [],
      listPublishers,
    ),
    withDigest(
      'publishers mute',
      'Never show texts of a publisher; stories stay',
      [needs('publisher', 'Name of the outlet', { completes: true })],
      (ask, digest, given) => setPublisher(ask, digest, 'muted', given['publisher'] ?? ''),
    ),
    withDigest(
      'publishers only',
      'Only stories that one of these publishers tells',
      [needs('publisher', 'Name of the outlet', { completes: true })],
      (ask, digest, given) => setPublisher(ask, digest, 'only', given['publisher'] ?? ''),
    ),
    withDigest(
      'publishers clear',
      'Take back what was said of a publisher',
      [needs('publisher', 'Name of the outlet', { completes: true })],
      (ask, digest, given) => clearPublisher(ask, digest, given['publisher'] ?? ''),
      (digest) => [
        ...digest.settings.subscription.publishers.muted,
        ...digest.settings.subscription.publishers.only,
      ],
    ),
  ],
}

/** A command about one digest, which comes as its last option. */
function withDigest(
  name: string,
  description: string,
  options: readonly CommandOption[],
  run: (ask: Ask, digest: KnownDigest, given: Given) => Promise<CommandReply>,
  offers?: (digest: KnownDigest) => readonly string[],
): Command {
  return {
    shape: newsroomShape(name, description, [...options, digestName]),
    run: async (ask, given) => {
      const found = await findOneDigest(ask, given['digest'])
      return found.kind === 'reply' ? found.reply : run(ask, found, given)
    },
    complete: async (ask, option, typed) => {
      if (option === 'digest') return completeDigest(ask, typed)
      if (offers !== undefined) return completeFrom((await digestsOf(ask)).flatMap(offers), typed)
      return option === 'publisher' ? completePublisher(ask, typed) : []
    },
  }
}

function completeFrom(values: readonly string[], typed: string): Completion[] {
  const wanted = typed.trim().toLowerCase()
  return [...new Set(values)]
    .filter((value) => value.toLowerCase().includes(wanted))
    .flatMap((value) => choice(value, value))
}

function kindOf(given: Given): TopicKind {
  return given['kind'] === 'exclude' ? 'exclude' : 'include'
}

const KIND_WORDS: Readonly<Record<TopicKind, string>> = {
  include: 'Only stories with',
  exclude: 'Never stories with',
  mute: 'Never articles with',
}

function listTopics(_ask: Ask, { stored, settings }: KnownDigest): Promise<CommandReply> {
  const { include, exclude } = settings.subscription.topics
  const lines = [...ruleLines('include', include), ...ruleLines('exclude', exclude)]
  return Promise.resolve(
    ruleList(
      `Topics of ${digestLabel(stored)}`,
      lines,
      'All stories are taken. Narrow them with /newsroom topics add.',
    ),
  )
}

function listMutes(_ask: Ask, { stored, settings }: KnownDigest): Promise<CommandReply> {
  const { topics, publishers } = settings.subscription
  const muted = publishers.muted.map((key): Line => [
    { text: 'Never texts of ' },
    { text: key, strong: true },
  ])
  return Promise.resolve(
    ruleList(
      `Muted in ${digestLabel(stored)}`,
      [...ruleLines('mute', topics.mute), ...muted],
      'Nothing is muted. /newsroom mute add hides articles by words, /newsroom publishers mute a publisher.',
    ),
  )
}

function ruleLines(kind: TopicKind, topics: readonly string[]): Line[] {
  return topics.map((topic): Line => [{ text: `${KIND_WORDS[kind]} ` }, { text: topic, strong: true }])
}

function ruleList(heading: string, lines: readonly Line[], empty: string): CommandReply {
  const block: ReplyBlock = {
    heading: [{ text: heading }],
    lines: lines.length === 0 ? [[{ text: empty }]] : lines,
  }
  return reply([block])
}

async function addTopic(ask: Ask, digest: KnownDigest, kind: TopicKind, text: string): Promise<CommandReply> {
  const topic = printable(text)
  const parsed = parseTopicQuery(topic)
  if (parsed.kind === 'problem') {
    return say(
      `Cannot add ${echo(topic)}: ${parsed.problem} (character ${parsed.at + 1}). Nothing was changed.`,
    )
  }
  const { topics } = digest.settings.subscription
  if (topics[kind].includes(topic)) return say(`${echo(topic)} is there already. Nothing was changed.`)
  if (topics[kind].length >= MAX_TOPICS)
    return say(`There are ${MAX_TOPICS} already, which is the most. Join some with OR.`)
  const settings = withRules(digest.settings, { topics: { ...topics, [kind]: [...topics[kind], topic] } })
  return saveChanged(ask, digest, settings, `${KIND_WORDS[kind].toLowerCase()} ${topic}`)
}

async function removeTopic(
  ask: Ask,
  digest: KnownDigest,
  kinds: readonly TopicKind[],
  text: string,
): Promise<CommandReply> {
  const wanted = printable(text).toLowerCase()
  const { topics } = digest.settings.subscription
  const without = (kind: TopicKind) => topics[kind].filter((topic) => topic.toLowerCase() !== wanted)
  const changed = Object.fromEntries(kinds.map((kind) => [kind, without(kind)]))
  const removed = kinds.reduce((sum, kind) => sum + topics[kind].length - without(kind).length, 0)
  if (removed === 0) {
    const listed = kinds.flatMap((kind) => topics[kind])
    const there = listed.length === 0 ? 'there is none' : `there are: ${listed.slice(0, 20).join('; ')}`
    return say(`${echo(text)} is not in digest ${digestLabel(digest.stored)}: ${there}. Nothing was changed.`)
  }
  return saveChanged(
    ask,
    digest,
    withRules(digest.settings, { topics: { ...topics, ...changed } }),
    `${printable(text)} taken back`,
  )
}

interface SeenPublisher {
  readonly key: string
  readonly outlet: string
  readonly articles: number
}

/** Latest articles whose publishers are told. */
const PUBLISHER_ARTICLES = 500

/** Publishers of one list. */
const SHOWN_PUBLISHERS = 30

async function publishersOf({ ports, view }: Ask): Promise<SeenPublisher[]> {
  const page = await ports.articles.search({ words: '', limit: PUBLISHER_ARTICLES }, view)
  return [...Map.groupBy(page.entries, ({ publisher }) => publisher)]
    .filter(([key]) => key !== '')
    .map(([key, entries]) => ({
      key,
      outlet: printable(entries[0]?.outlet ?? '') || key,
      articles: entries.length,
    }))
    .sort((a, b) => b.articles - a.articles || (a.key < b.key ? -1 : 1))
}

async function listPublishers(ask: Ask, { stored, settings }: KnownDigest): Promise<CommandReply> {
  const { only, muted } = settings.subscription.publishers
  const seen = await publishersOf(ask)
  const unseen = [...only, ...muted].filter((key) => seen.every((one) => one.key !== key))
  const all = [...seen, ...unseen.map((key) => ({ key, outlet: key, articles: 0 }))]
  const lines = all.slice(0, SHOWN_PUBLISHERS).map(({ key, outlet, articles }): Line => {
    const state = muted.includes(key) ? ' · muted' : only.includes(key) ? ' · only stories with it' : ''
    return [{ text: outlet }, { text: ` ${plural(articles, 'article')} lately${state}`, quiet: true }]
  })
  return ruleList(`Publishers for ${digestLabel(stored)}`, lines, 'No article is stored yet.')
}

/** The publisher that a name, an outlet or a key means; a key that was not seen lately is taken where it looks like one. */
async function findPublisher(ask: Ask, text: string): Promise<string | null> {
  const wanted = text.trim().toLowerCase()
  const found = (await publishersOf(ask)).find(
    ({ key, outlet }) => key.toLowerCase() === wanted || outlet.toLowerCase() === wanted,
  )
  if (found !== undefined) return found.key
  const page = await ask.ports.articles.search({ words: '', outlet: text.trim(), limit: 1 }, ask.view)
  return page.entries[0]?.publisher ?? null
}

async function setPublisher(
  ask: Ask,
  digest: KnownDigest,
  kind: PublisherKind,
  text: string,
): Promise<CommandReply> {
  const key = await findPublisher(ask, text)
  if (key === null || key === '') {
    return say(
      `No article of ${echo(text)} is stored: /newsroom publishers list shows who is there. Nothing was changed.`,
    )
  }
  const { publishers } = digest.settings.subscription
  const other: PublisherKind = kind === 'muted' ? 'only' : 'muted'
  const changed = {
    [kind]: [...new Set([...publishers[kind], key])],
    [other]: publishers[other].filter((one) => one !== key),
  }
  const settings = withRules(digest.settings, { publishers: { ...publishers, ...changed } })
  const what = kind === 'muted' ? `texts of ${key} are not shown` : `only stories that ${key} tells`
  return saveChanged(ask, digest, settings, what)
}

async function clearPublisher(ask: Ask, digest: KnownDigest, text: string): Promise<CommandReply> {
  const { only, muted } = digest.settings.subscription.publishers
  const wanted = text.trim().toLowerCase()
  const key =
    [...only, ...muted].find((one) => one.toLowerCase() === wanted) ?? (await findPublisher(ask, text))
  if (key === null || ![...only, ...muted].includes(key))
    return say(`Nothing was said of ${echo(text)}. Nothing was changed.`)
  const publishers = { only: only.filter((one) => one !== key), muted: muted.filter((one) => one !== key) }
  return saveChanged(ask, digest, withRules(digest.settings, { publishers }), `${key} is as all others`)
}

async function completePublisher(ask: Ask, typed: string): Promise<Completion[]> {
  const wanted = typed.trim().toLowerCase()
  const all = await publishersOf(ask)
  return all
    .filter(({ key, outlet }) => `${key} ${outlet}`.toLowerCase().includes(wanted))
    .flatMap(({ key, outlet }) => choice(outlet, key))
}
