/** What a story may speak of one or several of, without a name: `the boy`, `the officers`. */
type PersonKind = 'boy' | 'girl' | 'child' | 'teen' | 'officer' | 'children'

/** Nouns (lower-case) of which there are so many that only one's own mention brings one up. */
const KINDS: Readonly<Record<string, PersonKind>> = {
  boy: 'boy',
  girl: 'girl',
  child: 'child',
  kid: 'child',
  toddler: 'child',
  teen: 'teen',
  teenager: 'teen',
  officer: 'officer',
  deputy: 'officer',
  trooper: 'officer',
  children: 'children',
  kids: 'children',
  boys: 'children',
  girls: 'children',
  teens: 'children',
  teenagers: 'children',
}

/** The key of what must be mentioned before somebody is spoken of by a noun (lower-case); `undefined` where any word of the kind does. */
export function personKey(noun: string): string | undefined {
  const kind = Object.hasOwn(KINDS, noun) ? KINDS[noun] : undefined
  return kind === undefined ? undefined : keyOf(kind)
}

/** The keys of the people whom an English text mentions: one boy is no girl, and two children are no boy. Linear in the text. */
export function peopleIn(text: string): string[] {
  const lower = text.toLowerCase()
  const kinds = ONES.flatMap(([kind, pattern]) => (pattern.test(lower) ? [kind] : []))
  const isSeveral = SEVERAL.test(lower) || (lower.match(ONE_YOUNG) ?? []).length > 1
  return [...kinds, ...(isSeveral ? (['children'] as const) : [])].map(keyOf)
}

/** No stem begins so. */
function keyOf(kind: PersonKind): string {
  return `+${kind}`
}

const CHILD = 'boy|girl|son|daughter|brother|sister|toddler|baby|infant'
const YOUNG =
  'toddler|baby|infant|newborn|kid|child(?!\\s(?:abuse|care|neglect|endangerment|support))|teen|teenager|youth|juvenile|student|pupil|minor|victim'
const AGED = '\\d{1,2}[- ](?:year|month)[- ]old(?!s)'
const ONES: readonly (readonly [PersonKind, RegExp])[] = [
  [
    'boy',
    whole(
      `boy|son|grandson|stepson|brother|nephew|male|${YOUNG}|${AGED}(?!\\s(?:\\p{L}+\\s)?(?:girl|daughter|sister|woman|man))`,
    ),
  ],
  [
    'girl',
    whole(
      `girl|daughter|granddaughter|stepdaughter|sister|niece|female|${YOUNG}|${AGED}(?!\\s(?:\\p{L}+\\s)?(?:boy|son|brother|woman|man))`,
    ),
  ],
  [
    'child',
    whole(
      `boy|girl|son|daughter|grandson|granddaughter|brother|sister|nephew|niece|${YOUNG}|${AGED}(?!\\s(?:\\p{L}+\\s)?(?:woman|man))`,
    ),
  ],
  ['teen', whole(`boy|girl|son|daughter|brother|sister|${YOUNG}|1\\d[- ]year[- ]old(?!s)|1\\d(?=,)`)],
  ['officer', whole('officer|deputy|trooper|sergeant|sgt|detective|sheriff|cop|policeman|policewoman')],
]
const SEVERAL = whole(
  'children|kids|boys|girls|teens|teenagers|sons|daughters|grandchildren|siblings|brothers|sisters|youths|juveniles|twins|triplets|students|pupils|toddlers|babies|infants|friends|victims|families|\\d{1,2}[- ]year[- ]olds',
)
/** A child alone; two of them are children. */
const ONE_YOUNG = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?:\\d|1[0-7])[- ](?:year|month)[- ]old(?!s)(?:\\s(?:${CHILD}))?|${CHILD})(?![\\p{L}-])`,
  'gu',
)

function whole(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words})(?![\\p{L}\\p{N}-])`, 'u')
}
