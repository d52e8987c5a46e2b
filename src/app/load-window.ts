import { overlayCorrections } from '../core/subscription/overlay-corrections.ts'
import type { ArticleStore } from './ports/article-store.ts'
import type { ComposableMember, ComposableStory, StoryStore, Window } from './ports/story-store.ts'
import type { Correction, SubscriptionStore } from './ports/subscription-store.ts'
import type { TenantView } from './ports/tenant-view.ts'

/** What loading a window needs. */
export interface WindowPorts {
  readonly stories: Pick<StoryStore, 'storiesOfWindow' | 'storiesById'>
  readonly articles: Pick<ArticleStore, 'articles'>
  readonly subscriptions: Pick<SubscriptionStore, 'corrections'>
}

/**
 * The stories of a window as one tenant sees them, its corrections applied: what {@link composeForSubscription} takes. Stories that a
 * correction joins to them come along although they lie outside the window.
 *
 * @param shared the same window as everybody sees it, where it is loaded already
 */
export async function loadWindow(
  ports: WindowPorts,
  window: Window,
  view: TenantView,
  shared?: readonly ComposableStory[],
): Promise<readonly ComposableStory[]> {
  const [stories, corrections] = await Promise.all([
    ports.stories.storiesOfWindow(window, view, shared),
    tenantCorrections(ports, view),
  ])
  if (corrections.length === 0) return stories
  const partners = await loadPartners(ports, stories, corrections, view)
  const inWindow = new Set(stories.flatMap(({ members }) => members.map(({ article }) => article.id)))
  return overlayCorrections<ComposableMember>(
    [...stories, ...partners],
    corrections,
    ({ article, copyOf }) => ({ id: article.id, copyOf }),
    (a, b) => a.acceptedAtMs - b.acceptedAtMs || (a.article.id < b.article.id ? -1 : 1),
  ).filter(({ members }) => members.some(({ article }) => inWindow.has(article.id)))
}

/** The operator's corrections hold for all and are in the stories already. */
async function tenantCorrections(
  { subscriptions }: WindowPorts,
  { tenant }: TenantView,
): Promise<Correction[]> {
  if (tenant === null) return []
  const all = await subscriptions.corrections(tenant)
  return all.filter((correction) => correction.tenant === tenant && correction.undoneAtMs === null)
}

async function loadPartners(
  ports: WindowPorts,
  stories: readonly ComposableStory[],
  corrections: readonly Correction[],
  view: TenantView,
): Promise<ComposableStory[]> {
  const present = new Set(stories.flatMap(({ members }) => members.map(({ article }) => article.id)))
  const known = new Set(stories.map(({ id }) => id))
  const missing = corrections
    .filter(({ kind, articleIds }) => kind === 'must-link' && articleIds.some((id) => present.has(id)))
    .flatMap(({ articleIds }) => articleIds)
    .filter((id) => !present.has(id))
  if (missing.length === 0) return []
  const articles = await ports.articles.articles([...new Set(missing)], view)
  const ids = new Set(
    articles.flatMap(({ storyId }) => (storyId === null || known.has(storyId) ? [] : [storyId])),
  )
  const entries = await ports.stories.storiesById([...ids], view)
  const texts = await ports.articles.articles(
    entries.flatMap(({ members }) => members.map(({ id }) => id)),
    view,
  )
  const stored = new Map(texts.map((one) => [one.article.id, one]))
  return entries.map(({ id, members }) => ({
    id,
    members: members.flatMap(({ id: articleId, copyOf, copyKind }): ComposableMember[] => {
      const one = stored.get(articleId)
      if (one === undefined) return []
      const acceptedAtMs = one.acceptedAtMs ?? one.ingestedAtMs
      return [{ article: one.article, copyOf, copyKind, why: 'joined by a manager', acceptedAtMs, feeds: [] }]
    }),
  }))
}
