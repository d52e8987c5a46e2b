import { describe, expect, it } from 'vitest'
import { decodePage } from '../../../src/adapters/extract/decode-page.ts'

const WORDS = 'Brücke über die Lenn'

describe('decodePage()', () => {
  it('believes the byte order mark over all', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(WORDS, 'utf16le')])
    expect(decodePage(utf16, 'text/html; charset=utf-8')).toBe(WORDS)
  })

  it('believes the content type over the page', () => {
    const html = Buffer.from(`<meta charset="koi8-r">${WORDS}`, 'latin1')
    expect(decodePage(html, 'text/html; charset="iso-8859-1"')).toContain(WORDS)
  })

  it.each([
    '<meta charset=windows-1252>',
    '<META http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
  ])('reads the charset of %s', (declaration) => {
    expect(decodePage(Buffer.from(`${declaration}${WORDS}`, 'latin1'))).toContain(WORDS)
  })

  it('reads valid UTF-8 as such whatever is declared', () => {
    expect(decodePage(Buffer.from(`<meta charset="iso-8859-1">${WORDS}`))).toContain(WORDS)
  })

  it('reads Latin bytes that claim to be UTF-8', () => {
    expect(decodePage(Buffer.from(`<meta charset="utf-8">${WORDS}`, 'latin1'))).toContain(WORDS)
    expect(decodePage(Buffer.from(WORDS, 'latin1'))).toBe(WORDS)
  })

  it('keeps UTF-8 with a few damaged bytes', () => {
    const bytes = Buffer.concat([Buffer.from(WORDS.repeat(20)), Buffer.from([0xff])])
    expect(decodePage(bytes)).toContain(WORDS)
  })

  it('reads other scripts', () => {
    const bytes = Uint8Array.from([0xd0, 0xd5, 0xce, 0xc5])
    expect(decodePage(bytes, 'text/html; charset=windows-1251')).toBe('РХОЕ')
  })

  it('reads a charset that nobody knows as windows-1252', () => {
    expect(decodePage(Buffer.from(WORDS, 'latin1'), 'text/html; charset=x-arden')).toBe(WORDS)
    expect(decodePage(new Uint8Array())).toBe('')
  })
})
