import { DEFAULT_DIGEST_SETTINGS, type DigestSettings } from '../digest-settings.ts'
import type { CommandReply, Line, ReplyBlock, ReplyField, ReplyForm } from '../ports/chat.ts'
import { actionText } from './action-text.ts'
import { audit } from './audit.ts'
import type { Ask, CommandFamily, Given } from './command-family.ts'
import { digestLabel, digestsOf } from './digest-lookup.ts'
import { setDigestOption } from './digest-options.ts'
import { fetchedStories } from './fetched-stories.ts'
import { ownFeeds } from './feed-lookup.ts'
import { whenWords } from './newsroom-digests.ts'
import { MAX_TENANT_FEEDS, MAX_TRY_MS } from './newsroom-feeds.ts'
import { newsroomShape } from './option-shapes.ts'
import { previewBlocks, previewDigest } from './preview-digest.ts'
import { plural } from '../../core/digest/count-words.ts'
import { button, echo, reply } from './reply-words.ts'
import { checkChannel, saveDigest } from './save-digest.ts'
import { tryFeed, type TriedFeed } from './try-feed.ts'

const DAY_MS = 86_400_000

/** Feeds that the form takes: they are all read while somebody waits. */
const MAX_SETUP_FEEDS = 10

/** Name of the digest that the form makes; one channel has one of it. */
const SETUP_NAME = 'news'

/** Forms that were refused and may be opened again with what was filled in. */
const MAX_DRAFTS = 500

/** The action that opens the form of `/newsroom setup`: a welcome carries it. */
export const SETUP_ACTION = 'form:setup'

/** `/newsroom setup`: one form for channel, times, zone and feeds, then a preview of the first digest. */
export function newsroomSetup(): CommandFamily {
  const drafts = new Map<string, Given>()
  return {
    commands: [
      {
        shape: newsroomShape('setup', 'Set up the first digest: channel, times, zone, feeds', [], true),
        run: (ask) => openForm(ask, drafts),
      },
    ],
    actions: [{ verb: 'setup', managersOnly: true, run: (ask) => openForm(ask, drafts) }],
    forms: [{ verb: 'setup', managersOnly: true, run: (ask, _args, fields) => setUp(ask, fields, drafts) }],
  }
}

function draftKey({ asker }: Ask): string {
  return `${asker.platform} ${asker.tenant} ${asker.person}`
}

function keepDraft(ask: Ask, drafts: Map<string, Given>, fields: Given): void {
  drafts.delete(draftKey(ask))
  drafts.set(draftKey(ask), fields)
  const [oldest] = drafts.keys()
  if (drafts.size > MAX_DRAFTS && oldest !== undefined) drafts.delete(oldest)
}

async function openForm(ask: Ask, drafts: ReadonlyMap<string, Given>): Promise<CommandReply> {
  const draft = drafts.get(draftKey(ask)) ?? {}
  const [first] = await digestsOf(ask)
  const visible = await ask.ports.feeds.feeds(ask.view)
  const feedsHint =
    visible.length === 0
      ? 'One address of a feed or a site on each line'
      : `One address on each line; empty: the ${plural(visible.length, 'feed')} that are there`
  const form: ReplyForm = {
    title: 'Set up the news digest',
    action: 'setup',
    fields: [
      {
        ...field(
          'channel',
          'Channel',
          draft['channel'] ?? ask.asker.channel,
          'The id of the channel that gets the digest',
        ),
        kind: 'channel',
      },
      field('times', 'When', draft['times'] ?? '08:00', '08:00, 18:00 · 08:00 mon-fri'),
      field('zone', 'Time zone', draft['zone'] ?? first?.settings.timeZone ?? 'UTC', 'such as Europe/Berlin'),
      field('stories', 'Most stories', draft['stories'] ?? '10', 'a number from 1 to 50'),
      {
        ...field('feeds', 'Feeds', draft['feeds'] ?? '', feedsHint),
        required: visible.length === 0,
        long: true,
      },
    ],
  }
  return { kind: 'form', form }
}

function field(name: string, label: string, value: string, hint: string): ReplyField {
  return { name, label, value, hint: hint.slice(0, 100), required: true, long: false }
}

async function setUp(ask: Ask, fields: Given, drafts: Map<string, Given>): Promise<CommandReply> {
  keepDraft(ask, drafts, fields)
  const channel = await checkChannel(ask, fields['channel'])
  const made = readSettings(fields)
  const tried = await tryFeeds(ask, fields['feeds'] ?? '')
  const problems = [
    ...(channel.kind === 'problem' ? [`Channel: ${channel.problem}`] : []),
    ...made.problems,
    ...(await feedProblems(ask, tried)),
  ]
  if (channel.kind === 'problem' || problems.length > 0) return refuse(problems)
  const read = tried.flatMap((one) => (one.kind === 'feed' ? [one] : []))
  await saveFeeds(ask, read)
  const all = await digestsOf(ask)
  const known = all.find(
    ({ stored }) => stored.name === SETUP_NAME && stored.destination.address === channel.destination.address,
  )
  const settings: DigestSettings = {
    ...made.settings,
    subscription: {
      ...(known?.settings.subscription ?? made.settings.subscription),
      maxStories: made.settings.subscription.maxStories,
    },
  }
  const stored = await saveDigest(ask, {
    id: known?.stored.id ?? ask.ports.newId(),
    destination: channel.destination,
    name: SETUP_NAME,
    settings,
    paused: false,
  })
  await audit(ask, 'set up', { digest: stored.id, feeds: read.map(({ url }) => url) })
  drafts.delete(draftKey(ask))
  const composed = await previewDigest(ask, {
    settings,
    destination: stored.destination,
    window: { fromMs: ask.nowMs - DAY_MS, toMs: ask.nowMs },
    further: await notStored(ask, read),
  })
  const head: ReplyBlock = {
    heading: [{ text: `Digest ${digestLabel(stored)} is set up` }],
    lines: [
      [{ text: whenWords(stored.nextRunAtMs, settings) }],
      ...(read.length > 0 ? [[{ text: `${plural(read.length, 'feed')} added.` }]] : []),
      [{ text: 'This is what it would look like now:' }],
    ],
  }
  const buttons = [
    ...button('Change', `form:edit:${stored.id}`),
    ...button('Full preview', actionText('preview', stored.id, 0, 24)),
  ]
  const preview = previewBlocks(composed, { settings, nowMs: ask.nowMs, page: 0 })
  return reply([head, ...preview, { lines: [], buttons }])
}

function readSettings(fields: Given): {
  readonly settings: DigestSettings
  readonly problems: readonly string[]
} {
  let settings = DEFAULT_DIGEST_SETTINGS
  const problems: string[] = []
  for (const name of ['zone', 'times', 'stories'] as const) {
    const value = fields[name] ?? ''
    const result =
      value === ''
        ? { kind: 'problem' as const, problem: `${name}: nothing is given` }
        : setDigestOption(settings, name, value, [])
    if (result.kind === 'settings') settings = result.settings
    else problems.push(result.problem)
  }
  return { settings, problems }
}

async function tryFeeds(ask: Ask, text: string): Promise<TriedFeed[]> {
  const urls = [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))]
  const known = new Set((await ask.ports.feeds.feeds(ask.view)).map(({ url }) => url))
  const signal = AbortSignal.any([ask.signal, AbortSignal.timeout(MAX_TRY_MS)])
  const fresh = urls.filter((url) => !known.has(url)).slice(0, MAX_SETUP_FEEDS + 1)
  const tried = await Promise.all(fresh.map((url) => tryFeed(ask.ports, url, signal)))
  return Promise.all(tried.map((one) => followDeclared(ask, one, signal)))
}

/** A site that declares one feed means that feed. */
async function followDeclared(ask: Ask, tried: TriedFeed, signal: AbortSignal): Promise<TriedFeed> {
  if (tried.kind !== 'page') return tried
  const [first] = tried.links.filter(({ found }) => found === 'declared')
  return first === undefined ? tried : tryFeed(ask.ports, first.url, signal)
}

async function feedProblems(ask: Ask, tried: readonly TriedFeed[]): Promise<string[]> {
  if (tried.length > MAX_SETUP_FEEDS) {
    return [`Feeds: more than ${MAX_SETUP_FEEDS} at once; add the rest with /newsroom feeds import`]
  }
  const problems = tried.flatMap((one) => {
    if (one.kind === 'problem') return [`Feeds: ${one.problem}`]
    return one.kind === 'page' ? [`Feeds: ${echo(one.url)} is a page; give the address of its feed`] : []
  })
  const own = await ownFeeds(ask)
  if (own.length + tried.length > MAX_TENANT_FEEDS) problems.push(`Feeds: ${MAX_TENANT_FEEDS} is the most`)
  if (tried.length === 0 && (await ask.ports.feeds.feeds(ask.view)).length === 0) {
    problems.push('Feeds: there are none yet; give at least one address')
  }
  return problems
}

function refuse(problems: readonly string[]): CommandReply {
  return reply([
    {
      heading: [{ text: 'Nothing was set up yet' }],
      lines: problems.map((problem): Line => [{ text: `${problem}.` }]),
      buttons: button('Open the form again', SETUP_ACTION, 'primary'),
    },
  ])
}

async function saveFeeds(
  { ports, view, nowMs }: Ask,
  feeds: readonly Extract<TriedFeed, { kind: 'feed' }>[],
): Promise<void> {
  if (feeds.length === 0) return
  await ports.feeds.saveFeeds(
    feeds.map(({ url, name }) => ({
      id: ports.newId(),
      url,
      name,
      tags: [],
      tenant: view.tenant,
      addedAtMs: nowMs,
    })),
  )
}

/** What the new feeds list and nobody has collected yet. */
async function notStored(
  { ports, view, nowMs }: Ask,
  feeds: readonly Extract<TriedFeed, { kind: 'feed' }>[],
) {
  const ids = feeds.flatMap(({ articles }) => articles.map(({ id }) => id))
  const stored = new Set((await ports.articles.articles(ids, view)).map(({ article }) => article.id))
  const fresh = feeds.map(({ name, articles }) => ({
    name,
    articles: articles.filter(({ id }) => !stored.has(id)),
  }))
  return fetchedStories(fresh, nowMs)
}
