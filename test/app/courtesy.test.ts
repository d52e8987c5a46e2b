import { describe, expect, it, vi } from 'vitest'
import { createCourtesy } from '../../src/app/courtesy.ts'

describe('createCourtesy()', () => {
  it('lets work go on at once where nobody waits', async () => {
    await expect(createCourtesy().giveWay()).resolves.toBeUndefined()
  })

  it('holds work up until the last answer is given', async () => {
    const courtesy = createCourtesy()
    const order: string[] = []
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
    const answers = [first, second].map(({ promise }) => courtesy.attend(() => promise))
    const work = courtesy.giveWay().then(() => order.push('work'))
    first.resolve('one')
    expect(await answers[0]).toBe('one')
    await new Promise((resolve) => setImmediate(resolve))
    order.push('first answer')
    second.resolve('two')
    await Promise.all([answers[1], work])
    expect(order).toEqual(['first answer', 'work'])
  })

  it('counts an answer that failed as given', async () => {
    const courtesy = createCourtesy()
    await expect(courtesy.attend(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
    await expect(courtesy.giveWay()).resolves.toBeUndefined()
  })

  it('waits for no answer that takes longer than a second and a half', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const courtesy = createCourtesy()
      const [slow, quick] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
      const slowAnswer = courtesy.attend(() => slow.promise)
      await vi.advanceTimersByTimeAsync(1_500)
      await courtesy.giveWay()
      const quickAnswer = courtesy.attend(() => quick.promise)
      let isOn = false
      const work = courtesy.giveWay().then(() => (isOn = true))
      slow.resolve(undefined)
      await slowAnswer
      await new Promise((resolve) => setImmediate(resolve))
      expect(isOn).toBe(false)
      quick.resolve(undefined)
      await Promise.all([quickAnswer, work])
    } finally {
      vi.useRealTimers()
    }
  })

  it('holds nobody up for more than a quarter of a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const courtesy = createCourtesy()
      const endless = Promise.withResolvers<undefined>()
      void courtesy.attend(() => endless.promise)
      let isOn = false
      const work = courtesy.giveWay().then(() => (isOn = true))
      await new Promise((resolve) => setImmediate(resolve))
      await vi.advanceTimersByTimeAsync(249)
      expect(isOn).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      await work
      expect(isOn).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })
})
