import { describe, expect, it } from 'vitest'
import { groupArticles } from '../../../src/core/story/group-articles.ts'
import { hashText } from '../../../src/core/story/hash-text.ts'
import { EVENT_OF, fictionalEvents } from '../../support/fictional-events.ts'
import { fictionalVisits } from '../../support/fictional-visits.ts'
import { makeArticle } from '../../support/make-article.ts'

/** Ids grouped by story, in a stable order. */
function partition(rows: readonly { id: string; story: string }[]): string[] {
  return [...Map.groupBy(rows, ({ story }) => story).values()]
    .map((members) =>
      members
        .map(({ id }) => id)
        .sort()
        .join(' '),
    )
    .sort()
}

const RIGHT = partition([...EVENT_OF].map(([id, story]) => ({ id, story })))

describe('groupArticles()', () => {
  it('puts reports of one event together and look-alikes apart', () => {
    expect(partition(groupArticles(fictionalEvents()))).toEqual(RIGHT)
  })

  it('does so in the opposite order and without dates', () => {
    const undated = fictionalEvents().map((article) => ({ ...article, publishedAtMs: null }))
    expect(partition(groupArticles(undated.toReversed()))).toEqual(RIGHT)
  })

  it('groups undated articles alike in any order', () => {
    const visits = fictionalVisits()
    const orders = [1, 2, 3, 4].map((order) => {
      const named = visits.map((article) => ({ ...article, id: `${hashText(`${order} ${article.id}`)}` }))
      const idOf = new Map(named.map(({ id }, i) => [id, visits[i]?.id ?? '']))
      return partition(groupArticles(named).map(({ id, story }) => ({ id: idOf.get(id) ?? '', story })))
    })
    expect(orders[0]?.find((story) => story.includes('visit-1'))).toContain('visit-1 visit-2 visit-3 visit-4')
    for (const order of orders) expect(order).toEqual(orders[0])
  })

  it('gives rows in input order, the same each time', () => {
    const articles = fictionalEvents()
    const rows = groupArticles(articles, { explain: true })
    expect(rows.map(({ id }) => id)).toEqual(articles.map(({ id }) => id))
    expect(JSON.stringify(groupArticles(articles, { explain: true }))).toBe(JSON.stringify(rows))
  })

  it('keeps the story of an article when more articles follow', () => {
    const articles = fictionalEvents()
    const early = groupArticles(articles.slice(0, 3))
    const late = groupArticles(articles)
    expect(late.slice(0, 3).map(({ atArrival }) => atArrival)).toEqual(
      early.map(({ atArrival }) => atArrival),
    )
    expect(late[0]?.story).toBe(early[0]?.story)
  })

  it('puts a whole copy in the story of its source and names the source', () => {
    const articles = fictionalEvents()
    const [source] = articles
    if (source === undefined) throw new Error('no article')
    const copy = { ...source, id: 'copy', url: 'https://copy.example/1', publisher: 'copy', outlet: 'Copy' }
    const row = groupArticles([...articles, copy]).at(-1)
    expect(row).toMatchObject({ id: 'copy', copyOf: 'bridge-1', copyKind: 'exact' })
    expect(row?.story).toBe(groupArticles(articles)[0]?.story)
  })

  it('never mixes languages', () => {
    const english = fictionalEvents().slice(0, 1)
    const tagged = english.map((article) => ({ ...article, id: 'other', lang: 'de' }))
    const [one, other] = groupArticles([...english, ...tagged])
    expect(one?.story).not.toBe(other?.story)
  })

  it('explains in one sentence that quotes no other article', () => {
    for (const { explain } of groupArticles(fictionalEvents(), { explain: true })) {
      expect(explain?.why).toMatch(/^[A-Z].*\.$/)
      expect(explain?.why).not.toMatch(/Varn|Lindholm|Kesten/)
    }
  })

  it.each([
    ['empty', '', ''],
    ['one word', '', 'Ferry'],
    ['a headline of one word', 'Live', ''],
    ['emoji', '🚢🚢', '🌊🌊🌊 🚒'],
    ['signs only', '???', '--- … ***'],
    ['only digits', '', '1 2 3'],
  ])('leaves articles without a story to tell alone: %s', (_, title, text) => {
    const articles = ['a', 'b', 'c'].map((id) => ({
      ...makeArticle({ id, url: null, source: id }),
      title,
      text,
      furniture: [],
    }))
    const stories = new Set(groupArticles([...fictionalEvents(), ...articles]).map(({ story }) => story))
    const known = new Set(groupArticles(fictionalEvents()).map(({ story }) => story))
    expect(stories.size).toBe(known.size + 3)
  })

  it('reads no more than the start of five megabytes of one word', () => {
    const text = 'ferry '.repeat(900_000)
    const articles = ['a', 'b'].map((id) => ({ ...makeArticle({ id }), text, furniture: [] }))
    expect(groupArticles(articles)).toHaveLength(2)
    const wall = { ...makeArticle({ id: 'wall' }), text: 'x'.repeat(5_000_000), furniture: [] }
    expect(groupArticles([wall])).toHaveLength(1)
  })

  it('groups right-to-left text', () => {
    const text =
      'أعلنت بلدية تولمير إغلاق الجسر القديم فوق نهر فارن بعد العثور على شقوق في دعامتين من دعاماته يوم الثلاثاء'
    const articles = ['a', 'b'].map((id) =>
      makeArticle({
        id,
        title: 'إغلاق جسر فارن في تولمير بسبب شقوق',
        text,
        lang: 'ar',
        source: id,
        url: null,
      }),
    )
    const [one, other] = groupArticles(articles)
    expect(one?.story).toBe(other?.story)
  })

  it.each(['1970-01-01T00:00:00Z', '2099-12-31T00:00:00Z'])(
    'is not thrown off by a date of %s',
    (published) => {
      const wrong = Array.from({ length: 3 }, (_, i) =>
        makeArticle({
          id: `wrong-${i}`,
          title: `Chess club ${i} meets`,
          text: `The chess club number ${i} of Hollin meets in room ${i} with tea.`,
          published,
        }),
      )
      const [first, ...rest] = fictionalEvents()
      if (first === undefined) throw new Error('no article')
      const rows = groupArticles([first, ...wrong, ...rest]).filter(({ id }) => EVENT_OF.has(id))
      expect(partition(rows)).toEqual(RIGHT)
    },
  )
})
