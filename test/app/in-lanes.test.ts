import { describe, expect, test } from 'vitest'
import { inLanes } from '../../src/app/in-lanes.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('inLanes()', () => {
  test('runs a lane in its order and lanes side by side', async () => {
    const begun: string[] = []
    const tasks = ['a1', 'a2', 'b1', 'a3', 'c1', 'b2']
    const options = { laneOf: (task: string) => task.slice(0, 1), maxLanes: 2, maxPerLane: 1 }
    await inLanes(tasks, options, async (task) => {
      begun.push(task)
      await turn()
    })
    expect([...begun].sort()).toEqual([...tasks].sort())
    expect(begun.filter((task) => task.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
    expect(begun.slice(0, 2)).toEqual(['a1', 'b1'])
  })

  test('lets the tasks of other takers end before it rejects', async () => {
    const ended: number[] = []
    const run = async (task: number) => {
      await turn()
      if (task === 1) throw new Error('a bug')
      ended.push(task)
    }
    const options = { laneOf: String, maxLanes: 2, maxPerLane: 1 }
    await expect(inLanes([1, 2, 3, 4], options, run)).rejects.toThrow('a bug')
    expect(ended).toEqual([2, 3, 4])
  })

  test('does nothing without tasks', async () => {
    await inLanes([], { laneOf: String, maxLanes: 4, maxPerLane: 2 }, () =>
      Promise.reject(new Error('called')),
    )
  })
})
