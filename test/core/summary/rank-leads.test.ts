import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { measureLength } from '../../../src/core/summary/length-limit.ts'
import { rankLeads, weakDocs } from '../../../src/core/summary/rank-leads.ts'
import type { Candidate } from '../../../src/core/summary/select-sentences.ts'
import { readStory } from '../../../src/core/summary/story-text.ts'

interface Told {
  readonly text: string
  readonly published?: string
}

/** The first sentence that opens under a headline, of articles of one sentence. */
function openingOf(told: readonly Told[], headline: string, weak?: ReadonlySet<number>): string | undefined {
  const docs = told.map(({ text, published = null }, i) =>
    createArticle({ id: `a${i}`, title: '', lang: 'en', text, published }),
  )
  const story = readStory(docs, 'en', undefined)
  const candidates = story.sentences.map(({ text, doc }, sentence): Candidate => ({
    ...{ sentence, doc, concepts: new Int32Array(0), length: measureLength(text) },
    ...{ leads: true, needs: [], gives: [] },
  }))
  const [best] = rankLeads(story, candidates, {
    headline,
    ...(weak === undefined ? {} : { weakDocs: weak }),
  }).sort((a, b) => (b.agreement ?? 0) - (a.agreement ?? 0))
  return story.sentences[best?.sentence ?? -1]?.text
}

describe('rankLeads()', () => {
  const ferries = [
    { text: 'The ferries of Ellmstadt carried more passengers over the bay than in any other year.' },
    { text: 'Passengers of the ferries over the bay paid more than in any other year in Ellmstadt.' },
  ]

  it('opens with the lead that tells the headline, though others agree with each other', () => {
    const strike = { text: 'Captains went on strike on Monday and all boats stayed in the harbour.' }
    const told = [...ferries, strike]
    expect(openingOf(told, 'Captains on strike: boats stay in harbour')).toBe(strike.text)
    expect(openingOf(told, 'More passengers on ferries of Ellmstadt')).toBe(ferries[0]?.text)
  })

  it('knows the event of the headline in other words', () => {
    const slain = { text: 'Mara Fenn was murdered on a pier near the lighthouse in the night.' }
    const singing = { text: 'Mara Fenn was heard on a pier near the lighthouse in the night.' }
    expect(openingOf([singing, slain], 'Killing of Mara Fenn')).toBe(slain.text)
  })

  it('opens with the newest of leads that tell the headline alike', () => {
    const old = { text: 'A pilot was injured on the Ellmstadt ferry by a crane.', published: '2031-05-01' }
    const late = {
      text: 'A pilot, injured on the Ellmstadt ferry by a crane, sued.',
      published: '2031-05-20',
    }
    const headline = 'Pilot injured by crane on Ellmstadt ferry'
    expect(openingOf([old, late], headline)).toBe(late.text)
    expect(openingOf([{ ...old, published: '2031-05-20' }, late], headline)).toBe(old.text)
  })
  it('opens with an article that is not weak', () => {
    const agreed = { text: 'The council agreed late on a vote about the harbour toll of Ellmstadt.' }
    const passed = {
      text: 'The council passed the harbour toll of Ellmstadt after long talks with captains.',
    }
    const headline = 'Council agreed on vote about harbour toll'
    expect(openingOf([agreed, passed], headline)).toBe(agreed.text)
    expect(openingOf([agreed, passed], headline, new Set([0]))).toBe(passed.text)
  })
})

describe('weakDocs()', () => {
  it('gives articles with a weak sentence near the top', () => {
    const short = 'Ferries sail. Captains sleep. Pilots row home.'
    const long = `${'The bay of Ellmstadt is deep. '.repeat(8)}Captains sleep.`
    const docs = [short, long, 'Ferries sail.'].map((text, i) =>
      createArticle({ id: `a${i}`, title: '', lang: 'en', text }),
    )
    const story = readStory(docs, 'en', undefined)
    const isWeak = (i: number): boolean => story.sentences[i]?.text === 'Captains sleep.'
    expect(weakDocs(story, isWeak)).toEqual(new Set([0]))
  })
})
