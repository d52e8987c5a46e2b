import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openOwnerLocks } from '../../../src/adapters/storage/owner-lock.ts'

it('openOwnerLocks() lets one process own an SQLite file, and another when it lets go', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-lock-'))
  const url = `sqlite:${join(folder, 'x.db')}`
  const only = () => {
    const [lock] = openOwnerLocks(url, ['all'])
    if (lock === undefined) throw new Error('no lock')
    return lock
  }
  const [one, two] = [only(), only()]
  expect([await one.hold(), await two.hold(), await one.hold()]).toEqual([true, false, true])
  await one.release()
  expect([await two.hold(), await one.hold()]).toEqual([true, false])
  await two.release()
  expect(await openOwnerLocks('sqlite::memory:', ['all'])[0]?.hold()).toBe(true)
  rmSync(folder, { recursive: true })
})
