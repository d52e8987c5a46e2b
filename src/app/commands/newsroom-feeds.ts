import { parseOpml, writeOpml } from '../../core/feed/opml.ts'
import { printable, shorten } from '../../core/text/printable.ts'
import type { CommandReply, Line, ReplyBlock } from '../ports/chat.ts'
import type { StoredFeed } from '../ports/feed-store.ts'
import { actionText } from './action-text.ts'
import { audit } from './audit.ts'
import type { Ask, CommandFamily, Given } from './command-family.ts'
import { completeOwnFeed, feedTrouble, feedsNamed, findOwnFeed, ownFeeds } from './feed-lookup.ts'
import { may, needs, newsroomShape } from './option-shapes.ts'
import { plural } from '../../core/digest/count-words.ts'
import { button, echo, linked, pageButtons, pageOf, reply, say } from './reply-words.ts'
import { agoWords } from './time-words.ts'
import { feedName, feedUrl, tryFeed, type TriedFeed } from './try-feed.ts'

/** Feeds that one tenant may add. */
export const MAX_TENANT_FEEDS = 500

/** Time for reading one feed while somebody waits, ms. */
export const MAX_TRY_MS = 20_000

const PAGE = 15

/** Articles that a test shows, and feeds of a page that are offered. */
const SHOWN_ARTICLES = 8
const SHOWN_LINKS = 8

const MAX_TAGS = 10
const MAX_TAG_CHARS = 40

/** `/newsroom feeds list|add|remove|import|export|test`. */
export const newsroomFeeds: CommandFamily = {
  commands: [
    { shape: newsroomShape('feeds list', 'Feeds that your digests can use'), run: (ask) => list(ask, 0) },
    {
      shape: newsroomShape('feeds add', 'Add a feed for this server or workspace alone', [
        needs('url', 'Address of the feed, or of the site'),
        may('name', 'Name of the outlet; the feed tells it otherwise'),
        may('tags', 'Words for digests to ask for, parted by commas: world, sport'),
      ]),
      run: add,
    },
    {
      shape: newsroomShape('feeds remove', 'Remove a feed of yours; its articles stay', [
        needs('feed', 'Name or address', { completes: true }),
      ]),
      run: (ask, given) => remove(ask, given['feed'] ?? ''),
      complete: (ask, _option, typed) => completeOwnFeed(ask, typed),
    },
    {
      shape: newsroomShape(
        'feeds import',
        'Add many feeds from an OPML file, as feed readers export it',
        [may('file', 'The OPML file, or its address on the web', { kind: 'file' })],
        true,
      ),
      run: (ask, given) => importOrAsk(ask, given['file']),
    },
    { shape: newsroomShape('feeds export', 'Your feeds as an OPML file'), run: exportFeeds },
    {
      shape: newsroomShape('feeds test', 'Read a feed now and show what would come in', [
        needs('url', 'Address of the feed, or of the site'),
      ]),
      run: (ask, given) => test(ask, given['url'] ?? ''),
    },
  ],
  actions: [
    { verb: 'feeds', managersOnly: true, run: (ask, [page]) => list(ask, pageOf(page), true) },
    { verb: 'add-feed', managersOnly: true, run: (ask, url) => add(ask, { url: url.join(':') }) },
  ],
  forms: [
    {
      verb: 'import',
      managersOnly: true,
      run: (ask, _args, fields) => importFeeds(ask, fields['opml'] ?? ''),
    },
  ],
}

async function list(ask: Ask, page: number, isTurned = false): Promise<CommandReply> {
  const feeds = await ask.ports.feeds.feeds(ask.view)
  if (feeds.length === 0) return say('There are no feeds yet. Add one with /newsroom feeds add.')
  const shown = feeds.slice(page * PAGE, (page + 1) * PAGE)
  const own = feeds.filter(({ tenant }) => tenant !== null && tenant === ask.view.tenant).length
  return reply(
    [
      {
        heading: [{ text: `${plural(feeds.length, 'feed')}, ${own} of your own` }],
        lines: shown.map((feed) => feedLine(feed, ask)),
        buttons: pageButtons('feeds', page, feeds.length > (page + 1) * PAGE),
      },
    ],
    { replace: isTurned },
  )
}

/** The address of a feed is shown to those whose feed it is: it may hold a key. */
function feedLine(feed: StoredFeed, { view, nowMs }: Ask): Line {
  const isOwn = feed.tenant !== null && feed.tenant === view.tenant
  const tags = feed.tags.length === 0 ? '' : ` · ${feed.tags.join(', ')}`
  const trouble = isOwn ? feedTrouble(feed, nowMs) : null
  return [
    linked(feedName(feed.name, feed.url), isOwn ? feed.url : null),
    {
      text: `${isOwn ? '' : ' · for everybody'}${tags}${trouble === null ? '' : ` · ${trouble}`}`,
      quiet: true,
    },
  ]
}

async function add(ask: Ask, given: Given): Promise<CommandReply> {
  const own = await ownFeeds(ask)
  if (own.length >= MAX_TENANT_FEEDS)
    return say(`There are ${MAX_TENANT_FEEDS} feeds of yours, which is the most.`)
  const known = await knownFeed(ask, given['url'] ?? '')
  if (known !== undefined && given['name'] === undefined && given['tags'] === undefined) {
    return say(`Feed ${echo(feedName(known.name, known.url))} is there already. Nothing was changed.`)
  }
  const tried = await tryWithLimit(ask, given['url'] ?? '')
  if (tried.kind === 'problem') return say(`${tried.problem}. Nothing was added.`)
  if (tried.kind === 'page') return offerFeeds(tried)
  const saved = await saveFeed(ask, tried, given)
  return reply([
    {
      heading: [{ text: `Feed ${saved.name} is added` }],
      lines: [
        [
          {
            text: `It lists ${plural(tried.articles.length, 'article')}; they come in within minutes. Only this server or workspace sees them.`,
          },
        ],
        ...tried.problems.slice(0, 3).map((problem): Line => [{ text: problem, quiet: true }]),
      ],
    },
  ])
}

/** A feed that the tenant sees already: its own, or the operator's. */
async function knownFeed({ ports, view }: Ask, given: string): Promise<StoredFeed | undefined> {
  const url = feedUrl(given)
  return (await ports.feeds.feeds(view)).find((feed) => feed.url === url)
}

async function tryWithLimit(ask: Ask, url: string): Promise<TriedFeed> {
  return tryFeed(ask.ports, url, AbortSignal.any([ask.signal, AbortSignal.timeout(MAX_TRY_MS)]))
}

async function saveFeed(
  ask: Ask,
  { url, name }: Extract<TriedFeed, { kind: 'feed' }>,
  given: Given,
): Promise<StoredFeed | { readonly name: string }> {
  const { ports, view, nowMs } = ask
  const wanted = feedName(given['name'] ?? name, url)
  const [saved] = await ports.feeds.saveFeeds([
    {
      id: ports.newId(),
      url,
      name: wanted,
      tags: tagsOf(given['tags'] ?? ''),
      tenant: view.tenant,
      addedAtMs: nowMs,
    },
  ])
  await audit(ask, 'feed added', { url })
  return saved ?? { name: wanted }
}

/** Tags parted by commas, tidied. */
export function tagsOf(text: string): string[] {
  const tags = text.split(/[,;]/).map((tag) => shorten(printable(tag), MAX_TAG_CHARS))
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, MAX_TAGS)
}

function offerFeeds({ url, links }: Extract<TriedFeed, { kind: 'page' }>): CommandReply {
  const shown = links.slice(0, SHOWN_LINKS)
  return reply([
    { heading: [{ text: `${echo(url)} is a page. It has these feeds:` }], lines: [] },
    ...shown.map((link): ReplyBlock => ({
      lines: [[{ text: link.title ?? link.url }, { text: ` ${link.url}`, quiet: true }]],
      buttons: button('Add', actionText('add-feed', link.url), 'primary'),
    })),
    { lines: [[{ text: 'Or use /newsroom feeds add with one of the addresses.', quiet: true }]] },
  ])
}

async function remove(ask: Ask, text: string): Promise<CommandReply> {
  const found = await findOwnFeed(ask, text)
  if (found.kind === 'reply') return found.reply
  const { feed } = found
  await ask.ports.feeds.removeFeed(feed.id)
  await audit(ask, 'feed removed', { url: feed.url })
  return say(`Feed ${echo(feed.name)} is removed. What it brought stays.`)
}

async function importOrAsk(ask: Ask, file: string | undefined): Promise<CommandReply> {
  return file === undefined ? importForm() : importFeeds(ask, file)
}

function importForm(): CommandReply {
  return {
    kind: 'form',
    form: {
      title: 'Import feeds',
      action: 'import',
      fields: [
        {
          name: 'opml',
          label: 'OPML file',
          value: '',
          hint: 'Its address on the web, or its text',
          required: true,
          long: true,
        },
      ],
    },
  }
}

async function importFeeds(ask: Ask, given: string): Promise<CommandReply> {
  const source = given.includes('<opml') || given.includes('<outline') ? given : await fetchText(ask, given)
  if (typeof source !== 'string') return say(`${source.problem}. Nothing was added.`)
  const { feeds, problems } = parseOpml(source)
  if (feeds.length === 0)
    return say(`Cannot import: ${problems[0]?.problem ?? 'no feed is in it'}. Nothing was added.`)
  const own = await ownFeeds(ask)
  const known = new Set((await ask.ports.feeds.feeds(ask.view)).map(({ url }) => url))
  const fresh = feeds.filter(({ url }) => !known.has(url))
  const taken = fresh.slice(0, Math.max(0, MAX_TENANT_FEEDS - own.length))
  await ask.ports.feeds.saveFeeds(
    taken.map(({ url, title, tags }) => ({
      id: ask.ports.newId(),
      url,
      name: feedName(title, url),
      tags: tags.slice(0, MAX_TAGS),
      tenant: ask.view.tenant,
      addedAtMs: ask.nowMs,
    })),
  )
  if (taken.length > 0) await audit(ask, 'feeds imported', { count: taken.length })
  return say(
    `${plural(taken.length, 'feed')} added, ${feeds.length - fresh.length} there already. They are read within minutes; /newsroom status tells which fail.`,
    ...(fresh.length > taken.length
      ? [`${fresh.length - taken.length} left out: ${MAX_TENANT_FEEDS} feeds is the most.`]
      : []),
    ...problems.slice(0, 5).map(({ problem }): Line => [{ text: problem, quiet: true }]),
  )
}

async function fetchText({ ports, signal }: Ask, given: string): Promise<string | { problem: string }> {
  const url = feedUrl(given)
  if (url === null)
    return { problem: `Cannot import ${echo(given)}: it is neither OPML nor an http(s) address` }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(MAX_TRY_MS)])
  const outcome = await ports.web.fetchFeed({ url, signal: limit })
  if (outcome.kind === 'fetched') return new TextDecoder().decode(outcome.body)
  return {
    problem:
      outcome.kind === 'not-modified' ? `Cannot fetch ${echo(url)}: nothing was sent` : outcome.problem,
  }
}

async function exportFeeds(ask: Ask): Promise<CommandReply> {
  const own = await ownFeeds(ask)
  if (own.length === 0) return say('There are no feeds of your own to export.')
  const content = writeOpml(own.map(({ url, name, tags }) => ({ url, title: name, tags })))
  return {
    kind: 'file',
    name: 'tidings-feeds.opml',
    content,
    fallback: `${plural(own.length, 'feed')} as OPML`,
  }
}

async function test(ask: Ask, url: string): Promise<CommandReply> {
  const named = feedsNamed(await ownFeeds(ask), url)[0]
  const tried = await tryWithLimit(ask, named?.url ?? url)
  if (tried.kind === 'problem') return say(`${tried.problem}.`)
  if (tried.kind === 'page') return offerFeeds(tried)
  const { articles, problems, name } = tried
  return reply([
    {
      heading: [{ text: `${name}: ${plural(articles.length, 'article')} would come in` }],
      lines: [
        ...articles.slice(0, SHOWN_ARTICLES).map((article): Line => [
          linked(printable(article.title ?? '') || 'Article without a title', article.url ?? null),
          {
            text: ` ${articleFacts(article.published ?? null, (article.text ?? '').length, ask.nowMs)}`,
            quiet: true,
          },
        ]),
        ...problems.slice(0, 5).map((problem): Line => [{ text: `Problem: ${problem}` }]),
      ],
      ...(named === undefined
        ? { buttons: button('Add this feed', actionText('add-feed', tried.url), 'primary') }
        : {}),
    },
  ])
}

function articleFacts(published: string | null, chars: number, nowMs: number): string {
  const atMs = published === null ? Number.NaN : Date.parse(published)
  return `${agoWords(Number.isNaN(atMs) ? null : atMs, nowMs)} · ${plural(chars, 'character')} of text`
}
