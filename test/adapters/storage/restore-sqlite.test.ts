import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openStore } from '../../../src/adapters/storage/open-store.ts'
import { openOwnerLocks } from '../../../src/adapters/storage/owner-lock.ts'
import { restoreSqlite } from '../../../src/adapters/storage/restore-sqlite.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidings-restore-'))
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true })
})

let count = 0
function newPath(): string {
  return path.join(folder, `${++count}.db`)
}

async function makeStore(tenant: string | null): Promise<string> {
  const file = newPath()
  const store = await openStore(`sqlite:${file}`)
  if (tenant !== null)
    await store.subscriptions.saveTenant({ id: tenant, platform: 'discord', name: 'Fen', atMs: 1 })
  await store.close()
  return file
}

async function backupOf(file: string): Promise<string> {
  const to = newPath()
  const store = await openStore(`sqlite:${file}`)
  await store.backup(to)
  await store.close()
  return to
}

async function tenantsOf(file: string): Promise<string[]> {
  const store = await openStore(`sqlite:${file}`)
  const tenants = await store.subscriptions.tenants()
  await store.close()
  return tenants.map(({ id }) => id)
}

describe('restoreSqlite()', () => {
  test('restoreSqlite() puts a back-up where there is none, or an empty one', async () => {
    const backup = await backupOf(await makeStore('fen'))
    for (const target of [path.join(folder, 'new', 'tidings.db'), await makeStore(null)]) {
      await restoreSqlite(backup, `sqlite:${target}`, { force: false })
      expect(await tenantsOf(target)).toEqual(['fen'])
    }
  })

  test('restoreSqlite() replaces a database that holds something only by force, log and all', async () => {
    const backup = await backupOf(await makeStore('fen'))
    const target = await makeStore('moor')
    const url = `sqlite:${target}`
    await expect(restoreSqlite(backup, url, { force: false })).rejects.toThrow('holds something')
    expect(await tenantsOf(target)).toEqual(['moor'])
    fs.writeFileSync(`${target}-wal`, 'left by a process that was killed')
    await restoreSqlite(backup, url, { force: true })
    expect(await tenantsOf(target)).toEqual(['fen'])
  })

  test('restoreSqlite() touches nothing where the back-up is missing, damaged or something else', async () => {
    const whole = fs.readFileSync(await backupOf(await makeStore('fen')))
    const damaged = newPath()
    fs.writeFileSync(damaged, whole.fill(7, 3 * 4_096, 12 * 4_096))
    const text = newPath()
    fs.writeFileSync(text, 'Dear diary, '.repeat(500))
    const empty = newPath()
    fs.writeFileSync(empty, '')
    const target = await makeStore('moor')
    for (const [backup, why] of [
      [newPath(), 'there is no such file'],
      [damaged, 'it is damaged or no database'],
      [text, 'it is damaged or no database'],
      [empty, 'it is no database of tidings'],
    ] as const) {
      await expect(restoreSqlite(backup, `sqlite:${target}`, { force: true })).rejects.toThrow(why)
    }
    expect(await tenantsOf(target)).toEqual(['moor'])
  })

  test('restoreSqlite() waits for nobody: not beside a service, not into PostgreSQL', async () => {
    const backup = await backupOf(await makeStore('fen'))
    const target = await makeStore(null)
    const [service] = openOwnerLocks(`sqlite:${target}`, ['stories'])
    await service?.hold()
    await expect(restoreSqlite(backup, `sqlite:${target}`, { force: true })).rejects.toThrow('stop it first')
    await service?.release()
    await expect(restoreSqlite(backup, 'postgres://nowhere/x', { force: true })).rejects.toThrow('pg_restore')
  })
})
