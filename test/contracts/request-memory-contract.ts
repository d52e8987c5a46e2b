import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { MINUTE, NOON } from './stored-rows.ts'

/** What the memory of requests must do on any database. */
export function requestMemoryContract(current: () => Store): void {
  describe('request memory', () => {
    it('isNew() is true once, and for one of those who ask at once', async () => {
      const { requests } = current()
      const asked = await Promise.all(Array.from({ length: 8 }, () => requests.isNew('slack Ev1', NOON)))
      expect(asked.filter(Boolean)).toHaveLength(1)
      expect(await requests.isNew('slack Ev1', NOON + 64 * MINUTE)).toBe(false)
      expect(await requests.isNew('slack Ev2', NOON)).toBe(true)
    })

    it('isNew() forgets what is older than 65 minutes', async () => {
      const { requests } = current()
      await requests.isNew('slack Ev1', NOON)
      expect(await requests.isNew('slack Ev1', NOON + 66 * MINUTE)).toBe(true)
    })
  })
}
