import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { findDisagreements } from '../../../src/core/summary/disagreements.ts'
import { readSentences } from '../../../src/core/summary/story-sentence.ts'

function find(
  texts: readonly string[],
  lang = 'en',
  sources = ['Harbour Post', 'Coast Radio', 'Stadtbote'],
): unknown {
  const docs = texts.map((text, i) => createArticle({ id: `${i}`, text, lang, source: sources[i] ?? '' }))
  const sentences = docs.flatMap((doc, i) => readSentences(doc, i))
  return findDisagreements(sentences, docs).map(({ what, claims }) => [
    what,
    ...claims.map(({ value }) => value),
  ])
}

describe('findDisagreements()', () => {
  it.each([
    [
      'en',
      ['A ferry sank and 12 people were killed.', 'A ferry sank, killing at least 15 people.'],
      ['killed', 12, 15],
    ],
    ['en', ['Twelve people were injured in the fire.', 'The fire injured 14 people.'], ['injured', 12, 14]],
    [
      'en',
      ['The 6.1-magnitude quake hit Ash at night.', 'A quake of magnitude 6.3 hit Ash.'],
      ['magnitude', 6.1, 6.3],
    ],
    [
      'de',
      ['Bei dem Brand wurden 12 Menschen getötet.', 'Bei dem Brand gab es 15 Tote.'],
      ['getötet', 12, 15],
    ],
    ['fr', ['L’incendie a fait 12 morts.', 'Le feu a fait 15 morts.'], ['morts', 12, 15]],
  ])('finds in %s what sources count differently', (lang, texts, wanted) => {
    expect(find(texts, lang)).toEqual([wanted])
  })

  it.each([
    [
      'en',
      [
        'The storm in Ellmstadt destroyed 40 wooden homes along the harbour on Monday.',
        'Along the harbour of Ellmstadt the storm destroyed 55 homes on Monday.',
      ],
      ['homes', 40, 55],
    ],
    [
      'en',
      [
        'The council of Ellmstadt will pay $3 million for repairs of the harbour bridge.',
        'Repairs of the harbour bridge will cost the council of Ellmstadt $4.5 million.',
      ],
      ['$ million', 3_000_000, 4_500_000],
    ],
    [
      'de',
      [
        'Die Brotpreise in Ellmstadt steigen nach Angaben des Rates im Sommer um 12 Prozent.',
        'Nach Angaben des Rates steigen die Brotpreise in Ellmstadt im Sommer um 15 %.',
      ],
      ['%', 12, 15],
    ],
  ])('finds in %s what no list names, in sentences that say the same', (lang, texts, wanted) => {
    expect(find(texts, lang)).toEqual([wanted])
  })

  it.each([
    [
      'the same noun elsewhere',
      [
        'The storm in Ellmstadt destroyed 40 wooden homes along the harbour on Monday.',
        'Mayor Ada Quill promised to build 90 homes for the poor before winter.',
      ],
    ],
    [
      'another event',
      ['The quake of magnitude 6.1 hit Ash.', 'An earlier quake of magnitude 5.2 had hit Ash in 2030.'],
    ],
    [
      'the same number rounded',
      [
        'Some 1,200 flights to Ellmstadt were cancelled in the storm.',
        'In the storm 1,214 flights to Ellmstadt were cancelled.',
      ],
    ],
    ['the same number', ['Killed were 12 people.', 'The fire killed 12 people.']],
    [
      'a part of the whole',
      ['The fire killed 12 people, including 3 children, who were killed.', 'The fire killed 12 people.'],
    ],
    ['dates and ages', ['On May 14 a 15-year-old was killed.', 'On 13 May a man was killed.']],
    ['years', ['In 1921 nobody was killed.', 'In 1922 nobody was killed.']],
    ['numbers too far apart', ['The fire killed 2 people.', 'The war killed 4,000 people.']],
  ])('is silent about %s', (_, texts) => {
    expect(find(texts)).toEqual([])
  })

  it('marks a number that others overtook a day later as earlier', () => {
    const docs = ['12', '15', '16'].map((dead, i) =>
      createArticle({
        id: dead,
        text: `The fire in Ash killed ${dead} people.`,
        lang: 'en',
        source: `Paper ${i}`,
        published: `2031-05-1${i < 1 ? 3 : 5}T12:00:00Z`,
      }),
    )
    const [found] = findDisagreements(
      docs.flatMap((doc, i) => readSentences(doc, i)),
      docs,
    )
    expect(found?.claims.map(({ value, isEarlier }) => [value, isEarlier])).toEqual([
      [12, true],
      [15, undefined],
      [16, undefined],
    ])
  })

  it('takes two articles of one publisher as an update', () => {
    const texts = ['The fire killed 12 people.', 'The fire killed 15 people.']
    expect(find(texts, 'en', ['Harbour Post', 'Harbour Post'])).toEqual([])
  })
})
