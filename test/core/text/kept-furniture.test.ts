import { expect, test } from 'vitest'
import { findFurniture } from '../../../src/core/text/furniture.ts'
import { staysInText } from '../../../src/core/text/kept-furniture.ts'

const NEWS = 'The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats.'

test.each([
  ['© 2026 Calder Press. All rights reserved.', true],
  ['The Calder Press contributed to this report.', true],
  ['This post contains affiliate links.', true],
  ['We use cookies to improve your experience on our site.', false],
  ['Sign up for our morning newsletter.', false],
  ['Read more', false],
])('staysInText() of what "%s" is: %s', (line, stays) => {
  const span = findFurniture(`${NEWS}\n${line}`, { lang: 'en' }).at(-1)
  expect(span?.start).toBeGreaterThan(NEWS.length)
  expect(staysInText(span?.why ?? '')).toBe(stays)
})
