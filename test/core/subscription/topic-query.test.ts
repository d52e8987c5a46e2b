import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  indexText,
  matchesTopic,
  meetsTopic,
  parseTopicQuery,
} from '../../../src/core/subscription/topic-query.ts'

const TEXT = 'Dockers at the harbour of Marholm began a work to rule on Monday; ferries were cancelled.'

function matches(query: string, text = TEXT, lang: string | null = 'en'): boolean {
  const parsed = parseTopicQuery(query)
  if (parsed.kind === 'problem') throw new Error(parsed.problem)
  return matchesTopic(parsed.query, text, lang)
}

describe('matchesTopic()', () => {
  it.each([
    ['harbour', true],
    ['HARBOUR', true],
    ['harbours', true],
    ['ferry', true],
    ['harbour strike', false],
    ['harbour OR strike', true],
    ['harbour AND strike', false],
    ['harbour NOT strike', true],
    ['harbour NOT ferry', false],
    ['"work to rule"', true],
    ['"rule to work"', false],
    ['strike OR harbour dockers', true],
    ['(strike OR harbour) football', false],
    ['(strike OR harbour) AND (football OR monday)', true],
    ['NOT NOT harbour', true],
    ['NOT (football OR strike)', true],
  ])('answers %s with %s', (query, expected) => {
    expect(matches(query)).toBe(expected)
  })

  it('stems by the language of the text', () => {
    expect(matches('Streik', 'Die Streiks im Hafen dauern an.', 'de')).toBe(true)
  })

  it('stems by the language of the reader as well', () => {
    const german = { reader: 'de' }
    const meets = (query: string, text: string, lang: string | null) => {
      const parsed = parseTopicQuery(query)
      return parsed.kind === 'query' && meetsTopic(parsed.query, indexText(text, lang, german))
    }
    expect(meets('Wahl', 'Die Wahlen in Marholm sind vorbei.', 'de')).toBe(true)
    expect(meets('election', 'The elections of Marholm are over.', 'en')).toBe(true)
    expect(meets('Häfen', 'The Hafen of Marholm, as its people call it, is shut.', 'en')).toBe(true)
    expect(meets('"neue Häfen"', 'A neuer Hafen for Marholm', 'en')).toBe(true)
    expect(meets('Wahl', 'Die Wahlen in Marholm sind vorbei.', null)).toBe(true)
    expect(matchesTopic({ kind: 'phrase', words: ['häfen'] }, 'The Hafen of Marholm', 'en')).toBe(false)
  })

  it('takes text without a known language', () => {
    expect(matches('harbour', TEXT, null)).toBe(true)
  })
})

describe('parseTopicQuery()', () => {
  it.each([
    ['', 'query has no words', 0],
    ['   ', 'query has no words', 0],
    ['harbour AND', 'a word is missing', 11],
    ['(harbour', '")" is missing', 8],
    ['harbour)', '")" is not expected here', 7],
    ['OR harbour', '"OR" is not a word', 0],
    ['harbour & !!', '"&" is not a word', 8],
    ['()', '")" is not a word', 1],
  ])('tells what is wrong with %j and where', (query, problem, at) => {
    expect(parseTopicQuery(query)).toEqual({ kind: 'problem', problem, at })
  })

  it('refuses a query that is too long or too deep', () => {
    expect(parseTopicQuery('a'.repeat(1_001)).kind).toBe('problem')
    expect(parseTopicQuery(`${'('.repeat(40)}a${')'.repeat(40)}`).kind).toBe('problem')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['query', 'problem']).toContain(parseTopicQuery(text).kind)
      }),
    )
  })
})
