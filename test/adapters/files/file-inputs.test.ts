import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { fileInputs } from '../../../src/adapters/files/file-inputs.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

let folder = ''
beforeEach(() => {
  folder = scratchFolder()
})

async function open(...inputs: string[]): Promise<string[]> {
  const seen: string[] = []
  for await (const input of fileInputs().open(inputs)) {
    if (input.kind === 'problem') seen.push(input.problem)
    else if (input.kind === 'file') seen.push(`${input.name}: ${Buffer.from(input.body).toString()}`)
    else seen.push(`${input.name}: ${JSON.stringify(await Array.fromAsync(input.rows))}`)
  }
  return seen
}

describe('fileInputs()', () => {
  it('reads a folder in name order, below it too, without hidden and foreign files', async () => {
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'b.txt'), 'two')
    writeFileSync(join(folder, 'a.txt'), 'one')
    writeFileSync(join(folder, 'sub', 'c.html'), 'three')
    writeFileSync(join(folder, '.hidden.txt'), 'no')
    writeFileSync(join(folder, 'photo.jpg'), 'no')
    expect(await open(folder)).toEqual(['a.txt: one', 'b.txt: two', 'c.html: three'])
  })

  it('tells files of one name apart', async () => {
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'a.txt'), 'one')
    writeFileSync(join(folder, 'sub', 'a.txt'), 'two')
    expect(await open(folder)).toEqual(['a.txt: one', 'sub/a.txt: two'])
  })

  it('reads a file of any name when it is named, unzipped', async () => {
    writeFileSync(join(folder, 'note.x.gz'), gzipSync('one'))
    expect(await open(join(folder, 'note.x.gz'))).toEqual(['note.x.gz: one'])
  })

  it('gives files of rows by the row', async () => {
    writeFileSync(join(folder, 'a.jsonl.gz'), gzipSync('{"id":1}\n'))
    writeFileSync(join(folder, 'b.csv'), 'id,title\n2,Ferry\n')
    expect(await open(folder)).toEqual([
      'a.jsonl.gz: [{"kind":"row","line":1,"value":{"id":1}}]',
      'b.csv: [{"kind":"row","line":2,"value":{"id":"2","title":"Ferry"}}]',
    ])
  })

  it('tells a missing file and goes on', async () => {
    writeFileSync(join(folder, 'a.txt'), 'one')
    const missing = join(folder, 'missing.txt')
    expect(await open(missing, join(folder, 'a.txt'))).toEqual([
      `Cannot read "${missing}": no such file or folder`,
      'a.txt: one',
    ])
  })

  it('tells an empty folder', async () => {
    expect(await open(folder)).toEqual([
      `Cannot read folder "${folder}": no .txt, .md, .html, .json(l), .csv, feed or OPML file is in it`,
    ])
  })

  it('tells broken gzip', async () => {
    const path = join(folder, 'a.txt.gz')
    writeFileSync(path, 'not gzip')
    expect(await open(path)).toEqual([`Cannot read "${path}": it is not gzip data`])
  })

  it('tells a folder without rights', async () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(folder, 0o755)
    chmodSync(closed, 0)
    const seen = await withoutRoot(() => open(closed))
    expect(seen).toEqual([`Cannot read folder "${closed}": no permission to read or write it`])
  })
})

/** Any user id but root's: root may read everything. */
const NOBODY = 65_534

async function withoutRoot<T>(run: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run()
  process.seteuid?.(NOBODY)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}
