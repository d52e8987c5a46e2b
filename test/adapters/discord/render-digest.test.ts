import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_COMPONENTS, MAX_TEXT_CHARS } from '../../../src/adapters/discord/discord-limits.ts'
import { costOf, type Component } from '../../../src/adapters/discord/message-components.ts'
import { cutForDiscord, type DiscordPart } from '../../../src/adapters/discord/render-digest.ts'
import type { DigestToCut, MessagePart } from '../../../src/app/ports/publisher.ts'
import type { Digest, DigestEntry } from '../../../src/core/digest/digest.ts'
import { makeArticle } from '../../support/make-article.ts'
import { makeDigestOf, makeEntry } from '../../support/make-digest-entry.ts'
import { readMarkdown } from '../../support/fake-discord-markdown.ts'
import { HOSTILE_TEXT } from './hostile-text.ts'

type Overflow = DigestToCut['subscription']['overflow']

function cut(
  digest: Digest,
  overflow: Overflow = 'thread',
  mentionRole: string | null = null,
  publicUrl: string | null = null,
): MessagePart[] {
  return cutForDiscord({
    ...{ digestId: 'd', name: 'morning', digest, timeZone: 'Europe/Berlin', publicUrl, archiveToken: 'key' },
    subscription: { overflow, mentionRole, lang: null },
  })
}

function bodyOf(part: MessagePart | undefined): DiscordPart {
  return part?.body as DiscordPart
}

function textOf(part: MessagePart | undefined): string {
  return bodyOf(part)
    .components.map((one) =>
      one.type === 10 ? one.content : one.type === 9 ? one.components[0].content : '',
    )
    .join('\n')
}

function entries(count: number, more: Partial<DigestEntry> = {}): DigestEntry[] {
  return Array.from({ length: count }, (_, index) => makeEntry(`s${index}`, more))
}

function entriesNamed(...storyIds: readonly string[]): DigestEntry[] {
  return storyIds.map((storyId) => makeEntry(storyId))
}

/** Components as Discord counts them: every object with a type. */
function nested(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = 'type' in value ? 1 : 0
  return Object.values(value).reduce((sum: number, one: unknown) => sum + nested(one), own)
}

function expectWithinLimits(components: readonly Component[]): void {
  const cost = costOf(components)
  expect(cost.components).toBeLessThanOrEqual(MAX_COMPONENTS)
  expect(cost.chars).toBeLessThanOrEqual(MAX_TEXT_CHARS)
  const ids = components.flatMap((one) =>
    one.type === 1 ? one.components.map((below) => below.custom_id) : [],
  )
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id.length).toBeLessThanOrEqual(100)
  for (const one of components) if (one.type === 10) expect(one.content).not.toBe('')
}

/** Foreign text in every place that shows some. */
const FOREIGN_ENTRY = fc
  .record({
    headline: HOSTILE_TEXT,
    said: HOSTILE_TEXT,
    outlet: HOSTILE_TEXT,
    also: fc.array(HOSTILE_TEXT),
    times: fc.integer({ min: 1, max: 80 }),
  })
  .map(({ headline, said, outlet, also, times }): Partial<DigestEntry> => {
    const [sentence] = makeEntry('s').sentences
    return {
      headline: headline.repeat(times),
      sentences: Array.from({ length: (times % 5) + 1 }, () => ({
        ...sentence!,
        text: said.repeat(times),
        outlet,
        alsoIn: also,
        dateNote: times % 2 === 0 ? said : null,
      })),
      disagreements: [said],
    }
  })

describe('cutForDiscord()', () => {
  it('keeps every limit and every story, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.array(FOREIGN_ENTRY, { maxLength: 20 }), (drafts) => {
        const all = drafts.map((draft, index) => makeEntry(`s${index}`, draft))
        const parts = cut(makeDigestOf(all), 'next-message')
        expect(parts.flatMap(({ storyIds }) => storyIds)).toEqual(all.map(({ storyId }) => storyId))
        for (const part of parts) {
          expectWithinLimits(bodyOf(part).components)
          expect(bodyOf(part).title.length).toBeGreaterThan(0)
          expect(bodyOf(part).title.length).toBeLessThanOrEqual(100)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('lets nothing of a foreign text act, and mentions nobody', () => {
    fc.assert(
      fc.property(FOREIGN_ENTRY, (draft) => {
        const parts = cut(makeDigestOf([makeEntry('s', draft)]))
        for (const line of textOf(parts[0]).split('\n')) {
          const own = line
            .replace(/\[((?:\\.|[^[\]\\])*)\]\(<[^<>()\\\s]*>\)/g, '$1')
            .replace(/<t:\d+:R>/g, '')
            .replace(/^(?:### |## |-# |- )/, '')
          expect(readMarkdown(own).markup).toEqual([])
        }
        expect(bodyOf(parts[0]).mentionRole).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  it('puts 60 long stories into threads, none lost', () => {
    const long = { headline: 'A title that goes on and on. '.repeat(110) }
    const parts = cut(makeDigestOf(entries(60, long)))
    expect(parts.map(({ inThread }) => inThread)).toEqual([false, ...parts.slice(1).map(() => true)])
    expect(parts.flatMap(({ storyIds }) => storyIds)).toHaveLength(60)
    expect(textOf(parts[0])).toContain('A title that goes on and on.…](')
    expect(textOf(parts[0])).toContain('55 more stories in the thread')
  })

  it('gives each story a part of its own that a forum makes a post of', () => {
    const parts = cut(makeDigestOf(entries(4)), 'post')
    expect(parts.map(({ storyIds }) => storyIds.length)).toEqual([1, 1, 1, 1])
    expect(parts.map(({ inThread }) => inThread)).toEqual([false, false, false, false])
    expect(bodyOf(parts[2]).title).toContain('Ferry runs aground')
  })

  it('links the page of a story where there are pages', () => {
    const [part] = cut(makeDigestOf([makeEntry('s')]), 'thread', null, 'https://news.example')
    expect(textOf(part)).toContain('[Story page](<https://news.example/story/s?via=key>)')
    expect(textOf(cut(makeDigestOf([makeEntry('s')]))[0])).not.toContain('Story page')
  })

  it('says how many stories were dropped where only one message is wanted', () => {
    const parts = cut(makeDigestOf(entries(12)), 'drop')
    expect(parts).toHaveLength(1)
    expect(parts[0]?.storyIds).toHaveLength(5)
    expect(textOf(parts[0])).toContain('7 more stories found no room here')
  })

  it('heads the digest with its window, zone and counts', () => {
    const text = textOf(cut(makeDigestOf(entries(2), { storiesInWindow: 9 }))[0])
    expect(text).toContain('## morning')
    expect(text).toContain('Mon 9 Mar 2026, 09:00–10:00 (Europe/Berlin)')
    expect(text).toContain('2 of 9 stories · 2 articles · 1 publisher · 0 copies')
  })

  it('tells a story with its links, counts, age and buttons', () => {
    const [part] = cut(makeDigestOf([makeEntry('s')]))
    expect(textOf(part)).toContain('### Ferry runs aground (s)'.replace('### ', '### ['))
    expect(textOf(part)).toContain(
      '- A ferry ran aground off Marholm on Monday. — [Harbour Post](<https://harbourpost.example/s-a>)',
    )
    expect(textOf(part)).toContain('1 article · 1 publisher · 0 copies · <t:1773043200:R>')
    const [row] = bodyOf(part).components.filter((one) => one.type === 1)
    expect(row?.components.map((one) => one.custom_id)).toEqual([
      'sources:s:0',
      'more:s',
      'follow:s',
      'other:s',
    ])
  })

  it('tells only what is new of a story that was told before', () => {
    const update = {
      ...{ sinceMs: Date.parse('2026-03-08T08:00:00Z'), articles: 4, publishers: 1, sentences: 2 },
      inAll: { articles: 9, publishers: 5, copies: 4 },
    }
    expect(textOf(cut(makeDigestOf([makeEntry('s', { update })]))[0])).toContain(
      '**+4 articles, 2 new sentences since yesterday** · in all 9 articles · 5 publishers · 4 copies',
    )
  })

  it('sets related stories under the heading of theirs, in the same message', () => {
    const related = entries(2).map((one, index) => ({ ...one, storyId: `r${index}` }))
    const parts = cut(makeDigestOf([...entries(4), makeEntry('last', { related })]))
    expect(parts.map(({ storyIds }) => storyIds)).toEqual([
      ['s0', 's1', 's2', 's3'],
      ['last', 'r0', 'r1'],
    ])
    expect(textOf(parts[1])).toContain('**Related:** [Ferry runs aground (s0)]')
  })

  it('says how many sentences found no room', () => {
    const [sentence] = makeEntry('s').sentences
    const said = Array.from({ length: 9 }, () => ({
      ...sentence!,
      text: 'Word after word. '.repeat(50).trim(),
    }))
    expect(textOf(cut(makeDigestOf([makeEntry('s', { sentences: said })]))[0])).toContain(
      '6 more sentences find no room here',
    )
  })

  it('mentions the role of a manager once, and no text that only looks like one', () => {
    const parts = cut(makeDigestOf(entries(12)), 'thread', '1100000000000001102')
    expect(parts.map((part) => bodyOf(part).mentionRole)).toEqual(['1100000000000001102', null, null])
    expect(textOf(parts[0])).toMatch(/^<@&1100000000000001102>\n/)
    expect(bodyOf(cut(makeDigestOf(entries(1)), 'thread', 'everyone')[0]).mentionRole).toBeNull()
  })

  it('shows the picture of a story at its side, described by its headline', () => {
    const pictureUrl = 'https://harbourpost.example/ferry.jpg'
    const [part] = cut(makeDigestOf([makeEntry('s', { pictureUrl }), makeEntry('t')]))
    const sections = bodyOf(part).components.filter((one) => one.type === 9)
    expect(sections.map(({ accessory }) => accessory)).toEqual([
      { type: 11, media: { url: pictureUrl }, description: 'Ferry runs aground (s)' },
    ])
    expect(textOf(part)).toBe(textOf(cut(makeDigestOf(entriesNamed('s', 't')))[0]))
  })

  it('keeps the limits with ten stories and their pictures, none lost', () => {
    const pictureUrl = 'https://harbourpost.example/'.padEnd(2_048, 'x')
    const headline = 'A title that goes on and on. '.repeat(110)
    const parts = cut(makeDigestOf(entries(10, { pictureUrl, headline })))
    expect(parts.map(({ storyIds }) => storyIds.length)).toEqual([4, 4, 2])
    for (const part of parts) {
      const { components } = bodyOf(part)
      expectWithinLimits(components)
      expect(nested(components)).toBe(costOf(components).components)
      for (const one of components)
        if (one.type === 9) expect(one.accessory.description.length).toBeLessThanOrEqual(240)
    }
  })

  it('describes a picture whatever the headline is', () => {
    fc.assert(
      fc.property(HOSTILE_TEXT, (headline) => {
        const pictureUrl = 'https://harbourpost.example/ferry.jpg'
        const [part] = cut(makeDigestOf([makeEntry('s', { pictureUrl, headline })]))
        const [section] = bodyOf(part).components.filter((one) => one.type === 9)
        expect(section?.accessory.description).not.toBe('')
        expect(section?.accessory.description.length).toBeLessThanOrEqual(240)
      }),
    )
  })

  it('links a headline to the article that bears it', () => {
    const article = makeArticle({ id: 'bearer', title: 'Ferry freed' })
    const member = { article, copyOf: null, copyKind: null, why: '' }
    const entry = makeEntry('s', { headline: 'Ferry freed', members: [...makeEntry('s').members, member] })
    expect(textOf(cut(makeDigestOf([entry]))[0])).toContain(
      '[Ferry freed](<https://harbourpost.example/bearer>)',
    )
  })
})
