import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  escapeMarkdown,
  fitMarkdown,
  markdownLink,
  safeHref,
} from '../../../src/adapters/discord/discord-markdown.ts'
import { printable } from '../../../src/core/text/printable.ts'
import { readMarkdown } from '../../support/fake-discord-markdown.ts'
import { HOSTILE_TEXT } from './hostile-text.ts'

describe('escapeMarkdown()', () => {
  it('shows every text letter for letter, and nothing of it acts', () => {
    fc.assert(
      fc.property(HOSTILE_TEXT, (text) => {
        expect(readMarkdown(escapeMarkdown(text))).toEqual({ shown: printable(text), markup: [] })
      }),
      { numRuns: 2_000 },
    )
  })

  it('leaves plain prose as it is', () => {
    const prose = 'At 08:30 the ferry (built 1998) ran aground: 200 people, all safe - says A. B. & Sons.'
    expect(escapeMarkdown(prose)).toBe(prose)
  })
})

describe('fitMarkdown()', () => {
  it('never gives more than is asked for, and shows a beginning of the text', () => {
    fc.assert(
      fc.property(HOSTILE_TEXT, fc.integer({ min: 1, max: 60 }), (text, maxChars) => {
        const fitted = fitMarkdown(text, maxChars)
        expect(fitted.length).toBeLessThanOrEqual(maxChars)
        const { shown, markup } = readMarkdown(fitted)
        expect(markup).toEqual([])
        if (shown !== printable(text)) {
          expect(shown.endsWith('…')).toBe(true)
          expect(printable(text).startsWith(shown.slice(0, -1))).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('cuts a character that is made of a thousand marks', () => {
    expect(fitMarkdown(`a${'\u0301'.repeat(3_000)}`, 100)).toHaveLength(100)
  })

  it('does not tear a family apart', () => {
    expect(fitMarkdown('👩‍👩‍👧'.repeat(10), 20)).toBe('👩‍👩‍👧👩‍👩‍👧…')
  })
})

describe('safeHref()', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://files.example/a',
    'https://user:pass@post.example/',
    'not a url',
    `https://post.example/${'a'.repeat(600)}`,
  ])('links nothing to %s', (url) => {
    expect(safeHref(url)).toBeNull()
  })

  it('lets no address end its link early', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        expect(safeHref(`https://post.example/${path}`) ?? '').not.toMatch(/[()<>\\\s]/)
      }),
    )
  })
})

describe('markdownLink()', () => {
  it('links a headline to its article', () => {
    expect(markdownLink('Ferry [live]', 'https://post.example/a_(b)', 80)).toBe(
      '[Ferry \\[live\\]](<https://post.example/a_%28b%29>)',
    )
  })

  it('does not hide an address behind a text that looks like another', () => {
    expect(markdownLink('https://bank.example', 'https://post.example/a', 80)).toBe(
      'https\\://bank.example ([link](<https://post.example/a>))',
    )
  })
})
