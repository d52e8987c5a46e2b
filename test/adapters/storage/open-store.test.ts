import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inspectStore, openStore } from '../../../src/adapters/storage/open-store.ts'
import { StorageError } from '../../../src/adapters/storage/storage-error.ts'
import { article, batch, PUBLIC } from '../../contracts/stored-rows.ts'

describe('openStore()', () => {
  let folder: string
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidings-open-'))
  })
  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true })
  })
  const inFolder = (...parts: string[]) => path.join(folder, ...parts)
  const failure = async (url: string, options = {}) =>
    openStore(url, options).then(
      () => 'opened',
      (error: unknown) => (error instanceof StorageError ? error.message : error),
    )

  test('openStore() makes the file with its folders and brings the schema up', async () => {
    const url = `sqlite:${inFolder('deep', 'down', 'tidings.db')}`
    const store = await openStore(url)
    expect(await store.status()).toEqual({
      applied: [
        '001-first-house',
        '002-search-by-time',
        '003-pages',
        '004-follow-place',
        '005-seen-requests',
        '006-hub-leases',
        '007-pictures',
        '008-late-words',
      ],
      pending: [],
      unknown: [],
    })
    await store.articles.saveIngest(batch([article(1)]))
    await store.close()
    const again = await openStore(url)
    expect(await again.articles.articlesSince(0, 9, PUBLIC)).toHaveLength(1)
    await again.close()
  })

  test('openStore() reads URLs with and without slashes', async () => {
    for (const url of [`sqlite://${inFolder('a.db')}`, `sqlite:${inFolder('b.db')}`, 'sqlite::memory:']) {
      const store = await openStore(url)
      expect(store.kind).toBe('sqlite')
      await store.close()
    }
    expect(fs.readdirSync(folder).toSorted()).toEqual(['a.db', 'b.db'])
  })

  test('openStore() says in one line what keeps a file from being opened', async () => {
    fs.writeFileSync(
      inFolder('text.db'),
      'This is no database at all, but long enough to look like one.'.repeat(40),
    )
    fs.mkdirSync(inFolder('folder.db'))
    expect(await failure(`sqlite:${inFolder('text.db')}`)).toBe(
      `Cannot open database "sqlite:${inFolder('text.db')}": the file is not an SQLite database`,
    )
    expect(await failure(`sqlite:${inFolder('text.db', 'below.db')}`)).toMatch(
      /: a part of the path is no folder$/,
    )
    expect(await failure(`sqlite:${inFolder('folder.db')}`)).toMatch(/: the file cannot be opened/)
    expect(await failure(`sqlite:${inFolder('none.db')}`, { mustExist: true })).toMatch(
      /: there is no such file$/,
    )
    expect(fs.existsSync(inFolder('none.db'))).toBe(false)
  })

  test('openStore() refuses URLs of other kinds, without the password', async () => {
    for (const url of [
      '',
      'tidings.db',
      'sqlite:',
      'mysql://user:secret@host/name',
      'postgres:',
      'postgres://',
    ]) {
      expect(await failure(url)).toMatch(
        /^Cannot open database ".*": URL is neither sqlite:path nor postgres:/,
      )
      expect(await failure(url)).not.toContain('secret')
    }
  })

  test('openStore() says that no server answers, without the password', async () => {
    const probe = net.createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => probe.once('listening', resolve))
    const { port } = probe.address() as net.AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    const message = await failure(`postgres://someone:secret@127.0.0.1:${port}/tidings`)
    expect(message).toBe(
      `Cannot open database "postgres://someone:…@127.0.0.1:${port}/tidings": connect ECONNREFUSED 127.0.0.1:${port}`,
    )
  })

  test('openStore() leaves a database alone that a newer program made', async () => {
    const url = `sqlite:${inFolder('newer.db')}`
    await (await openStore(url)).close()
    const file = new SqliteFile(inFolder('newer.db'))
    file.exec("insert into kysely_migration values ('999-from-the-future', '2030-01-01T00:00:00.000Z')")
    file.close()
    for (const options of [{}, { migrate: false }]) {
      expect(await failure(url, options)).toMatch(
        /made by a newer version of tidings \(has "999-from-the-future"\)$/,
      )
    }
  })

  test('openStore() without migrations refuses a database that is behind', async () => {
    const url = `sqlite:${inFolder('old.db')}`
    expect(await failure(url, { migrate: false })).toMatch(
      /older than this program: run "tidings db migrate"$/,
    )
    await (await openStore(url)).close()
    expect(await failure(url, { migrate: false })).toBe('opened')
  })

  test('inspectStore() tells how far a schema is and changes nothing', async () => {
    const url = `sqlite:${inFolder('inspected.db')}`
    await expect(inspectStore(url)).rejects.toThrow('there is no such file')
    new SqliteFile(inFolder('inspected.db')).close()
    const nothing = {
      applied: [],
      pending: [
        '001-first-house',
        '002-search-by-time',
        '003-pages',
        '004-follow-place',
        '005-seen-requests',
        '006-hub-leases',
        '007-pictures',
        '008-late-words',
      ],
      unknown: [],
    }
    expect(await inspectStore(url)).toEqual(nothing)
    expect(await inspectStore(url)).toEqual(nothing)
  })

  test('openStore() by many at once migrates once', async () => {
    const url = `sqlite:${inFolder('many.db')}`
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(url)))
    for (const store of stores) {
      expect(await store.status()).toMatchObject({
        applied: [
          '001-first-house',
          '002-search-by-time',
          '003-pages',
          '004-follow-place',
          '005-seen-requests',
          '006-hub-leases',
          '007-pictures',
          '008-late-words',
        ],
        pending: [],
      })
      await store.close()
    }
  })

  test('two stores on one file see what the other saved', async () => {
    const url = `sqlite:${inFolder('shared.db')}`
    const [one, two] = [await openStore(url), await openStore(url)]
    await Promise.all([
      one.articles.saveIngest(batch([article(1)])),
      two.articles.saveIngest(batch([article(2)])),
    ])
    expect(await one.articles.articlesSince(0, 9, PUBLIC)).toHaveLength(2)
    expect(await two.articles.articlesSince(0, 9, PUBLIC)).toHaveLength(2)
    await one.close()
    await two.close()
  })

  test('backup() writes a database that opens, and never over a file', async () => {
    const store = await openStore(`sqlite:${inFolder('live.db')}`)
    await store.articles.saveIngest(batch([article(1)]))
    await store.backup(inFolder('backups', 'one.db'))
    await expect(store.backup(inFolder('backups', 'one.db'))).rejects.toThrow('the file is there already')
    await store.close()
    const copy = await openStore(`sqlite:${inFolder('backups', 'one.db')}`)
    expect(await copy.articles.search({ words: 'ferries', limit: 5 }, PUBLIC)).toMatchObject({
      entries: [{ id: 'article-1' }],
    })
    await copy.close()
  })

  test('a look-up need not wait for a running save, and a save lets other work have its turn', async () => {
    const store = await openStore(`sqlite:${inFolder('busy.db')}`)
    await store.articles.saveIngest(batch([article(9_999)]))
    const text = 'Harbour storm ferries lighthouse council '.repeat(100)
    const many = Array.from({ length: 600 }, (_, n) => article(n, { text: `${text} ${n}` }))
    const saving = store.articles.saveIngest(batch(many))
    const seen: number[] = []
    for (let turns = 0; turns < 20; turns += 1) {
      seen.push((await store.articles.articles(['article-9999', 'article-5'], PUBLIC)).length)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(seen.slice(0, 5)).toEqual([1, 1, 1, 1, 1])
    await saving
    expect(await store.articles.articles(['article-9999', 'article-5'], PUBLIC)).toHaveLength(2)
    await store.close()
  })
})
