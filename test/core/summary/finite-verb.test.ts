import { describe, expect, it } from 'vitest'
import { mayHaveVerb } from '../../../src/core/summary/finite-verb.ts'

describe('mayHaveVerb()', () => {
  it.each([
    'The council of Ashford approved the new bridge on Friday.',
    'A second conviction carries a sentence of ten years.',
    'The ferry isn’t back in the harbour of Port Ansley.',
    'Harbour police identify the captain as a man of forty.',
    'A fisherman died in the storm off Northland.',
    'Ada Quill, 33, with a broken arm, told the court that she fell.',
  ])('finds one in "%s"', (text) => {
    expect(mayHaveVerb(text, 'en')).toBe(true)
  })

  it.each([
    'Photographs for the Harbour Post by Ada Quill.',
    'Ashford police at the corner of Mill Street with tape after a chase on Friday afternoon.',
    'Quill, 33, with a name as one who dances all night, none more so when she was seen on a roof.',
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
