import { describe, expect, it } from 'vitest'
import { mayHaveVerb } from '../../../src/core/summary/finite-verb.ts'

describe('mayHaveVerb()', () => {
  it.each([
    'The council of Ashford approved the new bridge on Friday.',
    'A second conviction carries a sentence of ten years.',
    'The ferry isn’t back in the harbour of Port Ansley.',
    'Harbour police identify the captain as a man of forty.',
    'A fisherman died in the storm off Northland.',
  ])('finds one in "%s"', (text) => {
    expect(mayHaveVerb(text, 'en')).toBe(true)
  })

  it.each([
    'Photographs for the Harbour Post by Ada Quill.',
    'Ashford police at the corner of Mill Street with tape after a chase on Friday afternoon.',
    'The legal paths to the harbour of Port Ansley.',
    'News and weather from the reporters of Channel 12 in Ashford.',
  ])('finds none in "%s"', (text) => {
    expect(mayHaveVerb(text, 'en')).toBe(false)
  })

  it('never judges another language than English', () => {
    expect(mayHaveVerb('Bilder aus dem Hafen von Ashford', 'de')).toBe(true)
    expect(mayHaveVerb('Bilder aus dem Hafen von Ashford', null)).toBe(true)
  })
})
