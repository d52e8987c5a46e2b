import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openOwnerLock } from '../../../src/adapters/storage/owner-lock.ts'

it('openOwnerLock() lets one process own an SQLite file, and another when it lets go', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-lock-'))
  const url = `sqlite:${join(folder, 'x.db')}`
  const [one, two] = [openOwnerLock(url, 'grouping'), openOwnerLock(url, 'grouping')]
  expect([await one.hold(), await two.hold(), await one.hold()]).toEqual([true, false, true])
  await one.release()
  expect([await two.hold(), await one.hold()]).toEqual([true, false])
  await two.release()
  expect(await openOwnerLock('sqlite::memory:', 'grouping').hold()).toBe(true)
  rmSync(folder, { recursive: true })
})
