import { expect, it } from 'vitest'
import { CLOSED_AFTER_MS, QUIET_AFTER_MS, storyLife } from '../../../src/core/story/story-life.ts'

it.each([
  [0, 'developing'],
  [QUIET_AFTER_MS - 1, 'developing'],
  [QUIET_AFTER_MS, 'quiet'],
  [CLOSED_AFTER_MS - 1, 'quiet'],
  [CLOSED_AFTER_MS, 'closed'],
  [-5_000, 'developing'],
])('storyLife() after %i ms without an article is %s', (silentMs, life) => {
  expect(storyLife(1_000_000, 1_000_000 + silentMs)).toBe(life)
})

it('storyLife() takes other rules', () => {
  expect(storyLife(0, 10, { quietAfterMs: 5, closedAfterMs: 20 })).toBe('quiet')
  expect(storyLife(0, 20, { quietAfterMs: 5, closedAfterMs: 20 })).toBe('closed')
})
