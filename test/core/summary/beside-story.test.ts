import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { besideStory } from '../../../src/core/summary/beside-story.ts'
import { readStory } from '../../../src/core/summary/story-text.ts'
import { summarizeStory } from '../../../src/core/summary/summarize-story.ts'

const TITLES = ['Ferry sinks off Ellmstadt', 'All saved as ferry sinks']
const LEAD = 'A ferry sank in the bay of Ellmstadt with forty people on board on Monday.'
const SHARKS = 'Two white whales were seen near the lighthouse of Marholm by a school class.'
const MORE_SHARKS = 'Teachers let the pupils draw both of them afterwards on very long paper.'
const SAVED = 'Fishing boats saved everyone before the ferry of Ellmstadt went down.'
const LATE = 'Bakers gave warm bread away to all those who had been rescued there.'

function articlesOf(texts: readonly string[]) {
  return texts.map((text, i) => createArticle({ id: `a${i}`, title: TITLES[i] ?? '', text, lang: 'en' }))
}

function beside(texts: readonly string[]): string[] {
  const story = readStory(articlesOf(texts), 'en', undefined)
  return [...besideStory(story)].map((i) => story.sentences[i]?.text ?? '')
}

describe('besideStory()', () => {
  it('gives first sentences that share nothing with titles and other tops, up to the first that does', () => {
    expect(beside([LEAD, `${SHARKS} ${MORE_SHARKS} ${SAVED} ${LATE}`])).toEqual([SHARKS, MORE_SHARKS])
    expect(beside([LEAD, `${SAVED} ${SHARKS} ${MORE_SHARKS}`])).toEqual([])
  })

  it('gives a teaser that the page prints twice, and not what follows it', () => {
    expect(beside([LEAD, `${SAVED} ${SHARKS} ${LATE} ${MORE_SHARKS} ${SHARKS}`])).toEqual([SHARKS, SHARKS])
  })

  it('knows the event in other words', () => {
    const drowned = 'A skipper died on the night between two holidays under an orange moon.'
    expect(beside([`${LEAD} Somebody was killed.`, drowned])).toEqual([])
    expect(beside([LEAD, drowned])).toEqual([drowned])
  })

  it('gives nothing of an article alone', () => {
    expect(beside([`${SHARKS} ${MORE_SHARKS}`])).toEqual([])
  })
})

describe('summarizeStory()', () => {
  it('tells nothing of what a page shows before the story', () => {
    const docs = articlesOf([LEAD, `${SHARKS} ${MORE_SHARKS} ${SAVED} ${LATE}`])
    const told = summarizeStory(docs, { sentences: 6 }).sentences.map(({ text }) => text)
    expect(told).toContain(LEAD)
    expect(told).not.toContain(SHARKS)
    expect(told).not.toContain(MORE_SHARKS)
  })
})
