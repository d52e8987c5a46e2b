import { describe, expect, it } from 'vitest'
import { createStoryEngine } from '../../../src/core/story/story-engine.ts'
import { MAX_EXPLAINED } from '../../../src/core/story/story-partition.ts'
import { fictionalEvents } from '../../support/fictional-events.ts'
import { makeArticle } from '../../support/make-article.ts'

function storiesOf(engine: ReturnType<typeof createStoryEngine>, ids: readonly string[]): (string | null)[] {
  return ids.map((id) => engine.storyOf(id))
}

describe('createStoryEngine()', () => {
  it('comes to the same stories however the stream is cut into steps', () => {
    const articles = fictionalEvents()
    const ids = articles.map(({ id }) => id)
    const whole = createStoryEngine()
    whole.step(articles)
    const single = createStoryEngine()
    for (const article of articles) single.step([article])
    expect(storiesOf(single, ids)).toEqual(storiesOf(whole, ids))
  })

  it('places every article of a step where it stands at the end of the step', () => {
    const engine = createStoryEngine()
    const { placements } = engine.step(fictionalEvents())
    for (const { articleId, story } of placements) expect(engine.storyOf(articleId)).toBe(story)
  })

  it('leaves an article that is live already where it is', () => {
    const engine = createStoryEngine()
    const articles = fictionalEvents()
    engine.step(articles)
    const before = engine.storyOf('bridge-1')
    const { placements, moves } = engine.step(articles.slice(0, 1))
    expect(placements).toEqual([{ articleId: 'bridge-1', story: before }])
    expect(moves).toEqual([])
    expect(engine.size()).toBe(articles.length)
  })

  it('makes one story of two on a must-link, records the moves and redirects', () => {
    const engine = createStoryEngine()
    engine.step(fictionalEvents())
    const gone = engine.storyOf('fire-2')
    const { moves, redirects } = engine.step([], [{ kind: 'must', articleA: 'fire-1', articleB: 'fire-2' }])
    expect(engine.storyOf('fire-2')).toBe(engine.storyOf('fire-1'))
    expect(moves.map(({ articleId, reason }) => [articleId, reason])).toEqual([
      ['fire-2', 'A manager made one story of two.'],
    ])
    expect(redirects).toEqual([{ from: gone, to: engine.storyOf('fire-1') }])
  })

  it('parts two articles on a cannot-link and keeps them apart', () => {
    const engine = createStoryEngine()
    const articles = fictionalEvents()
    engine.step(articles.slice(0, 5), [{ kind: 'cannot', articleA: 'bridge-1', articleB: 'bridge-2' }])
    expect(engine.storyOf('bridge-1')).not.toBe(engine.storyOf('bridge-2'))
    engine.step(articles.slice(5))
    expect(engine.storyOf('bridge-1')).not.toBe(engine.storyOf('bridge-2'))
  })

  it('parts a story that stands already', () => {
    const engine = createStoryEngine()
    engine.step(fictionalEvents())
    const { moves } = engine.step([], [{ kind: 'cannot', articleA: 'vote-1', articleB: 'vote-2' }])
    expect(engine.storyOf('vote-1')).not.toBe(engine.storyOf('vote-2'))
    expect(moves.every(({ reason }) => reason === 'A manager parted two stories.')).toBe(true)
  })

  it('holds a correction for articles that come later', () => {
    const engine = createStoryEngine()
    engine.step([], [{ kind: 'must', articleA: 'bridge-1', articleB: 'fire-2' }])
    engine.step(fictionalEvents())
    expect(engine.storyOf('bridge-1')).toBe(engine.storyOf('fire-2'))
    expect(engine.explain('fire-2')?.why).toBe('A manager said so.')
  })

  it('is free again after a correction is taken back', () => {
    const correction = { kind: 'cannot', articleA: 'bridge-1', articleB: 'bridge-2' } as const
    const engine = createStoryEngine()
    engine.step([], [correction])
    engine.forgetCorrection(correction)
    engine.step(fictionalEvents())
    expect(engine.storyOf('bridge-1')).toBe(engine.storyOf('bridge-2'))
  })

  it('goes on after a restart as if there had been none', () => {
    const articles = fictionalEvents()
    const whole = createStoryEngine()
    whole.step(articles)
    const again = createStoryEngine()
    const first = createStoryEngine()
    first.step(articles.slice(0, 6))
    for (const article of articles.slice(0, 6)) again.restore(article, first.storyOf(article.id) ?? '', null)
    again.step(articles.slice(6))
    const ids = articles.map(({ id }) => id)
    expect(storiesOf(again, ids)).toEqual(storiesOf(whole, ids))
  })

  it('forgets the oldest articles beyond its bounds', () => {
    const engine = createStoryEngine({ maxLive: 20, minLive: 5 })
    for (let n = 0; n < 60; n++) {
      const text = `Council number ${n} of Hamlet${n} voted for plan ${n * 7} about the well in Quarter${n}.`
      engine.step([makeArticle({ id: `a${n}`, title: `Hamlet${n} votes on plan ${n * 7}`, text })])
    }
    expect(engine.size()).toBe(20)
    expect(engine.storyOf('a0')).toBeNull()
    expect(engine.storyOf('a59')).not.toBeNull()
  })

  it('explains by the nearest members with features whose parts are told', () => {
    const engine = createStoryEngine()
    engine.step(fictionalEvents())
    const reason = engine.explain('bridge-3')
    expect(reason?.nearest[0]?.inStory).toBe(true)
    expect(['bridge-1', 'bridge-2']).toContain(reason?.nearest[0]?.articleId)
    expect(reason?.nearest[0]?.features.length).toBeGreaterThan(3)
    expect(engine.explain('nobody')).toBeNull()
  })

  it('explains the latest articles as when they came, and none that came long before', () => {
    const engine = createStoryEngine()
    engine.step(fictionalEvents())
    const reason = engine.explain('bridge-3')
    const beside = (n: number) =>
      makeArticle({
        ...{ id: `x${n}`, title: `word${n} thing${n} place${n}`, text: '', lang: 'en' },
        published: new Date(Date.UTC(2026, 2, 12, 0, n)).toISOString(),
      })
    const count = MAX_EXPLAINED - fictionalEvents().length
    for (let n = 0; n < count; n++) engine.step([beside(n)])
    expect(engine.explain('bridge-3')).toEqual(reason)
    for (let n = count; n < MAX_EXPLAINED; n++) engine.step([beside(n)])
    expect(engine.explain('bridge-3')).toBeNull()
    expect(engine.storyOf('bridge-3')).not.toBeNull()
  })
})
