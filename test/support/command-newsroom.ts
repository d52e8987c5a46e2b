import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { createCommandDesk } from '../../src/app/answer-command.ts'
import type { CommandPorts } from '../../src/app/commands/command-family.ts'
import type { Asker, CommandDesk, CommandReply, PrivateNote, ReplyBlock } from '../../src/app/ports/chat.ts'
import type { ExtractedPage } from '../../src/app/ports/page-reader.ts'
import type { FetchOutcome } from '../../src/core/feed/fetch-outcome.ts'
import type { Article } from '../../src/core/feed/article.ts'
import { makeArticle } from './make-article.ts'

/** Eight in the morning of the fictional day, epoch ms: what the desk's clock says. */
export const NOW = Date.UTC(2026, 2, 10, 8)

const HOUR = 3_600_000

/** The desk over a real store in memory, with two tenants, and everything else faked. */
export interface CommandNewsroom {
  readonly store: Store
  readonly desk: CommandDesk
  /** What addresses answer; all others cannot be fetched. */
  readonly web: Map<string, FetchOutcome>
  /** What the page reader makes of a page, by its URL. */
  readonly pages: Map<string, Partial<ExtractedPage>>
  readonly sent: string[]
  readonly told: PrivateNote[]
  readonly failures: unknown[]
  /** Channels elsewhere that the platform vouches for. */
  readonly channels: Set<string>
  clock: number
  close(): Promise<void>
}

/** A person in the general channel of tenant `t1`; `manager` and others by `changes`. */
export function asker(changes: Partial<Asker> = {}): Asker {
  return {
    platform: 'discord',
    tenant: 't1',
    channel: 'c1',
    channelName: 'general',
    person: 'p1',
    isManager: false,
    locale: null,
    ...changes,
  }
}

/** A manager of tenant `t1`. */
export const MANAGER = asker({ person: 'm1', isManager: true })

/** Opens the newsroom: an operator's feed, a feed of each tenant, four stories. Tenant `t1` alone sees `secret`. */
export async function openCommandNewsroom(overrides: Partial<CommandPorts> = {}): Promise<CommandNewsroom> {
  const store = await openStore('sqlite::memory:')
  const web = new Map<string, FetchOutcome>()
  const pages = new Map<string, Partial<ExtractedPage>>()
  const sent: string[] = []
  const told: PrivateNote[] = []
  const failures: unknown[] = []
  const channels = new Set<string>()
  let ids = 0
  const newsroom = { store, web, pages, sent, told, failures, channels, clock: NOW }
  const fetchFrom = ({ url }: { readonly url: string }): Promise<FetchOutcome> =>
    Promise.resolve(
      web.get(url) ?? {
        kind: 'failed',
        failure: 'dns',
        status: null,
        problem: `Cannot fetch "${url}": no such host`,
        retryAtMs: null,
      },
    )
  const ports: CommandPorts = {
    articles: store.articles,
    stories: store.stories,
    feeds: store.feeds,
    subscriptions: store.subscriptions,
    digests: store.digests,
    people: { forgetPerson: () => Promise.resolve(2) },
    sender: {
      sendNow: ({ name }) => {
        sent.push(name)
        return Promise.resolve({ kind: 'sent', words: `Digest ${name} is sent.` })
      },
      resend: ({ digestId, part }) => {
        sent.push(`${digestId}/${part}`)
        return Promise.resolve({ kind: 'sent', words: 'Sent again.' })
      },
      correctTold: (tenant, articleIds) => {
        sent.push(`corrected for ${tenant}: ${articleIds.join(' ')}`)
        return Promise.resolve(1)
      },
    },
    web: { fetchFeed: fetchFrom },
    pages: { fetchPage: fetchFrom },
    reader: { extract: ({ url }) => Promise.resolve({ ...EMPTY_PAGE, ...pages.get(url ?? '') }) },
    nowMs: () => newsroom.clock,
    newId: () => `id-${++ids}`,
    tell: (note) => {
      told.push(note)
      return Promise.resolve('told')
    },
    channelProblem: (_platform, tenant, channel) =>
      Promise.resolve(
        channel === 'c1' || channel === 'c2' || channels.has(`${tenant}/${channel}`)
          ? null
          : 'the bot is not in it: invite it',
      ),
    onFailure: (error) => failures.push(error),
    ...overrides,
  }
  await fill(store)
  return { ...newsroom, ...clockOf(newsroom), desk: createCommandDesk(ports), close: () => store.close() }
}

function clockOf(newsroom: { clock: number }): { clock: number } {
  return {
    get clock() {
      return newsroom.clock
    },
    set clock(nowMs: number) {
      newsroom.clock = nowMs
    },
  }
}

const EMPTY_PAGE: ExtractedPage = {
  url: null,
  title: null,
  byline: null,
  published: null,
  lang: null,
  outlet: null,
  text: '',
  removed: [],
  access: 'empty',
  problems: [],
}

/** An answer of the web. */
export function fetched(url: string, text: string, contentType = 'application/rss+xml'): FetchOutcome {
  return {
    kind: 'fetched',
    url,
    body: new TextEncoder().encode(text),
    contentType,
    validators: { etag: null, lastModified: null, bodyHash: null },
    movedTo: null,
    freshForMs: null,
  }
}

/** A small RSS feed of the fictional Fenwick Times. */
export const FENWICK_FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>Fenwick Times</title>
<link>https://fenwick.example/</link>
<item><title>Fenwick bridge opens a year late</title><link>https://fenwick.example/bridge</link>
<pubDate>Tue, 10 Mar 2026 07:00:00 GMT</pubDate>
<description>The new bridge over the Fenwick opened on Tuesday morning, a year late. The mayor cut a ribbon before four hundred guests.</description></item>
<item><title>Baker wins prize for rye bread</title><link>https://fenwick.example/rye</link>
<pubDate>Tue, 10 Mar 2026 06:00:00 GMT</pubDate>
<description>A baker from Fenwick won the prize of the guild for a loaf of rye bread. She had tried for eleven years.</description></item>
</channel></rss>`

interface Draft {
  readonly id: string
  readonly outlet: string
  readonly title: string
  readonly text: string
  readonly hours: number
}

const FERRY_TEXT =
  'A ferry ran aground off Marholm on Monday with two hundred people on board. Boats from the harbour took all passengers ashore within the hour. Nobody was hurt, the coast guard said.'

const OPEN: readonly Draft[] = [
  {
    id: 'ferry-1',
    outlet: 'Harbour Post',
    title: 'Ferry runs aground off Marholm',
    text: FERRY_TEXT,
    hours: 20,
  },
  { id: 'ferry-2', outlet: 'Coast Radio', title: 'Ferry aground: all safe', text: FERRY_TEXT, hours: 19 },
  {
    id: 'ferry-3',
    outlet: 'Lissane Gazette',
    title: 'Captain of stranded ferry took wrong turn',
    text: 'The captain of the stranded ferry had taken a wrong turn in the fog, investigators found. The company wants to train all its crews again.',
    hours: 4,
  },
  {
    id: 'trial-1',
    outlet: 'Lissane Gazette',
    title: 'Former mayor of Lissane sentenced',
    text: 'The court in Lissane sentenced the former mayor to three years in prison. Prosecutors had asked for five years because of the missing money.',
    hours: 6,
  },
  {
    id: 'storm-1',
    outlet: 'Harbour Post',
    title: 'Storm closes harbour of Marholm',
    text: 'A storm closed the harbour of Marholm on Sunday evening. Ferries will stay in port until the wind drops.',
    hours: 30,
  },
]

const SECRET: Draft = {
  id: 'secret-1',
  outlet: 'Inner Circle',
  title: 'Plans for the zeppelin are ready',
  text: 'The plans for the zeppelin of Marholm are ready, a letter to members says. It will carry forty guests.',
  hours: 2,
}

function articleOf({ id, outlet, title, text, hours }: Draft): Article {
  const host = outlet.toLowerCase().replace(/\s/g, '')
  return makeArticle({
    id,
    title,
    text,
    source: outlet,
    url: `https://${host}.example/${id}`,
    published: new Date(NOW - hours * HOUR).toISOString(),
  })
}

async function fill(store: Store): Promise<void> {
  const feed = { tags: ['world'], addedAtMs: NOW - 100 * HOUR }
  await store.subscriptions.saveTenant({ id: 't1', platform: 'discord', name: 'One', atMs: NOW })
  await store.subscriptions.saveTenant({ id: 't2', platform: 'discord', name: 'Two', atMs: NOW })
  await store.feeds.saveFeeds([
    { ...feed, id: 'open', url: 'https://open.example/rss?key=k', name: 'Open Wire', tenant: null },
    { ...feed, id: 'of-t1', url: 'https://one.example/rss', name: 'Inner Circle', tenant: 't1' },
    { ...feed, id: 'of-t2', url: 'https://two.example/rss', name: 'Outer Circle', tenant: 't2' },
  ])
  for (const [feedId, drafts] of [
    ['open', OPEN],
    ['of-t1', [SECRET]],
  ] as const) {
    await store.articles.saveIngest({
      feedId,
      atMs: NOW - 3 * HOUR,
      added: drafts.map((draft) => ({ article: articleOf(draft), key: draft.id, contentHash: draft.id })),
      revised: [],
      unchanged: [],
    })
  }
  const placed = {
    ferryaground: ['ferry-1', 'ferry-2', 'ferry-3'],
    mayortrial: ['trial-1'],
    harbourstorm: ['storm-1'],
    zeppelinplan: ['secret-1'],
  }
  const articles = new Map([...OPEN, SECRET].map((draft) => [draft.id, articleOf(draft)]))
  await store.stories.saveStep({
    id: 'step-1',
    atMs: NOW - 2 * HOUR,
    stories: Object.entries(placed).map(([id, ids]) => {
      const dates = ids.map((one) => articles.get(one)?.publishedAtMs ?? 0)
      return {
        id,
        lang: 'en',
        headline: articles.get(ids[0] ?? '')?.title ?? '',
        headlineArticleId: ids[0] ?? null,
        firstAtMs: Math.min(...dates),
        lastAtMs: Math.max(...dates),
        articleCount: ids.length,
        publisherCount: ids.length,
        copyCount: 0,
        state: 'open' as const,
      }
    }),
    placements: Object.entries(placed).flatMap(([storyId, ids]) =>
      ids.map((articleId) => ({ articleId, storyId, reason: 'same event' })),
    ),
    copies: [{ articleId: 'ferry-2', copyOf: 'ferry-1', kind: 'exact', scores: {} }],
    redirects: [],
  })
}

/** Everything that a reply says, one line each: headings, lines, buttons as `[Label]`, choices as `<Label>`. */
export function wordsOf(reply: CommandReply): string {
  switch (reply.kind) {
    case 'message':
      return reply.blocks.map(blockWords).join('\n')
    case 'form':
      return [reply.form.title, ...reply.form.fields.map(({ label, value }) => `${label}: ${value}`)].join(
        '\n',
      )
    case 'file':
      return `${reply.name}\n${reply.content}`
  }
}

function blockWords({ heading, lines, buttons = [], menu }: ReplyBlock): string {
  const text = [...(heading === undefined ? [] : [heading]), ...lines].map((line) =>
    line.map((span) => span.text).join(''),
  )
  const offers = [
    ...buttons.map(({ label }) => `[${label}]`),
    ...(menu?.choices ?? []).map(({ label }) => `<${label}>`),
  ]
  return [...text, ...offers].join('\n')
}

/** The action of the first button with a label; fails the test where there is none. */
export function actionOf(reply: CommandReply, label: string): string {
  const blocks = reply.kind === 'message' ? reply.blocks : []
  const found = blocks.flatMap(({ buttons = [] }) => buttons).find((button) => button.label === label)
  if (found === undefined) throw new Error(`no button "${label}" in:\n${wordsOf(reply)}`)
  return found.action
}

/** Asks as people type: `/news search` with its options. */
export function askDesk(
  { desk }: Pick<CommandNewsroom, 'desk'>,
  who: Asker,
  command: string,
  options: Readonly<Record<string, string>> = {},
): Promise<CommandReply> {
  const path = command.replace(/^\//, '').split(' ')
  return desk.answer({ kind: 'command', asker: who, path, options }, new AbortController().signal)
}

/** Presses a button, or chooses in a menu. */
export function pressButton(
  { desk }: Pick<CommandNewsroom, 'desk'>,
  who: Asker,
  action: string,
  chosen: readonly string[] = [],
): Promise<CommandReply> {
  return desk.answer({ kind: 'action', asker: who, action, chosen }, new AbortController().signal)
}

/** Sends a form. */
export function sendForm(
  { desk }: Pick<CommandNewsroom, 'desk'>,
  who: Asker,
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<CommandReply> {
  return desk.answer({ kind: 'form', asker: who, action, fields }, new AbortController().signal)
}
