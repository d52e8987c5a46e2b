import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signatureCheck } from '../../../src/adapters/web/hub-signature.ts'

const SECRET = 'harbour-light'
const BODY = Buffer.from('<feed>Ferries stay in port.</feed>')

function signed(method: string, body: Uint8Array = BODY, secret = SECRET): string {
  return `${method}=${createHmac(method.toLowerCase(), secret).update(body).digest('hex')}`
}

function isRight(header: string | undefined): boolean {
  const check = signatureCheck(header, SECRET)
  for (const byte of BODY) check?.update(Buffer.from([byte]))
  return check?.isRight() ?? false
}

describe('signatureCheck()', () => {
  test.each(['sha1', 'sha256', 'sha384', 'sha512'])(
    'knows %s, in whatever pieces the message comes',
    (method) => {
      expect(isRight(signed(method))).toBe(true)
      expect(isRight(signed(method, BODY, 'another'))).toBe(false)
      expect(isRight(signed(method, Buffer.from('<feed/>')))).toBe(false)
    },
  )

  test.each([
    ['nothing', undefined],
    ['an empty value', ''],
    ['another method', signed('sha256').replace('sha256', 'md5')],
    ['the length of another method', signed('sha1').replace('sha1', 'sha256')],
    ['half of it', signed('sha256').slice(0, 40)],
    ['no hex digits', `sha256=${'z'.repeat(64)}`],
    ['the hash of the message alone', `sha256=${'0'.repeat(64)}`],
  ])('refuses %s', (_, header) => {
    expect(isRight(header)).toBe(false)
  })
})
