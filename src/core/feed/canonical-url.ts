/** Longer URLs carry state, not an address. */
const MAX_URL_CHARS = 4_096

/** Parameters that tell who led a reader here, never what the page is. Lower-case; exact names. */
const TRACKING: ReadonlySet<string> = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok mibextid ' +
    'ocid icid ncid cmpid cmp campaign_id smid smtyp smprod ref_src ref_url referrer referer sr_share xtor dicbo ' +
    'soc_src soc_trk guccounter guce_referrer guce_referrer_sig taid tblci _ga _gl _hsenc _hsmi hsctatracking ' +
    'wickedid oly_anon_id oly_enc_id feedtype feedname ftag ito vgo_ee spm scid sref sharetype sharetoken emci emdi ' +
    'ceid sourcecode srnd leadsource intcid wt.mc_id wt_mc wtmc nr_email_referer __twitter_impression __source ' +
    'trkinfo li_fat_id epik s_cid s_kwcid ef_id zanpid action_object_map action_type_map action_ref_map ' +
    'fb_action_ids fb_action_types fb_source fb_ref traffic_source cn-track intlink cachebuster _ga4 ' +
    'phpsessid jsessionid aspsessionid noamp'
  ).split(' '),
)

/** Parameters that track where their value names a place readers come from, and may be part of the address elsewhere. */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  'ref',
  'source',
  'src',
  'partner',
  'campaign',
  'cid',
  'origin',
  'from',
  'via',
  'share',
  'rss',
  'feed',
  'medium',
  'mod',
  'sp',
  'st',
  'tag',
])

const REFERRER =
  /^(?:1|true|rss\w*|feed\w*|atom|twitter\w*|tw|x|facebook\w*|fb|instagram|ig|linkedin|reddit|pinterest|whatsapp|telegram|google\w*|bing|yahoo|email\w*|newsletter\w*|mail|share\w*|social\w*|sms|push\w*|notification|homepage|home|hp|app|ios|android|copy|copylink|nl|web|desktop|mobile|rss_\w+|[a-z]+_newsletter|syndication|dlvr(?:\.?it)?|hootsuite|buffer)$/

/** Families of tracking parameters by how their names begin. */
const TRACKING_PREFIX = /^(?:utm|pk|piwik|mtm|matomo|hsa|stm|trk|itm|vero|ns|ga|at|hss|int|fb|sc)_/

/** Parameters that ask for another dress of the same page, with the values that do. */
const VARIANT: Readonly<Record<string, RegExp>> = {
  amp: /^(?:1|true|amp)?$/,
  amp_js_v: /./,
  amp_gsa: /./,
  amp_r: /./,
  usqp: /^mq/,
  outputtype: /^amp$/,
  output: /^(?:amp|print|mobile|1)$/,
  view: /^(?:amp|print|mobile)$/,
  mode: /^(?:amp|print|mobile)$/,
  format: /^(?:amp|print|mobile)$/,
  layout: /^(?:amp|print|mobile)$/,
  template: /^(?:amp|print|mobile|printart)$/,
  print: /^(?:1|true|yes|print|pdf)?$/,
  printable: /^(?:1|true|yes)?$/,
  printpage: /^(?:1|true|yes)?$/,
  mobile: /^(?:1|true|yes)?$/,
  m: /^1$/,
  nomobile: /^(?:1|true)?$/,
  singlepage: /^(?:1|true|yes)?$/,
  pagewanted: /^(?:all|print)$/,
  alt: /^amp$/,
}

/** Host labels of the same site in another dress: `www2.`, `amp.`, `m.`. */
const VARIANT_LABEL = /^(?:www\d{0,2}|amp|m|mobile|mobil|touch|wap|print)\./

/**
 * The address under which all variants of one page fold: http becomes https, the host loses `www.`, `m.` and `amp.`, tracking
 * parameters, fragments (but `#!/…`), default ports, credentials and trailing slashes go, AMP, mobile and print forms become the page, and
 * what is left of the query is sorted.
 *
 * A key to compare, not an address to fetch. `null` for anything but http(s), or longer than 4,096 characters; never throws.
 * Giving it its own result changes nothing.
 */
export function canonicalUrl(url: string): string | null {
  if (url.length > MAX_URL_CHARS) return null
  const parsed = parseHttpUrl(url.trim())
  if (parsed === null) return null
  const original = unwrapped(parsed)
  const host = canonicalHost(original)
  const query = canonicalQuery(original.search)
  return `https://${host}${canonicalPath(original.pathname)}${query === '' ? '' : `?${query}`}${route(original.hash)}`
}

function parseHttpUrl(text: string): URL | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  return url.hostname === '' ? null : url
}

/** An AMP cache serves `https://news.example/a` as `https://news-example.cdn.ampproject.org/c/s/news.example/a`. */
function unwrapped(url: URL): URL {
  const cached =
    /(?:^|\.)cdn\.ampproject\.org$/.test(url.hostname) || /^(?:www\.)?google\.[a-z.]+$/.test(url.hostname)
      ? /^\/(?:amp|[cv])\/(?:s\/)?([^/]+\.[^/]+(?:\/.*)?)$/.exec(url.pathname)?.[1]
      : undefined
  if (cached === undefined) return url
  return parseHttpUrl(`https://${cached}${url.search}`) ?? url
}

/** Some old sites name the article after `#!`: then the fragment is the address. */
function route(hash: string): string {
  return /^#!?\/./.test(hash) ? hash : ''
}

function canonicalHost(url: URL): string {
  let host = url.hostname.replace(/\.$/, '')
  // Two rounds: `www.m.example.com` and `amp.www.example.com` exist. Two labels at least must stay.
  for (let round = 0; round < 2; round++) {
    const shorter = host.replace(VARIANT_LABEL, '').replace(/^([a-z]{2,3})\.m\./, '$1.')
    if (shorter.includes('.')) host = shorter
  }
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
  return host + port
}

function canonicalPath(path: string): string {
  let folded = path.replace(/\/{2,}/g, '/')
  folded = folded.replace(/;jsessionid=[^/]*/i, '')
  folded = folded.replace(/^\/(?:amp|mobile|print)(?=\/.)/i, '')
  folded = folded.replace(/(?:\/(?:amp|print|index|default))?\/(?:index|default)\.(?:html?|php|aspx?)$/i, '/')
  folded = folded.replace(/[._-](?:amp|print|mobile)(\.(?:html?|php|aspx?))$/i, '$1')
  folded = folded.replace(/\.amp(?:\.html)?$/i, '')
  folded = folded.replace(/(\/[^/]+)\/(?:amp|print)\/?$/i, '$1')
  folded = folded.replace(/(\/.*)[;&]amp$/i, '$1')
  folded = folded.replace(/\/+$/, '')
  return folded === '' ? '/' : upperCaseEscapes(folded)
}

function upperCaseEscapes(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase())
}

/** Works on the query as it is written: decoding would fold addresses in old encodings (`%E4`, `%F6`) into one. */
function canonicalQuery(search: string): string {
  return search
    .replace(/^\?/, '')
    .split('&')
    .map((part) => upperCaseEscapes(part.replaceAll('+', '%20')).replace(/=$/, ''))
    .filter((part) => {
      const [name = '', value = ''] = part.split('=', 2)
      return !isNoise(decoded(name).toLowerCase(), decoded(value).toLowerCase())
    })
    .sort(compare)
    .join('&')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isNoise(name: string, value: string): boolean {
  if (name === '') return true
  if (TRACKING.has(name) || TRACKING_PREFIX.test(name)) return true
  if (AMBIGUOUS.has(name)) return REFERRER.test(value)
  return Object.hasOwn(VARIANT, name) && (VARIANT[name]?.test(value) ?? false)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
