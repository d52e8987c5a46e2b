import { describe, expect, it } from 'vitest'
import { digestToHtml } from '../../../src/adapters/console/digest-html.ts'
import { digestToJson } from '../../../src/adapters/console/digest-json.ts'
import { digestToMarkdown } from '../../../src/adapters/console/digest-markdown.ts'
import { digestToText } from '../../../src/adapters/console/digest-text.ts'
import type { Digest, DigestEntry } from '../../../src/core/digest/digest.ts'
import { makeArticle } from '../../support/make-article.ts'

const article = makeArticle({ id: 'a' })

function digestOf(entry: Partial<DigestEntry> = {}, digest: Partial<Digest> = {}): Digest {
  const counts = { articles: 2, publishers: 1, copies: 1 }
  const atMs = Date.parse('2026-03-09T08:00:00Z')
  const sentence = {
    text: 'A ferry ran aground off Marholm on Monday.',
    articleId: 'a',
    start: 0,
    end: 42,
    url: 'https://harbourpost.example/a',
    outlet: 'Harbour Post',
    alsoIn: ['Coast Radio'],
    dateNote: 'on Monday: 2026-03-09',
  }
  const members = [
    { article, copyOf: null, copyKind: null, why: 'It opened the story.' },
    { article: { ...article, id: 'b' }, copyOf: 'a', copyKind: 'exact' as const, why: 'Same text as a.' },
  ]
  return {
    hash: 'f00',
    fromMs: atMs,
    toMs: atMs + 3_600_000,
    counts,
    storiesInWindow: 2,
    entries: [
      {
        storyId: 's1',
        headline: 'Ferry runs aground',
        counts,
        members,
        sentences: [sentence],
        disagreements: ['hurt: 12 (Harbour Post), 15 (Coast Radio)'],
        firstAtMs: atMs,
        lastAtMs: atMs,
        why: 'largest',
        ...entry,
      },
    ],
    ...digest,
  }
}

const TEXT = { columns: 80, color: false }

describe('digestToText()', () => {
  it('tells a story with counts, sentences and sources', () => {
    expect(digestToText(digestOf(), TEXT)).toBe(`tidings · 9 Mar 2026 08:00–09:00 UTC
2 articles · 1 publisher · 1 copy

1. Ferry runs aground
   2 articles · 1 publisher · 1 copy · 9 Mar 2026 08:00 UTC
   • A ferry ran aground off Marholm on Monday. (on Monday: 2026-03-09)
     — Harbour Post, also in Coast Radio https://harbourpost.example/a
   Sources differ: hurt: 12 (Harbour Post), 15 (Coast Radio)

1 more story in this window
`)
  })

  it('keeps every line within the width where words allow', () => {
    const long = 'word '.repeat(60).trim()
    for (const line of digestToText(digestOf({ headline: long }), { columns: 40, color: false }).split(
      '\n',
    )) {
      if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(40)
    }
  })

  it('lets no control sequence of foreign text through', () => {
    expect(digestToText(digestOf({ headline: '\u001b]0;owned\u0007 title' }), TEXT)).not.toMatch(
      /[\u001b\u0007]/,
    )
  })

  it('cuts an endless headline with an ellipsis', () => {
    expect(digestToText(digestOf({ headline: 'x'.repeat(3_000) }), TEXT)).toContain('x…')
  })

  it('says that nothing happened', () => {
    expect(digestToText(digestOf({}, { entries: [], storiesInWindow: 0 }), TEXT)).toContain(
      'No story in this window.',
    )
  })
})

const told = digestOf({
  update: {
    sinceMs: Date.parse('2026-03-08T08:00:00Z'),
    articles: 4,
    publishers: 1,
    sentences: 2,
    inAll: { articles: 9, publishers: 3, copies: 2 },
  },
  related: [{ ...firstOf(digestOf()), storyId: 's2', headline: 'Inquiry into the grounding' }],
})

function firstOf({ entries }: Digest): DigestEntry {
  const [entry] = entries
  if (entry === undefined) throw new Error('no entry')
  return entry
}

describe.each([
  ['digestToText()', (digest: Digest) => digestToText(digest, { columns: 100, color: false })],
  ['digestToMarkdown()', digestToMarkdown],
  ['digestToHtml()', digestToHtml],
])('%s', (_name, print) => {
  it('tells what is new in a story that was told before', () => {
    expect(print(told).replace(/\s+/g, ' ')).toContain(
      '+4 articles, +1 publisher, 2 new sentences since 8 Mar 2026 08:00 UTC',
    )
  })

  it('tells related stories under one heading', () => {
    const text = print(told)
    expect(text.indexOf('Inquiry into the grounding')).toBeGreaterThan(text.indexOf('Ferry runs aground'))
  })

  it('counts stories under a heading as told', () => {
    expect(print({ ...told, storiesInWindow: 5 })).toContain('3 more stories in this window')
  })

  it('names a story without a headline', () => {
    expect(print(digestOf({ headline: '' })).replaceAll('\\', '')).toContain('(no headline)')
  })
})

describe('digestToMarkdown()', () => {
  it('links each sentence to its source', () => {
    expect(digestToMarkdown(digestOf())).toContain(
      '- A ferry ran aground off Marholm on Monday. (on Monday: 2026-03-09) — [Harbour Post](<https://harbourpost.example/a>), also in Coast Radio',
    )
  })

  it('lets no markup of foreign text act', () => {
    const markdown = digestToMarkdown(
      digestOf({ headline: '[x](javascript:alert(1)) <b>@everyone</b> `c` # h' }),
    )
    expect(markdown).toContain(
      '## \\[x\\]\\(javascript:alert\\(1\\)\\) \\<b\\>\\@everyone\\</b\\> \\`c\\` \\# h',
    )
  })
})

describe('digestToHtml()', () => {
  it('escapes foreign text', () => {
    const html = digestToHtml(digestOf({ headline: '<script>alert("1")</script>' }))
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
    expect(html).not.toContain('<script')
  })

  it('links sentences to their sources', () => {
    expect(digestToHtml(digestOf())).toContain(
      '<a href="https://harbourpost.example/a" rel="noopener nofollow">',
    )
  })
})

describe('digestToJson()', () => {
  it('keeps the contract', () => {
    const json: unknown = JSON.parse(digestToJson(digestOf()))
    expect(json).toEqual({
      hash: 'f00',
      from: '2026-03-09T08:00:00.000Z',
      to: '2026-03-09T09:00:00.000Z',
      counts: { articles: 2, publishers: 1, copies: 1 },
      stories: [
        {
          id: 's1',
          headline: 'Ferry runs aground',
          counts: { articles: 2, publishers: 1, copies: 1 },
          articles: [
            expect.objectContaining({ id: 'a', copy_of: null }),
            expect.objectContaining({ id: 'b', copy_of: 'a' }),
          ],
          sentences: [
            {
              text: 'A ferry ran aground off Marholm on Monday.',
              article: 'a',
              start: 0,
              end: 42,
              url: 'https://harbourpost.example/a',
              outlet: 'Harbour Post',
              also_in: ['Coast Radio'],
              date_note: 'on Monday: 2026-03-09',
            },
          ],
          disagreements: ['hurt: 12 (Harbour Post), 15 (Coast Radio)'],
          why: { rank: 'largest', articles: { a: 'It opened the story.', b: 'Same text as a.' } },
        },
      ],
    })
  })
})
