import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeForSubscription, type CompositionInput } from '../../src/app/compose-for-subscription.ts'
import { digestDocument } from '../../src/core/digest/digest-document.ts'
import type { ComposableMember, ComposableStory } from '../../src/app/ports/story-store.ts'
import { DEFAULT_SUBSCRIPTION, type Subscription } from '../../src/core/subscription/subscription.ts'
import { makeArticle } from '../support/make-article.ts'

const FROM = Date.parse('2026-03-09T06:00:00Z')
const TO = Date.parse('2026-03-10T06:00:00Z')
const HOUR = 3_600_000

interface Draft {
  readonly id: string
  readonly text: string
  readonly title?: string
  readonly outlet?: string
  readonly hours?: number
  readonly copyOf?: string
}

function member({
  id,
  text,
  title = 'Ferry aground',
  outlet = 'Harbour Post',
  hours = 2,
  copyOf,
}: Draft): ComposableMember {
  const acceptedAtMs = FROM + hours * HOUR
  const host = outlet.toLowerCase().replace(/\s/g, '')
  return {
    article: makeArticle({
      id,
      title,
      text,
      source: outlet,
      url: `https://${host}.example/${id}`,
      published: new Date(acceptedAtMs).toISOString(),
    }),
    copyOf: copyOf ?? null,
    copyKind: copyOf === undefined ? null : 'exact',
    why: 'first',
    feeds: [],
    acceptedAtMs,
  }
}

const FERRY_TEXT =
  'A ferry ran aground off Marholm on Monday with two hundred people on board. Boats from the harbour took all passengers ashore within the hour.'
const TRIAL_TEXT =
  'The court in Lissane sentenced the former mayor to three years in prison. Prosecutors had asked for five years because of the missing money.'
const SNOW_TEXT =
  'Heavy snow closed the mountain pass above Brackwater on Sunday evening. Ploughs will need two days to open the road again.'

const ferry: ComposableStory = {
  id: 'ferry',
  members: [
    member({ id: 'f1', text: FERRY_TEXT }),
    member({ id: 'f2', text: FERRY_TEXT, outlet: 'Coast Radio', copyOf: 'f1', hours: 3 }),
    member({
      id: 'f3',
      outlet: 'Lissane Gazette',
      hours: 4,
      text: 'The captain of the stranded ferry had taken a wrong turn in the fog, the coast guard said. Nobody was hurt in the accident.',
    }),
  ],
}
const trial: ComposableStory = {
  id: 'trial',
  members: [member({ id: 't1', title: 'Mayor sentenced', text: TRIAL_TEXT })],
}
const snow: ComposableStory = {
  id: 'snow',
  members: [member({ id: 'w1', title: 'Pass closed by snow', text: SNOW_TEXT })],
}

function compose(changes: Partial<CompositionInput>, subscription: Partial<Subscription> = {}) {
  return composeForSubscription({
    subscription: { ...DEFAULT_SUBSCRIPTION, ...subscription },
    stories: [ferry, trial, snow],
    fromMs: FROM,
    toMs: TO,
    told: [],
    ...changes,
  })
}

describe('composeForSubscription()', () => {
  it('tells the stories of the window, and why each is there', () => {
    const { digest, verdicts, skip, problems } = compose({})
    expect(digest.entries.map(({ storyId }) => storyId)).toEqual(['ferry', 'snow', 'trial'])
    expect(digest.entries[0]?.counts).toEqual({ articles: 3, publishers: 3, copies: 1 })
    expect(digest).toMatchObject({ fromMs: FROM, toMs: TO, storiesInWindow: 3 })
    expect(verdicts[0]).toMatchObject({
      storyId: 'ferry',
      kind: 'told',
      place: 1,
      rule: 'every story is taken',
      why: expect.stringContaining('publishers with own text') as string,
    })
    expect({ skip, problems }).toEqual({ skip: null, problems: [] })
  })

  it('gives the same digest for the same input', () => {
    expect(compose({})).toEqual(compose({}))
    expect(compose({}).digest.hash).not.toBe(compose({}, { maxSentences: 1 }).digest.hash)
  })

  it('says why a story is missing', () => {
    const topics = { include: ['ferry', 'snow'], exclude: ['ploughs'], mute: [] }
    expect(compose({}, { topics }).verdicts.slice(1)).toEqual([
      {
        storyId: 'trial',
        headline: 'Mayor sentenced',
        kind: 'left-out',
        place: null,
        rule: null,
        why: 'no article of it meets a topic of the digest ("ferry", "snow")',
      },
      expect.objectContaining({
        storyId: 'snow',
        why: 'topic "ploughs" is excluded; "Pass closed by snow" meets it',
      }),
    ])
  })

  it('tells the place of a story that finds no room', () => {
    const { digest, verdicts } = compose({}, { maxStories: 2 })
    expect(digest.entries).toHaveLength(2)
    expect(digest.storiesInWindow).toBe(3)
    expect(verdicts[2]).toMatchObject({ kind: 'left-out', why: 'place 3 of 3; the digest has room for 2' })
  })

  it('leaves out what came after the window, and stories with nothing in it', () => {
    const late = { id: 'late', members: [member({ id: 'l1', text: SNOW_TEXT, hours: 25 })] }
    const early = { id: 'early', members: [member({ id: 'e1', text: TRIAL_TEXT, hours: 0 })] }
    const grown = {
      id: 'grown',
      members: [
        member({ id: 'g1', text: FERRY_TEXT, hours: -5 }),
        member({ id: 'g2', text: SNOW_TEXT, hours: 24 }),
      ],
    }
    const { digest, verdicts } = compose({ stories: [late, early, grown] })
    expect(digest.entries.map(({ storyId, counts }) => [storyId, counts.articles])).toEqual([['grown', 2]])
    expect(verdicts[1]).toMatchObject({ storyId: 'early', why: 'nothing of it came in the window' })
  })

  describe('with a muted publisher', () => {
    const publishers = { only: [], muted: ['harbourpost'] }

    it('shows, quotes, names and counts nothing of it, and keeps the story', () => {
      const { digest } = compose({ stories: [ferry] }, { publishers })
      const [entry] = digest.entries
      expect(entry?.counts).toEqual({ articles: 2, publishers: 2, copies: 0 })
      expect(JSON.stringify(digest)).not.toMatch(/Harbour Post|harbourpost/)
      expect(entry?.members.map(({ copyOf }) => copyOf)).toEqual([null, null])
    })

    it('shows nothing of muted publishers and words, whatever is a copy of what', () => {
      const OUTLETS = ['Alder Post', 'Birch Radio', 'Cedar Herald', 'Dogwood Gazette']
      const keyOf = (outlet: string) => outlet.toLowerCase().replace(/\s/g, '')
      const draft = fc.record({
        outlet: fc.integer({ min: 0, max: 3 }),
        copyOf: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
        isGossip: fc.boolean(),
      })
      const stories = fc.array(fc.array(draft, { minLength: 1, maxLength: 6 }), { maxLength: 4 })
      const muted = fc.subarray(OUTLETS)
      fc.assert(
        fc.property(stories, muted, fc.boolean(), (drafts, outlets, mutesWords) => {
          const all = drafts.map((members, s) => ({
            id: `story-${s}`,
            members: members.map(({ outlet, copyOf, isGossip }, m) => {
              const name = OUTLETS[outlet] ?? ''
              const original = copyOf !== undefined && copyOf < m ? { copyOf: `a${s}-${copyOf}` } : {}
              const word = isGossip ? 'Celebrities danced there.' : 'The mayor spoke there.'
              return member({
                ...{ id: `a${s}-${m}`, outlet: name, title: `${name} on harbour ${s}`, ...original },
                text: `The ${name} saw harbour number ${s} burn on Monday. ${word}`,
              })
            }),
          }))
          const { digest, told } = compose(
            { stories: all },
            {
              publishers: { only: [], muted: outlets.map(keyOf) },
              topics: { include: [], exclude: [], mute: mutesWords ? ['celebrity'] : [] },
            },
          )
          const shown = JSON.stringify([digest, told])
          for (const outlet of outlets) {
            expect(shown).not.toContain(outlet)
            expect(shown).not.toContain(keyOf(outlet))
          }
          if (mutesWords) expect(shown).not.toContain('Celebrities')
          const heard = drafts.filter((members) =>
            members.some(
              ({ outlet, isGossip }) => !outlets.includes(OUTLETS[outlet] ?? '') && !(mutesWords && isGossip),
            ),
          )
          const entries = digest.entries.flatMap((entry) => [entry, ...(entry.related ?? [])])
          expect(entries.length).toBeLessThanOrEqual(heard.length)
          if (heard.length > 0) expect(entries.length).toBeGreaterThan(0)
        }),
        { numRuns: 60 },
      )
    })

    it('counts several copies of its text as one voice', () => {
      const further = member({ id: 'f4', text: FERRY_TEXT, outlet: 'Brackwater Herald', copyOf: 'f1' })
      const { digest } = compose(
        { stories: [{ id: 'ferry', members: [...ferry.members, further] }] },
        { publishers },
      )
      expect(digest.entries[0]?.members.map(({ copyOf }) => copyOf)).toEqual([null, null, 'f2'])
    })
  })

  describe('with a story that was told before', () => {
    const told = [
      { storyId: 'ferry', toldAtMs: FROM, articleIds: ['f1'], sentences: [`${FERRY_TEXT.split('. ')[0]!}.`] },
    ]

    it('tells only what is new, and how much that is', () => {
      const { digest, told: remembered } = compose({ stories: [ferry], told }, { maxSentences: 1 })
      const [entry] = digest.entries
      expect(entry?.members.map(({ article }) => article.id)).toEqual(['f2', 'f3'])
      expect(entry?.sentences.map(({ articleId }) => articleId)).toEqual(['f3'])
      expect(entry?.update).toEqual({
        sinceMs: FROM,
        articles: 2,
        publishers: 2,
        sentences: 1,
        inAll: { articles: 3, publishers: 3, copies: 1 },
      })
      expect(remembered).toEqual([
        { storyId: 'ferry', toldAtMs: TO, articleIds: ['f2', 'f3'], sentences: [entry?.sentences[0]?.text] },
      ])
    })

    it('does not tell it again for copies alone', () => {
      const stories = [{ id: 'ferry', members: ferry.members.slice(0, 2) }]
      const { digest, verdicts } = compose({ stories, told })
      expect(digest.entries).toEqual([])
      expect(verdicts[0]?.why).toBe('told before; 1 article since then say nothing new')
    })

    it('does not tell it again without a new article', () => {
      const everything = [{ ...told[0]!, articleIds: ['f1', 'f2', 'f3'] }]
      expect(compose({ stories: [ferry], told: everything }).verdicts[0]?.why).toBe(
        'told before; no article has come since',
      )
    })

    it('knows it by its articles after it was merged into another', () => {
      const { digest } = compose({ stories: [{ ...ferry, id: 'other' }], told })
      expect(digest.entries[0]?.update?.articles).toBe(2)
    })
  })

  it('puts stories of one affair under one heading, at most three', () => {
    const filler = Array.from({ length: 12 }, (_, at) => ({
      id: `x${at}`,
      members: [
        member({
          id: `x${at}`,
          title: `Item${at}`,
          text: `Word${at} thing${at} matter${at} happened at place${at}.`,
        }),
      ],
    }))
    const affair = [
      'Olympia torch relay crosses Marholm',
      'Olympia torch stolen in Marholm',
      'Olympia torch found in Marholm',
      'Olympia torch lit again in Marholm',
    ].map((title, at) => ({
      id: `o${at}`,
      members: [member({ id: `o${at}`, title, text: '', outlet: `Paper ${at}`, hours: 20 - at })],
    }))
    const { digest, verdicts, told } = compose({ stories: [...filler, ...affair] })
    const entry = digest.entries.find(({ storyId }) => storyId === 'o0')
    expect(entry?.related?.map(({ storyId }) => storyId)).toEqual(['o1', 'o2'])
    expect(digest.entries).toHaveLength(10)
    expect(verdicts.find(({ storyId }) => storyId === 'o1')?.kind).toBe('related')
    expect(verdicts.find(({ storyId }) => storyId === 'o3')?.why).toBe(
      'its affair ("Olympia torch relay crosses Marholm") is told by three stories already',
    )
    expect(told.map(({ storyId }) => storyId)).toContain('o2')
  })

  it.each([
    [{ stories: [] }, {}, 'no story came in the window'],
    [{}, { minPublishers: 5 }, 'none of 3 stories of the window is to be told'],
    [{}, { skipBelow: 4 }, '3 stories to tell, the digest wants at least 4'],
    [{}, { skipBelow: 3 }, null],
  ])('says when there should be no digest: %j %j', (changes, subscription, skip) => {
    expect(compose(changes, subscription).skip).toBe(skip)
  })

  it('tells rules that cannot be read', () => {
    expect(compose({}, { patterns: ['('] }).problems).toHaveLength(1)
  })
})

describe('composeForSubscription() with pictures', () => {
  const picture = (id: string) => `https://pictures.example/${id}.jpg`
  const pictured = (story: ComposableStory, ids: readonly string[]): ComposableStory => ({
    ...story,
    members: story.members.map((one) =>
      ids.includes(one.article.id)
        ? { ...one, article: { ...one.article, imageUrl: picture(one.article.id) } }
        : one,
    ),
  })
  const stories = [pictured(ferry, ['f1', 'f3']), trial, snow]

  it('shows them only where they are wanted', () => {
    const { digest } = compose({ stories }, { pictures: true })
    expect(digest.entries.map(({ pictureUrl }) => pictureUrl)).toEqual([picture('f1'), undefined, undefined])
    const { digest: without } = compose({ stories })
    expect(digestDocument(without)).toEqual(digestDocument(compose({}).digest))
    for (const entry of without.entries) expect(entry).not.toHaveProperty('pictureUrl')
  })

  it('keeps the hash of a digest without them, whatever its articles bring', () => {
    const { hash } = compose({ stories }).digest
    expect(hash).toBe(compose({}).digest.hash)
    const older = JSON.parse(JSON.stringify({ ...DEFAULT_SUBSCRIPTION, pictures: undefined })) as Subscription
    expect(hash).toBe(compose({ subscription: older }).digest.hash)
    const shown = compose({ stories }, { pictures: true }).digest.hash
    const others = compose({ stories: [pictured(ferry, ['f3']), trial, snow] }, { pictures: true })
    expect(new Set([hash, shown, others.digest.hash]).size).toBe(3)
  })

  it('takes none of a muted publisher', () => {
    const publishers = { only: [], muted: ['harbourpost'] }
    const [entry] = compose({ stories }, { pictures: true, publishers }).digest.entries
    expect(entry?.pictureUrl).toBe(picture('f3'))
    const alone = compose({ stories: [pictured(ferry, ['f1'])] }, { pictures: true, publishers }).digest
      .entries[0]
    expect(alone?.storyId).toBe('ferry')
    expect(alone).not.toHaveProperty('pictureUrl')
  })
})
