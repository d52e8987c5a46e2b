import { resolveLink } from './feed-link.ts'

/** Characters of a picture's address; longer ones carry a signature that has run out by the time somebody looks. */
const MAX_PICTURE_CHARS = 2_048

/** Names that mean the reader's own machine or network (RFC 6761, RFC 6762, RFC 8375, ICANN .internal). */
const LOCAL_NAME = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|home\.arpa|onion)$/

/** What a URI is made of (RFC 3986), less a fragment: browsers take more, a platform may refuse the whole message for it. */
const PLAIN_URI = /^(?:[\w.~:/?@!$&'()*+,;=-]|%[\da-f]{2})+$/i

/**
 * The absolute http(s) address of a picture that an item of a feed names, or `null`.
 *
 * @param bases what it may be relative to, see {@link resolveLink}
 */
export function pictureLink(
  link: string | null | undefined,
  bases: readonly (string | null)[] = [],
): string | null {
  const url = resolveLink(link, bases)
  return url === null || url.length > MAX_PICTURE_CHARS ? null : url
}

/**
 * Whether a platform may be handed this address to show: https on its own port, a name with a dot that is not of a local
 * network, no bare number, no user or password, no sign that a URI may not hold. Names are not looked up. Any text is taken.
 */
export function isShowablePicture(url: string): boolean {
  if (url.length > MAX_PICTURE_CHARS || !PLAIN_URI.test(url) || !URL.canParse(url)) return false
  const { protocol, hostname, port, username, password } = new URL(url)
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false
  const host = hostname.replace(/\.$/, '')
  const isName = /\.[a-z][a-z\d-]*$/.test(host)
  return isName && !LOCAL_NAME.test(host)
}
