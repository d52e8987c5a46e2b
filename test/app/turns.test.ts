import { describe, expect, test } from 'vitest'
import { Turns } from '../../src/app/turns.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('Turns', () => {
  test('take() does what has one name in its order and the rest side by side', async () => {
    const turns = new Turns()
    const seen: string[] = []
    const work = (name: string) => async () => {
      seen.push(`${name} begins`)
      await turn()
      seen.push(`${name} ends`)
    }
    await Promise.all([turns.take('a', work('a1')), turns.take('a', work('a2')), turns.take('b', work('b1'))])
    const at = (what: string) => seen.indexOf(what)
    expect(at('a2 begins')).toBeGreaterThan(at('a1 ends'))
    expect(at('b1 begins')).toBeLessThan(at('a1 ends'))
  })

  test('take() goes on after work that failed, whose error is its own', async () => {
    const turns = new Turns()
    const first = turns.take('a', () => Promise.reject(new Error('a bug')))
    const second = turns.take('a', () => Promise.resolve('done'))
    await expect(first).rejects.toThrow('a bug')
    expect(await second).toBe('done')
  })
})
