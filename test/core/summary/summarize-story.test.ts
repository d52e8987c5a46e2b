import { describe, expect, it } from 'vitest'
import { createArticle, type Article } from '../../../src/core/feed/article.ts'
import type { Summary } from '../../../src/core/summary/summary.ts'
import { readSentences } from '../../../src/core/summary/story-sentence.ts'
import { summarizeStory } from '../../../src/core/summary/summarize-story.ts'
import { bridgeStory } from './bridge-story.ts'

function textOf(summary: Summary): string {
  return summary.sentences.map((sentence) => sentence.text).join(' ')
}

function article(text: string, more: Partial<Parameters<typeof createArticle>[0]> = {}): Article {
  return createArticle({ id: 'a', title: '', text, lang: 'en', ...more })
}

describe('summarizeStory()', () => {
  const docs = bridgeStory()

  it('quotes ranges of the articles, cleaned of dateline and furniture', () => {
    const summary = summarizeStory(docs, { maxWords: 120 })
    for (const { doc, start, end, text, articleId } of summary.sentences) {
      expect(docs[doc]?.text.slice(start, end)).toBe(text)
      expect(docs[doc]?.id).toBe(articleId)
    }
    expect(textOf(summary)).not.toMatch(/\(CNA\)|READ MORE|Is the northern/u)
    expect(summary.sentences.length).toBeGreaterThan(3)
  })

  it('begins with the first sentence of an article about the event', () => {
    expect(summarizeStory(docs, { sentences: 3 }).sentences[0]?.text).toMatch(/harbour bridge in Ellmstadt/u)
  })

  it('opens one line with a lead, also where all leads are long', () => {
    const lead =
      'The old iron bridge over the harbour of Ellmstadt, built in 1921 and closed twice since for repairs, fell into the river on Tuesday evening after a barge had hit its northern pier, police said.'
    const aside = 'The harbour of Ellmstadt was the largest on the coast in the days of Mayor Ada Quill.'
    const [one] = summarizeStory([article(`${lead} ${aside}`)], { sentences: 1 }).sentences
    expect(one?.text).toBe(lead)
  })

  it('looks among the tops of articles first where some sentences are wanted', () => {
    const tops = `Mayor Ada Quill bought two ferries for Ellmstadt on Monday morning.
Otto Vance sold eleven cakes with cream in Ellmstadt to tourists.
Mara Fenn paints walls in Ellmstadt blue against an old law.
Engineers measured cracks of nine centimetres in Ellmstadt after rain.
Teachers of Ellmstadt asked for smaller classes and more chalk.
A choir from Marholm sang sad songs in Ellmstadt all night.
Farmers near Ellmstadt lost nearly all their plums to frost.
Judges in Ellmstadt fined a baker for very loud trumpets.
Doctors treated many broken legs in Ellmstadt after ice fell.
Gardeners planted young lindens along three streets of Ellmstadt.`.split('\n')
    const late = 'Ellmstadt will pay four million crowns for harbour ferries with silent electric engines.'
    const title = 'Four million crowns for silent electric harbour ferries'
    const doc = article([...tops, late].join(' '), { title })
    const told = summarizeStory([doc], { form: 'long' }).sentences.map(({ text }) => tops.indexOf(text))
    expect(told.length).toBeGreaterThan(2)
    expect(told).not.toContain(-1)
  })

  it('reads no date line as the first sentence', () => {
    const lead = 'The old iron bridge over the harbour of Ellmstadt fell into the river.'
    const { sentences } = summarizeStory([article(`Saturday, 13 March 2010.\n${lead}`)], { sentences: 1 })
    expect(sentences.map(({ text }) => text)).toEqual([lead])
  })

  it.each(['PORT ASH, N.J. _ ', 'PORT ASH, Northl. — ', 'MOUNT QUILL, Ostr. -\n\n'])(
    'counts no sentence for a place whose short form a dash follows (%j)',
    (place) => {
      const lead = 'The old iron bridge over the harbour of Ellmstadt fell into the river.'
      const [first, ...others] = readSentences(article(`${place}${lead}`), 0)
      expect([first?.text, first?.position, others]).toEqual([lead, 0, []])
    },
  )

  it('tells a notice that has nothing but a paragraph with its photographer, and a long one beside it', () => {
    const lead = 'The old iron bridge over the harbour of Ellmstadt fell into the river.'
    const told = (text: string): string[] => readSentences(article(text), 0).map((one) => one.text)
    expect(told(`${lead} Photo by Ada Quill`)).toEqual([lead])
    const long = Array.from({ length: 9 }, (_, i) => `${lead.slice(0, -1)} on day ${i}.`).join(' ')
    expect(told(`A storm came.\n${long} (Photo: Ada Quill)`)).toHaveLength(10)
    expect(told(`A storm came.\n${lead} (Photo: Ada Quill)`)).toEqual(['A storm came.'])
  })

  it('cuts off a title that is glued before the first sentence', () => {
    const title = 'Bridge in Ellmstadt collapses'
    const lead = 'The old iron bridge over the harbour fell into the river.'
    for (const glued of [`${title} ${lead}`, `${title} Harbour News ${title} ${lead}`]) {
      const { sentences } = summarizeStory([article(glued, { title })], { sentences: 1 })
      expect(sentences.map(({ text }) => text)).toEqual([lead])
    }
  })

  it('tells once in a few sentences what two articles open with', () => {
    const texts = [
      'The northern pier of the harbour bridge in Ellmstadt broke off in a storm on Monday. Engineers closed the whole harbour to ships until the pier is cleared away.',
      'A storm in Ellmstadt tore away a pier that had held up the harbour bridge. Ferries carry the people of the northern bank across for nothing this week.',
    ]
    const docs = texts.map((text, i) => article(text, { id: `pier ${i}`, source: `Paper ${i}` }))
    expect(textOf(summarizeStory(docs, { sentences: 3 })).match(/storm/gu)).toHaveLength(1)
  })

  it.each([
    [
      'a caption before its credit',
      'The harbour bridge of Ellmstadt stands in the river by night. (Ada Quill/Coast Pictures)\n',
    ],
    [
      'a caption of two sentences',
      'The harbour bridge of Ellmstadt stood in the river. Boats go round it now. (Photo: Ada Quill, Coast Pictures)\n',
    ],
    ['the number of a picture', '13/30 The harbour bridge of Ellmstadt seen from the river at night.\n'],
    [
      'a post',
      'The harbour bridge of Ellmstadt was rotten to the river for years. — Otto Vance (@ottovance) May 3, 2031\n',
    ],
    ['who wrote it', 'Ada Quill is a writer who lived at the harbour bridge of Ellmstadt on the river.\n'],
    ['an aside in brackets', '(The harbour bridge of Ellmstadt has stood in the river since 1921.)\n'],
    [
      'what a quotation goes on with',
      '“The bridge is gone. The harbour of Ellmstadt has lost its old bridge over the river. Nobody can say why, and nobody will ever build it up again as long as the council sits in that hall and counts its pennies and its votes, and as long as the mayor is away,” Otto Vance said.\n',
    ],
  ])('shows no %s', (_, beside) => {
    const lead = 'The old iron bridge over the harbour of Ellmstadt fell into the river on Tuesday.'
    const title = 'Harbour bridge of Ellmstadt falls into the river'
    const { sentences } = summarizeStory([article(`${beside}${lead}`, { title })], { sentences: 3 })
    expect(sentences.map(({ text }) => text)).toEqual([lead])
  })

  it('shows no scene among few sentences', () => {
    const scene = 'The gauge at the harbour bridge of Ellmstadt is a white board with black letters.'
    const lead = 'The harbour bridge of Ellmstadt fell into the river on Tuesday with its gauge.'
    const docs = [article(`${scene} ${lead}`, { title: 'Harbour bridge of Ellmstadt falls, gauge lost' })]
    const { sentences } = summarizeStory(docs, { sentences: 1 })
    expect(sentences.map(({ text }) => text)).toEqual([lead])
  })

  it('opens with the news before what had been', () => {
    const texts = [
      'Inspectors had warned the city of Ellmstadt that the harbour bridge would fall into the river.',
      'The harbour bridge of Ellmstadt fell into the river on Tuesday.',
      'Ellmstadt lost its bridge on Tuesday when a barge hit the northern pier.',
    ]
    const docs = texts.map((text, i) => article(text, { id: `had ${i}`, source: `Paper ${i}` }))
    const [first] = summarizeStory(docs, { sentences: 1 }).sentences
    expect(first?.text).toBe(texts[1])
  })

  it('tells nothing of somebody whom only the title of an article brings up, unless it opens with that', () => {
    const fenn =
      'Fenn did not reveal any sum, but the paper guesses that the deal on the crane is worth at least 160 million crowns in eight years.'
    const docs = [
      [
        'Ellmstadt ferry line makes eight-year offer for harbour crane',
        'The Ellmstadt ferry line has withdrawn its offer for the harbour crane, said Otto Vance, who speaks for it.',
      ],
      ['Ferry line makes eight-year offer for harbour crane of Ellmstadt, manager says', fenn],
      [
        'Ferry line of Ellmstadt makes offer for crane',
        'The deal on the crane may be worth millions of crowns, papers of Ellmstadt guess.',
      ],
    ].map(([title = '', text = ''], i) => article(text, { id: `crane ${i}`, title, source: `Paper ${i}` }))
    expect(textOf(summarizeStory(docs, { sentences: 3 }))).not.toContain('Fenn')
    expect(textOf(summarizeStory(docs, { form: 'long' }))).not.toContain('Fenn')
    expect(textOf(summarizeStory(docs.slice(1, 2), { sentences: 3 }))).toBe(fenn)
  })

  it('tells a number once in a few sentences', () => {
    const texts = [
      'Bread prices in Ellmstadt will rise by 22 percent on average, the council said Monday. A strike closed the harbour mills for nine weeks in spring.',
      'The cost of bread in Ellmstadt is to go up 22 percent, a council paper shows. A strike had closed mills at the harbour, bakers said on Sunday.',
    ]
    const docs = texts.map((text, i) => article(text, { id: `bread ${i}`, source: `Paper ${i}` }))
    expect(textOf(summarizeStory(docs, { sentences: 2 })).match(/22 percent/gu)).toHaveLength(1)
  })

  it('shows no sentence that leans on another which is not shown', () => {
    expect(textOf(summarizeStory(docs, { maxWords: 80 }))).not.toMatch(
      /She said|Their report|However|It sounded/u,
    )
  })

  it('shows a sentence that leans right behind the one it leans on, to fill a long summary', () => {
    const { sentences } = summarizeStory(docs, { maxWords: 200 })
    const at = sentences.findIndex(({ text }) => text.startsWith('Their report'))
    expect(sentences[at - 1]?.text).toMatch(/^Inspectors had warned/u)
  })

  it('uses a surname alone only after its owner was named', () => {
    const text = textOf(summarizeStory(docs, { maxWords: 200 }))
    const bare = text.indexOf('Fenn told')
    if (bare >= 0) expect(text.indexOf('Mara Fenn')).toBeLessThan(bare)
    expect(text).toContain('Fenn')
  })

  it('counts a copy as no second voice', () => {
    const alone = summarizeStory(
      docs.filter(({ id }) => id !== 'copy'),
      { maxWords: 60 },
    )
    expect(textOf(summarizeStory(docs, { maxWords: 60 }))).toBe(textOf(alone))
    for (const sentence of summarizeStory(docs, { maxWords: 60 }).sentences) {
      expect(sentence.alsoIn).not.toContain('Evening Sheet')
    }
  })

  it('removes the copies that are known to it', () => {
    const copies = new Map([['coast', 'post']])
    const summary = summarizeStory(docs, { maxWords: 200, copies })
    expect(summary.sentences.some(({ articleId }) => articleId === 'coast')).toBe(false)
  })

  it('shows numbers that differ, with their sources', () => {
    const [injured] = summarizeStory(docs, { sentences: 2 }).disagreements
    expect(injured?.claims.map(({ value, publishers }) => [value, publishers])).toEqual([
      [12, ['Harbour Post']],
      [15, ['Coast Radio']],
    ])
  })

  it('lists the publishers that say the same in their own words', () => {
    const [first, second] = [
      'The harbour bridge of Ellmstadt collapsed into the river on Tuesday evening, police said.',
      'Police said that on Tuesday evening the harbour bridge of Ellmstadt had collapsed into the cold river.',
    ]
    const told = summarizeStory(
      [
        article(first, { id: '1', source: 'Harbour Post' }),
        article(second, { id: '2', source: 'Coast Radio' }),
        article('A circus came to the village of Ash with nine elephants and one very old lion.', {
          id: '3',
          source: 'Ash Times',
        }),
      ],
      { sentences: 1 },
    )
    expect(told.sentences[0]?.alsoIn).toHaveLength(1)
    expect(['Harbour Post', 'Coast Radio']).toContain(told.sentences[0]?.alsoIn[0])
  })

  it('resolves a relative day to its date', () => {
    const summary = summarizeStory(docs, { sentences: 3 })
    const dated = summary.sentences.find(({ text }) => text.includes('on Tuesday'))
    expect(dated?.dateNote).toEqual({ words: 'on Tuesday', date: '2031-05-13' })
  })

  it("tells the story in the reader's language where a source is in it", () => {
    const summary = summarizeStory(docs, { sentences: 2, lang: 'de' })
    expect(summary.lang).toBe('de')
    expect(summary.note).toBeUndefined()
    expect(textOf(summary)).toMatch(/Hafenbrücke/u)
    expect(summary.headline).toBe('Brücke in Ellmstadt eingestürzt')
  })

  it('says so where the story is told in another language', () => {
    const summary = summarizeStory(docs, { sentences: 2, lang: 'fr' })
    expect(summary.lang).toBe('en')
    expect(summary.note).toBe('Told in English; no source in French')
  })

  it('tells one line, a few sentences, or many', () => {
    expect(summarizeStory(docs, { form: 'line' }).sentences).toHaveLength(1)
    expect(summarizeStory(docs, { form: 'short' }).sentences.length).toBeLessThanOrEqual(3)
    expect(summarizeStory(docs, { form: 'long' }).sentences.length).toBeGreaterThan(3)
    expect(summarizeStory(docs, { sentences: 0 }).sentences).toEqual([])
  })

  it('tells a time line with a sentence a day, earliest first', () => {
    const { sentences } = summarizeStory(docs, { form: 'timeline' })
    expect(
      sentences.map(({ publishedAtMs }) => new Date(publishedAtMs ?? 0).toISOString().slice(0, 10)),
    ).toEqual(['2031-05-13', '2031-05-14'])
  })

  it('tells only what is new since a time', () => {
    const summary = summarizeStory(docs, { maxWords: 200, sinceMs: Date.parse('2031-05-14T00:00:00Z') })
    expect(summary.sentences.length).toBeGreaterThan(0)
    for (const { articleId } of summary.sentences) expect(articleId).toBe('north')
  })

  it('repeats nothing that was told', () => {
    const before = summarizeStory(docs, { sentences: 3 })
    const told = before.sentences.map(({ text }) => text)
    const after = summarizeStory(docs, { maxWords: 200, told })
    for (const { text } of after.sentences) expect(told).not.toContain(text)
    expect(after.sentences.length).toBeGreaterThan(0)
  })

  it('says that nothing is new', () => {
    const told = docs.map(({ text }) => text)
    expect(summarizeStory(docs, { sentences: 3, told })).toMatchObject({
      sentences: [],
      problem: 'Nothing new',
    })
  })

  it.each<[string, Article[], Record<string, number>]>([
    ['no articles', [], { maxWords: 100 }],
    ['an empty article', [article('')], { maxWords: 100 }],
    ['blanks only', [article(' \n\n\t')], { sentences: 3 }],
    ['a limit smaller than any sentence', bridgeStory(), { maxWords: 2 }],
    ['a limit of no bytes', bridgeStory(), { maxBytes: 0 }],
  ])('names the problem of %s', (_, some, limit) => {
    const summary = summarizeStory(some, limit)
    expect(summary.sentences).toEqual([])
    expect(summary.problem).toMatch(/^Cannot summarise story: /u)
  })

  it('tells a story of one short odd sentence', () => {
    expect(textOf(summarizeStory([article('Bridge open again!')], { sentences: 3 }))).toBe(
      'Bridge open again!',
    )
  })

  it('tells identical articles once', () => {
    const [post] = bridgeStory()
    const same = [1, 2, 3].flatMap((n) => (post === undefined ? [] : { ...post, id: `${n}` }))
    const summary = summarizeStory(same, { maxWords: 300 })
    expect(new Set(summary.sentences.map(({ text }) => text)).size).toBe(summary.sentences.length)
  })

  it('does not quote a megabyte that has no full stop', () => {
    const summary = summarizeStory([article('harbour bridge '.repeat(70_000))], { sentences: 3 })
    expect(summary.sentences).toEqual([])
    expect(summary.problem).toBeDefined()
  })

  it('gives the same summary for the same input', () => {
    expect(summarizeStory(bridgeStory(), { maxWords: 90 })).toEqual(
      summarizeStory(bridgeStory(), { maxWords: 90 }),
    )
  })

  it('judges Vietnamese by no English rule', () => {
    const text = [
      'Tôi và us là những chữ có trong câu này để thử quy tắc.',
      'So với năm ngoái, số cây cầu được sửa ở thành phố đã tăng gấp đôi.',
    ].join('\n')
    expect(summarizeStory([article(text, { lang: 'vi' })], { maxWords: 60 }).sentences).toHaveLength(2)
  })
})
