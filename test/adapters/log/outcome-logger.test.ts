import { describe, expect, it } from 'vitest'
import { outcomeLogger, withoutSecrets } from '../../../src/adapters/log/outcome-logger.ts'

const lines: string[] = []
const log = outcomeLogger({
  write: (line) => lines.push(line),
  secrets: ['s3cr3t-value', 'abc'],
  nowMs: () => Date.UTC(2026, 2, 9),
})

describe('outcomeLogger()', () => {
  it('writes one JSON line for an outcome, without secrets, cut to a length', () => {
    const problem = `Cannot send s3cr3t-value: ${'x'.repeat(2_000)}\nsecond line`
    log({ level: 'warn', what: 'part-delayed', facts: { problem, part: 2, problems: ['a s3cr3t-value'] } })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\{.*\}\n$/)
    const line = JSON.parse(lines[0] ?? '') as Record<string, string>
    expect(line).toMatchObject({
      ...{ level: 'warn', what: 'part-delayed', part: 2, time: '2026-03-09T00:00:00.000Z' },
      problems: ['a ***'],
    })
    expect(line['problem']).toHaveLength(500)
    expect(line['problem']).toContain('Cannot send ***: xxx')
  })
})

describe('withoutSecrets()', () => {
  it.each([
    ['postgres://user:pass@db.example/x', 'postgres://***@db.example/x'],
    ['token xoxb-123456-abcdef is bad', 'token *** is bad'],
    ['https://x.example/rss?key=k1&n=2', 'https://x.example/rss?key=***&n=2'],
    ['Authorization: Bearer abcdefgh.ijkl', 'Authorization: Bearer ***'],
    [
      'https://discord.com/api/webhooks/123456789012345678/aaaaaaaaaaaaaaaaaaaaaaaaa/x',
      'https://discord.com/api/webhooks/123456789012345678/***/x',
    ],
    ['https://hooks.slack.com/services/T0/B0/zzz', 'https://hooks.slack.com/***'],
    [
      'Cannot fetch "https://x.example/rss": status is 503',
      'Cannot fetch "https://x.example/rss": status is 503',
    ],
  ])('takes the secret out of %s', (text, told) => {
    expect(withoutSecrets(text, [])).toBe(told)
  })
})
