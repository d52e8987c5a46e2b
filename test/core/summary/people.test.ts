import { describe, expect, it } from 'vitest'
import { peopleIn, personKey } from '../../../src/core/summary/people.ts'

/** Whether a text mentions one, or several, of the people that a noun speaks of. */
function mentions(text: string, noun: string): boolean {
  return peopleIn(text).includes(personKey(noun) ?? '')
}

describe('peopleIn()', () => {
  it.each([
    ['A boy fell into the harbour.', 'boy'],
    ['A 6-year-old fell into the harbour.', 'girl'],
    ['The daughter of Ada Quill fell.', 'child'],
    ['Otto Vance, 17, fell into the harbour.', 'teen'],
    ['A deputy came to the harbour.', 'officer'],
    ['Two teens fell into the harbour.', 'children'],
    ['A 6-year-old boy and his sister fell.', 'kids'],
  ])('brings up: %s (%s)', (text, noun) => {
    expect(mentions(text, noun)).toBe(true)
  })

  it.each([
    ['Two children fell into the harbour.', 'boy'],
    ['A girl fell into the harbour.', 'boy'],
    ['A 60-year-old woman fell.', 'boy'],
    ['Police came to the harbour.', 'officer'],
    ['An officer-involved crash was told of.', 'officer'],
    ['A boy fell into the harbour.', 'teens'],
    ['A man of Marholm is charged with child abuse.', 'child'],
    ['A 45-year-old man met a 13-year-old girl.', 'children'],
  ])('brings up nobody of the kind: %s (%s)', (text, noun) => {
    expect(mentions(text, noun)).toBe(false)
  })
})

describe('personKey()', () => {
  it('knows no key for other nouns', () => {
    expect(personKey('bridge')).toBeUndefined()
    expect(personKey('constructor')).toBeUndefined()
  })
})
