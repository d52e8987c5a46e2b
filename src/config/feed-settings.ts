import { z } from 'zod'

const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' })

/** How a setting names a variable of the environment. */
const REFERENCE = /^env:([A-Za-z_]\w*)$/

const fromEnvironment = z
  .string()
  .regex(REFERENCE, 'is not env:NAME, the name of a variable of the environment')

/** Headers whose value is a secret, whatever it is. */
const SECRET_HEADER = /auth|cookie|token|secret|password|key/i

/** Headers that are the fetcher's own. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'keep-alive'],
  ...['accept-encoding', 'if-none-match', 'if-modified-since', 'range', 'expect', 'proxy-connection'],
])

const headers = z
  .record(z.string(), z.string().regex(/^[\t\x20-\x7e]+$/, 'is not one line of ASCII'))
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      const message = wrongWithHeader(name, value)
      if (message !== null) context.addIssue({ code: 'custom', path: [name], message })
    }
  })

function wrongWithHeader(name: string, value: string): string | null {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'is not the name of a header'
  if (OWN_HEADERS.has(name.toLowerCase())) return 'is a header that tidings sets itself'
  const isOpen = SECRET_HEADER.test(name) && !REFERENCE.test(value)
  return isOpen ? 'would be a secret in the file: write env:NAME and set NAME in the environment' : null
}

const bodiesDays = z.int().min(7).max(36_500)
const bodies = z.int().min(1).max(1_000_000)
const maxArticles = z.int().min(1).max(10_000)

/** One entry of `feeds`. */
export const feedShape = z.strictObject({
  url: httpUrl.describe('Where the feed is'),
  name: z.string().min(1).optional().describe('Name of the outlet; default: the title of the feed'),
  tags: z.array(z.string().min(1)).default([]).describe('Topics that digests may ask for'),
  full_text: z.boolean().optional().describe('Read the articles from their pages; default: fetch.full_text'),
  max_articles: maxArticles
    .optional()
    .describe('Articles taken of one poll, the newest; default: fetch.max_articles'),
  retention: z
    .strictObject({
      bodies_days: bodiesDays
        .optional()
        .describe('The same for this feed; no longer than retention.bodies_days'),
      bodies: bodies
        .optional()
        .describe('Texts kept of this feed, the newest; default: retention.bodies_per_feed'),
    })
    .prefault({}),
  headers: headers
    .optional()
    .describe('Headers for this feed alone; values may be env:NAME, those of secrets must be'),
  cookies: fromEnvironment
    .optional()
    .describe('Cookies for this feed alone, as env:NAME of a variable such as `a=1; b=2`'),
  basic_auth: z
    .strictObject({
      user: z.string().min(1).describe('Name, or env:NAME'),
      password: fromEnvironment.describe('env:NAME'),
    })
    .optional()
    .describe('Name and password for this feed alone'),
})

/** The setting `retention`. */
export const retentionShape = z.strictObject({
  bodies_days: bodiesDays
    .default(90)
    .describe('Days after which the texts of articles are dropped; stories, counts and quotes stay'),
  bodies_per_feed: bodies
    .default(20_000)
    .describe('Texts kept of one feed, the newest; those of the last seven days stay in any case'),
})

/** The setting `fetch`. */
export const fetchShape = z.strictObject({
  allow_addresses: z
    .array(z.union([z.cidrv4(), z.cidrv6()], 'is not a CIDR such as 10.0.0.0/8'))
    .default([])
    .describe('Private addresses that feeds may use, as CIDR'),
  full_text: z.boolean().default(false).describe('Read articles from their pages; feeds may say otherwise'),
  max_articles: maxArticles
    .default(1_000)
    .describe('Articles taken of one poll of a feed, the newest; feeds may say otherwise'),
  contact_url: httpUrl
    .optional()
    .describe('Page that tells site owners who reads their feeds; stands in the User-Agent'),
  websub_url: httpUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe(
      'Where hubs reach the pages of this service from the internet, so that feeds with WebSub tell of news at once; left out: feeds are polled only',
    ),
  proxy_url: z
    .string()
    .refine(isProxy, 'is neither an http, https or socks5 URL without a password nor env:NAME')
    .optional()
    .describe('Proxy for feeds and pages, or env:NAME where its URL holds a password'),
})

type FeedSettings = z.infer<typeof feedShape>
type FetchSettings = z.infer<typeof fetchShape>

function isProxy(value: string): boolean {
  return REFERENCE.test(value) || isProxyUrl(value, true)
}

function isProxyUrl(value: string, inFile: boolean): boolean {
  const url = URL.parse(value)
  if (url === null || !['http:', 'https:', 'socks5:'].includes(url.protocol)) return false
  return !inFile || (url.username === '' && url.password === '')
}

/** Environment variables by name. */
type Variables = Readonly<Record<string, string | undefined>>

/** The value that a setting means: that of the variable where it is `env:NAME`, else its own. */
export function valueOf(setting: string, env: Variables): string {
  const name = REFERENCE.exec(setting)?.[1]
  return name === undefined ? setting : (env[name] ?? '')
}

/** What is wrong with the variables that settings name: those that are missing, and values that no request can carry. */
export function checkReferences(
  settings: { readonly feeds: readonly FeedSettings[]; readonly fetch: FetchSettings },
  env: Variables,
): { path: (string | number)[]; message: string }[] {
  const { proxy_url: proxy } = settings.fetch
  const named: [(string | number)[], string | undefined][] = [[['fetch', 'proxy_url'], proxy]]
  for (const [at, feed] of settings.feeds.entries()) {
    const here = ['feeds', at]
    named.push([[...here, 'cookies'], feed.cookies])
    named.push([[...here, 'basic_auth', 'user'], feed.basic_auth?.user])
    named.push([[...here, 'basic_auth', 'password'], feed.basic_auth?.password])
    for (const [name, value] of Object.entries(feed.headers ?? {})) {
      named.push([[...here, 'headers', name], value])
    }
  }
  const issues = named.flatMap(([path, setting]) => {
    const message = setting === undefined ? null : wrongWithReference(setting, env)
    return message === null ? [] : [{ path, message }]
  })
  if (issues.length > 0 || proxy === undefined || isProxyUrl(valueOf(proxy, env), false)) return issues
  const message = `names ${nameOf(proxy)}, which is no http, https or socks5 URL`
  return [{ path: ['fetch', 'proxy_url'], message }]
}

function wrongWithReference(setting: string, env: Variables): string | null {
  const value = valueOf(setting, env)
  if (value === '') return `names ${nameOf(setting)}, which the environment does not have`
  return /^[\t\x20-\x7e\u0080-\u00ff]+$/.test(value)
    ? null
    : `names ${nameOf(setting)}, which is not one line`
}

function nameOf(setting: string): string {
  return setting.replace(/^env:/, '')
}
