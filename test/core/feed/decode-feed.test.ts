import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../src/core/feed/decode-feed.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const byteString = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let i = 0; i < text.length; i += 1) view.setUint16(i * 2, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}

function utf32(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 4))
  for (let i = 0; i < text.length; i += 1) view.setUint32(i * 4, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}

describe('decodeText()', () => {
  it('reads UTF-8 where nothing is said', () => {
    expect(decodeText(bytes('<a>Žluť</a>'))).toEqual({ text: '<a>Žluť</a>', charset: 'utf-8', problems: [] })
  })

  it('believes HTTP before the XML declaration', () => {
    const body = byteString("<?xml version='1.0' encoding='koi8-r'?><a>\xa3\x93x\x94</a>")
    expect(decodeText(body, 'text/xml; charset=Windows-1252').text).toContain('<a>£“x”</a>')
  })

  it('believes the XML declaration where HTTP names no charset', () => {
    const body = byteString('<?xml version="1.0" encoding="windows-1251"?><a>\xcc\xe8\xf0</a>')
    expect(decodeText(body, 'application/rss+xml').text).toContain('Мир')
  })

  it.each([
    ['\ufeff<a>ž</a>', true],
    ['\ufeff<a>ž</a>', false],
    ['<a>ž</a>', true],
    ['<a>ž</a>', false],
  ])('reads UTF-16 and UTF-32 of %j, little-endian %s', (text, littleEndian) => {
    expect(decodeText(utf16(text, littleEndian)).text).toBe('<a>ž</a>')
    expect(decodeText(utf32(text, littleEndian)).text).toBe('<a>ž</a>')
  })

  it('does not believe a declaration of UTF-16 in single bytes', () => {
    expect(decodeText(bytes('<?xml version="1.0" encoding="UTF-16"?><a>ž</a>')).text).toContain('<a>ž</a>')
  })

  it('reads EBCDIC by its first bytes', () => {
    // <?xml?><a>B</a>
    const body = [0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x6f, 0x6e, 0x4c, 0x81, 0x6e, 0xc2, 0x4c, 0x61, 0x81, 0x6e]
    expect(decodeText(Uint8Array.from(body)).text).toBe('<?xml?><a>B</a>')
  })

  it('falls back to windows-1252 where bytes are no UTF-8', () => {
    const { text, charset } = decodeText(byteString('<a>caf\xe9 \x93so\x94</a>'))
    expect(text).toBe('<a>café “so”</a>')
    expect(charset).toBe('windows-1252')
  })

  it('keeps UTF-8 where one character was cut', () => {
    expect(decodeText(bytes('<a>Žluťoučký</a>').slice(0, -5)).text).toBe('<a>Žluťoučk\ufffd')
  })

  it('reads single bytes of windows-1252 in UTF-8', () => {
    const body = Uint8Array.from([
      ...bytes('<a>Žluť – '),
      0x45,
      0x73,
      0x70,
      0x61,
      0xf1,
      0x61,
      ...bytes('</a>'),
    ])
    expect(decodeText(body).text).toBe('<a>Žluť – España</a>')
  })

  it('sees that a body called Latin-1 is UTF-8', () => {
    const { text, problems } = decodeText(bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a>„café“</a>'))
    expect(text).toContain('„café“')
    expect(problems).toEqual([{ kind: 'charset', problem: 'bytes are no windows-1252; read as utf-8' }])
  })

  it('tells of a charset that nobody knows', () => {
    const { text, problems } = decodeText(bytes('<a>ž</a>'), 'text/xml; charset="klingon"')
    expect(text).toBe('<a>ž</a>')
    expect(problems).toEqual([{ kind: 'charset', problem: 'charset "klingon" is not known' }])
  })

  it('reads windows-1252 characters that were written as C1 controls', () => {
    expect(decodeText(bytes('don\u0092t')).text).toBe('don’t')
  })

  it('drops characters that XML forbids', () => {
    expect(decodeText(bytes('\ufeff\ufeffa\u0000b\u0008c\u001bd\uffffe\tf')).text).toBe('abcde\tf')
  })

  it('reads labels outside the standard', () => {
    expect(decodeText(byteString('\xcc\xe8\xf0'), 'text/xml;charset=cp1251').text).toBe('Мир')
    expect(decodeText(byteString('\xcc\xe8\xf0'), 'text/xml;charset=win-1251').text).toBe('Мир')
  })
})
