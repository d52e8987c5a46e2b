import { getDomainWithoutSuffix, getHostname } from 'tldts'

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
 * The publisher key is the name of the registrable domain (`bbc` for bbc.com and bbc.co.uk; public suffix list), else
 * the folded name without edition words.
 */
export function outletOf(name: string | null | undefined, url: string | null | undefined): Outlet {
  const shown = (name ?? '').trim()
  const domain = url ? getDomainWithoutSuffix(url) : null
  const folded = foldName(shown)
  return {
    outlet: shown || (url ? (getHostname(url)?.replace(/^www\./, '') ?? '') : ''),
    publisher: domain ?? folded,
  }
}

function foldName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.(?:com|org|net|co\.uk|news)$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^the /, '')
    .trim()
}
