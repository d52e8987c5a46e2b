import { toldCounts } from '../text/told-counts.ts'
import { readNumber } from '../text/number-words.ts'

/** What a title, or a title with its text's top, counts: by kind, the values that it gives. */
export interface TitleCounts {
  readonly byKind: ReadonlyMap<string, ReadonlySet<number>>
  /** Somebody died, by a word of the text. */
  readonly hasDead: boolean
}

/** The counts of a title or of the top of a text. Linear in it. */
export function titleCounts(text: string, lang: string | null): TitleCounts {
  const byKind = new Map<string, Set<number>>()
  const add = (kind: string, value: number): void => {
    byKind.set(kind, (byKind.get(kind) ?? new Set()).add(value))
  }
  for (const { kind, value } of toldCounts(text, lang)) add(kind, value)
  if (lang === 'en')
    for (const { 1: number = '' } of text.matchAll(SHOT)) {
      const value = readNumber(number, lang)
      if (value !== null) add('shot', value)
    }
  return { byKind, hasDead: byKind.has('killed') || (lang === 'en' && DEAD.test(text)) }
}

/** `4 shot`, `five people were shot`: the dead and the hurt together. */
const SHOT =
  /(?<![-\d$.,])\b(\d{1,3}|[a-z]+)\s(?:(?!and\b)[\p{L}-]+\s){0,2}shot\b(?!\s(?:by|himself|herself))/giu
const DEAD = /\b(?:kill(?:s|ed|ing)?|dead(?:ly)?|die[sd]?|fatal(?:ly)?|slain|murder(?:s|ed)?|homicide)\b/iu

/**
 * Whether what another text counts bears out a title: `true` or `false`, `null` where they count nothing that can be compared.
 * All shot are the dead and the hurt together.
 */
export function bearsOut(title: TitleCounts, other: TitleCounts): boolean | null {
  const verdicts = [...title.byKind].flatMap(([kind, values]) => {
    const told = kind === 'shot' ? allShot(other) : other.byKind.get(kind)
    return told === undefined || told.size === 0 ? [] : [[...values].some((value) => told.has(value))]
  })
  const shot = other.byKind.get('shot')
  const own = allShot(title)
  if (verdicts.length === 0 && shot !== undefined && own.size > 0)
    return [...own].some((value) => shot.has(value))
  return verdicts.length === 0 ? null : verdicts.every((isBorne) => isBorne)
}

/** Those shot as another text tells them, and as its dead and hurt make them; `one` is not read as a number. */
function allShot({ byKind, hasDead }: TitleCounts): ReadonlySet<number> {
  const killed = [...(byKind.get('killed') ?? [])]
  const injured = [...(byKind.get('injured') ?? [])]
  const sums = injured.flatMap((hurt) => [
    hurt,
    ...killed.map((dead) => hurt + dead),
    ...(hasDead ? [hurt + 1] : []),
  ])
  return new Set([...(byKind.get('shot') ?? []), ...sums, ...killed, ...killed.map((dead) => dead + 1)])
}
