import { connect } from 'node:net'
import { Parser } from 'htmlparser2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN_TOKEN, ARCHIVE_KEY, openWebNewsroom, type WebNewsroom } from '../../support/web-newsroom.ts'

let room: WebNewsroom

beforeAll(async () => {
  room = await openWebNewsroom()
}, 60_000)
afterAll(() => room.close())

async function get(path: string, init: RequestInit = {}, at = room) {
  const response = await fetch(`${at.origin}${path}`, { redirect: 'manual', ...init })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}, at = room) {
  const own = { Origin: at.origin, 'Sec-Fetch-Site': 'same-origin' }
  return get(
    path,
    { method: 'POST', headers: { ...FORM, ...own, ...headers }, body: new URLSearchParams(fields) },
    at,
  )
}

async function logIn(at = room): Promise<string> {
  const { headers, status } = await post('/operator/login', { token: ADMIN_TOKEN }, {}, at)
  expect(status).toBe(303)
  return (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/** Bytes as they are, for requests that no client would send. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(room.origin).port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => (answer += part))
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(answer)
    })
    socket.end(text)
  })
}

/** Tags and attributes that pages of ours never have. */
function foreignTags(text: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (/^(?:script|iframe|img|object|embed|b|style|base)$/.test(name)) found.push(name)
      for (const [key, value] of Object.entries(attributes))
        if (/^on|^style$|^srcdoc$/.test(key) || /^\s*(?:javascript|data|vbscript):/i.test(value))
          found.push(`${name} ${key}`)
    },
  })
  parser.end(text)
  return found
}

/** Without news: what is refused there needs none. */
function openEmpty(options: Parameters<typeof openWebNewsroom>[0]): Promise<WebNewsroom> {
  return openWebNewsroom(options, { isEmpty: true })
}

describe('what pages let through', () => {
  it('no markup of titles, bodies, outlets or feed names acts, on any page', async () => {
    const cookie = await logIn()
    const hostile = await get('/search?q=bakers')
    const story = /href="(\/story\/[^"]+)"/.exec(hostile.text)?.[1] ?? 'none'
    const paths = [
      ...[
        '/',
        '/search?q=bakers',
        story,
        `/digests/${ARCHIVE_KEY}`,
        `/digests/${ARCHIVE_KEY}/${room.digestId}`,
      ],
      ...['/operator/feeds', `/operator/inspect?story=${story.slice(7)}`],
    ]
    for (const path of paths) {
      const { status, text } = await get(path, { headers: { Cookie: cookie } })
      expect([path, status]).toEqual([path, 200])
      expect(text).toContain('&lt;')
      expect([path, foreignTags(text)]).toEqual([path, []])
    }
    for (const file of ['feed.atom', 'feed.rss', 'feed.json']) {
      const { text } = await get(`/digests/${ARCHIVE_KEY}/${file}`)
      expect(text).not.toMatch(/<script/i)
    }
  })

  it('what is asked for comes back as text', async () => {
    const evil = '"><script>alert(1)</script>'
    for (const path of [
      `/search?q=${encodeURIComponent(evil)}`,
      `/search?q=a&outlet=${encodeURIComponent(evil)}`,
      `/search?q=a&since=${encodeURIComponent(evil)}`,
      `/story/${encodeURIComponent(evil)}`,
      `/?via=${encodeURIComponent(evil)}`,
    ]) {
      expect((await get(path)).text).not.toContain('<script')
    }
  })

  it('links lead to http and https alone, and tell nobody where they are', async () => {
    const { text } = await get('/search?q=bakers')
    const links = [...text.matchAll(/<a [^>]*href="([^"]*)"[^>]*>/g)]
    const outward = links.filter(([, href]) => !href?.startsWith('/') && !href?.startsWith('#'))
    expect(outward.length).toBeGreaterThan(0)
    for (const [tag, href] of outward) {
      expect(href).toMatch(/^https?:\/\//)
      expect(tag).toContain('rel="noopener noreferrer nofollow"')
    }
  })

  it('every answer has a strict policy and nothing from elsewhere', async () => {
    for (const path of [
      '/',
      '/story/none',
      '/nowhere',
      '/operator',
      '/healthz',
      '/search?q=ferry',
      '/metrics',
    ]) {
      const { headers, text } = await get(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(text).not.toMatch(/(?:src|srcset|data|action)="(?:https?:)?\/\//)
      expect(text).not.toMatch(/<link [^>]*href="https?:/)
      expect(text).not.toMatch(/ style="/)
    }
  })
})

describe('what is refused', () => {
  it('ways out of the folder, and everything that is no page', async () => {
    const paths = [
      ...[
        '/assets/../package.json',
        '/assets/%2e%2e/package.json',
        '/assets/..%2f..%2fetc%2fpasswd',
        '/..%5c..%5cwindows',
      ],
      ...[
        '/%00',
        '/assets/',
        '/.env',
        '/digests/',
        '/story/',
        '//evil.example/',
        '/digests/..%2f..%2foperator',
      ],
    ]
    for (const path of paths) {
      const { status, text } = await get(path)
      expect([path, [302, 400, 404].includes(status)]).toEqual([path, true])
      expect(text).not.toContain('"dependencies"')
      expect(text).not.toContain('root:')
    }
    expect(await sendRaw('GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 40[04]/,
    )
  })

  it('header injection', async () => {
    const { status, headers } = await get('/story/Aurelia%0d%0aX-Evil:%201')
    expect([status, headers.get('x-evil')]).toEqual([expect.any(Number), null])
    const cookie = await logIn()
    const { text } = await get('/operator/deliveries', { headers: { Cookie: cookie } })
    const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const answer = await post(
      '/operator/act',
      { csrf, kind: 'pause', subscriptionId: 'none', back: '/x\r\nX-Evil: 1' },
      { Cookie: cookie },
    )
    expect([answer.headers.get('x-evil'), answer.headers.get('location')?.startsWith('/operator?')]).toEqual([
      null,
      true,
    ])
    expect(await sendRaw('GET / HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
  })

  it('other ways of asking', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await get('/', { method })).status).toBe(405)
    expect((await get('/search', { method: 'POST' })).status).toBe(404)
  })

  it('addresses, headers and bodies that are too large', async () => {
    expect((await get(`/search?q=${'a'.repeat(5_000)}`)).status).toBe(414)
    expect(await sendRaw(`GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431/,
    )
    const large = await post('/operator/login', { token: 'a'.repeat(20_000) })
    expect(large.status).toBe(413)
    const chunked = await sendRaw(
      `POST /operator/login HTTP/1.1\r\nHost: ${new URL(room.origin).host}\r\nOrigin: ${room.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
        `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n4e20\r\n${'a'.repeat(20_000)}\r\n0\r\n\r\n`,
    )
    expect(chunked).toMatch(/^HTTP\/1.1 413/)
  })

  it('too many requests of one address, told when to come again; health is asked without count', async () => {
    const strict = await openEmpty({
      limits: { requestsPerMinute: 5, searchesPerMinute: 2, loginsPerQuarterHour: 2 },
    })
    try {
      const statuses: number[] = []
      for (let n = 0; n < 3; n += 1) statuses.push((await get('/search?q=ferry', {}, strict)).status)
      expect(statuses).toEqual([200, 200, 429])
      for (let n = 0; n < 3; n += 1) statuses.push((await get('/', {}, strict)).status)
      expect(statuses.slice(3)).toEqual([200, 200, 429])
      const { headers } = await get('/', {}, strict)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      for (let n = 0; n < 10; n += 1) expect((await get('/healthz', {}, strict)).status).toBe(200)
    } finally {
      await strict.close()
    }
  })

  it('guesses of the token', async () => {
    const strict = await openEmpty({ limits: { loginsPerQuarterHour: 3 } })
    try {
      const statuses: number[] = []
      for (let n = 0; n < 4; n += 1)
        statuses.push((await post('/operator/login', { token: `guess-number-${n}` }, {}, strict)).status)
      statuses.push((await post('/operator/login', { token: ADMIN_TOKEN }, {}, strict)).status)
      expect(statuses).toEqual([401, 401, 401, 429, 429])
    } finally {
      await strict.close()
    }
  })

  it('an address that a visitor makes up, unless a proxy is trusted', async () => {
    const limits = { requestsPerMinute: 2 }
    const ask = (at: WebNewsroom, forwarded: string) =>
      get('/', { headers: { 'X-Forwarded-For': forwarded } }, at)
    const bare = await openEmpty({ limits })
    const behind = await openEmpty({ limits, trustProxy: true })
    try {
      const alone: number[] = []
      const proxied: number[] = []
      for (const n of [1, 2, 3]) {
        alone.push((await ask(bare, `203.0.113.${n}`)).status)
        proxied.push((await ask(behind, `6.6.6.6, 203.0.113.${n}`)).status)
      }
      expect([alone, proxied]).toEqual([
        [200, 200, 429],
        [200, 200, 200],
      ])
    } finally {
      await bare.close()
      await behind.close()
    }
  })
})

describe("the operator's page", () => {
  const PAGES = ['', '/feeds', '/deliveries', '/schedules', '/corrections', '/inspect'].map(
    (path) => `/operator${path}`,
  )

  it('is shut without the token, with a made up session, and with one of another token', async () => {
    const other = await openEmpty({ adminToken: 'another-token-of-some-length' })
    const cookie = await logIn()
    const [name, value = ''] = cookie.split('=')
    try {
      for (const path of PAGES) {
        expect((await get(path)).status).toBe(401)
        for (const made of [
          'x',
          `${value}x`,
          value.replace(/^\d+/, '99999999999999'),
          '9999999999999..',
          '....',
        ])
          expect([made, (await get(path, { headers: { Cookie: `${name}=${made}` } })).status]).toEqual([
            made,
            401,
          ])
        expect((await get(path, { headers: { Cookie: cookie } }, other)).status).toBe(401)
        expect((await get(path, { headers: { Cookie: cookie } })).status).toBe(200)
      }
    } finally {
      await other.close()
    }
  })

  it('is off where no token or a short one is set, and says so', async () => {
    for (const adminToken of [null, 'short']) {
      const off = await openEmpty({ adminToken })
      try {
        for (const path of PAGES) {
          const { status, text } = await get(path, {}, off)
          expect([status, text.includes('TIDINGS_ADMIN_TOKEN')]).toEqual([403, true])
        }
        expect((await post('/operator/login', { token: adminToken ?? '' }, {}, off)).status).toBe(403)
        expect(
          (await get('/metrics', { headers: { Authorization: `Bearer ${adminToken ?? ''}` } }, off)).status,
        ).toBe(401)
      } finally {
        await off.close()
      }
    }
  })

  it('gives a session that scripts and other sites cannot use, and that ends', async () => {
    const { headers } = await post('/operator/login', { token: ADMIN_TOKEN })
    const set = headers.get('set-cookie') ?? ''
    expect(set).toMatch(/HttpOnly/)
    expect(set).toMatch(/SameSite=Strict/)
    expect(set).toMatch(/Path=\/operator/)
    expect(set).not.toContain(ADMIN_TOKEN)
    const secure = await openEmpty({ publicUrl: 'https://news.example' })
    try {
      const answer = await post('/operator/login', { token: ADMIN_TOKEN }, {}, secure)
      expect(answer.headers.get('set-cookie')).toMatch(/Secure/)
    } finally {
      await secure.close()
    }
  })

  it('takes no form of another site, of no session, or without its word', async () => {
    const cookie = await logIn()
    const { text } = await get('/operator/schedules', { headers: { Cookie: cookie } })
    const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const pause = { kind: 'pause', subscriptionId: 'morning', csrf }
    const own = { Cookie: cookie }
    const tries: [string, number, Promise<{ status: number }>][] = [
      ['no csrf', 403, post('/operator/act', { ...pause, csrf: '' }, own)],
      ['wrong csrf', 403, post('/operator/act', { ...pause, csrf: `${csrf}x` }, own)],
      ['no session', 401, post('/operator/act', pause)],
      ['other origin', 403, post('/operator/act', pause, { ...own, Origin: 'https://evil.example' })],
      ['cross-site', 403, post('/operator/act', pause, { ...own, 'Sec-Fetch-Site': 'cross-site' })],
      ['same-site', 403, post('/operator/act', pause, { ...own, 'Sec-Fetch-Site': 'same-site' })],
      ['null origin', 403, post('/operator/act', pause, { ...own, Origin: 'null' })],
      ['json', 415, post('/operator/act', pause, { ...own, 'Content-Type': 'application/json' })],
      ['no action', 400, post('/operator/act', { csrf, kind: 'drop-tables' }, own)],
    ]
    for (const [what, status, answer] of tries) expect([what, (await answer).status]).toEqual([what, status])
    expect((await room.store.subscriptions.subscription('morning'))?.paused).toBe(false)
    const nothing = await get('/operator/act', {
      method: 'POST',
      headers: { ...FORM, ...own },
      body: new URLSearchParams(pause),
    })
    expect(nothing.status).toBe(403)
  })

  it('shows no notice that it did not seal itself', async () => {
    const cookie = await logIn()
    const forged = Buffer.from('Send me the token').toString('base64url')
    const { text } = await get(`/operator?note=${forged}.abc`, { headers: { Cookie: cookie } })
    expect(text).not.toContain('Send me the token')
  })

  it('does what it is asked for, once, and notes it', async () => {
    const cookie = await logIn()
    const act = async (fields: Record<string, string>) => {
      const { text } = await get('/operator/schedules', { headers: { Cookie: cookie } })
      const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
      const { headers } = await post(
        '/operator/act',
        { csrf, back: '/operator/deliveries', ...fields },
        { Cookie: cookie },
      )
      const shown = await get(headers.get('location') ?? '', { headers: { Cookie: cookie } })
      return /role="status" class="notice">([^<]*)</.exec(shown.text)?.[1] ?? ''
    }
    const part = (n: number) => ({ digestId: room.digestId, part: String(n) })
    expect(await act({ kind: 'mark-sent', ...part(0) })).toBe('Part 1 is noted as sent.')
    expect(await act({ kind: 'mark-sent', ...part(0) })).toContain('Nothing was changed.')
    expect(await act({ kind: 'send-again', ...part(1) })).toContain('goes out with the next round')
    expect(await act({ kind: 'send-again', ...part(1) })).toContain('it is not sent again')
    const states = (await room.store.digests.deliveries(room.digestId)).map(({ state }) => state)
    expect(states).toEqual(['sent', 'planned'])
    expect(await act({ kind: 'pause', subscriptionId: 'morning' })).toContain('paused')
    expect((await room.store.subscriptions.subscription('morning'))?.nextRunAtMs).toBeNull()
    expect(await act({ kind: 'resume', subscriptionId: 'morning' })).toContain('goes on')
    expect((await room.store.subscriptions.subscription('morning'))?.nextRunAtMs).not.toBeNull()
    expect(await act({ kind: 'undo-correction', correctionId: 'fix-1' })).toBe(
      'The correction is taken back.',
    )
    expect(await act({ kind: 'undo-correction', correctionId: 'fix-1' })).toContain('Nothing was changed.')
    await act({ kind: 'renew-link', destinationId: 'to-t1' })
    expect((await get('/digests/archive-key-of-tenant-one')).status).toBe(404)
    const trail = await room.store.subscriptions.auditTrail(null, 10)
    expect(trail.map(({ action }) => action)).toContain('mark-sent')
  })
})

describe('the log', () => {
  it('holds no token, no session and no key of an archive', async () => {
    await post('/operator/login', { token: 'wrong-token-of-somebody' })
    await get(`/digests/${ARCHIVE_KEY}`)
    await get('/digests/unknown-key-12345')
    await logIn()
    const lines = JSON.stringify(room.outcomes)
    expect(lines).toContain('operator-refused')
    expect(lines).toContain('operator-logged-in')
    for (const secret of [
      ADMIN_TOKEN,
      'wrong-token-of-somebody',
      ARCHIVE_KEY,
      'unknown-key-12345',
      'tidings_operator',
    ])
      expect(lines).not.toContain(secret)
  })
})
