import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readPage } from '../../../src/adapters/extract/read-page.ts'
import { releaseText } from '../../../src/adapters/extract/release-text.ts'

const STORY =
  '<p>The ferry board of Veldmoor met on Monday and closed the old pier after ninety years of service to the islands.</p>' +
  '<p>Engineers had found rust in eleven of its forty pillars, and a storm in spring carried one of them away for good.</p>' +
  '<p>A new pier will open in two summers. Until then the boats leave from the grain quay, ten minutes to the north.</p>'

function old(head: string, top: string): string {
  return `<HTML><HEAD>${head}</HEAD><BODY BGCOLOR=white>${top}<TABLE><TR><TD>${STORY}</TD></TR></TABLE></BODY></HTML>`
}

describe('releaseText()', () => {
  test.each([
    ['a comment', '<p>a<!-- b<p>c', '<p>a<p>c'],
    ['a comment that ends like a tag', '<p>a<!-- b --><!-- c ><p>d', '<p>a<!-- b --><p>d'],
    ['a title', '<title>Pier closes<p>a', '<title>Pier closes</title><p>a'],
    ['a script', '<script>var a = 1 < 2\n<p>a', '<p>a'],
    ['a script after one that ends', '<script>a</script><SCRIPT>b<BR>c', '<script>a</script><BR>c'],
    ['a list of choices', '<select><option>a<p>b', '<option>a<p>b'],
    [
      'a list of choices before another',
      '<select><option>a<table>b<select><option>c</select>',
      '<option>a<table>b<select><option>c</select>',
    ],
  ])('lets the text out of %s that never ends', (_, html, released) => {
    expect(releaseText(html)).toBe(released)
  })

  it('changes nothing where all ends', () => {
    const html = '<title>a</title><!-- b --><style>c</style><script>"<!--"</script ><textarea><p></textarea>'
    expect(releaseText(html)).toBe(html)
  })

  it('never throws, and takes no time for many beginnings', () => {
    const parts = fc.constantFrom(
      '<!--',
      '-->',
      '<title>',
      '</title>',
      '<script',
      '>',
      '<style>',
      '<p>',
      'a',
      '</script>',
    )
    fc.assert(
      fc.property(fc.array(parts), (some) => {
        releaseText(some.join(''))
      }),
    )
    const startMs = performance.now()
    for (const part of ['<!--', '<title>', '<script>', '<select', '<style><p>'])
      releaseText(part.repeat(50_000))
    for (const part of ['<object>', '<iframe', '<object><iframe></object>'])
      readPage({ html: part.repeat(20_000), url: null })
    expect(performance.now() - startMs).toBeLessThan(10_000)
  })
})

describe('readPage() on markup that never ends', () => {
  it.each([
    ['title', old('<TITLE>Old pier closes', '')],
    ['comment', old('<TITLE>Old pier closes</TITLE>', '<!-- begin of page --')],
    [
      'script',
      old('<TITLE>Old pier closes</TITLE>', '<SCRIPT LANGUAGE=JavaScript>window.status = "Welcome"'),
    ],
    ['style', old('<TITLE>Old pier closes</TITLE><STYLE>A { color: red }', '')],
  ])('finds the article behind a %s', (_, html) => {
    const page = readPage({ html, url: null })
    expect(page.title).toBe('Old pier closes')
    expect(page.text.split('\n\n')).toHaveLength(3)
    expect(page.problems).toEqual(['page hides its text in markup that never ends'])
  })

  it.each(['noframes', 'object', 'iframe', 'textarea'])(
    'reads what stands in <%s> where there is nothing else',
    (tag) => {
      const page = readPage({ html: `<html><body><${tag}>${STORY}</${tag}></body></html>`, url: null })
      expect(page.text).toContain('ninety years of service')
    },
  )

  it('reads pages of two bytes a letter without a mark', () => {
    const html = `\r\n  ${old('<TITLE>Old pier closes</TITLE>', '')}`
    const little = Buffer.from(html, 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16()])
      expect(readPage({ html: bytes, url: null }).text).toContain('ninety years of service')
  })
})
