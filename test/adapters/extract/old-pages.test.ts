import { describe, expect, it } from 'vitest'
import { readPage } from '../../../src/adapters/extract/read-page.ts'
import { oldPages } from '../../support/old-pages.ts'

/** How often each run of four words stands in a text. */
function runs(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  const counts = new Map<string, number>()
  for (let i = 0; i + 4 <= words.length; i += 1) {
    const run = words.slice(i, i + 4).join(' ')
    counts.set(run, (counts.get(run) ?? 0) + 1)
  }
  return counts
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0)
}

/** Harmonic mean of what is right in a text and what of the wanted words is in it. */
function f1(text: string, wanted: readonly string[]): number {
  const [got, gold] = [runs(text), runs(wanted.join('\n'))]
  let both = 0
  for (const [run, count] of gold) both += Math.min(count, got.get(run) ?? 0)
  return (2 * both) / (sum(got) + sum(gold))
}

describe('readPage() on pages of the old web', () => {
  it.each(oldPages().map((page) => [page.name, page] as const))(
    'finds the text of a page: %s',
    (_, { html, contentType, body }) => {
      const page = readPage({ html, ...(contentType === undefined ? {} : { contentType }) })
      expect(page.text).not.toBe('')
      expect(f1(page.text, body)).toBeGreaterThan(0.95)
    },
  )

  it('keeps no link between two paragraphs for a headline', () => {
    const text = 'The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats.'
    const link = '<P><A HREF="/x">Bridge repair goes on until autumn</A>'
    const html = `<HTML><TITLE>Fares</TITLE><BODY><P>${text}${link}<P>${text}<P>${text}<P>${text}<P>${text}</BODY></HTML>`
    expect(readPage({ html }).text).not.toContain('Bridge repair')
  })
})
