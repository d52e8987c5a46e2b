import { expect, it } from 'vitest'
import type { Tenant } from '../../src/app/ports/subscription-store.ts'
import { botOf, TenantBots, withBot } from '../../src/app/tenant-bots.ts'

function tenant(id: string, settings: unknown, removedAtMs: number | null = null): Tenant {
  return { id, platform: 'discord', name: id, settings, addedAtMs: 0, removedAtMs }
}

it('TenantBots tells whose a tenant is, and reads anew after a minute', async () => {
  let tenants = [tenant('a', { bot: '1' }), tenant('b', { bot: '2' }), tenant('c', {})]
  let reads = 0
  let nowMs = 0
  const read = () => {
    reads += 1
    return Promise.resolve(tenants)
  }
  const bots = new TenantBots({ tenants: read }, () => nowMs)
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => bots.isOfOther(id, '1')))).toEqual([
    false,
    true,
    false,
    false,
  ])
  expect([await bots.hasOthers('1'), await bots.others('1'), reads]).toEqual([true, ['2'], 1])
  tenants = [tenant('a', { bot: '1' }), tenant('b', { bot: '2' }, 7)]
  nowMs = 60_001
  expect(await bots.hasOthers('1')).toBe(false)
  expect(await bots.isOfOther('b', '1')).toBe(false)
})

it('botOf() and withBot() leave the other settings alone', () => {
  expect(withBot(tenant('a', { managers: ['7'] }), '1')).toEqual({ managers: ['7'], bot: '1' })
  expect(botOf(tenant('a', { bot: 5 }))).toBeNull()
  expect(botOf(tenant('a', null))).toBeNull()
})
