import pg from 'pg'
import { indexedWords } from '../src/adapters/storage/search-words.ts'
import { timeWords } from '../src/adapters/storage/time-words.ts'
import type { Article } from '../src/core/feed/article.ts'

// A made-up newsroom of any size on PostgreSQL: years of articles in stories, tenants, destinations and their wishes. Written
// straight into the tables, as collecting a million articles would take an hour.

/** Time between two articles, ms: 1,000 a day, so that a million are 2.7 years. */
export const SPACING_MS = 86_400
/** When the first article came. */
export const START_MS = Date.UTC(2024, 0, 1)
export const OUTLETS = 300
export const FEEDS = 200
export const TAGS = 20
/** Articles of one story; they come within about three hours. */
const STORY_SIZE = 6
const STORIES_AT_ONCE = 20
const VOCABULARY = 60_000
const ROWS = 2_000

let seed = 1
export function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

const SYLLABLES =
  'ba ke li mo nu ra se ti vo wy pra sto gle fin dar mel cho tus ran ver pol qui zan hou jer bri'.split(' ')
const WORDS = Array.from({ length: VOCABULARY }, (_, rank) => {
  let word = ''
  for (let n = rank + 27; n > 0; n = Math.floor(n / SYLLABLES.length))
    word += SYLLABLES[n % SYLLABLES.length] ?? ''
  return word
})

/** The `rank`-th most frequent word. */
export function word(rank: number): string {
  return WORDS[rank % VOCABULARY] ?? ''
}

const LANGS = ['en', 'en', 'en', 'en', 'de', 'de', 'es', 'es', 'fr', 'it'] as const

const common = () => word(Math.floor(VOCABULARY ** random()))

/** Story of the `n`-th article: twenty run side by side. */
export function storyOf(n: number): number {
  const block = Math.floor(n / (STORIES_AT_ONCE * STORY_SIZE))
  return block * STORIES_AT_ONCE + (n % STORIES_AT_ONCE)
}

/** The words that only the articles of one story share: names, places, things. */
function ownWords(story: number): string[] {
  return Array.from({ length: 14 }, (_, at) => word(2_000 + ((story * 7_919 + at * 104_729) % 50_000)))
}

/** The `n`-th article: some ten sentences, half of them of the words of its story. */
export function madeUp(n: number, id = `scale-${n}`): Article {
  const story = storyOf(n)
  const own = ownWords(story)
  const sentence = (share: number) => {
    const words = Array.from({ length: 12 + Math.floor(random() * 10) }, () =>
      random() < share ? (own[Math.floor(random() * own.length)] ?? '') : common(),
    ).join(' ')
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  }
  const text = Array.from({ length: 10 }, (_, at) => sentence(at < 6 ? 0.4 : 0)).join(' ')
  const outlet = Math.floor(random() * OUTLETS)
  return {
    id,
    url: `https://outlet${outlet}.example/${id}`,
    title: sentence(0.7).slice(0, -1).split(' ').slice(0, 9).join(' '),
    text,
    furniture: [],
    outlet: `Outlet ${outlet}`,
    publisher: `publisher-${outlet % 250}`,
    publishedAtMs: START_MS + n * SPACING_MS,
    lang: LANGS[story % LANGS.length] ?? 'en',
  }
}

type Rows = Readonly<Record<string, readonly unknown[]>>

async function insert(
  client: pg.Client,
  table: string,
  types: Readonly<Record<string, string>>,
  rows: Rows,
  select = '*',
) {
  const names = Object.keys(types)
  const arrays = names.map((name, at) => `$${at + 1}::${types[name]}[]`)
  const columns = select === '*' ? names : [...names.filter((name) => name !== 'line'), 'search_words']
  await client.query(
    `insert into ${table} (${columns.join(', ')}) select ${select} from unnest(${arrays.join(', ')}) as given (${names.join(', ')})`,
    names.map((name) => rows[name]),
  )
}

/** Fills a database that has the schema and nothing else. Indexes of articles are made at the end, that is three times quicker. */
export async function fillNewsroom(url: string, total: number, onProgress: (done: number) => void) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `set synchronous_commit = off; set maintenance_work_mem = '1GB'; set session_replication_role = replica`,
  )
  const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes where tablename in ('articles', 'story_members', 'article_feeds', 'stories')
      and indexname not in (select conname from pg_constraint)`,
  )
  for (const { indexname } of indexes) await client.query(`drop index ${indexname}`)
  await insert(
    client,
    'feeds',
    {
      ...{ id: 'text', tenant: 'text', url: 'text', name: 'text', tags: 'text', published: 'int' },
      ...{ added_at_ms: 'bigint', state: 'text', claimed_until_ms: 'bigint' },
    },
    columnsOf(
      Array.from({ length: FEEDS }, (_, n) => ({
        ...{ id: `feed-${n}`, tenant: '', url: `https://feed${n}.example/rss`, name: `Feed ${n}` },
        ...{ tags: JSON.stringify([`tag${n % TAGS}`]), published: 1, added_at_ms: START_MS },
        ...{ state: '{}', claimed_until_ms: 0 },
      })),
    ),
  )
  for (let from = 0; from < total; from += ROWS) {
    const to = Math.min(total, from + ROWS)
    const numbers = Array.from({ length: to - from }, (_, at) => from + at)
    await fillArticles(
      client,
      numbers.map((n) => {
        const story = storyOf(n)
        return {
          n,
          article: madeUp(n),
          owner: '',
          feed: `feed-${story % FEEDS}`,
          story: `scalestory-${story}`,
        }
      }),
    )
    onProgress(to)
  }
  for (const { indexdef } of indexes) await client.query(indexdef)
  await client.query('vacuum analyze')
  await client.end()
}

/** An article and where it stands; `n` tells when it came. */
interface Placed {
  readonly n: number
  readonly article: Article
  /** Empty: everybody's. */
  readonly owner: string
  readonly feed: string
  readonly story: string
}

async function fillArticles(client: pg.Client, placed: readonly Placed[]): Promise<void> {
  const atMs = (n: number) => START_MS + n * SPACING_MS + 60_000
  await insert(
    client,
    'articles',
    {
      ...{
        id: 'text',
        owner: 'text',
        key: 'text',
        visible_to: 'text',
        url: 'text',
        title: 'text',
        text: 'text',
      },
      ...{
        furniture: 'text',
        outlet: 'text',
        outlet_folded: 'text',
        publisher: 'text',
        published_at_ms: 'bigint',
      },
      ...{
        lang: 'text',
        content_hash: 'text',
        revision: 'int',
        ingested_at_ms: 'bigint',
        accepted_at_ms: 'bigint',
      },
      ...{ sort_at_ms: 'bigint', body_dropped: 'int', pending: 'int', line: 'text' },
    },
    columnsOf(
      placed.map(({ n, article, owner }) => ({
        ...{ id: article.id, owner, key: article.url, visible_to: owner, url: article.url },
        ...{ title: article.title, text: article.text, furniture: '[]', outlet: article.outlet },
        ...{ outlet_folded: article.outlet.toLowerCase(), publisher: article.publisher },
        ...{
          published_at_ms: article.publishedAtMs,
          lang: article.lang,
          content_hash: article.id,
          revision: 1,
        },
        ...{
          ingested_at_ms: atMs(n),
          accepted_at_ms: atMs(n),
          sort_at_ms: article.publishedAtMs,
        },
        ...{ body_dropped: 0, pending: 0 },
        line: [...timeWords(article.publishedAtMs ?? 0), ...indexedWords(article)].join(' '),
      })),
    ),
    `id, owner, key, visible_to, url, title, text, furniture, outlet, outlet_folded, publisher, published_at_ms, lang, content_hash,
      revision, ingested_at_ms, accepted_at_ms, sort_at_ms, body_dropped, pending, array_to_tsvector(string_to_array(line, ' '))`,
  )
  await insert(
    client,
    'story_members',
    {
      ...{
        article_id: 'text',
        story_id: 'text',
        reason: 'text',
        joined_step: 'text',
        joined_at_ms: 'bigint',
      },
    },
    columnsOf(
      placed.map(({ n, article, story }) => ({
        ...{ article_id: article.id, story_id: story, reason: 'made up', joined_step: 'scale' },
        joined_at_ms: atMs(n),
      })),
    ),
  )
  await insert(
    client,
    'article_feeds',
    { feed_id: 'text', article_id: 'text', listed_at_ms: 'bigint' },
    columnsOf(
      placed.map(({ n, article, feed }) => ({
        ...{ feed_id: feed, article_id: article.id, listed_at_ms: atMs(n) },
      })),
    ),
  )
  const stories = Map.groupBy(placed, ({ story }) => story)
  const { rows } = await client.query<{ id: string }>('select id from stories where id = any($1)', [
    [...stories.keys()],
  ])
  const known = new Set(rows.map(({ id }) => id))
  await insert(
    client,
    'stories',
    {
      ...{ id: 'text', lang: 'text', headline: 'text', headline_article_id: 'text', first_at_ms: 'bigint' },
      ...{
        last_at_ms: 'bigint',
        article_count: 'int',
        publisher_count: 'int',
        copy_count: 'int',
        state: 'text',
      },
    },
    columnsOf(
      [...stories].flatMap(([id, members]) => {
        const first = members[0]?.article
        const last = members.at(-1)?.article
        if (first === undefined || known.has(id)) return []
        return {
          ...{ id, lang: first.lang, headline: first.title, headline_article_id: first.id },
          ...{ first_at_ms: first.publishedAtMs, last_at_ms: last?.publishedAtMs, article_count: STORY_SIZE },
          ...{ publisher_count: STORY_SIZE, copy_count: 0, state: 'open' },
        }
      }),
    ),
  )
}

function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): Rows {
  return Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((name) => [name, rows.map((row) => row[name] ?? null)]),
  )
}

/** Tenants with their channels; every tenth tenant has a feed of its own that brings articles, so that it sees with other eyes. */
export interface Audience {
  readonly tenants: number
  readonly destinations: number
  /** Destinations with a daily digest that is due at `dueMs`; the others wait. */
  readonly due: number
  readonly dueMs: number
}

/** Different sets of wishes; people choose among the same topics and lengths. */
export const WISHES = 400

const DAY_MS = 86_400_000

/** Stores the audience, and takes away what an earlier run left of digests. */
export async function fillAudience(url: string, { tenants, destinations, due, dueMs }: Audience) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`set session_replication_role = replica`)
  const tables = 'deliveries, told_stories, digests, subscriptions, destinations, tenants'
  await client.query(`truncate ${tables} cascade`)
  await insert(
    client,
    'tenants',
    { id: 'text', platform: 'text', name: 'text', settings: 'text', added_at_ms: 'bigint' },
    columnsOf(
      Array.from({ length: tenants }, (_, n) => ({
        ...{ id: `tenant-${n}`, platform: n % 2 === 0 ? 'discord' : 'slack', name: `Tenant ${n}` },
        ...{ settings: '{}', added_at_ms: START_MS },
      })),
    ),
  )
  const platform = (n: number) => ((n % tenants) % 2 === 0 ? 'discord' : 'slack')
  await insert(
    client,
    'destinations',
    { id: 'text', tenant: 'text', platform: 'text', address: 'text', name: 'text', added_at_ms: 'bigint' },
    columnsOf(
      Array.from({ length: destinations }, (_, n) => ({
        ...{ id: `destination-${n}`, tenant: `tenant-${n % tenants}`, platform: platform(n) },
        ...{ address: `channel-${n}`, name: `Channel ${n}`, added_at_ms: START_MS },
      })),
    ),
  )
  await insert(
    client,
    'subscriptions',
    {
      ...{ id: 'text', destination_id: 'text', name: 'text', settings: 'text', paused: 'int' },
      ...{
        changed_at_ms: 'bigint',
        next_run_at_ms: 'bigint',
        window_end_ms: 'bigint',
        claimed_until_ms: 'bigint',
      },
    },
    columnsOf(
      Array.from({ length: destinations }, (_, n) => ({
        ...{ id: `subscription-${n}`, destination_id: `destination-${n}`, name: 'morning', paused: 0 },
        ...{ settings: JSON.stringify(wishOf(n, dueMs)), changed_at_ms: START_MS },
        next_run_at_ms: n < due ? dueMs : dueMs + 9 * DAY_MS,
        ...{ window_end_ms: dueMs - DAY_MS, claimed_until_ms: 0 },
      })),
    ),
  )
  await client.query(`delete from articles where owner <> ''`)
  for (const table of ['story_members', 'article_feeds'])
    await client.query(`delete from ${table} where article_id like 'own-%'`)
  await client.query(`delete from stories where id like 'own-%'`)
  await client.query(`delete from feeds where tenant <> ''`)
  await insert(
    client,
    'feeds',
    {
      ...{ id: 'text', tenant: 'text', url: 'text', name: 'text', tags: 'text', published: 'int' },
      ...{ added_at_ms: 'bigint', state: 'text', claimed_until_ms: 'bigint' },
    },
    columnsOf(
      Array.from({ length: tenants / 10 }, (_, n) => ({
        ...{
          id: `own-${n}`,
          tenant: `tenant-${n * 10}`,
          url: 'https://own.example/rss',
          name: 'Own',
          tags: '[]',
        },
        ...{ published: 0, added_at_ms: START_MS, state: '{}', claimed_until_ms: 0 },
      })),
    ),
  )
  await fillArticles(client, ownArticles(tenants / 10, dueMs))
  await client.query(`analyze ${tables}`)
  await client.end()
}

/** Articles of one tenant with a feed of its own in a day. */
const OWN_A_DAY = 3

/** What the feeds of tenants brought on the two days: two articles in stories that everybody sees, one in a story of its own. */
function ownArticles(feeds: number, dueMs: number): Placed[] {
  const firstOfDay = (day: number) => Math.ceil((dueMs + (day - 1) * DAY_MS - START_MS) / SPACING_MS)
  return [0, 1].flatMap((day) =>
    Array.from({ length: feeds * OWN_A_DAY }, (_, at) => {
      const feed = Math.floor(at / OWN_A_DAY)
      const id = `own-${day}-${at}`
      const n = firstOfDay(day) + ((at * 7) % (DAY_MS / SPACING_MS - 1))
      const story = at % OWN_A_DAY === 0 ? id : `scalestory-${storyOf(n)}`
      return { n, article: madeUp(n, id), owner: `tenant-${feed * 10}`, feed: `own-${feed}`, story }
    }),
  )
}

function wishOf(n: number, dueMs: number) {
  const wish = n % WISHES
  const minute = new Date(dueMs).getUTCMinutes()
  const tags =
    wish % 5 === 0 ? [] : [`tag${wish % TAGS}`, `tag${(wish * 7) % TAGS}`, `tag${(wish * 3) % TAGS}`]
  const subscription = {
    feeds: { ids: [], tags },
    topics: { include: [], exclude: [word(300 + wish)], mute: [] },
    maxStories: wish % 2 === 0 ? 10 : 6,
    maxSentences: wish % 3 === 0 ? 2 : 3,
  }
  return {
    subscription,
    cron: [`${minute} ${new Date(dueMs).getUTCHours()} * * *`],
    timeZone: 'UTC',
    quiet: null,
    setBy: 'chat',
  }
}
