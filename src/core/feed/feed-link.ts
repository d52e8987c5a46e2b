/** Characters of a link that are read; browsers stop at 2,000 to 80,000. */
const MAX_LINK_CHARS = 8_000

/** Schemes that a feed's links may have; others act instead of leading to a page. */
const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:'])

/**
 * The absolute http(s) URL that a link of a feed means, or `null`.
 *
 * @param bases what it may be relative to, outermost first; each may itself be relative to those before it
 */
export function resolveLink(
  link: string | null | undefined,
  bases: readonly (string | null)[] = [],
): string | null {
  const trimmed = trimLink(link)
  if (trimmed === '') return null
  let base: string | undefined
  for (const next of bases) base = absoluteUrl(trimLink(next), base) ?? base
  return (
    absoluteUrl(trimmed, base) ??
    absoluteUrl(`http://${trimmed}`, undefined, /^www\.[^\s/]+\.[a-z]/i.test(trimmed))
  )
}

function trimLink(link: string | null | undefined): string {
  return (link ?? '')
    .slice(0, MAX_LINK_CHARS)
    .replace(/[\r\n\t]+/g, '')
    .trim()
}

function absoluteUrl(link: string, base: string | undefined, isPossible = true): string | null {
  if (!isPossible || link === '' || !URL.canParse(link, base)) return null
  const url = new URL(link, base)
  return SCHEMES.has(url.protocol) ? url.href : null
}
