import { describe, expect, it } from 'vitest'
import { compileSubscription } from '../../../src/core/subscription/compile-subscription.ts'
import {
  selectStories,
  type SelectableArticle,
  type Selection,
} from '../../../src/core/subscription/select-stories.ts'
import { DEFAULT_SUBSCRIPTION, type Subscription } from '../../../src/core/subscription/subscription.ts'
import { makeArticle } from '../../support/make-article.ts'

const HARBOUR = { id: 'f1', name: 'Harbour Post', tags: ['World'] }
const RADIO = { id: 'f2', name: 'Coast Radio', tags: ['local news'] }

const ferry: SelectableArticle = {
  article: makeArticle({
    id: 'a',
    title: 'Ferry runs aground',
    text: 'The ferry sank near Marholm. Football was cancelled.',
  }),
  feeds: [HARBOUR],
}
const radio: SelectableArticle = {
  article: makeArticle({
    id: 'b',
    title: 'Rescue at sea',
    text: 'Boats took everybody ashore.',
    source: 'Coast Radio',
    url: 'https://coastradio.example/b',
  }),
  feeds: [RADIO],
}
const kurier: SelectableArticle = {
  article: makeArticle({
    id: 'c',
    title: 'Fähre gestrandet',
    text: 'Die Fähre ist vor Marholm gestrandet.',
    source: 'Lohre Kurier',
    url: 'https://lohrekurier.example/c',
    lang: 'de',
  }),
  feeds: [],
}

type Changes = Partial<Omit<Subscription, 'feeds' | 'topics' | 'publishers'>> & {
  readonly feeds?: Partial<Subscription['feeds']>
  readonly topics?: Partial<Subscription['topics']>
  readonly publishers?: Partial<Subscription['publishers']>
}

function select(members: readonly SelectableArticle[], changes: Changes): Selection {
  const subscription: Subscription = {
    ...DEFAULT_SUBSCRIPTION,
    ...changes,
    feeds: { ...DEFAULT_SUBSCRIPTION.feeds, ...changes.feeds },
    topics: { ...DEFAULT_SUBSCRIPTION.topics, ...changes.topics },
    publishers: { ...DEFAULT_SUBSCRIPTION.publishers, ...changes.publishers },
  }
  const [selection] = selectStories([{ id: 's', members }], compileSubscription(subscription).rules)
  return selection!
}

describe('selectStories()', () => {
  it('takes everything where there is no rule', () => {
    expect(select([ferry, radio], {})).toEqual({
      kind: 'in',
      storyId: 's',
      shown: [ferry, radio],
      rule: 'every story is taken',
    })
  })

  it.each<[Changes, string]>([
    [
      { topics: { include: ['harbour', 'ferry NOT strike'] } },
      'topic "ferry NOT strike" in "Ferry runs aground"',
    ],
    [{ topics: { include: ['world'] } }, 'topic "world" in "Ferry runs aground"'],
    [{ topics: { include: ['"local news"'] } }, 'topic ""local news"" in "Rescue at sea"'],
    [{ feeds: { ids: ['f2'] } }, 'feed "Coast Radio"'],
    [{ feeds: { tags: ['world'] } }, 'feed "Harbour Post" has the tag "World"'],
    [{ languages: ['de', 'en'] }, 'language "en"'],
    [{ minPublishers: 2 }, '2 publishers tell it'],
    [{ publishers: { only: ['coastradio'] } }, 'publisher "coastradio"'],
    [{ patterns: ['^never', 'sank\\s+near'] }, 'pattern "sank\\s+near" in "Ferry runs aground"'],
    [
      { feeds: { ids: ['f1'] }, topics: { include: ['boat'] } },
      'feed "Harbour Post"; topic "boat" in "Rescue at sea"',
    ],
  ])('lets a story in and says why: %j', (changes, rule) => {
    expect(select([ferry, radio], changes)).toMatchObject({ kind: 'in', rule })
  })

  it.each<[Changes, string]>([
    [{ topics: { include: ['strike'] } }, 'no article of it meets a topic of the digest ("strike")'],
    [{ topics: { exclude: ['football'] } }, 'topic "football" is excluded; "Ferry runs aground" meets it'],
    [{ topics: { exclude: ['world'] } }, 'topic "world" is excluded; "Ferry runs aground" meets it'],
    [{ feeds: { ids: ['f9'], tags: ['sport'] } }, 'no article of it comes from a feed of the digest'],
    [{ languages: ['fr'] }, 'its language is en, the digest wants fr'],
    [{ minPublishers: 3 }, '2 publishers tell it, the digest wants 3'],
    [
      { publishers: { only: ['lohrekurier'] } },
      'no publisher that the digest wants tells it (Harbour Post, Coast Radio do)',
    ],
    [{ patterns: ['zebra'] }, 'no article of it has a pattern of the digest'],
    [
      { publishers: { muted: ['harbourpost', 'coastradio'] } },
      'only muted publishers tell it: Harbour Post, Coast Radio',
    ],
    [{ topics: { mute: ['ferry OR boats'] } }, 'every article of it is muted by "ferry OR boats"'],
  ])('keeps a story out and says why: %j', (changes, why) => {
    expect(select([ferry, radio], changes)).toEqual({ kind: 'out', storyId: 's', why })
  })

  it('takes the article of a muted publisher away and keeps the story', () => {
    expect(select([ferry, radio], { publishers: { muted: ['harbourpost'] } })).toMatchObject({
      shown: [radio],
    })
  })

  it('takes a muted article away, and does not ask it', () => {
    const changes = { topics: { mute: ['football'], include: ['ferry'] } }
    expect(select([ferry, radio], changes)).toMatchObject({ kind: 'out' })
  })

  it('does not count a muted publisher', () => {
    const changes = { publishers: { muted: ['harbourpost'] }, minPublishers: 2 }
    expect(select([ferry, radio], changes)).toMatchObject({ why: '1 publisher tells it, the digest wants 2' })
  })

  it('stems the words of each article in its own language', () => {
    expect(select([kurier], { topics: { include: ['stranden'] } })).toMatchObject({ kind: 'out' })
    expect(select([kurier], { topics: { include: ['Fähren'] } })).toMatchObject({ kind: 'in' })
  })

  it('does not ask the furniture of an article', () => {
    const article = makeArticle({ id: 'd', text: 'The council met.\nRead more: Zebra escapes from zoo' })
    expect(article.furniture).toHaveLength(1)
    expect(select([{ article, feeds: [] }], { topics: { include: ['zebra'] } })).toMatchObject({
      kind: 'out',
    })
    expect(select([{ article, feeds: [] }], { patterns: ['zebra'] })).toMatchObject({ kind: 'out' })
  })
})

describe('compileSubscription()', () => {
  it('keeps the rules that can be read and tells the others', () => {
    const { rules, problems } = compileSubscription({
      ...DEFAULT_SUBSCRIPTION,
      topics: { include: ['harbour', '(ferry'], exclude: [], mute: [] },
      patterns: ['a(?=b)', 'ferr(y|ies)'],
    })
    expect(rules.include.map(({ source }) => source)).toEqual(['harbour'])
    expect(rules.patterns.map(({ source }) => source)).toEqual(['ferr(y|ies)'])
    expect(problems).toHaveLength(2)
    expect(problems[0]).toBe('Cannot read topic "(ferry": ")" is missing (character 7)')
    expect(problems[1]).toMatch(/^Cannot read pattern "a\(\?=b\)": /)
  })
})
