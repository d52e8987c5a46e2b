import { parse } from 'tldts'

/** Where an article was published, and whose voice that is. */
export interface Outlet {
  /** The outlet's name as shown to people; `''` where nothing tells it. */
  readonly outlet: string
  /** Key of the publisher who owns the outlet: editions of one publisher share it; `''` where unknown. */
  readonly publisher: string
}

/**
 * The outlet and publisher of an article from the name its feed gives and its URL.
 *
 * The publisher key is the name of the registrable domain (`bbc` for bbc.com, bbc.co.uk and feeds.bbci.co.uk; public suffix
 * list), on a platform that hosts many (`example.substack.com`, `medium.com/@example`) the name of the guest, behind a
 * proxy or aggregator the folded name without words for an edition. Any text is taken; never throws.
 */
export function outletOf(name: string | null | undefined, url: string | null | undefined): Outlet {
  const shown = (name ?? '').replace(/\s+/g, ' ').trim()
  const site = url ? siteOf(url) : null
  return {
    outlet: shown || (site?.hostname.replace(/^www\./, '') ?? ''),
    publisher: site?.publisher ?? publisherOfName(shown),
  }
}

/** Longer URLs carry state; their host comes first all the same. */
const MAX_URL_CHARS = 4_096

/** Longer names are not names. */
const MAX_NAME_CHARS = 200

/** Addresses that only lead to a page of somebody else: they tell nothing about the publisher. */
const PROXIES: ReadonlySet<string> = new Set([
  'feedburner.com',
  'feedproxy.google.com',
  'feedblitz.com',
  'feedsportal.com',
  'feedpress.me',
  'feedly.com',
  'rssing.com',
  'rss.app',
  'rsshub.app',
  'inoreader.com',
  'news.google.com',
  'news.yahoo.com',
  'msn.com',
  'flipboard.com',
  'smartnews.com',
  'newsbreak.com',
  'apple.news',
  'ampproject.org',
  'archive.org',
  'archive.is',
  'archive.ph',
  'archive.today',
  'webcache.googleusercontent.com',
  't.co',
  'bit.ly',
  'buff.ly',
  'dlvr.it',
  'ift.tt',
  'ow.ly',
  'tinyurl.com',
  'goo.gl',
  'lnkd.in',
  'trib.al',
])

/** Platforms whose guests have a host of their own: the host's first label is the guest. */
const HOST_PLATFORMS: ReadonlySet<string> = new Set([
  'blogspot',
  'wordpress',
  'substack',
  'medium',
  'tumblr',
  'typepad',
  'livejournal',
  'wixsite',
  'weebly',
  'squarespace',
  'ghost',
  'hatenablog',
  'over-blog',
  'beehiiv',
  'buttondown',
  'github',
  'gitlab',
  'netlify',
  'vercel',
  'herokuapp',
  'pages',
  'jimdofree',
  'blogs',
  'blog',
  'hypotheses',
  'libsyn',
  'podbean',
  'bearblog',
  'micro',
  'neocities',
])

/** Platforms whose guests have a folder: the path's first part is the guest. */
const PATH_PLATFORMS: ReadonlySet<string> = new Set([
  'medium.com',
  'youtube.com',
  'facebook.com',
  'twitter.com',
  'x.com',
  'instagram.com',
  'tiktok.com',
  'reddit.com',
  't.me',
  'telegram.me',
  'threads.net',
  'bsky.app',
  'buttondown.email',
  'buttondown.com',
  'dev.to',
  'sites.google.com',
  'linkedin.com',
  'patreon.com',
  'vk.com',
])

/** First parts of a path on such a platform that come before the guest's name. */
const BEFORE_GUEST: ReadonlySet<string> = new Set([
  'r',
  'c',
  'user',
  'channel',
  's',
  'profile',
  'site',
  'view',
  'in',
  'company',
  'feeds',
  'p',
])

/** Domains of one publisher under several names. Each line is one voice, its first name the key. */
const ONE_VOICE: readonly (readonly string[])[] = [
  ['bbc', 'bbci'],
  ['cnn', 'cnnespanol', 'cnnbrasil', 'cnnindonesia'],
  ['reuters', 'reutersagency', 'reutersmedia'],
  ['ap', 'apnews', 'associatedpress'],
  ['afp', 'afpforum'],
  ['theguardian', 'guardian', 'guardianapis'],
  ['nytimes', 'nyt', 'newyorktimes'],
  ['wsj', 'wallstreetjournal', 'dowjones'],
  ['washingtonpost', 'wapo', 'washpost'],
  ['aljazeera', 'ajplus'],
  ['dw', 'deutschewelle'],
  ['france24', 'francevingtquatre'],
  ['foxnews', 'foxbusiness', 'fox'],
  ['nbcnews', 'msnbc', 'nbc'],
  ['spiegel', 'spiegelonline'],
  ['tagesschau', 'ard'],
  ['sky', 'skynews'],
  ['dailymail', 'mailonline'],
  ['npr', 'nprorg'],
  ['usatoday', 'usatoday30'],
]

const VOICE: ReadonlyMap<string, string> = new Map(
  ONE_VOICE.flatMap(([key = '', ...others]) => others.map((name) => [name, key] as const)),
)

interface Site {
  readonly hostname: string
  /** `null` where the address tells no publisher. */
  readonly publisher: string | null
}

function siteOf(url: string): Site | null {
  const address = url.slice(0, MAX_URL_CHARS)
  const { hostname, domain, domainWithoutSuffix, isIp, subdomain } = parse(address, {
    allowPrivateDomains: false,
  })
  if (hostname === null || hostname === '') return null
  if (isIp === true || domain === null || domainWithoutSuffix === null)
    return { hostname, publisher: hostname }
  if (PROXIES.has(domain) || PROXIES.has(hostname.replace(/^www\./, ''))) return { hostname, publisher: null }
  const guest = guestOnHost(domainWithoutSuffix, subdomain) ?? guestInPath(hostname, domain, address)
  return { hostname, publisher: guest ?? VOICE.get(domainWithoutSuffix) ?? domainWithoutSuffix }
}

function guestOnHost(platform: string, subdomain: string | null): string | null {
  if (!HOST_PLATFORMS.has(platform) || subdomain === null) return null
  const labels = subdomain.split('.').filter((label) => label !== '' && label !== 'www')
  const guest = labels.at(-1)
  return guest === undefined ? null : `${guest}.${platform}`
}

function guestInPath(hostname: string, domain: string, address: string): string | null {
  const platform = [hostname.replace(/^(?:www|m)\./, ''), domain].find((host) => PATH_PLATFORMS.has(host))
  if (platform === undefined) return null
  const parts = (/^[a-z]+:\/\/[^/]+\/([^?#]*)/i.exec(address)?.[1] ?? '').toLowerCase().split('/')
  const guest = parts.find((part) => part !== '' && !BEFORE_GUEST.has(part))
  return guest === undefined ? null : `${guest.replace(/^@/, '')}.${platform.split('.')[0] ?? ''}`
}

/** What follows the name of an outlet in the name of one of its feeds: `Example News - World`, `Example | Politics`. */
const EDITION_PART = /\s(?:[-–—|·:»>/]|::)\s.*$|:\s.*$|\s*\([^)]*\)\s*$/

/** Words for an edition or a form, taken off the end of a name. */
const EDITION_WORDS: ReadonlySet<string> = new Set(
  (
    'news online rss feed feeds latest headlines breaking home homepage website world international intl global ' +
    'edition us usa uk en english europe asia africa politics business sport sports technology science health web ' +
    'nachrichten noticias actualités notícias'
  ).split(' '),
)

function publisherOfName(name: string): string {
  const lower = name.slice(0, MAX_NAME_CHARS).normalize('NFKC').toLowerCase()
  const domain = /^(?:https?:\/\/)?[\p{L}\p{N}.-]+\.[\p{L}]{2,}$/u.test(lower)
    ? siteOf(`https://${lower.replace(/^https?:\/\//, '')}`)
    : null
  if (domain?.publisher) return domain.publisher
  const title = /\S/.test(lower.replace(EDITION_PART, '')) ? lower.replace(EDITION_PART, '') : lower
  const folded = withoutEdition(foldWords(title).split(' '))
  const joined = folded.replaceAll(' ', '')
  return VOICE.get(joined) ?? (VOICE_KEYS.has(joined) ? joined : folded)
}

/** `US News` keeps its last word: what is left must be a name. */
function withoutEdition(words: readonly string[]): string {
  let end = words.length
  while (end > 1 && EDITION_WORDS.has(words[end - 1] ?? '')) end--
  const first = words[0] === 'the' && end > 1 ? 1 : 0
  const name = words.slice(first, end)
  return (name.every((word) => EDITION_WORDS.has(word)) ? words : name).join(' ')
}

const VOICE_KEYS: ReadonlySet<string> = new Set(ONE_VOICE.map(([key = '']) => key))

function foldWords(name: string): string {
  return name
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}
