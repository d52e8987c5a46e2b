import { createArticle, type Article } from '../../core/feed/article.ts'
import { createStoryEngine } from '../../core/story/story-engine.ts'
import type { PlacementReason } from '../../core/story/placement-reason.ts'
import { printable } from '../../core/text/printable.ts'
import { outletWords } from '../commands/story-card.ts'
import type { SeenStory } from '../commands/story-reader.ts'
import type { InspectedArticle, InspectedStory } from '../ports/operator-desk.ts'
import type { OperatorStore } from '../ports/operator-store.ts'
import type { Membership, StoryStore } from '../ports/story-store.ts'
import type { PageEyes } from './page-eyes.ts'

/** Articles of a story that are measured again: each costs about half a millisecond. */
const MAX_ARTICLES = 16

/** Members named for each article, and features for each of them. */
const NEAREST = 2
const FEATURES = 4

/** What inspecting needs from the street. */
export interface InspectPorts {
  readonly stories: Pick<StoryStore, 'story'>
  readonly operator: Pick<OperatorStore, 'copies'>
}

/**
 * A story with the reasons behind it: what was noted when each article was placed, the scores of copies, and what the engine measures
 * between the articles today. About 20 ms.
 */
export async function inspectStory(
  ports: InspectPorts,
  story: SeenStory,
  eyes: PageEyes,
): Promise<InspectedStory> {
  const shown = { ...story, members: story.members.slice(0, MAX_ARTICLES) }
  const ids = shown.members.map(({ id }) => id)
  const [answer, copies, told] = await Promise.all([
    ports.stories.story(story.id, eyes.view),
    ports.operator.copies(ids),
    eyes.reader.withTexts(shown, MAX_ARTICLES),
  ])
  const history = Map.groupBy(answer.kind === 'story' ? answer.history : [], ({ articleId }) => articleId)
  const reasons = measureAgain(
    story.id,
    told.members.map(({ article }) => article),
  )
  const titles = new Map(
    shown.members.map((entry) => [entry.id, `${outletWords(entry)}: ${printable(entry.title)}`]),
  )
  const scores = new Map(copies.map((copy) => [copy.articleId, copy.scores]))
  const articles = shown.members.map((entry): InspectedArticle => {
    const { id, url, publishedAtMs, copyOf, copyKind } = entry
    return {
      ...{ articleId: id, url, publishedAtMs, title: printable(entry.title), outlet: outletWords(entry) },
      ...staysOf(history.get(id) ?? []),
      copy:
        copyOf === null || copyKind === null
          ? null
          : {
              of: titles.get(copyOf) ?? copyOf,
              kind: copyKind,
              scores: Object.entries(scores.get(id) ?? {}).map(([name, value]) => ({
                name,
                value,
                adds: null,
              })),
            },
      nearest: nearestOf(reasons.get(id), titles),
    }
  })
  const { id, headline, members } = story
  return { id, headline, articles, moreArticles: members.length - articles.length }
}

function staysOf(stays: readonly Membership[]): Pick<InspectedArticle, 'reason' | 'joinedAtMs' | 'before'> {
  const now = stays.find(({ leftAtMs }) => leftAtMs === null)
  const before = stays.filter(({ leftAtMs }) => leftAtMs !== null)
  return {
    reason: now?.reason ?? '',
    joinedAtMs: now?.joinedAtMs ?? null,
    before: before.map(({ storyId, reason, leftAtMs }) => ({ storyId, reason, leftAtMs })),
  }
}

/** The engine over these articles alone, in the order of their dates, each put where it stands: nothing is grouped anew. */
function measureAgain(storyId: string, articles: readonly Article[]): Map<string, PlacementReason> {
  const inOrder = [...articles].sort((a, b) => (a.publishedAtMs ?? 0) - (b.publishedAtMs ?? 0))
  const engine = createStoryEngine()
  for (const article of inOrder) {
    const known = article.text === '' ? createArticle({ id: article.id, title: article.title }) : article
    engine.restore(known, storyId, null)
  }
  return new Map(
    inOrder.flatMap(({ id }) => {
      const reason = engine.explain(id)
      return reason === null ? [] : [[id, reason]]
    }),
  )
}

function nearestOf(
  reason: PlacementReason | undefined,
  titles: ReadonlyMap<string, string>,
): InspectedArticle['nearest'] {
  return (reason?.nearest ?? []).slice(0, NEAREST).map(({ articleId, logOdds, features }) => ({
    title: titles.get(articleId) ?? articleId,
    logOdds,
    features: features.slice(0, FEATURES).map(({ name, value, adds }) => ({ name, value, adds })),
  }))
}
