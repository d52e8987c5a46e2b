import { describe, expect, it } from 'vitest'
import { measuresIn } from '../../../src/core/summary/measures.ts'

describe('measuresIn()', () => {
  it('gives one name to numbers of people in words and in figures', () => {
    expect(measuresIn('Sixty residents left.', 'en')).toEqual(measuresIn('About 60 people left.', 'en'))
    expect(measuresIn('Some 1,200 guests came.', 'en')).toEqual(['people 1200'])
  })

  it('gives one name to the ways to write a unit', () => {
    expect(measuresIn('It is 30 centimetres wide.', 'en')).toEqual(measuresIn('The 30cm-wide well.', 'en'))
    expect(measuresIn('Five boats lay 12 ft apart.', 'en')).toEqual(measuresIn('12 feet of rope.', 'en'))
  })

  it('takes neither money nor times nor a few people', () => {
    expect(measuresIn('Three people paid $30 km tolls at 10:30 miles.', 'en')).toEqual([])
  })
})
