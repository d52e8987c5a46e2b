import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '../../../src/adapters/files/read-lines.ts'

async function read(chunks: readonly (string | Uint8Array)[], maxChars = 100) {
  const lines = await Array.fromAsync(readLines(Readable.from(chunks), maxChars))
  return lines.map(({ line, content }) => `${line} ${content ?? '(too long)'}`)
}

describe('readLines()', () => {
  it('counts lines, whatever ends them', async () => {
    expect(await read(['a\r\n', '\nb', 'c\nd'])).toEqual(['1 a', '2 ', '3 bc', '4 d'])
  })

  it('gives nothing for nothing', async () => {
    expect(await read([])).toEqual([])
    expect(await read(['a\n'])).toEqual(['1 a'])
  })

  it('leaves a line out that is too long, and holds none of it', async () => {
    expect(await read(['short\n', ...Array<string>(50).fill('x'.repeat(50)), '\nnext', ' one'])).toEqual([
      '1 short',
      '2 (too long)',
      '3 next one',
    ])
    expect(await read(['x'.repeat(101)])).toEqual(['1 (too long)'])
  })

  it('gives the same lines however the bytes are cut', async () => {
    const text = '\ufeffNiño\n한국어 😀\n\r\nend'
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40)), async (cuts) => {
        const bytes = Buffer.from(text)
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ]
        const chunks = places.slice(1).map((place, i) => bytes.subarray(places[i], place))
        expect(await read(chunks)).toEqual(['1 Niño', '2 한국어 😀', '3 ', '4 end'])
      }),
    )
  })
})
