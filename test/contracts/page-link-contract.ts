import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { destination, NOON } from './stored-rows.ts'

/** What keys of archives must do on any database. */
export function pageLinkContract(current: () => Store): void {
  describe('page links', () => {
    const fresh = (token: string) => ({ token, atMs: NOON })

    it('linkOf() keeps the first key of a destination; destinationOf() finds it again', async () => {
      const { subscriptions, links } = current()
      await subscriptions.saveDestination(destination('d1', 't1'), NOON)
      expect(await links.linkOf('d1', fresh('key-one'))).toBe('key-one')
      expect(await links.linkOf('d1', fresh('key-two'))).toBe('key-one')
      expect(await links.destinationOf('key-one')).toEqual(destination('d1', 't1'))
      expect(await links.destinationOf('key-two')).toBeNull()
    })

    it('renewLink() makes the old key worthless', async () => {
      const { subscriptions, links } = current()
      await subscriptions.saveDestination(destination('d1'), NOON)
      await links.linkOf('d1', fresh('key-one'))
      await links.renewLink('d1', fresh('key-two'))
      expect(await links.destinationOf('key-one')).toBeNull()
      expect(await links.destinationOf('key-two')).toEqual(destination('d1'))
    })

    it('destinationOf() knows no closed destination and no odd key', async () => {
      const { subscriptions, links } = current()
      await subscriptions.saveDestination(destination('d1'), NOON)
      await links.linkOf('d1', fresh('key-one'))
      await subscriptions.closeDestination('d1', NOON)
      for (const token of ['key-one', '', '%', "' or 1=1", '\0', 'x'.repeat(500)])
        expect(await links.destinationOf(token)).toBeNull()
    })

    it('go with their tenant', async () => {
      const { subscriptions, links } = current()
      await subscriptions.saveTenant({ id: 't1', platform: 'discord', name: 'One', atMs: NOON })
      await subscriptions.saveDestination(destination('d1', 't1'), NOON)
      await links.linkOf('d1', fresh('key-one'))
      await subscriptions.forgetTenant('t1')
      expect(await links.destinationOf('key-one')).toBeNull()
    })
  })
}
