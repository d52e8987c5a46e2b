import { expect, it } from 'vitest'
import type { WorkQueue } from '../../../src/app/ports/work-queue.ts'

/** What every {@link WorkQueue} must do. @param open a queue of one process; all queues of one run share their requests where processes do */
export function queueContract(open: () => Promise<WorkQueue>): void {
  const until = async (isThere: () => boolean) => {
    while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  it('does a round for a request, and none without', async () => {
    const queue = await open()
    let rounds = 0
    await queue.serve('collect', () => Promise.resolve(void (rounds += 1)))
    expect(rounds).toBe(0)
    await queue.ask('collect')
    await until(() => rounds === 1)
    await queue.close()
    expect(rounds).toBe(1)
  })

  it('does one more round for any number of requests that come during one', async () => {
    const queue = await open()
    let rounds = 0
    let goOn = (): void => undefined
    await queue.serve('send', async () => {
      rounds += 1
      if (rounds === 1) await new Promise<void>((resolve) => (goOn = resolve))
    })
    await queue.ask('send')
    await until(() => rounds === 1)
    for (let n = 0; n < 5; n += 1) await queue.ask('send')
    goOn()
    await until(() => rounds === 2)
    await queue.close()
    expect(rounds).toBe(2)
  })

  it('does beats side by side', async () => {
    const queue = await open()
    const done: string[] = []
    let goOn = (): void => undefined
    await queue.serve('collect', async () => {
      await new Promise<void>((resolve) => (goOn = resolve))
      done.push('collect')
    })
    await queue.serve('group-de', () => Promise.resolve(void done.push('group-de')))
    await queue.ask('collect')
    await queue.ask('group-de')
    await until(() => done.length === 1)
    goOn()
    await until(() => done.length === 2)
    expect(done).toEqual(['group-de', 'collect'])
    await queue.close()
  })

  it('waits for a round under way when it closes', async () => {
    const queue = await open()
    let state = 'none'
    await queue.serve('send', async () => {
      state = 'under way'
      await new Promise((resolve) => setTimeout(resolve, 50))
      state = 'done'
    })
    await queue.ask('send')
    await until(() => state === 'under way')
    await queue.close()
    expect(state).toBe('done')
  })
}
