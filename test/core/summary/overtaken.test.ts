import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { overtakenIn } from '../../../src/core/summary/overtaken.ts'
import { readStory } from '../../../src/core/summary/story-text.ts'
import { summarizeStory } from '../../../src/core/summary/summarize-story.ts'

const DAY_MS = 86_400_000
const MONDAY_MS = Date.UTC(2026, 2, 2)

interface Told {
  readonly title?: string
  readonly text: string
  readonly day?: number | null
}

function articlesOf(told: readonly Told[], lang = 'en') {
  return told.map(({ title = '', text, day = null }, i) =>
    createArticle({
      ...{ id: `a${i}`, title, text, lang },
      published: day === null ? null : new Date(MONDAY_MS + day * DAY_MS).toISOString(),
    }),
  )
}

/** The sentences of some articles that are overtaken. */
function overtaken(told: readonly Told[], lang = 'en'): string[] {
  const story = readStory(articlesOf(told, lang), lang, undefined)
  const isOvertaken = overtakenIn(story)
  return story.sentences.filter((_, i) => isOvertaken(i)).map(({ text }) => text)
}

const SEARCH = 'Harbour police are searching for the man who shot two sailors in Ellmstadt.'
const ARREST = 'A cook was arrested after two sailors had been shot at the harbour of Ellmstadt.'

describe('overtakenIn()', () => {
  it('gives a search that ended in another article', () => {
    expect(
      overtaken([
        { text: SEARCH, day: 0 },
        { text: ARREST, day: 1 },
      ]),
    ).toEqual([SEARCH])
    expect(overtaken([{ text: SEARCH }, { text: ARREST }])).toEqual([SEARCH])
  })

  it('keeps a search that a later article tells, or that is for others', () => {
    expect(
      overtaken([
        { text: SEARCH, day: 1 },
        { text: ARREST, day: 0 },
      ]),
    ).toEqual([])
    const second = 'Harbour police are searching for a second man after the shots in Ellmstadt.'
    expect(
      overtaken([
        { text: second, day: 0 },
        { text: ARREST, day: 1 },
      ]),
    ).toEqual([])
  })

  it('keeps a search where nobody was arrested yet', () => {
    const none = 'Nobody was arrested after two sailors had been shot at the harbour of Ellmstadt.'
    expect(
      overtaken([
        { text: SEARCH, day: 0 },
        { text: none, day: 1 },
      ]),
    ).toEqual([])
  })

  it('reads the end from a title', () => {
    const later = { title: 'Cook arrested after harbour shots', text: 'Two sailors are well again.', day: 1 }
    expect(overtaken([{ text: SEARCH, day: 0 }, later])).toEqual([SEARCH])
  })

  it('gives a trial to come after the verdict, but not that of somebody else', () => {
    const verdict = { text: 'The cook Otto Vance was found guilty of murder in Ellmstadt.', day: 90 }
    const trial = 'Otto Vance will stand trial for the murder of a sailor in Ellmstadt.'
    const other = 'Cook Mara Fenn will stand trial for the theft of a ferry in Marholm.'
    expect(overtaken([{ text: `${trial} ${other}`, day: 0 }, verdict])).toEqual([trial])
  })

  it('gives the danger of one who died, of the same kind of person', () => {
    const state = 'A boy who fell from the pier remains in critical condition at the harbour clinic.'
    expect(
      overtaken([
        { text: state, day: 0 },
        { text: 'The boy from the pier has died, the clinic said.', day: 1 },
      ]),
    ).toEqual([state])
    expect(
      overtaken([
        { text: state, day: 0 },
        { text: 'The skipper’s mother has died, the clinic said.', day: 1 },
      ]),
    ).toEqual([])
  })

  it('gives a vote to come after the vote', () => {
    const vote =
      'The council is expected to vote on the harbour toll, but it was unclear if it had enough votes.'
    expect(
      overtaken([
        { text: vote, day: 0 },
        { text: 'The council approved the harbour toll of Ellmstadt.', day: 0 },
      ]),
    ).toEqual([vote])
  })

  it('gives names that were not released, where another article has them', () => {
    const unnamed = 'The names of both sailors have not been released by the harbour police.'
    const named = { text: 'Police identified the sailors of Ellmstadt as Ada Quill and Otto Vance.', day: 1 }
    expect(overtaken([{ text: unnamed, day: 0 }, named])).toEqual([unnamed])
    const aged = { text: 'A choir sang for 16-year-old Ada Quill on the pier of Ellmstadt.', day: 1 }
    expect(overtaken([{ text: unnamed.replace('have not', 'hadn’t'), day: 0 }, aged])).toHaveLength(1)
    const report = 'Details about the crane have not been released by the harbour police.'
    expect(overtaken([{ text: report, day: 0 }, named])).toEqual([])
  })

  it('gives plans for a day that has passed when the last article came', () => {
    const plan = 'The ferry will cross the bay for the first time on Wednesday with a choir on board.'
    const later = { text: 'Passengers of the first ferry praised the choir of Marholm.' }
    expect(
      overtaken([
        { text: plan, day: 0 },
        { ...later, day: 3 },
      ]),
    ).toEqual([plan])
    expect(
      overtaken([
        { text: plan, day: 0 },
        { ...later, day: 1 },
      ]),
    ).toEqual([])
  })

  it('gives a toll that a later article raised by more than one', () => {
    const low = 'The storm killed 11 people in the villages on the coast of Marholm.'
    const high = 'At least 17 people were killed by the storm on the coast of Marholm.'
    expect(
      overtaken([
        { text: low, day: 0 },
        { text: high, day: 1 },
      ]),
    ).toEqual([low])
    expect(
      overtaken([
        { text: low, day: 1 },
        { text: high, day: 0 },
      ]),
    ).toEqual([])
    expect(
      overtaken([
        { text: low, day: 0 },
        { text: high.replace('17', '12'), day: 1 },
      ]),
    ).toEqual([])
  })

  it('judges English only', () => {
    expect(
      overtaken(
        [
          { text: SEARCH, day: 0 },
          { text: ARREST, day: 1 },
        ],
        'de',
      ),
    ).toEqual([])
  })
})

describe('summarizeStory()', () => {
  it('tells no state that has ended, unless nothing else can be told', () => {
    const more = 'Both sailors were brought to the clinic with wounds in their legs.'
    const docs = articlesOf([
      { text: `${SEARCH} ${more}`, day: 0 },
      { text: ARREST, day: 1 },
    ])
    const told = summarizeStory(docs, { sentences: 3 }).sentences.map(({ text }) => text)
    expect(told).not.toContain(SEARCH)
    expect(told).toContain(ARREST)
    const titled = { title: 'Cook arrested after harbour shots', text: '', day: 1 }
    const only = summarizeStory(articlesOf([{ text: SEARCH, day: 0 }, titled]), { sentences: 1 })
    expect(only.sentences.map(({ text }) => text)).toEqual([SEARCH])
  })
})
