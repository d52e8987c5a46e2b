import { describe, expect, it } from 'vitest'
import { assertionOf, isCircumstance } from '../../../src/core/summary/assertion.ts'

function words(text: string): string {
  return assertionOf(text, 'en').replaceAll(/\s+/gu, ' ').trim()
}

describe('assertionOf()', () => {
  it.each([
    ['According to police, a boat sank.', 'a boat sank.'],
    ['A boat sank, according to the harbour police.', 'A boat sank'],
    ['A boat sank, police spokesman Ada Quill told reporters on Friday.', 'A boat sank'],
    ['Police confirmed that a boat sank.', 'a boat sank.'],
    ['The mayor told the Harbour Post that a boat sank.', 'a boat sank.'],
    ['A boat sank at about 9:30 p.m. near the pier.', 'A boat sank at about near the pier.'],
    ['A boat sank in the 400 block of Mill Street and Ninth Avenue.', 'A boat sank'],
    ['A boat sank in Ashford on Jan. 12, 2031.', 'A boat sank on , .'],
  ])('leaves of "%s" what it asserts', (text, wanted) => {
    expect(words(text)).toBe(wanted)
  })

  it('leaves other languages as they are', () => {
    const text = 'Ein Schiff sank in Ellmstadt, told Quill.'
    expect(assertionOf(text, 'de')).toBe(text)
    expect(assertionOf(text, null)).toBe(text)
  })

  it('takes linear time for a long text', () => {
    const startedAt = performance.now()
    assertionOf('Ada Quill said in Ashford and '.repeat(2000), 'en')
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})

describe('isCircumstance()', () => {
  it('knows stems of sources, times and places', () => {
    expect(['polic', 'tuesdai', 'street', 'happen'].every(isCircumstance)).toBe(true)
    expect(['boat', 'judg', '216'].some(isCircumstance)).toBe(false)
  })
})
