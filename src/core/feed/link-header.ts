import { resolveLink } from './feed-link.ts'

/** Characters of a `Link` header that are read. */
const MAX_HEADER_CHARS = 8_000

/**
 * The first hub and the first own address that a `Link` header names, absolute, else `null`.
 *
 * @param base what its links are relative to: the URL of the answer
 * @see https://www.rfc-editor.org/rfc/rfc8288 section 3
 */
export function hubLinks(
  header: string | null,
  base: string,
): { readonly hub: string | null; readonly self: string | null } {
  let hub: string | null = null
  let self: string | null = null
  const text = (header ?? '').slice(0, MAX_HEADER_CHARS)
  for (const [, target = '', parameters = ''] of text.matchAll(/<([^<>]*)>((?:[^<>",]|"[^"]*")*)/g)) {
    const relations = relationsOf(parameters)
    if (relations.includes('hub')) hub ??= resolveLink(target, [base])
    if (relations.includes('self')) self ??= resolveLink(target, [base])
  }
  return { hub, self }
}

function relationsOf(parameters: string): string[] {
  const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))/i.exec(parameters) ?? []
  return (quoted ?? bare ?? '').toLowerCase().split(/\s+/)
}
