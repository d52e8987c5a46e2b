import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutForSlack, type SlackPart } from '../../../src/adapters/slack/render-digest.ts'
import { fileMessages, formView, homeView, replyMessages } from '../../../src/adapters/slack/render-reply.ts'
import { charsOf, clip, escapeText, textBlocks } from '../../../src/adapters/slack/text-blocks.ts'
import { at, textAt } from '../../../src/adapters/slack/json-value.ts'
import type { DigestEntry } from '../../../src/core/digest/digest.ts'
import { makeDigestOf, makeEntry } from '../../support/make-digest-entry.ts'

const HOSTILE = [
  '<!channel> R&D <script>',
  '<@U0BOB> *bold* _it_ ~s~ `code` :tada:',
  '[x](javascript:alert(1)) <https://evil.example|click>',
  '\u202eright to left &amp; <!here>',
  '> quote',
  'é👩‍👩‍👧'.repeat(400),
  'x'.repeat(3_001),
  '&'.repeat(2_000),
  '\ud800 lone',
]
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 200,
  }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
)

const entryOf = fc
  .record({
    headline: hostile,
    texts: fc.array(hostile, { maxLength: 5 }),
    outlet: hostile,
    also: fc.array(hostile, { maxLength: 5 }),
    url: fc.option(fc.oneof(fc.webUrl(), hostile)),
    related: fc.boolean(),
  })
  .map(({ headline, texts, outlet, also, url, related }): DigestEntry => {
    const entry = makeEntry('x', { headline })
    const [sentence] = entry.sentences
    return {
      ...entry,
      sentences: texts.map((text) => ({ ...sentence!, text, outlet, alsoIn: also, url })),
      disagreements: also.slice(0, 1),
      ...(related ? { related: [makeEntry('r', { headline })] } : {}),
    }
  })

const cut = (
  entries: readonly DigestEntry[],
  overflow: 'thread' | 'next-message' | 'drop' = 'thread',
  mentionRole: string | null = null,
) =>
  cutForSlack({
    ...{
      digestId: 'd',
      name: 'morning <!channel>',
      digest: makeDigestOf(entries),
      timeZone: 'Europe/Berlin',
      publicUrl: null,
    },
    subscription: { overflow, mentionRole, lang: null },
  })

/** Everything that Slack reads as mrkdwn. */
function mrkdwnOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(mrkdwnOf)
  if (typeof node !== 'object' || node === null) return []
  return at(node, 'type') === 'mrkdwn' ? [textAt(node, 'text')] : Object.values(node).flatMap(mrkdwnOf)
}

function expectHarmless(mrkdwn: string): void {
  const links = /<https?:\/\/[^<>|\s]+\|[^<>]*>/g
  const bare = mrkdwn.replaceAll(links, '')
  expect(bare).not.toMatch(/[<>]/)
  expect(bare).not.toMatch(/&(?!amp;|lt;|gt;)/)
}

function expectFits(body: unknown): void {
  const { text, blocks } = body as SlackPart
  expect(blocks.length).toBeLessThanOrEqual(50)
  expect(charsOf(blocks)).toBeLessThanOrEqual(10_000)
  expect(text.length).toBeGreaterThan(0)
  expect(text.length).toBeLessThanOrEqual(4_000)
  expectHarmless(text)
  for (const mrkdwn of mrkdwnOf(blocks)) {
    expect(mrkdwn.length).toBeLessThanOrEqual(3_000)
    expectHarmless(mrkdwn)
  }
  for (const block of blocks) {
    if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150)
    if (block.type !== 'actions') continue
    const ids = block.elements.map((element) => element.action_id)
    expect(new Set(ids).size).toBe(ids.length)
  }
}

describe('cutForSlack()', () => {
  it('keeps every limit, loses no story and pings nobody, whatever the text', () => {
    const digests = fc.array(entryOf, { maxLength: 25 })
    fc.assert(
      fc.property(digests, fc.constantFrom('thread', 'next-message', 'drop'), (drafts, overflow) => {
        const entries = drafts.map((entry, index) => ({ ...entry, storyId: `s${index}` }))
        const parts = cut(entries, overflow)
        for (const { body } of parts) expectFits(body)
        const told = parts.flatMap(({ storyIds }) => storyIds).filter((id) => id !== 'r')
        const wanted = entries.map(({ storyId }) => storyId)
        expect(told).toEqual(overflow === 'drop' ? wanted.slice(0, told.length) : wanted)
      }),
      { numRuns: 40 },
    )
  })

  it('shows header, counts, sentences with links, and the buttons of each story', () => {
    const [part] = cut([makeEntry('s1', { related: [makeEntry('s2')] })])
    const { blocks } = part!.body
    expect(blocks.map(({ type }) => type)).toEqual([
      ...['header', 'context', 'section', 'context', 'actions', 'section', 'context', 'actions'],
    ])
    const section = textAt(blocks[2], 'text', 'text')
    expect(section).toMatch(
      /^\*<https:[^|]+\|Ferry runs aground \(s1\)>\*\n• A ferry ran aground off Marholm on Monday\. — <https:/,
    )
    expect(textAt(blocks[5], 'text', 'text')).toContain('Related: *<')
    expect(JSON.stringify(blocks[4])).toContain('"action_id":"sources:s1:0"')
  })

  it('says where the rest is', () => {
    const entries = Array.from({ length: 60 }, (_, index) => makeEntry(`s${index}`))
    const last = (overflow: 'thread' | 'next-message' | 'drop') => {
      const [first] = cut(entries, overflow)
      return textAt(first!.body.blocks.at(-1), 'elements', 0, 'text')
    }
    expect(last('thread')).toMatch(/^\d+ more stories in the thread$/)
    expect(last('next-message')).toMatch(/^\d+ more stories below$/)
    expect(last('drop')).toMatch(/^\d+ more stories found no room here$/)
    expect(cut(entries).map(({ inThread }) => inThread)).toEqual([
      false,
      ...cut(entries)
        .slice(1)
        .map(() => true),
    ])
  })

  it('mentions a user group that a manager set, and nothing else', () => {
    expect(JSON.stringify(cut([], 'thread', 'S0ABC'))).toContain('<!subteam^S0ABC>')
    expect(JSON.stringify(cut([], 'thread', '!channel'))).not.toContain('channel>"')
  })

  it('tells what is new of a story that was told before', () => {
    const update = {
      sinceMs: Date.UTC(2026, 2, 8, 8),
      articles: 4,
      publishers: 1,
      sentences: 2,
      inAll: { articles: 9, publishers: 5, copies: 4 },
    }
    expect(JSON.stringify(cut([makeEntry('s', { update })]))).toContain(
      '+4 articles, 2 new sentences since yesterday · in all 9 articles · 5 publishers · 4 copies',
    )
  })
})

describe('textBlocks()', () => {
  it('keeps text with marks that Slack would obey exactly as it is', () => {
    const text = '*bold* _it_ `code` :tada: &amp; [x](y)'
    const [block] = textBlocks([[{ text }]])
    expect(block).toMatchObject({ type: 'rich_text', elements: [{ elements: [{ type: 'text', text }] }] })
  })

  it('links http(s) only, and no address ends its link early', () => {
    const line = (href: string) => JSON.stringify(textBlocks([[{ text: 'a', href }]]))
    expect(line('https://a.example/x|y>z?a=1&b=2')).toContain('<https://a.example/x%7Cy%3Ez?a=1&amp;b=2|a>')
    expect(line('javascript:alert(1)')).not.toContain('javascript')
    expect(line(`https://a.example/${'x'.repeat(3_000)}`)).not.toContain('https')
  })
})

describe('escapeText() and clip()', () => {
  it('escapes what acts, and nothing else', () => {
    expect(escapeText('a & b <c> "d"\n e')).toBe('a &amp; b &lt;c&gt; "d" e')
  })

  it('never cuts longer than asked for, nor inside of a character', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 2, max: 200 }), (text, max) => {
        const cutText = clip(text, max)
        expect(cutText.length).toBeLessThanOrEqual(max)
        expect(cutText.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('replies', () => {
  it('keep every limit, whatever the text', () => {
    const span = fc.record({
      text: hostile,
      href: fc.constantFrom('https://a.example/x?a=1&b=2', 'ftp://x'),
      strong: fc.boolean(),
    })
    const button = fc.record({ label: hostile, action: fc.string({ minLength: 1, maxLength: 100 }) })
    const block = fc.record({
      heading: fc.array(span, { maxLength: 2 }),
      lines: fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 10 }),
      buttons: fc.array(button, { maxLength: 30 }),
      menu: fc.record({
        label: hostile,
        action: fc.constant('open'),
        choices: fc.array(fc.record({ label: hostile, value: hostile }), { maxLength: 25 }),
      }),
    })
    fc.assert(
      fc.property(fc.array(block, { maxLength: 10 }), hostile, (blocks, fallback) => {
        const reply = { kind: 'message', visibility: 'private', replace: false, blocks, fallback } as const
        const messages = replyMessages(reply)
        expect(messages.length).toBeLessThanOrEqual(4)
        for (const message of messages) expectFits(message)
        expect(homeView([reply]).blocks.length).toBeLessThanOrEqual(100)
      }),
      { numRuns: 40 },
    )
  })

  it('give a file as it is, in pieces', () => {
    const content = Array.from({ length: 900 }, (_, index) => `<outline text="*feed* ${index}"/>`).join('\n')
    const messages = fileMessages({ kind: 'file', name: 'feeds.opml', content, fallback: '900 feeds' })
    const texts = messages.map(({ blocks }) => textAt(blocks[1], 'elements', 0, 'elements', 0, 'text'))
    expect(texts.join('')).toBe(content)
    const long = fileMessages({ kind: 'file', name: 'f', content: content.repeat(9), fallback: 'f' })
    expect(long).toHaveLength(4)
    expect(JSON.stringify(long.at(-1))).toContain('too long for a message')
  })

  it('make forms whose fields come back by name, with a chooser for the channel', () => {
    const field = { label: 'When', value: '08:00', hint: '', required: true, long: false }
    const view = formView(
      {
        title: 'A title that is longer than Slack takes',
        action: 'setup',
        fields: [
          { ...field, name: 'times' },
          { ...field, name: 'channel', value: 'C1' },
        ],
      },
      '{}',
    )
    expect(view.title.text.length).toBeLessThanOrEqual(24)
    expect(view.blocks).toMatchObject([
      { block_id: 'times', element: { type: 'plain_text_input', initial_value: '08:00' } },
      { block_id: 'channel', element: { type: 'conversations_select', initial_conversation: 'C1' } },
    ])
  })
})
