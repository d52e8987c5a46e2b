import { describe, expect, test } from 'vitest'
import { Remembered } from '../../src/app/remembered.ts'

describe('Remembered', () => {
  const finder = () => {
    const found: string[] = []
    const find = (key: string) => () => {
      found.push(key)
      return Promise.resolve(key.toUpperCase())
    }
    return { found, find }
  }

  test('get() finds an answer once, also for those who ask while it is being found', async () => {
    const { found, find } = finder()
    const remembered = new Remembered<string>(2)
    const answers = [remembered.get('a', find('a')), remembered.get('a', find('a'))]
    expect(await Promise.all(answers)).toEqual(['A', 'A'])
    expect(found).toEqual(['a'])
  })

  test('get() forgets what was not asked for longest', async () => {
    const { found, find } = finder()
    const remembered = new Remembered<string>(2)
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await remembered.get(key, find(key))
    expect(found).toEqual(['a', 'b', 'c', 'b'])
  })

  test('get() asks again for what failed', async () => {
    const { found, find } = finder()
    const remembered = new Remembered<string>(2)
    await expect(remembered.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(await remembered.get('a', find('a'))).toBe('A')
    expect(found).toEqual(['a'])
  })
})
