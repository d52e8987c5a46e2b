import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isShowablePicture, pictureLink } from '../../../src/core/feed/picture-link.ts'

describe('pictureLink()', () => {
  it('makes a link absolute', () => {
    expect(pictureLink('/ferry.jpg', ['https://harbourpost.example/rss'])).toBe(
      'https://harbourpost.example/ferry.jpg',
    )
  })

  it.each([null, '', 'javascript:alert(1)', 'data:image/png;base64,AAAA', 'file:///etc/passwd', 'ferry.jpg'])(
    'gives nothing for %j',
    (link) => {
      expect(pictureLink(link)).toBeNull()
    },
  )

  it('takes up to 2,048 characters', () => {
    const long = (chars: number) => 'https://harbourpost.example/'.padEnd(chars, 'x')
    expect(pictureLink(long(2_048))).toBe(long(2_048))
    expect(pictureLink(long(2_049))).toBeNull()
  })
})

describe('isShowablePicture()', () => {
  it.each([
    'https://harbourpost.example/ferry.jpg',
    'https://img.harbourpost.example:443/ferry?w=640',
    'https://xn--bcher-kva.example/a%20b.png?crop=(0,0)&q=1',
  ])('takes %s', (url) => {
    expect(isShowablePicture(url)).toBe(true)
  })

  it.each([
    'http://harbourpost.example/ferry.jpg',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'https://localhost/a.png',
    'https://printer/a.png',
    'https://printer.local./a.png',
    'https://nas.home.arpa/a.png',
    'https://metadata.google.internal/a.png',
    'https://127.0.0.1/a.png',
    'https://0x7f.1/a.png',
    'https://2130706433/a.png',
    'https://10.0.0.8/a.png',
    'https://169.254.169.254/latest',
    'https://[::1]/a.png',
    'https://[::ffff:10.0.0.8]/a.png',
    'https://ann:secret@harbourpost.example/a.png',
    'https://harbourpost.example:8443/a.png',
    'https://harbourpost.example/'.padEnd(2_049, 'x'),
    'https://harbourpost.example/a|b.png',
    'https://harbourpost.example/a.png?size={w}',
    'https://harbourpost.example/100%.png',
    'https://harbourpost.example/a.png#b#c',
    'not a link',
  ])('refuses %s', (url) => {
    expect(isShowablePicture(url)).toBe(false)
  })

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isShowablePicture(text)).toBe(false)
      }),
    )
  })
})
