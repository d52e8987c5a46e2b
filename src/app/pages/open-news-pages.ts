import { parseSince } from '../../core/digest/digest-window.ts'
import { nextRun } from '../../core/schedule/next-run.ts'
import { printable } from '../../core/text/printable.ts'
import { outletWords } from '../commands/story-card.ts'
import { parseDigestSettings, schedulesOf } from '../digest-settings.ts'
import type { ArticleEntry } from '../ports/article-store.ts'
import type {
  ArchivePage,
  DigestPage,
  FoundArticle,
  FrontPage,
  LatestDigests,
  NewsPages,
  SearchPage,
  SearchQuery,
} from '../ports/news-pages.ts'
import type { Destination } from '../ports/publisher.ts'
import { pageEyes, type PagesPorts } from './page-eyes.ts'
import { storyCard, StoryPages } from './story-page.ts'
import { readStoredDigest } from './stored-digest.ts'

/** Entries of one page of each list. */
const FRONT_STORIES = 20
const FOUND_ARTICLES = 20
const ARCHIVED_DIGESTS = 15
const DIGEST_STORIES = 10

/** Last page of any list: past it a search should be narrower. Counts from 0. */
const MAX_PAGE = 50

/** Longest search. */
const MAX_WORDS_CHARS = 300

/** Runs ahead that an archive tells of each digest. */
const COMING_RUNS = 3

/** The pages for readers over the store. */
export function openNewsPages(ports: PagesPorts): NewsPages {
  const stories = new StoryPages(ports)
  return {
    front: (via, page) => front(ports, via, bounded(page)),
    async story(target) {
      const eyes = await pageEyes(ports, target.via)
      return eyes === null ? { kind: 'none' } : stories.load({ ...target, page: bounded(target.page) }, eyes)
    },
    search: (query) => search(ports, { ...query, page: bounded(query.page) }),
    archive: (token, page) => archive(ports, token, bounded(page)),
    latest: (token) => latest(ports, token),
    digest: (token, digestId, page) => digest(ports, { token, digestId, page: bounded(page) }),
  }
}

function bounded(page: number): number {
  return Number.isInteger(page) ? Math.min(Math.max(page, 0), MAX_PAGE) : 0
}

async function front(ports: PagesPorts, via: string | null, page: number): Promise<FrontPage | null> {
  const eyes = await pageEyes(ports, via)
  if (eyes === null) return null
  const seen = await eyes.reader.list({ limit: FRONT_STORIES + 1, offset: page * FRONT_STORIES })
  const stories = seen.slice(0, FRONT_STORIES).map(storyCard)
  return { view: eyes.page, stories, page, more: seen.length > FRONT_STORIES && page < MAX_PAGE }
}

async function search(ports: PagesPorts, query: SearchQuery): Promise<SearchPage | null> {
  const eyes = await pageEyes(ports, query.via)
  if (eyes === null) return null
  const words = query.words.trim()
  const from = query.since === '' ? null : parseSince(query.since.slice(0, 40), ports.nowMs())
  const nothing = { view: eyes.page, query, found: [], page: query.page, more: false }
  if (from?.kind === 'problem') return { ...nothing, problem: `Cannot search since ${from.problem}.` }
  if (words.length > MAX_WORDS_CHARS)
    return { ...nothing, problem: `Search for fewer words: at most ${MAX_WORDS_CHARS} characters.` }
  if (!/[\p{L}\p{N}]/u.test(words))
    return { ...nothing, problem: words === '' ? null : 'Give at least one word.' }
  const found = await ports.articles.search(
    {
      ...{ words, limit: FOUND_ARTICLES, offset: query.page * FOUND_ARTICLES },
      ...(from === null ? {} : { sinceMs: from.atMs }),
      ...(query.outlet === '' ? {} : { outlet: query.outlet.slice(0, 200) }),
    },
    eyes.view,
  )
  const muted = await eyes.reader.mutedPublishers()
  const shown = found.entries.filter(({ publisher }) => !muted.has(publisher)).map(foundArticle)
  return { ...nothing, problem: null, found: shown, more: found.more && query.page < MAX_PAGE }
}

function foundArticle(entry: ArticleEntry): FoundArticle {
  const { url, lang, publishedAtMs, storyId } = entry
  return { url, lang, publishedAtMs, storyId, title: printable(entry.title), outlet: outletWords(entry) }
}

async function archive(ports: PagesPorts, token: string, page: number): Promise<ArchivePage | null> {
  const eyes = await pageEyes(ports, token)
  if (eyes?.destination == null || eyes.page === null) return null
  const { id } = eyes.destination
  const [stored, coming] = await Promise.all([
    ports.digests.digests(id, ARCHIVED_DIGESTS + 1, page * ARCHIVED_DIGESTS),
    comingRuns(ports, eyes.destination),
  ])
  const digests = stored.slice(0, ARCHIVED_DIGESTS).map((one) => readStoredDigest(one).digest)
  return { view: eyes.page, digests, coming, page, more: stored.length > ARCHIVED_DIGESTS && page < MAX_PAGE }
}

async function latest(ports: PagesPorts, token: string): Promise<LatestDigests | null> {
  const eyes = await pageEyes(ports, token)
  if (eyes?.destination == null || eyes.page === null) return null
  const [stored, coming] = await Promise.all([
    ports.digests.digests(eyes.destination.id, ARCHIVED_DIGESTS),
    comingRuns(ports, eyes.destination),
  ])
  return { view: eyes.page, digests: stored.map(readStoredDigest), coming }
}

async function comingRuns(ports: PagesPorts, { id, tenant }: Destination): Promise<ArchivePage['coming']> {
  const all = await ports.subscriptions.subscriptions(tenant)
  const runs = all
    .filter(({ destination, paused }) => destination.id === id && !paused)
    .flatMap(({ name, settings: stored, nextRunAtMs }) => {
      const settings = parseDigestSettings(stored)
      const times: number[] = []
      for (
        let at = nextRunAtMs;
        at !== null && times.length < COMING_RUNS;
        at = nextRun(schedulesOf(settings), at)
      )
        times.push(at)
      return times.map((atMs) => ({ name: printable(name), atMs, timeZone: settings.timeZone }))
    })
  return runs.sort((a, b) => a.atMs - b.atMs)
}

async function digest(
  ports: PagesPorts,
  { token, digestId, page }: { readonly token: string; readonly digestId: string; readonly page: number },
): Promise<DigestPage | null> {
  const eyes = await pageEyes(ports, token)
  if (eyes?.destination == null || eyes.page === null || !/^[\w-]{1,80}$/.test(digestId)) return null
  const stored = await ports.digests.digest(digestId)
  // Another destination's digest is answered as one that does not exist.
  if (stored?.destinationId !== eyes.destination.id) return null
  const { digest: told, stories } = readStoredDigest(stored)
  const from = page * DIGEST_STORIES
  return {
    ...{ view: eyes.page, digest: told, page },
    stories: stories.slice(from, from + DIGEST_STORIES),
    more: stories.length > from + DIGEST_STORIES,
  }
}
