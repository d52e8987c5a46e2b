import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_COMPONENTS, MAX_TEXT_CHARS } from '../../../src/adapters/discord/discord-limits.ts'
import { costOf, type Component } from '../../../src/adapters/discord/message-components.ts'
import { renderForm, renderReply } from '../../../src/adapters/discord/render-reply.ts'
import { actionOf } from '../../../src/adapters/discord/unique-ids.ts'
import type { ReplyBlock } from '../../../src/app/ports/chat.ts'
import { HOSTILE_TEXT } from './hostile-text.ts'

function render(...blocks: ReplyBlock[]): readonly (readonly Component[])[] {
  return renderReply({
    kind: 'message',
    visibility: 'private',
    blocks,
    fallback: 'An answer',
    replace: false,
  })
}

function textOf(components: readonly Component[] = []): string {
  return components.map((one) => (one.type === 10 ? one.content : '')).join('\n')
}

function idsOf(components: readonly Component[] = []): string[] {
  return components.flatMap((one) => (one.type === 1 ? one.components.map((below) => below.custom_id) : []))
}

const BLOCK = fc.record({
  heading: fc.array(fc.record({ text: HOSTILE_TEXT }), { maxLength: 2 }),
  lines: fc.array(fc.array(fc.record({ text: HOSTILE_TEXT, strong: fc.boolean() }), { maxLength: 3 }), {
    maxLength: 40,
  }),
  buttons: fc.array(
    fc.record({ label: HOSTILE_TEXT, action: fc.constantFrom('a:1', 'b:2', 'c'.repeat(100)) }),
    {
      maxLength: 12,
    },
  ),
})

describe('renderReply()', () => {
  it('keeps every limit, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.array(BLOCK, { maxLength: 12 }), (blocks) => {
        const messages = render(...blocks)
        expect(messages.length).toBeGreaterThan(0)
        expect(messages.length).toBeLessThanOrEqual(5)
        for (const components of messages) {
          expect(components.length).toBeGreaterThan(0)
          expect(costOf(components).components).toBeLessThanOrEqual(MAX_COMPONENTS)
          expect(costOf(components).chars).toBeLessThanOrEqual(MAX_TEXT_CHARS)
          const ids = idsOf(components)
          expect(new Set(ids).size).toBe(ids.length)
          for (const id of ids) expect(id.length).toBeLessThanOrEqual(100)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('has room for eight things with a button each, a line before and the buttons of the page', () => {
    const things = Array.from({ length: 8 }, (_, at) => ({
      lines: [[{ text: `Words: harbour ${at}` }]],
      buttons: [{ label: 'Unfollow', action: `unfollow:${at}` }],
    }))
    const pages = ['Previous', 'Next'].map((label) => ({ label, action: `page:${label}` }))
    const before = { lines: [[{ text: 'You take no private messages from me.' }]] }
    expect(render(before, ...things, { lines: [], buttons: pages })).toHaveLength(1)
  })

  it('sets headings, links, strong and small text apart', () => {
    const [components] = render({
      heading: [{ text: 'Ferry [live]', href: 'https://post.example/a', strong: true }],
      lines: [
        [{ text: 'Nobody was hurt. ' }, { text: 'Post', href: 'https://post.example/a' }],
        [{ text: '3 h ago', quiet: true }],
      ],
    })
    expect(textOf(components)).toBe(
      '### **[Ferry \\[live\\]](<https://post.example/a>)**\nNobody was hurt. [Post](<https://post.example/a>)\n-# 3 h ago',
    )
  })

  it('tells two buttons of one action apart, and reads both as that action', () => {
    const buttons = [{ label: 'Open', action: 'more:s' }]
    const [components] = render({ lines: [[{ text: 'a' }]], buttons }, { lines: [[{ text: 'b' }]], buttons })
    const ids = idsOf(components)
    expect(ids[0]).toBe('more:s')
    expect(ids[1]).not.toBe('more:s')
    expect(ids.map(actionOf)).toEqual(['more:s', 'more:s'])
  })

  it('says how many blocks were left out after five messages', () => {
    const long = {
      lines: [[{ text: 'Word '.repeat(600) }], [{ text: 'x'.repeat(900) }], [{ text: 'y'.repeat(900) }]],
    }
    const messages = render(...Array.from({ length: 9 }, () => long))
    expect(messages).toHaveLength(5)
    expect(textOf(messages[4])).toContain('4 more left out')
  })

  it('offers each choice of a menu once, at most 25', () => {
    const choices = Array.from({ length: 40 }, (_, index) => ({
      label: `Story ${index}`,
      value: `v${index % 30}`,
    }))
    const [components] = render({ lines: [], menu: { label: 'Open a story', action: 'open', choices } })
    expect(components).toMatchObject([{ type: 1, components: [{ type: 3, custom_id: 'open' }] }])
    expect(JSON.stringify(components).match(/"value"/g)).toHaveLength(25)
  })

  it('falls back to its plain line where there is nothing else', () => {
    expect(textOf(render()[0])).toBe('An answer')
  })
})

describe('renderForm()', () => {
  it('offers the channels of the server where a form asks for one', () => {
    const field = { name: 'channel', label: 'Channel', hint: '', required: true, long: false } as const
    const form = (value: string) =>
      renderForm({ title: 'T', action: 'setup', fields: [{ ...field, kind: 'channel', value }] })
    expect(form('1100000000000001110')).toMatchObject({
      components: [
        { component: { type: 8, custom_id: 'channel', default_values: [{ id: '1100000000000001110' }] } },
      ],
    })
    expect(JSON.stringify(form('general'))).not.toContain('default_values')
  })

  it('cuts what a modal does not take', () => {
    const field = {
      name: 'zone',
      label: 'L'.repeat(80),
      value: '',
      hint: 'h'.repeat(200),
      required: true,
      long: true,
    }
    const form = renderForm({
      title: 'T'.repeat(80),
      action: 'setup',
      fields: Array.from({ length: 7 }, () => field),
    })
    expect(form).toMatchObject({ custom_id: 'setup', title: `${'T'.repeat(44)}…` })
    const { components } = form as { components: { label: string; component: { placeholder: string } }[] }
    expect(components).toHaveLength(5)
    expect(components[0]?.label).toHaveLength(45)
    expect(components[0]?.component.placeholder).toHaveLength(100)
  })
})
