import { afterAll, describe, expect, it } from 'vitest'
import { openPageReader } from '../../../src/adapters/extract/open-page-reader.ts'

const PROSE = 'The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats.'

describe('openPageReader()', () => {
  const reader = openPageReader({ maxWorkers: 1, maxMs: 25_000 })
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
    const html = '<p>x</p>'.repeat(90_000)
    const page = await reader.extract({ html, url: 'https://echo.example/slow', maxMs: 2 })
    expect(page).toMatchObject({ text: '', access: 'empty', url: 'https://echo.example/slow' })
    expect(page.problems).toEqual(['page takes longer than 2 ms'])
    expect((await reader.extract({ html: `<p>${PROSE}</p>` })).text).toBe(PROSE)
  })

  it('gives up a page that takes too much memory, and goes on', async () => {
    const small = openPageReader({ maxWorkers: 1, maxMemoryMb: 72, maxMs: 25_000 })
    const html = `<p>${PROSE}</p>${'<b title="x">y'.repeat(90_000)}`
    expect(await small.extract({ html })).toMatchObject({
      text: '',
      problems: ['page takes more memory than a worker may have'],
    })
    expect((await small.extract({ html: `<p>${PROSE}</p>` })).text).toBe(PROSE)
    await small.close()
  })

  it.each([
    ['50 MB of tags', '<b><i>'.repeat(8_000_000)],
    [
      'fonts that every paragraph opens again',
      Array.from({ length: 20_000 }, (_, i) => `<font size=${i}><p>x`).join(''),
    ],
    ['nested tables', '<table><tr><td>'.repeat(20_000)],
    ['nested lists', '<ul><li>'.repeat(50_000)],
    ['nested boxes', '<div>'.repeat(200_000)],
    ['links in links', '<a href=x>x'.repeat(50_000)],
    ['attributes', `<p ${Array.from({ length: 50_000 }, (_, i) => `a${i}=b`).join(' ')}>x`],
    ['half a tag', '<'.repeat(1_000_000)],
    ['comments', '<!--'.repeat(500_000)],
    ['entities', '&amp'.repeat(500_000)],
  ])('comes back from %s', async (_, html) => {
    const page = await reader.extract({ html })
    expect(page.problems.join()).not.toMatch(/longer|memory/)
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
