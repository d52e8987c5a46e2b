import { afterAll, describe, expect, it } from 'vitest'
import { openPageReader } from '../../../src/adapters/extract/open-page-reader.ts'

const PROSE = 'The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats.'

describe('openPageReader()', () => {
  const reader = openPageReader({ maxWorkers: 1, maxMemoryMb: 96 })
  afterAll(() => reader.close())

  it('reads a page in a worker', async () => {
    const page = await reader.extract({ html: `<p>${PROSE}</p>`, url: 'https://echo.example/a' })
    expect(page).toMatchObject({ text: PROSE, url: 'https://echo.example/a', access: 'open', problems: [] })
  })

  it('reads bytes by the charset of the content type', async () => {
    const html = Buffer.from('<p>Der Rat tagt am Mittwoch über die Brücke.</p>', 'latin1')
    const page = await reader.extract({ html, contentType: 'text/html; charset=ISO-8859-1' })
    expect(page.text).toBe('Der Rat tagt am Mittwoch über die Brücke.')
  })

  it('gives up a page that takes too long, and goes on', async () => {
    // Each paragraph opens all fonts again: a few kB that cost quadratic time and memory.
    const html = Array.from({ length: 4_000 }, (_, i) => `<font size=${i}><p>x`).join('')
    const page = await reader.extract({ html, url: 'https://echo.example/slow', maxMs: 50 })
    expect(page).toMatchObject({ text: '', access: 'empty', url: 'https://echo.example/slow' })
    expect(page.problems).toEqual(['page takes longer than 50 ms'])
    expect((await reader.extract({ html: `<p>${PROSE}</p>` })).text).toBe(PROSE)
  })

  it('gives up a page that takes too much memory, and goes on', async () => {
    const page = await reader.extract({ html: '<b><i>'.repeat(600_000) })
    expect(page.text).toBe('')
    expect(page.problems.at(-1)).toMatch(/memory|no text|longer/)
    expect((await reader.extract({ html: `<p>${PROSE}</p>` })).text).toBe(PROSE)
  })

  it('cuts a page that is too large and says so', async () => {
    const page = await reader.extract({ html: `<p>${PROSE}</p>${' '.repeat(5_000_000)}` })
    expect(page.text).toBe(PROSE)
    expect(page.problems).toEqual(['page is larger than 4000000 bytes; the rest is left out'])
  })

  it('reads many pages at once', async () => {
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, i) => reader.extract({ html: `<p>${PROSE} ${i}</p>` })),
    )
    expect(pages.map(({ text }) => text)).toEqual(pages.map((_, i) => `${PROSE} ${i}`))
  })

  it('answers after its end with a problem', async () => {
    const closed = openPageReader()
    await closed.close()
    expect((await closed.extract({ html: '<p>x' })).problems).toEqual(['reader is closed'])
  })
})
