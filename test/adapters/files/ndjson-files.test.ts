import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { ndjsonFiles } from '../../../src/adapters/files/ndjson-files.ts'
import type { ReadRow } from '../../../src/app/ports/row-files.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

let folder = ''
beforeEach(() => {
  folder = scratchFolder()
})

const files = (stdin = '', stdout = new PassThrough()) =>
  ndjsonFiles({ stdin: Readable.from([stdin]), stdout })

async function read(path: string, stdin = ''): Promise<ReadRow[]> {
  return Array.fromAsync(files(stdin).read(path))
}

describe('ndjsonFiles()', () => {
  it('reads rows with their line numbers and tells bad ones', async () => {
    const path = join(folder, 'a.jsonl')
    writeFileSync(path, '\ufeff{"id":1}\n\nbroken\n{"id":2}')
    expect(await read(path)).toEqual([
      { kind: 'row', line: 1, value: { id: 1 } },
      { kind: 'bad-line', line: 3, problem: expect.stringContaining('not JSON') as string },
      { kind: 'row', line: 4, value: { id: 2 } },
    ])
  })

  it('reads stdin and zipped files', async () => {
    const path = join(folder, 'a.jsonl.gz')
    writeFileSync(path, gzipSync('{"id":1}\n'))
    expect(await read(path)).toEqual([{ kind: 'row', line: 1, value: { id: 1 } }])
    expect(await read('-', '{"id":2}\n')).toEqual([{ kind: 'row', line: 1, value: { id: 2 } }])
  })

  it('tells what cannot be read', async () => {
    const cut = join(folder, 'cut.jsonl.gz')
    writeFileSync(cut, gzipSync('{"id":1}\n'.repeat(50)).subarray(0, 30))
    const missing = join(folder, 'no.jsonl')
    expect(await read(missing)).toEqual([
      { kind: 'unreadable', problem: `Cannot read "${missing}": no such file or folder` },
    ])
    expect(await read(folder)).toEqual([
      { kind: 'unreadable', problem: `Cannot read "${folder}": it is a folder` },
    ])
    expect((await read(cut)).at(-1)).toMatchObject({ kind: 'unreadable' })
  })

  it('writes plain and zipped files and stdout', async () => {
    for (const name of ['a.jsonl', 'a.jsonl.gz']) {
      const path = join(folder, name)
      const writer = await files().create(path)
      if ('problem' in writer) throw new Error(writer.problem)
      await writer.write({ id: 1 })
      await writer.close()
      const written = readFileSync(path)
      expect((name.endsWith('.gz') ? gunzipSync(written) : written).toString()).toBe('{"id":1}\n')
    }
    const stdout = new PassThrough()
    const writer = await files('', stdout).create('-')
    if ('problem' in writer) throw new Error(writer.problem)
    await writer.write({ id: 1 })
    await writer.close()
    stdout.end()
    expect(await text(stdout)).toBe('{"id":1}\n')
  })

  it('tells what cannot be written', async () => {
    const path = join(folder, 'no', 'a.jsonl')
    expect(await files().create(path)).toEqual({ problem: `Cannot write "${path}": no such file or folder` })
  })
})
