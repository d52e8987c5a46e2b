import { describe, expect, test } from 'vitest'
import { gather } from '../../../src/adapters/storage/gather.ts'

describe('gather()', () => {
  test('answers what is asked side by side together, and each its own answer', async () => {
    const asked: number[][] = []
    const double = gather(async (numbers: readonly number[]) => {
      asked.push([...numbers])
      return numbers.map((number) => 2 * number)
    }, 3)
    expect(await Promise.all([1, 2, 3, 4, 5].map((number) => double(number)))).toEqual([2, 4, 6, 8, 10])
    expect(asked).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
    expect(await double(6)).toBe(12)
  })

  test('gathers what is asked while an answer is on its way', async () => {
    const asked: string[][] = []
    let release: () => void = () => undefined
    const ask = gather(async (words: readonly string[]) => {
      asked.push([...words])
      await new Promise<void>((resolve) => (release = resolve))
      return words
    }, 10)
    const first = ask('first')
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const later = [ask('second'), ask('third')]
    release()
    expect(await first).toBe('first')
    while (asked.length === 1) await new Promise((resolve) => setImmediate(resolve))
    release()
    expect(await Promise.all(later)).toEqual(['second', 'third'])
    expect(asked).toEqual([['first'], ['second', 'third']])
  })

  test('keeps the trouble of one from the others', async () => {
    const ask = gather(async (words: readonly string[]) => {
      if (words.includes('bad')) throw new Error('no luck')
      return words.map((word) => word.length)
    }, 10)
    const ends = await Promise.allSettled(['good', 'bad', 'better'].map((word) => ask(word)))
    expect(ends).toEqual([
      { status: 'fulfilled', value: 4 },
      { status: 'rejected', reason: new Error('no luck') },
      { status: 'fulfilled', value: 6 },
    ])
  })
})
