import { describe, expect, it } from 'vitest'
import { safeHref } from '../../../src/adapters/web/page-words.ts'
import { networkOf, VisitorLimits } from '../../../src/adapters/web/visitor-limits.ts'

describe('networkOf()', () => {
  it('takes an IPv6 network of one customer as one address', () => {
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7')
    expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(networkOf('2001:0DB8:1:2::1')).toBe('2001:db8:1:2')
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0')
    expect(networkOf('::1')).toBe('0:0:0:0')
  })
})

describe('VisitorLimits', () => {
  it('tells an address that had its share how long to wait, and lets others in', async () => {
    const limits = new VisitorLimits({
      ...{ requestsPerMinute: 2, hubMessagesPerMinute: 1, searchesPerMinute: 1, loginsPerQuarterHour: 1 },
    })
    expect(await limits.take('request', '192.0.2.7')).toBeNull()
    expect(await limits.take('request', '192.0.2.7')).toBeNull()
    expect(await limits.take('request', '192.0.2.7')).toBeGreaterThan(0)
    expect(await limits.take('search', '192.0.2.7')).toBeNull()
  })
})

describe('safeHref()', () => {
  it('lets http and https through, nothing else', () => {
    expect(safeHref('https://post.example/1?a=1')).toBe('https://post.example/1?a=1')
    for (const url of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'JAVASCRIPT:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      '//evil.example',
      '/x',
      'x',
      '',
      null,
      `https://a/${'a'.repeat(3_000)}`,
    ])
      expect([url, safeHref(url)]).toEqual([url, null])
  })
})
