import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { repetitionIn, type RepetitionForm } from '../../../src/core/summary/repetition.ts'
import { readStory } from '../../../src/core/summary/story-text.ts'

/** Whether the first sentences of two articles repeat each other, in a story with a third article about the same town. */
function repeats(a: string, b: string, form: RepetitionForm): boolean {
  const third =
    'The council of Ashford met on Friday to hear the plans. A new school will be built beside the river next spring.'
  const docs = [a, b, third].map((text, i) => createArticle({ id: `${i}`, title: '', text, lang: 'en' }))
  const story = readStory(docs, 'en', undefined)
  const second = story.sentences.findIndex(({ doc }) => doc === 1)
  return repetitionIn(story, form).repeats(0, second)
}

const KILLED = 'A fisherman from Ashford was killed on Sunday in gunfire outside a tavern.'

describe('repetitionIn()', () => {
  it('sees one event in two articles, told in words of their own', () => {
    expect(
      repeats(KILLED, 'The fisherman died near the harbour of Ashford after a quarrel at night.', 'few'),
    ).toBe(true)
  })

  it('lets another event of the same story be told', () => {
    expect(
      repeats(KILLED, 'Officers arrested a bargeman of forty years at the border the next morning.', 'few'),
    ).toBe(false)
  })

  it('sees that two sentences count the same things', () => {
    expect(
      repeats(
        'More than 500 rescuers and 100 excavators came to the well within one day.',
        'Some 60 excavators have been digging beside it without a pause since Monday.',
        'brief',
      ),
    ).toBe(true)
  })

  it('sees one sum of money however it is written', () => {
    expect(
      repeats(
        'Northland answered with new tariffs on $60bn of goods from overseas.',
        'Duties worth $60 billion are due to begin next week, the ministry said.',
        'many',
      ),
    ).toBe(true)
  })

  it('asks for near equality only where a text may be long', () => {
    expect(
      repeats(KILLED, 'The fisherman, father of six, died near the harbour after a long quarrel.', 'full'),
    ).toBe(false)
    expect(repeats(KILLED, KILLED.replace('Sunday', 'a Sunday evening'), 'full')).toBe(true)
  })

  it('tells which share of a sentence is new beside others', () => {
    const docs = [
      KILLED,
      'The tavern in Ashford was outside.',
      'A judge opened a hearing on the licence of the brewery in Port Ansley.',
    ].map((text, i) => createArticle({ id: `${i}`, title: '', text, lang: 'en' }))
    const { newShare } = repetitionIn(readStory(docs, 'en', undefined), 'few')
    expect(newShare(1, [0])).toBe(0)
    expect(newShare(2, [0, 1])).toBe(1)
  })

  it('sees what somebody did told again with more of it', () => {
    expect(
      repeats(
        'Mayor Quill decided to scrap a toll that ferries pay, the Post said.',
        'After months of doubt, Quill will tell the council that she is ending a hated toll that brings three million a year.',
        'many',
      ),
    ).toBe(true)
  })

  it('takes for told what the headline says, and a loss of life for a death', () => {
    const docs = [
      'The harbour master of Ashford opened the northern lock for the herring fleet.',
      'Officers confirmed that they made a third arrest in the case of the burnt mill.',
      KILLED,
      'The coast guard confirmed that there had been some loss of life.',
    ].map((text, i) => createArticle({ id: `${i}`, title: '', text, lang: 'en' }))
    const story = readStory(docs, 'en', undefined)
    expect(repetitionIn(story, 'many').newShare(1, [0])).toBeGreaterThan(0)
    expect(repetitionIn(story, 'many', 'Third arrest in case of burnt mill').newShare(1, [0])).toBe(0)
    expect(repetitionIn(story, 'many').newShare(3, [0])).toBeGreaterThan(0)
    expect(repetitionIn(story, 'many').newShare(3, [0, 2])).toBe(0)
  })

  it('wants more that is new of a sentence that only goes on', () => {
    const docs = [
      'Three tellers of a bank in Ashford, one of them pregnant, choked on the smoke of a fire on Monday.',
      'Officials told reporters that one of the tellers had been pregnant with twins.',
    ].map((text, i) => createArticle({ id: `${i}`, title: '', text, lang: 'en' }))
    const story = readStory(docs, 'en', undefined)
    expect(repetitionIn(story, 'own').newShare(1, [0])).toBe(0)
  })

  it('counts neither source nor hour nor street as new', () => {
    const docs = [
      KILLED,
      'According to Harbour Post, police were called to the tavern on Mill Street in Ashford at about 9:30 p.m. Sunday.',
      'The owner of the brewery had asked the council for lamps along its northern wall, the mayor said.',
    ].map((text, i) => createArticle({ id: `${i}`, title: '', text, lang: 'en' }))
    const { newShare } = repetitionIn(readStory(docs, 'en', undefined), 'many')
    expect(newShare(1, [0])).toBe(0)
    expect(newShare(2, [0])).toBeGreaterThan(0.6)
  })

  it('sees one measure however its unit is written', () => {
    expect(
      repeats(
        'The old well of the brewery measured just 30 centimetres wide.',
        'Divers opened the 30cm-wide shaft with drills before noon.',
        'many',
      ),
    ).toBe(true)
  })

  it('tells a death once, but who did it and how beside it', () => {
    const found = 'Four bodies lay in a house by the harbour of Ashford: all were shot dead on Friday.'
    const died = 'Ada Quill, who played the queen in films of the harbour town, has died.'
    expect(
      repeats(
        died,
        'The star of such musicals as Blue Pier, Red Anchor and White Sail passed away in Port Ansley at the age of 91.',
        'few',
      ),
    ).toBe(true)
    expect(
      repeats(
        found,
        'A retired welder of sixty shot his daughter, two grandchildren and a lodger before turning the rifle on himself, officials said.',
        'many',
      ),
    ).toBe(false)
  })

  it('sees one event by what stands in it, though half the story speaks of that', () => {
    expect(
      repeats(
        'A smuggler in a wheelchair overpowered two keepers today, handcuffed them, took their rifles and walked off.',
        'The keepers, who were unharmed, had to drive to the bay, where Quill handcuffed them together with their own rifles lost.',
        'many',
      ),
    ).toBe(true)
  })

  it('sees one number of people in words and in figures', () => {
    expect(
      repeats(
        'Sixty residents had to leave beds and breakfast while windows broke nearby.',
        'Around 60 people spent that evening at a local day centre with soup.',
        'many',
      ),
    ).toBe(true)
  })
})
