import { createHash } from 'node:crypto'
import type { Article } from '../core/feed/article.ts'
import type { Copy } from '../core/dedup/copy.ts'
import { storyHeadline, type StoryHeadline } from '../core/story/headline.ts'
import {
  createStoryEngine,
  WINDOW_MS,
  type StoryEngine,
  type StoryStepResult,
} from '../core/story/story-engine.ts'
import { timeOrder } from '../core/story/time-order.ts'
import type { LanguageBridge } from './language-bridge.ts'
import { OperatorCorrections } from './operator-corrections.ts'
import type { ArticleStore, StoredArticle } from './ports/article-store.ts'
import type { LanguageShare } from './ports/language-share.ts'
import type { StoryRecord, StoryStep, StoryStore } from './ports/story-store.ts'
import type { SubscriptionStore } from './ports/subscription-store.ts'

/** What grouping needs from the street. */
export interface GroupPorts {
  readonly articles: Pick<ArticleStore, 'unplacedArticles'>
  readonly stories: Pick<StoryStore, 'liveArticles' | 'saveStep' | 'stories' | 'story'>
  /** Where the operator's corrections are kept; without it there are none. */
  readonly subscriptions?: Pick<SubscriptionStore, 'corrections'>
  /** Joins stories across languages; without it each language has its own. */
  readonly bridge?: LanguageBridge
  /** Stands back for what somebody waits for. */
  readonly giveWay?: () => Promise<void>
  readonly nowMs: () => number
}

/** What one round of grouping did. */
export interface GroupReport {
  readonly placed: number
  /** Stories that are new or changed. */
  readonly stories: number
  /** More articles wait. */
  readonly more: boolean
}

/** Articles of one step: a step is one transaction, and a database that blocks must not do so for long. */
const MAX_STEP_ARTICLES = 50

/** Members of a story that its headline is chosen from; later ones seldom are more typical, and a story may have thousands. */
const MAX_HEADLINE_MEMBERS = 100

/** Articles placed in one go: some 10 ms, then others have their turn. Range 1-50. */
const PLACED_AT_ONCE = 8

/** Articles read into memory in one go: some 10 ms, then others have their turn. Range 10-100. */
const READ_AT_ONCE = 20

/** Stories kept in memory before the first look for old ones. */
const MIN_FORGET_STORIES = 20_000

/** Why an article went to a story of another language; shown to people. */
const JOINED_LANGUAGES = 'Tells the same in another language, by the embedding server.'

interface Member {
  readonly article: Pick<Article, 'id' | 'title' | 'lang' | 'publisher' | 'outlet'>
  readonly atMs: number
  copyOf: string | null
}

/**
 * Places stored articles in stories: the one grouper of its store, or of some languages of it. Holds the open stories in memory and saves each step
 * in one transaction, so a crash loses no more than the step, which is then done again.
 */
export class StoryGrouper {
  readonly #ports: GroupPorts
  readonly #share: LanguageShare | undefined
  readonly #engine: StoryEngine
  readonly #corrections: OperatorCorrections | null
  readonly #stories = new Map<string, Map<string, Member>>()
  readonly #storyOf = new Map<string, string>()
  readonly #headlines = new Map<string, StoryHeadline>()
  /** Stories that go under the id of one in another language. */
  readonly #joined = new Map<string, string>()
  #forgetAbove = MIN_FORGET_STORIES
  /** Articles that the engine has heard of, in order of arrival. */
  #arrived = 0

  private constructor(ports: GroupPorts, engine: StoryEngine, share: LanguageShare | undefined) {
    this.#ports = ports
    this.#share = share
    this.#engine = engine
    const { stories, subscriptions } = ports
    this.#corrections =
      subscriptions === undefined ? null : new OperatorCorrections({ stories, subscriptions }, engine)
  }

  /**
   * A grouper with the live stories of the store. Cost: one pass over the articles of the window.
   * @param share the languages that it groups, where others group the rest; all of them where left out
   */
  static async open(ports: GroupPorts, share?: LanguageShare): Promise<StoryGrouper> {
    const grouper = new StoryGrouper(ports, createStoryEngine(), share)
    // An archive's stories live in the time of the archive.
    const [latest] = await ports.stories.stories({ limit: 1 }, { tenant: null })
    const endMs = Math.min(ports.nowMs(), latest?.lastAtMs ?? Number.POSITIVE_INFINITY)
    let read = 0
    for await (const { stored, copy } of ports.stories.liveArticles(endMs - WINDOW_MS, share)) {
      if (++read % READ_AT_ONCE === 0) await (ports.giveWay ?? aTurn)()
      if (stored.storyId === null) continue
      grouper.#arrived += 1
      grouper.#engine.restore(stored.article, stored.storyId, copy)
      grouper.#move(memberOf(stored.article, stored.ingestedAtMs, copy), stored.storyId)
    }
    while (grouper.#engine.settleRestored(PLACED_AT_ONCE)) await (ports.giveWay ?? aTurn)()
    return grouper
  }

  /** Follows the operator's corrections, then places the articles that wait, oldest first, at most one step of them. */
  async step(): Promise<GroupReport> {
    await this.#ports.giveWay?.()
    const corrected = await this.#correct()
    const waiting = await this.#ports.articles.unplacedArticles(MAX_STEP_ARTICLES, this.#share)
    if (waiting.length === 0) return { placed: 0, stories: corrected, more: false }
    const result = await this.#place(waiting.map(({ article }) => article))
    const touched = new Set<string>()
    for (const { article, ingestedAtMs } of waiting) {
      const story = this.#engine.storyOf(article.id)
      if (story !== null)
        for (const id of this.#move(memberOf(article, ingestedAtMs, null), this.#shown(story)))
          touched.add(id)
    }
    for (const id of this.#apply(result)) touched.add(id)
    const step = this.#record(
      waiting.map(({ article, revision }) => `${article.id}:${revision}`),
      result,
      touched,
    )
    await this.#ports.stories.saveStep(step)
    await this.#joinLanguages(waiting)
    this.#forgetOld()
    const more = waiting.length === MAX_STEP_ARTICLES
    return { placed: waiting.length, stories: corrected + touched.size, more }
  }

  /** One step of the engine in slices, so that others have their turn; the outcome is that of the step. */
  async #place(articles: readonly Article[]): Promise<StoryStepResult> {
    const steps: StoryStepResult[] = []
    for (const [n, at] of timeOrder(articles).entries()) {
      if (n % PLACED_AT_ONCE === PLACED_AT_ONCE - 1) await (this.#ports.giveWay ?? aTurn)()
      const article = articles[at]
      if (article !== undefined) steps.push(this.#engine.step([article], [], this.#arrived + at))
    }
    this.#arrived += articles.length
    const redirects = new Map(steps.flatMap((step) => step.redirects.map(({ from, to }) => [from, to])))
    return {
      placements: articles.map(({ id }) => ({ articleId: id, story: this.#engine.storyOf(id) ?? '' })),
      moves: steps.flatMap(({ moves }) => moves),
      copies: steps.flatMap(({ copies }) => copies),
      redirects: [...redirects].map(([from, to]) => ({ from, to })),
    }
  }

  /** Saves what new or undone corrections move as a step of its own; gives the number of stories that changed. */
  async #correct(): Promise<number> {
    const round = await this.#corrections?.refresh()
    if (round === null || round === undefined) return 0
    const touched = new Set(this.#apply(round.result))
    if (touched.size === 0) return 0
    const moved = round.result.moves.map(({ articleId, to }) => `${articleId}>${to}`)
    const step = [...round.corrections, ...moved, String(this.#ports.nowMs())]
    await this.#ports.stories.saveStep(this.#record(step, round.result, touched))
    return touched.size
  }

  /** Under which id a story of the engine is shown. */
  #shown(story: string): string {
    return this.#joined.get(story) ?? story
  }

  /** Saves what the bridge between languages joins as a step of its own. */
  async #joinLanguages(placed: readonly StoredArticle[]): Promise<void> {
    const { bridge } = this.#ports
    if (bridge === undefined) return
    const dated = placed.map(({ article, ingestedAtMs }) => ({
      article,
      atMs: article.publishedAtMs ?? ingestedAtMs,
    }))
    for (const { from, to } of await bridge.joins(dated, (id) => this.#storyOf.get(id) ?? null)) {
      const articleIds = [...(this.#stories.get(from)?.keys() ?? [])]
      const moves = articleIds.map((articleId) => ({ articleId, from, to, reason: JOINED_LANGUAGES }))
      for (const [story, shown] of this.#joined) if (shown === from) this.#joined.set(story, to)
      this.#joined.set(from, to)
      const result = { placements: [], copies: [], moves, redirects: [{ from, to }] }
      const touched = new Set(this.#apply(result))
      const step = ['languages', from, to, String(this.#ports.nowMs())]
      await this.#ports.stories.saveStep(this.#record(step, result, touched))
    }
  }

  /** Lets go of stories that no article can join any more; looks only when their number has doubled since it looked. */
  #forgetOld(): void {
    if (this.#stories.size < this.#forgetAbove) return
    const lastOf = (members: ReadonlyMap<string, Member>) =>
      [...members.values()].reduce((last, { atMs }) => Math.max(last, atMs), 0)
    const latest = new Map([...this.#stories].map(([id, members]) => [id, lastOf(members)]))
    const endMs = [...latest.values()].reduce((a, b) => Math.max(a, b), 0)
    for (const [id, lastMs] of latest) {
      if (lastMs >= endMs - WINDOW_MS) continue
      for (const articleId of this.#stories.get(id)?.keys() ?? []) this.#storyOf.delete(articleId)
      this.#stories.delete(id)
      this.#headlines.delete(id)
    }
    for (const [story, shown] of this.#joined) if (!this.#stories.has(shown)) this.#joined.delete(story)
    this.#forgetAbove = Math.max(MIN_FORGET_STORIES, 2 * this.#stories.size)
  }

  /** Puts a member into a story; gives the stories that this changed. */
  #move(member: Member, story: string): string[] {
    const before = this.#storyOf.get(member.article.id)
    const known = before === undefined ? undefined : this.#stories.get(before)?.get(member.article.id)
    if (before !== undefined && before !== story) this.#leave(before, member.article.id)
    this.#storyOf.set(member.article.id, story)
    const members = this.#stories.get(story) ?? new Map<string, Member>()
    members.set(member.article.id, { ...member, copyOf: member.copyOf ?? known?.copyOf ?? null })
    this.#stories.set(story, members)
    return before === undefined || before === story ? [story] : [before, story]
  }

  #leave(story: string, articleId: string): void {
    const members = this.#stories.get(story)
    members?.delete(articleId)
    if (members?.size !== 0) return
    this.#stories.delete(story)
    this.#headlines.delete(story)
  }

  #apply({ moves, copies }: StoryStepResult): string[] {
    const touched: string[] = []
    for (const { articleId, to } of moves) {
      const member = this.#memberOf(articleId)
      if (member !== undefined) touched.push(...this.#move(member, this.#shown(to)))
    }
    for (const { articleId, copyOf } of copies) {
      const member = this.#memberOf(articleId)
      if (member === undefined) continue
      member.copyOf = copyOf
      const story = this.#storyOf.get(articleId)
      if (story !== undefined) touched.push(story)
    }
    return touched
  }

  #memberOf(articleId: string): Member | undefined {
    const story = this.#storyOf.get(articleId)
    return story === undefined ? undefined : this.#stories.get(story)?.get(articleId)
  }

  #record(versions: readonly string[], result: StoryStepResult, touched: ReadonlySet<string>): StoryStep {
    const reasons = new Map(result.moves.map(({ articleId, reason }) => [articleId, reason]))
    const moved = [...result.placements.map(({ articleId }) => articleId), ...reasons.keys()]
    return {
      id: createHash('sha256').update(versions.join('\n')).digest('hex').slice(0, 32),
      atMs: this.#ports.nowMs(),
      stories: [...touched].flatMap((id) => this.#storyRecord(id)),
      placements: [...new Set(moved)].flatMap((articleId) => {
        const storyId = this.#storyOf.get(articleId)
        const reason = reasons.get(articleId) ?? this.#engine.explain(articleId)?.why ?? ''
        return storyId === undefined ? [] : [{ articleId, storyId, reason }]
      }),
      copies: result.copies,
      redirects: finalRedirects(result.redirects)
        .map(({ from, to }) => ({ from, to: this.#shown(to) }))
        // A story of two languages goes on in one of them.
        .filter(({ from, to }) => from !== to && this.#stories.has(to) && !this.#stories.has(from)),
    }
  }

  #storyRecord(id: string): StoryRecord[] {
    const members = [...(this.#stories.get(id)?.values() ?? [])]
    if (members.length === 0) return []
    const titled = members.slice(0, MAX_HEADLINE_MEMBERS).map(({ article }) => ({ ...EMPTY, ...article }))
    const lang = members[0]?.article.lang ?? null
    const headline = storyHeadline(titled, lang, this.#headlines.get(id) ?? null)
    this.#headlines.set(id, headline)
    const times = members.map(({ atMs }) => atMs)
    return [
      {
        id,
        lang,
        headline: headline.text,
        headlineArticleId: headline.articleId,
        firstAtMs: times.reduce((a, b) => Math.min(a, b)),
        lastAtMs: times.reduce((a, b) => Math.max(a, b)),
        articleCount: members.length,
        publisherCount: new Set(members.map(({ article }) => article.publisher)).size,
        copyCount: members.filter(({ copyOf }) => copyOf !== null).length,
        state: 'open',
      },
    ]
  }
}

function aTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** What a headline is not chosen by. */
const EMPTY = { url: null, text: '', furniture: [], publishedAtMs: null } satisfies Partial<Article>

function memberOf(article: Article, ingestedAtMs: number, copy: Copy | null): Member {
  const { id, title, lang, publisher, outlet, publishedAtMs } = article
  return {
    article: { id, title, lang, publisher, outlet },
    atMs: publishedAtMs ?? ingestedAtMs,
    copyOf: copy?.copyOf ?? null,
  }
}

/** Stories that were opened and merged within one step were never stored: who asked for one of them goes on to where it ended. */
function finalRedirects(redirects: StoryStep['redirects']): StoryStep['redirects'] {
  const next = new Map(redirects.map(({ from, to }) => [from, to]))
  return redirects.flatMap(({ from }) => {
    const seen = new Set([from])
    let to = from
    for (let on = next.get(to); on !== undefined && !seen.has(on); on = next.get(to)) {
      seen.add(on)
      to = on
    }
    return to === from ? [] : [{ from, to }]
  })
}
