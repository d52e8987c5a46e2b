import { parseSince } from '../../core/digest/digest-window.ts'
import { printable } from '../../core/text/printable.ts'
import type { ArticleEntry } from '../ports/article-store.ts'
import type { CommandReply, Completion, Line } from '../ports/chat.ts'
import type { Ask, CommandFamily } from './command-family.ts'
import { may, needs, newsShape } from './option-shapes.ts'
import { choice, echo, linked, pageButtons, pageOf, reply, say } from './reply-words.ts'
import { outletWords } from './story-card.ts'
import { StoryReader } from './story-reader.ts'
import { agoWords } from './time-words.ts'

const PAGE = 8

/** Words of one search. */
const MAX_WORDS_CHARS = 300

interface Search {
  readonly words: string
  readonly since: string
  readonly outlet: string
}

/** `/news search`. */
export const newsSearch: CommandFamily = {
  commands: [
    {
      shape: newsShape('search', 'Find articles by words; every word must occur', [
        needs('words', 'Words of title or text'),
        may('since', 'Nothing older: 24h, 3d, 2w or a date such as 2026-03-10'),
        may('outlet', 'Only this outlet', { completes: true }),
      ]),
      run: (ask, given) =>
        search(
          ask,
          { words: given['words'] ?? '', since: given['since'] ?? '', outlet: given['outlet'] ?? '' },
          0,
        ),
      complete: (ask, option, typed) =>
        option === 'outlet' ? completeOutlet(ask, typed) : Promise.resolve([]),
    },
  ],
  actions: [
    {
      verb: 'search',
      managersOnly: false,
      // The words come last, since they may hold colons.
      run: (ask, [page, since = '', outlet = '', ...words]) =>
        search(
          ask,
          { words: words.join(':'), since: since.replaceAll('.', ':'), outlet },
          pageOf(page),
          true,
        ),
    },
  ],
}

async function search(
  ask: Ask,
  { words, since, outlet }: Search,
  page: number,
  isTurned = false,
): Promise<CommandReply> {
  if (!/[\p{L}\p{N}]/u.test(words)) return say('Give at least one word to search for.')
  if (words.length > MAX_WORDS_CHARS)
    return say(`Search for fewer words: at most ${MAX_WORDS_CHARS} characters.`)
  const from = since === '' ? null : parseSince(since, ask.nowMs)
  if (from?.kind === 'problem') return say(`Cannot search since ${echo(since)}: ${from.problem}.`)
  const found = await ask.ports.articles.search(
    {
      words,
      limit: PAGE,
      offset: page * PAGE,
      ...(from === null ? {} : { sinceMs: from.atMs }),
      ...(outlet === '' ? {} : { outlet }),
    },
    ask.view,
  )
  const muted = await new StoryReader(ask).mutedPublishers()
  const entries = found.entries.filter(({ publisher }) => !muted.has(publisher))
  if (entries.length === 0 && !found.more)
    return say(page > 0 ? 'There are no further articles.' : nothingFound({ words, since, outlet }))
  const args = [since.replaceAll(':', '.'), outlet.replaceAll(':', ' '), words]
  return reply(
    [
      {
        heading: [{ text: `Articles with ${echo(words)}` }],
        lines: entries.map((entry) => resultLine(entry, ask.nowMs)),
        buttons: pageButtons('search', page, found.more, ...args),
        ...storyChoices(entries),
      },
    ],
    { replace: isTurned },
  )
}

function nothingFound({ words, since, outlet }: Search): string {
  const where = [since === '' ? '' : ` since ${since}`, outlet === '' ? '' : ` in ${echo(outlet)}`].join('')
  return `No article${where} has all of ${echo(words)}. Try fewer words${where === '' ? '' : ', or leave the filters out'}.`
}

function resultLine(entry: ArticleEntry, nowMs: number): Line {
  return [
    linked(printable(entry.title) || 'Article without a title', entry.url),
    { text: ` ${outletWords(entry)} · ${agoWords(entry.publishedAtMs, nowMs)}`, quiet: true },
  ]
}

function storyChoices(entries: readonly ArticleEntry[]) {
  const byStory = new Map(
    entries.flatMap((entry) => (entry.storyId === null ? [] : [[entry.storyId, entry.title]])),
  )
  const choices = [...byStory].flatMap(([id = '', title = '']) => choice(title, id))
  return choices.length === 0 ? {} : { menu: { label: 'Open the story', action: 'open', choices } }
}

/** Latest articles whose outlets are offered. */
const OFFERED_ARTICLES = 200

async function completeOutlet({ ports, view }: Ask, typed: string): Promise<Completion[]> {
  const wanted = typed.trim().toLowerCase()
  const page = await ports.articles.search({ words: '', limit: OFFERED_ARTICLES }, view)
  const outlets = new Set(page.entries.map(({ outlet }) => outlet))
  return [...outlets]
    .filter((outlet) => outlet !== '' && outlet.toLowerCase().includes(wanted))
    .sort()
    .flatMap((outlet) => choice(outlet, outlet))
}
