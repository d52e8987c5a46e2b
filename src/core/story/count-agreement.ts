import { toldCounts } from '../text/told-counts.ts'
import { readNumber } from '../text/number-words.ts'

/** What a title, or a title with its text's top, counts. */
export interface TitleCounts {
  /** The values of each kind. */
  readonly byKind: ReadonlyMap<string, ReadonlySet<number>>
  /** What all that were shot may be: as it is told, and as the dead and the hurt make it. */
  readonly allShot: ReadonlySet<number>
}

/** The counts of a title or of the top of a text. Linear in it. */
export function titleCounts(text: string, lang: string | null): TitleCounts {
  const byKind = new Map<string, Set<number>>()
  const add = (kind: string, value: number): void => {
    byKind.set(kind, (byKind.get(kind) ?? new Set()).add(value))
  }
  for (const { kind, value } of toldCounts(text, lang)) add(kind, value)
  for (const value of lang === 'en' ? shotIn(text) : []) add('shot', value)
  return { byKind, allShot: allShot(byKind, byKind.has('killed') || (lang === 'en' && DEAD.test(text))) }
}

/** `4 shot`, `five people were shot`: the dead and the hurt together. */
function shotIn(text: string): number[] {
  return [...text.matchAll(SHOT)].flatMap(({ index }) => {
    const before = text.slice(Math.max(0, index - MAX_BEFORE_CHARS), index).split(/\s+/u)
    const near = before.slice(-4, -1)
    const values = near.map((word) => (/^(?:\d{1,3}|[a-z]+)$/iu.test(word) ? readNumber(word, 'en') : null))
    const value = near.includes('and') ? null : values.findLast((one) => one !== null)
    return value === null || value === undefined ? [] : [value]
  })
}

const SHOT = /\bshot\b(?!\s(?:by|himself|herself))/giu
/** Three words are within so many characters before `shot`. */
const MAX_BEFORE_CHARS = 40
const DEAD = /\b(?:kill(?:s|ed|ing)?|dead(?:ly)?|die[sd]?|fatal(?:ly)?|slain|murder(?:s|ed)?|homicide)\b/iu

/**
 * Whether what another text counts bears out a title: `true` or `false`, `null` where they count nothing that can be compared.
 * All shot are the dead and the hurt together.
 */
export function bearsOut(title: TitleCounts, other: TitleCounts): boolean | null {
  const verdicts = [...title.byKind].flatMap(([kind, values]) => {
    const told = kind === 'shot' ? other.allShot : other.byKind.get(kind)
    return told === undefined || told.size === 0 || areFarApart(values, told)
      ? []
      : [[...values].some((value) => told.has(value))]
  })
  const shot = other.byKind.get('shot')
  if (verdicts.length === 0 && shot !== undefined && title.allShot.size > 0)
    return [...title.allShot].some((value) => shot.has(value))
  return verdicts.length === 0 ? null : verdicts.every((isBorne) => isBorne)
}

/** A number so many times another counts something else (2-10). */
const MAX_RATIO = 3

function areFarApart(values: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  return (
    Math.min(...values) > Math.max(...others) * MAX_RATIO ||
    Math.min(...others) > Math.max(...values) * MAX_RATIO
  )
}

/** `one` is not read as a number. */
function allShot(byKind: ReadonlyMap<string, ReadonlySet<number>>, hasDead: boolean): ReadonlySet<number> {
  const killed = [...(byKind.get('killed') ?? [])]
  const injured = [...(byKind.get('injured') ?? [])]
  const sums = injured.flatMap((hurt) => [
    hurt,
    ...killed.map((dead) => hurt + dead),
    ...(hasDead ? [hurt + 1] : []),
  ])
  return new Set([...(byKind.get('shot') ?? []), ...sums, ...killed, ...killed.map((dead) => dead + 1)])
}
