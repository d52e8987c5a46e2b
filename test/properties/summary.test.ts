import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createArticle, type Article } from '../../src/core/feed/article.ts'
import type { SummaryForm, SummaryOptions } from '../../src/core/summary/summary.ts'
import { summarizeStory } from '../../src/core/summary/summarize-story.ts'

const SUBJECTS = [
  'The mayor of Ellmstadt',
  'Ada Quill',
  'He',
  'Quill',
  'A ferry',
  'Die Stadt',
  '市长',
  'Мэр',
  '🙂 Nine cranes',
]
const ACTIONS = [
  'closed the old bridge',
  'counted 1,200 votes',
  'said “no',
  'said "yes"',
  'left in the rain',
  'sah den Fluss',
  '宣布关闭大桥',
  'é à ü ß',
]
const ENDS = ['. ', '! ', '? ', '... ', '。', '.\n', '.\n\n', ' (AP) - ', '.” ', '', '\u2028', ' | ', '; ']

const sentence = fc
  .tuple(
    fc.constantFrom(...SUBJECTS),
    fc.array(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(...ENDS),
  )
  .map(([subject, actions, end]) => `${subject} ${actions.join(' and ')}${end}`)
const text = fc.oneof(
  { weight: 5, arbitrary: fc.array(sentence, { maxLength: 14 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
)
const article = fc
  .record({
    text,
    title: fc.constantFrom('', 'Bridge closed', 'Brücke zu'),
    lang: fc.constantFrom('en', 'de', 'ru', 'zh', 'vi', null),
    source: fc.constantFrom('', 'Harbour Post', 'Coast Radio', 'Stadtbote'),
    published: fc.constantFrom(null, '2031-05-13T18:00:00Z', '2031-05-15T06:00:00Z'),
  })
  .map((draft) => draft)
const docs = fc
  .array(article, { maxLength: 6 })
  .map((drafts): Article[] => drafts.map((draft, i) => createArticle({ id: `a${i % 5}`, ...draft })))
const options: fc.Arbitrary<SummaryOptions> = fc.record(
  {
    maxWords: fc.integer({ min: 0, max: 120 }),
    maxBytes: fc.integer({ min: 0, max: 900 }),
    maxChars: fc.integer({ min: 0, max: 900 }),
    sentences: fc.integer({ min: 0, max: 8 }),
    form: fc.constantFrom<SummaryForm>('line', 'short', 'long', 'timeline'),
    lang: fc.constantFrom('en', 'de', 'xx', null),
    sinceMs: fc.constantFrom(Date.parse('2031-05-14T00:00:00Z')),
    told: fc.array(sentence, { maxLength: 3 }),
    copies: fc.constant(new Map([['a1', 'a0']])),
  },
  { requiredKeys: [] },
)

describe('summarizeStory()', () => {
  it('quotes verbatim, keeps every limit, and never throws', () => {
    fc.assert(
      fc.property(docs, options, (articles, asked) => {
        const { sentences, problem } = summarizeStory(articles, asked)
        for (const { doc, start, end, text: quoted } of sentences) {
          expect(articles[doc]?.text.slice(start, end)).toBe(quoted)
          expect(quoted.trim()).toBe(quoted)
          for (const span of articles[doc]?.furniture ?? [])
            expect(span.end <= start || span.start >= end).toBe(true)
        }
        for (const gap of [' ', '\n']) {
          const whole = sentences.map((one) => one.text).join(gap)
          expect(whole.split(/\s+/u).filter((word) => word !== '').length).toBeLessThanOrEqual(
            asked.maxWords ?? Infinity,
          )
          expect(new TextEncoder().encode(whole).length).toBeLessThanOrEqual(asked.maxBytes ?? Infinity)
          expect(whole.length).toBeLessThanOrEqual(asked.maxChars ?? Infinity)
        }
        expect(sentences.length).toBeLessThanOrEqual(asked.sentences ?? Infinity)
        const isWanted = (asked.sentences ?? 1) > 0
        expect(sentences.length === 0 && isWanted).toBe(problem !== undefined)
      }),
      { numRuns: 400 },
    )
  })

  it('never tells the same sentence twice', () => {
    fc.assert(
      fc.property(docs, fc.integer({ min: 1, max: 8 }), (articles, sentences) => {
        const told = summarizeStory(articles, { sentences }).sentences.map((one) => one.text)
        expect(new Set(told).size).toBe(told.length)
      }),
      { numRuns: 150 },
    )
  })

  it('takes nothing of what was told before', () => {
    fc.assert(
      fc.property(docs, (articles) => {
        const told = summarizeStory(articles, { sentences: 2 }).sentences.map((one) => one.text)
        const again = summarizeStory(articles, { sentences: 4, told }).sentences.map((one) => one.text)
        expect(again.filter((one) => told.includes(one))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
