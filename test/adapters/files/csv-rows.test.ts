import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsvRows } from '../../../src/adapters/files/csv-rows.ts'
import type { ReadRow } from '../../../src/app/ports/row-files.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

function read(...chunks: string[]): Promise<ReadRow[]> {
  return Array.fromAsync(readCsvRows('a.csv', Readable.from(chunks.map((chunk) => Buffer.from(chunk)))))
}

async function values(...chunks: string[]): Promise<unknown[]> {
  return (await read(...chunks)).map((row) => (row.kind === 'row' ? row.value : row.problem))
}

describe('readCsvRows()', () => {
  it('reads columns by the names of the header, in any order and case, and leaves other columns out', async () => {
    expect(await values('\ufeffTitle, ID ,Rating\r\n', 'Ferry freed,7,5\r\nSnow,8,\r\n')).toEqual([
      { title: 'Ferry freed', id: '7' },
      { title: 'Snow', id: '8' },
    ])
  })

  it('reads quoted commas, quotes and line ends, and tells the line on which a row ends', async () => {
    expect(await read('id,text\n1,"Tugs, two, ""Orla"" and\n', '""Bren"""\n\n2,done\n')).toEqual([
      { kind: 'row', line: 3, value: { id: '1', text: 'Tugs, two, "Orla" and\n"Bren"' } },
      { kind: 'row', line: 5, value: { id: '2', text: 'done' } },
    ])
  })

  it('leaves empty fields out', async () => {
    expect(await values('id,title,url\n1,,""\n')).toEqual([{ id: '1' }])
  })

  it('takes a stray quote for text', async () => {
    expect(await values('id,title\n1,A 5" gun\n2,"Left" turn\n')).toEqual([
      { id: '1', title: 'A 5" gun' },
      { id: '2', title: '"Left" turn' },
    ])
  })

  it('tells bad rows with their line and reads on', async () => {
    expect(await read('id,title\n1\n2,b\n3,c,d\n4,e\n')).toEqual([
      { kind: 'bad-line', line: 2, problem: 'it has not as many fields as the header' },
      { kind: 'row', line: 3, value: { id: '2', title: 'b' } },
      { kind: 'bad-line', line: 4, problem: 'it has not as many fields as the header' },
      { kind: 'row', line: 5, value: { id: '4', title: 'e' } },
    ])
  })

  it('tells a quote that nobody closes', async () => {
    expect(await values('id,title\n1,a\n2,"open\n3,b\n')).toEqual([
      { id: '1', title: 'a' },
      'a quote is open at the end of the file',
    ])
  })

  it('tells a header that names no column of an article', async () => {
    expect(await read('id;title;text\n1;a;b\n')).toEqual([
      {
        kind: 'unreadable',
        problem:
          'Cannot read "a.csv" after line 1: its first line names neither "title" nor "text"; names are parted by commas',
      },
    ])
  })

  it('ends with a problem at a row that is too long, not in silence', async () => {
    const rows = await read('id,title\n1,a\n', `2,"${'x'.repeat(17_000_000)}`, '"\n3,b\n')
    expect(rows).toEqual([
      { kind: 'row', line: 2, value: { id: '1', title: 'a' } },
      { kind: 'unreadable', problem: expect.stringContaining('a row is longer than') as string },
    ])
  })

  it('reads zipped files, and tells what is no file', async () => {
    const path = join(scratchFolder(), 'a.csv.gz')
    writeFileSync(path, gzipSync('id,title\n1,a\n'))
    expect(await Array.fromAsync(readCsvRows(path))).toEqual([
      { kind: 'row', line: 2, value: { id: '1', title: 'a' } },
    ])
    expect(await Array.fromAsync(readCsvRows('/nowhere/a.csv'))).toEqual([
      {
        kind: 'unreadable',
        problem: 'Cannot read "/nowhere/a.csv" after line 1: no such file or folder',
      },
    ])
  })

  it('gives back every text that was quoted, however the bytes are cut', async () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => text.isWellFormed())
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (texts, size) => {
          const quoted = texts.map((text, i) => `${i},"${text.replaceAll('"', '""')}"\r\n`)
          const bytes = Buffer.from(`id,text\r\n${quoted.join('')}`)
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
            bytes.subarray(i * size, (i + 1) * size),
          )
          const rows = await Array.fromAsync(readCsvRows('a.csv', Readable.from(chunks)))
          expect(rows.map((row) => (row.kind === 'row' ? row.value : row))).toEqual(
            texts.map((text, i) => ({ id: String(i), text })),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})
