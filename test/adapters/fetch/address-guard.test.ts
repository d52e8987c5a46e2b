import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAddressGuard } from '../../../src/adapters/fetch/address-guard.ts'
import { createFetcher, type Fetcher } from '../../../src/adapters/fetch/http-fetcher.ts'
import { openLoopbackServer, type LoopbackServer } from '../../support/loopback-server.ts'

const guard = createAddressGuard()

/** Ways to write an address that is not public. `PORT` stands for the port of a server that waits on this machine. */
const REFUSED_URLS: readonly (readonly [what: string, url: string])[] = [
  ['loopback', 'http://127.0.0.1:PORT/'],
  ['loopback, another host of it', 'http://127.0.0.2:PORT/'],
  ['loopback, last address', 'http://127.255.255.254:PORT/'],
  ['loopback over TLS', 'https://127.0.0.1:PORT/'],
  ['loopback by a short form', 'http://127.1:PORT/'],
  ['loopback in three parts', 'http://127.0.1:PORT/'],
  ['loopback as one number', 'http://2130706433:PORT/'],
  ['loopback as one hexadecimal number', 'http://0x7f000001:PORT/'],
  ['loopback as one octal number', 'http://017700000001:PORT/'],
  ['loopback in hexadecimal parts', 'http://0x7f.0x0.0x0.0x1:PORT/'],
  ['loopback in octal parts', 'http://0177.0.0.01:PORT/'],
  ['loopback in mixed parts', 'http://0x7f.1:PORT/'],
  ['loopback with leading zeros', 'http://0000177.0.0.1:PORT/'],
  ['loopback with a dot at the end', 'http://127.0.0.1.:PORT/'],
  ['loopback in percent signs', 'http://%31%32%37.0.0.1:PORT/'],
  ['loopback in full-width digits', 'http://１２７.0.0.1:PORT/'],
  ['loopback in circled digits', 'http://①②⑦.⓪.⓪.①:PORT/'],
  ['loopback with ideographic full stops', 'http://127。0。0。1:PORT/'],
  ['this host', 'http://0.0.0.0:PORT/'],
  ['this host, short', 'http://0:PORT/'],
  ['this network', 'http://0.1.2.3:PORT/'],
  ['IPv6 loopback', 'http://[::1]:PORT/'],
  ['IPv6 loopback in full', 'http://[0:0:0:0:0:0:0:1]:PORT/'],
  ['IPv6 unspecified', 'http://[::]:PORT/'],
  ['IPv4-mapped loopback', 'http://[::ffff:127.0.0.1]:PORT/'],
  ['IPv4-mapped loopback in hexadecimal', 'http://[::ffff:7f00:1]:PORT/'],
  ['IPv4-mapped unspecified', 'http://[::ffff:0:0]:PORT/'],
  ['IPv4-compatible loopback', 'http://[::127.0.0.1]:PORT/'],
  ['IPv4-translated loopback', 'http://[::ffff:0:127.0.0.1]:PORT/'],
  ['NAT64 of loopback', 'http://[64:ff9b::7f00:1]:PORT/'],
  ['NAT64 of a private address, local prefix', 'http://[64:ff9b:1::a00:1]:PORT/'],
  ['6to4 of loopback', 'http://[2002:7f00:1::]:PORT/'],
  ['6to4 of a private address', 'http://[2002:c0a8:101::1]:PORT/'],
  ['Teredo', 'http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:PORT/'],
  ['ISATAP of loopback', 'http://[2600:1234::5efe:7f00:1]:PORT/'],
  ['ISATAP with the global bit', 'http://[2600:1234::200:5efe:a00:1]:PORT/'],
  ['IPv6 link-local', 'http://[fe80::1]:PORT/'],
  ['IPv6 link-local, end of the range', 'http://[febf::1]:PORT/'],
  ['IPv6 site-local', 'http://[fec0::1]:PORT/'],
  ['IPv6 unique local', 'http://[fd12:3456::1]:PORT/'],
  ['IPv6 multicast', 'http://[ff02::1]:PORT/'],
  ['IPv6 documentation', 'http://[2001:db8::1]:PORT/'],
  ['IPv6 discard', 'http://[100::1]:PORT/'],
  ['IPv6 outside what is handed out', 'http://[4000::1]:PORT/'],
  ['private 10/8', 'http://10.0.0.1/'],
  ['private 172.16/12, first', 'http://172.16.0.1/'],
  ['private 172.16/12, last', 'http://172.31.255.254/'],
  ['private 192.168/16', 'http://192.168.1.1/'],
  ['carrier-grade NAT', 'http://100.64.0.1/'],
  ['Alibaba metadata', 'http://100.100.100.200/'],
  ['link-local', 'http://169.254.1.1/'],
  ['cloud metadata', 'http://169.254.169.254/latest/meta-data/'],
  ['cloud metadata as one number', 'http://2852039166/'],
  ['cloud metadata, mapped', 'http://[::ffff:169.254.169.254]/'],
  ['AWS metadata over IPv6', 'http://[fd00:ec2::254]/'],
  ['Oracle metadata', 'http://192.0.0.192/'],
  ['Azure platform channel', 'http://168.63.129.16/'],
  ['Google metadata by name', 'http://metadata.google.internal/'],
  ['protocol assignments', 'http://192.0.0.8/'],
  ['documentation', 'http://203.0.113.7/'],
  ['benchmarks', 'http://198.18.0.1/'],
  ['multicast', 'http://224.0.0.1/'],
  ['future use', 'http://240.0.0.1/'],
  ['broadcast', 'http://255.255.255.255/'],
  ['localhost', 'http://localhost:PORT/'],
  ['localhost in capitals', 'http://LOCALHOST:PORT/'],
  ['localhost with a dot at the end', 'http://localhost.:PORT/'],
  ['localhost with two dots at the end', 'http://localhost..:PORT/'],
  ['localhost in full-width letters', 'http://ｌｏｃａｌｈｏｓｔ:PORT/'],
  ['a name under localhost', 'http://news.localhost:PORT/'],
  ['localdomain', 'http://localhost.localdomain:PORT/'],
  ['name of the local IPv6 host', 'http://ip6-localhost:PORT/'],
  ['a name of mDNS', 'http://printer.local/'],
  ['a home network', 'http://router.home.arpa/'],
  ['a container by its name', 'http://redis/'],
  ['credentials', 'http://reader:secret@news.example.org/'],
  ['a user name alone', 'http://reader@news.example.org/'],
  ['credentials that look like a host', 'http://news.example.org@127.0.0.1:PORT/'],
  ['mail port', 'http://news.example.org:25/'],
  ['SSH port', 'http://news.example.org:22/'],
  ['database port', 'http://news.example.org:5432/'],
  ['Redis port', 'http://news.example.org:6379/'],
  ['Docker port', 'http://news.example.org:2375/'],
  ['port 0', 'http://news.example.org:0/'],
  ['a file', 'file:///etc/passwd'],
  ['FTP', 'ftp://news.example.org/feed.xml'],
  ['gopher', 'gopher://127.0.0.1:PORT/_GET'],
  ['data', 'data:text/xml,<rss/>'],
  ['javascript', 'javascript:alert(1)'],
  ['a unix socket', 'unix:/var/run/docker.sock'],
]

describe('a fetcher without allowed addresses', () => {
  let four: LoopbackServer
  let six: LoopbackServer | null
  let fetcher: Fetcher
  beforeAll(async () => {
    const answer = (_: unknown, response: { end: (text: string) => unknown }) => response.end('reached')
    four = await openLoopbackServer(answer, { host: '0.0.0.0' })
    six = await openLoopbackServer(answer, { host: '::1', port: four.port }).catch(() => null)
    fetcher = createFetcher({ version: '0.0.0', minGapMs: 0, maxMs: 2_000 })
  })
  afterAll(async () => {
    await fetcher.close()
    await four.close()
    await six?.close()
  })

  test('the table has at least 40 ways', () => {
    expect(REFUSED_URLS.length).toBeGreaterThanOrEqual(40)
    expect(new Set(REFUSED_URLS.map(([, url]) => url)).size).toBe(REFUSED_URLS.length)
  })

  test.each(REFUSED_URLS)('refuses %s: %s', async (_what, template) => {
    const url = template.replace('PORT', String(four.port))
    expect(await fetcher.fetchFeed({ url })).toMatchObject({ kind: 'failed', failure: 'refused' })
    expect(await fetcher.fetchPage({ url })).toMatchObject({ kind: 'failed', failure: 'refused' })
    expect([four.connections(), six?.connections() ?? 0]).toEqual([0, 0])
  })
})

describe('createAddressGuard()', () => {
  test.each([
    'http://news.example.org/feed.xml',
    'https://news.example.org./feed',
    'https://news.example.org:8443/',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://100.128.0.1/',
    'http://[2606:4700::1111]/',
    'http://xn--mnchen-3ya.example/',
    'https://localhost.example.org/',
  ])('lets %s through', (url) => {
    expect(guard.refuseUrl(new URL(url))).toBeNull()
  })

  test.each([
    ['a network', '10.1.0.0/16', 'http://10.1.2.3/', 'http://10.2.0.1/'],
    [
      'a network, by a mapped address',
      '10.1.0.0/16',
      'http://[::ffff:10.1.2.3]/',
      'http://[::ffff:10.2.0.1]/',
    ],
    ['an IPv6 network', 'fd12:3456::/32', 'http://[fd12:3456::7]/', 'http://[fd12:3457::7]/'],
    ['one address', '10.1.2.3', 'http://10.1.2.3:8080/', 'http://10.1.2.4:8080/'],
    ['one IPv6 address', '::1', 'http://[::1]/', 'http://127.0.0.1/'],
    ['one name', 'intranet', 'http://INTRANET./feed', 'http://extranet/feed'],
    ['a port of an address', '10.1.2.3:81', 'http://10.1.2.3:81/', 'http://10.1.2.3:82/'],
    ['a port of an IPv6 address', '[fd12::1]:81', 'http://[fd12::1]:81/', 'http://[fd12::1]:82/'],
    ['a port of a name', 'news.example.org:81', 'http://news.example.org:81/', 'http://news.example.net:81/'],
  ])('allows %s and nothing more', (_what, entry, allowed, refused) => {
    const opened = createAddressGuard([entry])
    expect(opened.refuseUrl(new URL(allowed))).toBeNull()
    expect(opened.refuseUrl(new URL(refused))).not.toBeNull()
  })

  test('keeps ports closed inside an allowed network', () => {
    expect(createAddressGuard(['10.0.0.0/8']).refuseUrl(new URL('http://10.0.0.1:6379/'))).toBe(
      'port 6379 is closed to feeds',
    )
  })

  test('lets an allowed name resolve to any address, other names not', () => {
    const opened = createAddressGuard(['intranet.example'])
    expect(opened.refuseAddress('10.0.0.1', 'intranet.example')).toBeNull()
    expect(opened.refuseAddress('10.0.0.1', 'other.example')).toBe(
      'address 10.0.0.1 is not public; fetch.allow_addresses in the settings can allow it',
    )
  })

  test.each(['', '10.0.0.0/33', 'http://intranet', 'a b', '*'])(
    'throws for the unreadable entry "%s"',
    (entry) => {
      expect(() => createAddressGuard([entry])).toThrow(TypeError)
    },
  )

  test('refuses every address of the private networks, however it is written', () => {
    const privateAddress = fc.oneof(
      fc.tuple(fc.constantFrom(10, 127, 0), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
    )
    const spell = fc.constantFrom<(octets: readonly number[]) => string>(
      (octets) => octets.join('.'),
      (octets) => String(octets.reduce((sum, octet) => sum * 256 + octet, 0)),
      (octets) => octets.map((octet) => `0x${octet.toString(16)}`).join('.'),
      (octets) => octets.map((octet) => `0${octet.toString(8)}`).join('.'),
      (octets) => `[::ffff:${octets.join('.')}]`,
      (octets) => `[64:ff9b::${octets.join('.')}]`,
    )
    fc.assert(
      fc.property(privateAddress, spell, (octets, spelled) => {
        expect(guard.refuseUrl(new URL(`http://${spelled(octets)}/`))).not.toBeNull()
      }),
    )
  })

  test('refuses anything that is no address where an address is due', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => guard.refuseAddress(text, 'news.example.org')).not.toThrow()
      }),
    )
    expect(guard.refuseAddress('fe80::1%eth0', 'news.example.org')).not.toBeNull()
    expect(guard.refuseAddress('nonsense', 'news.example.org')).not.toBeNull()
  })
})
