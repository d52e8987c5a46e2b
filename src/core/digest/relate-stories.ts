import type { RankedStory } from './rank-stories.ts'
import { measureLikeness, type StoryLikeness } from './story-likeness.ts'

/** Stories that stand under one heading: the best ranked first, then those of the same affair. */
export interface Affair {
  /** Its `why` says, too, why it stands lower than its rank. */
  readonly head: RankedStory
  /** In order of rank; at most {@link MAX_RELATED}, or as many as were asked for. */
  readonly related: readonly RankedStory[]
  /** Further stories of the affair, for which there is no room. */
  readonly left: readonly RankedStory[]
  /** Why it stands lower than its rank, as words; `null` where it does not. */
  readonly lowered: string | null
}

/** Stories under one heading beside its first: three in all, so that one affair never fills a digest (issue 8). */
export const MAX_RELATED = 2

/**
 * Likeness from which two stories belong to one affair, as {@link measureLikeness} gives it. Range 0..2: lower puts strangers under one
 * heading, higher leaves a long affair (a war, a trial) to fill the digest with itself. Measured with bench/quality-digest.ts on og2021
 * in English (entries that tell a story twice; largest told, under headings of their own): at 0.36 1.3; 79, 70 %, at 0.4 1.3; 83, 75 %,
 * at 0.44 1.3; 86, 80 %. On samples of the stream 0.4 and 0.44 are alike (3.2, 3.8; 91, 91 %).
 */
const MIN_RELATED_LIKENESS = 0.44

/**
 * What of its weight an affair loses that is just not like enough to stand under a heading told above; less where it is less alike.
 * Range 0..1: at 0 the pieces of a story that the grouping left in several fill the digest, at 1 whatever is large and near the news of
 * the day is missing. Measured as above, at a likeness of 0.4: at 0.1 5.0; 91, 83 %, at 0.2 3.8; 89, 79 %, at 0.3 1.3; 83, 75 %.
 */
const LIKENESS_COST = 0.3

/** Likeness that costs nothing yet. Range 0..0.2: strangers share some common words; most pairs of stories are below it. */
const FREE_LIKENESS = 0.15

/** Ranked stories among which affairs are looked for, for each entry of the digest: deeper ones hardly ever get told. */
const DEPTH_PER_ENTRY = 5

/**
 * Puts ranked stories of one affair together and says in what order a digest tells the affairs. Each story joins the best ranked one that it
 * is like enough, so a chain of likenesses never pulls strangers in. Then each entry is the affair that ranks best, where one that is
 * like what stands above it counts less. What ranks too low to be told anyway stands alone, below. Where that leaves entries free,
 * stories without room under their heading get them.
 * O(`maxEntries`³) and the cost of {@link measureLikeness} for `5 · maxEntries` stories.
 *
 * @param ranked all stories of the window in order of rank
 * @param maxEntries entries of the digest; those after them are in order of rank
 * @param maxRelated stories under a heading beside its first; 0 for a digest without headings
 */
export function relateStories(
  ranked: readonly RankedStory[],
  maxEntries: number,
  maxRelated: number = MAX_RELATED,
): Affair[] {
  const near = ranked.slice(0, maxEntries * DEPTH_PER_ENTRY)
  const likeness = measureLikeness(near.map(({ story }) => story))
  const groups = joinAlike(near.length, likeness)
  const affairs = orderGroups(groups, { ranked: near, likeness, maxEntries, maxRelated })
  const alone = ranked.slice(near.length).map((head) => ({ head, related: [], left: [], lowered: null }))
  return fillFree([...affairs, ...alone], ranked, maxEntries)
}

/** Gives entries that are free to the best stories that found no room. */
function fillFree(affairs: readonly Affair[], ranked: readonly RankedStory[], maxEntries: number): Affair[] {
  const free = Math.max(0, maxEntries - affairs.length)
  const placeOf = new Map(affairs.flatMap(({ left }, at) => left.map((story) => [story, at + 1] as const)))
  const fill = ranked.filter((story) => placeOf.has(story)).slice(0, free)
  const filling = new Set(fill)
  return [
    ...affairs.map((affair) => ({ ...affair, left: affair.left.filter((story) => !filling.has(story)) })),
    ...fill.map((story) => ({
      ...headOf(story, `stands last, as place ${placeOf.get(story) ?? 0} tells its affair`),
      ...{ related: [], left: [] },
    })),
  ]
}

/** The best story of an affair, which says why it stands where it does. */
function headOf(story: RankedStory, lowered: string | null): Pick<Affair, 'head' | 'lowered'> {
  return { head: lowered === null ? story : { ...story, why: `${story.why}; ${lowered}` }, lowered }
}

/** Places of the stories of an affair in order of rank: its head's first. */
type Group = readonly [number, ...number[]]

function joinAlike(count: number, likeness: StoryLikeness): Group[] {
  const groups: [number, ...number[]][] = []
  for (let story = 0; story < count; story++) {
    const group = groups.find(([head]) => likeness.between(head, story) >= MIN_RELATED_LIKENESS)
    if (group === undefined) groups.push([story])
    else group.push(story)
  }
  return groups
}

/** An affair that waits for its place. */
interface Waiting {
  readonly group: Group
  /** Share of its weight that it loses, and the 1-based place of the entry that it is most like. */
  cost: number
  likePlace: number
}

/** By what affairs are ordered. */
interface Ordering {
  readonly ranked: readonly RankedStory[]
  readonly likeness: StoryLikeness
  readonly maxEntries: number
  readonly maxRelated: number
}

function orderGroups(groups: readonly Group[], ordering: Ordering): Affair[] {
  const { ranked, likeness, maxEntries, maxRelated } = ordering
  const waiting: Waiting[] = groups.map((group) => ({ group, cost: 0, likePlace: 0 }))
  const told: Affair[] = []
  let lowest = -1
  while (told.length < maxEntries) {
    const next = takeBest(waiting, ranked)
    if (next === null) break
    told.push(affairOf(next, ordering, lowest))
    lowest = Math.max(lowest, next.group[0])
    const stories = next.group.slice(0, 1 + maxRelated)
    for (const one of waiting) weighDown(one, stories, likeness, told.length)
  }
  return [...told, ...waiting.map((one) => affairOf(one, ordering, lowest))]
}

/** The first of the best; taken out. */
function takeBest(waiting: Waiting[], ranked: readonly RankedStory[]): Waiting | null {
  const worth = ({ group: [head], cost }: Waiting): number => (ranked[head]?.score ?? 0) * (1 - cost)
  let best = 0
  for (const [at, one] of waiting.entries()) {
    const leader = waiting[best]
    if (leader !== undefined && worth(one) > worth(leader)) best = at
  }
  return waiting.splice(best, 1)[0] ?? null
}

/** The stories that stand at a place now may take from the weight of one that waits. */
function weighDown(one: Waiting, stories: readonly number[], likeness: StoryLikeness, place: number): void {
  for (const told of stories) {
    const share =
      (likeness.between(told, one.group[0]) - FREE_LIKENESS) / (MIN_RELATED_LIKENESS - FREE_LIKENESS)
    const cost = LIKENESS_COST * Math.min(1, share)
    if (cost <= one.cost) continue
    one.cost = cost
    one.likePlace = place
  }
}

/** @param lowest worst rank that stands above it */
function affairOf(
  { group, cost, likePlace }: Waiting,
  { ranked, maxRelated }: Ordering,
  lowest: number,
): Affair {
  const [head, ...rest] = group
  const stories = rest.flatMap((at) => ranked[at] ?? [])
  const first = ranked[head]
  if (first === undefined) throw new Error(`Cannot relate story ${head}: there are ${ranked.length}`)
  const lowered =
    lowest > head ? `counts ${Math.ceil(100 * cost)} % less, being like place ${likePlace}` : null
  return {
    ...headOf(first, lowered),
    related: stories.slice(0, maxRelated),
    left: stories.slice(maxRelated),
  }
}
