/** The start of a window as a person writes it, or what is wrong with it. */
export type SinceTime =
  { readonly kind: 'since'; readonly atMs: number } | { readonly kind: 'problem'; readonly problem: string }

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Reads `90m`, `24h`, `3d`, `2w` (back from `nowMs`) or an ISO 8601 date or time (UTC where it names no zone). */
export function parseSince(text: string, nowMs: number): SinceTime {
  const back = /^(\d{1,6})\s*([mhdw])$/i.exec(text.trim())
  const unitMs = UNIT_MS[back?.[2]?.toLowerCase() ?? '']
  if (back !== null && unitMs !== undefined) return { kind: 'since', atMs: nowMs - Number(back[1]) * unitMs }
  const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text.trim(),
  )
  const atMs = iso === null ? Number.NaN : Date.parse(withZone(text.trim().replace(' ', 'T'), iso[1]))
  if (!Number.isNaN(atMs)) return { kind: 'since', atMs }
  return {
    kind: 'problem',
    problem: `"${text}" is neither a span such as 24h or 3d nor a date such as 2026-03-10`,
  }
}

function withZone(text: string, zone: string | undefined): string {
  return zone === undefined && text.includes('T') ? `${text}Z` : text
}
