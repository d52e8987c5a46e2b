import type { Disagreement } from '../summary/summary.ts'

/** Numbers that differ, each with who says it: `killed: 12 earlier (Harbour Post), 15 (Coast Radio)`. */
export function disagreementWords({ what, claims }: Disagreement): string {
  const sides = claims.map(({ value, publishers, isEarlier = false }) => {
    const names = publishers.filter((name) => name !== '')
    const number = isEarlier ? `${value} earlier` : `${value}`
    return names.length === 0 ? number : `${number} (${names.join(', ')})`
  })
  return `${what}: ${sides.join(', ')}`
}
