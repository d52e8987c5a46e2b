import type { References } from './references.ts'
import type { StoryText } from './story-text.ts'

/**
 * Chosen sentences in the order they are read: the first given stays first and its article goes on, the rest go by time of their article,
 * then by place in it.
 *
 * Sentences that stand side by side in their article stay so. One that speaks of a thing or uses a surname alone waits for the one that brings it up.
 */
export function inReadingOrder(
  chosen: readonly number[],
  story: StoryText,
  references: References,
): number[] {
  const [lead] = chosen
  if (lead === undefined) return []
  const doc = story.sentences[lead]?.doc
  const isOfLead = ([first = lead]: readonly number[]): boolean => story.sentences[first]?.doc === doc
  const chains = chainsOf(chosen, story).sort(
    (a, b) => timeOf(story, a[0]) - timeOf(story, b[0]) || (a[0] ?? 0) - (b[0] ?? 0),
  )
  const first = chains.filter((chain) => chain.includes(lead))
  const behind = chains.filter((chain) => !chain.includes(lead))
  return afterTheirNeeds(
    [...first, ...behind.filter(isOfLead), ...behind.filter((chain) => !isOfLead(chain))],
    references,
  )
}

/** Chosen sentences by time alone. */
export function inTimeOrder(chosen: readonly number[], story: StoryText): number[] {
  return [...chosen].sort((a, b) => timeOf(story, a) - timeOf(story, b) || a - b)
}

/** Runs of sentences that stand side by side in one article. */
function chainsOf(chosen: readonly number[], story: StoryText): number[][] {
  const chains: number[][] = []
  for (const i of [...chosen].sort((a, b) => a - b)) {
    const last = chains.at(-1)
    const isNext = last?.at(-1) === i - 1 && story.sentences[i]?.doc === story.sentences[i - 1]?.doc
    if (isNext) last.push(i)
    else chains.push([i])
  }
  return chains
}

function timeOf(story: StoryText, sentence: number | undefined): number {
  return story.docs[story.sentences[sentence ?? 0]?.doc ?? 0]?.publishedAtMs ?? Number.MAX_SAFE_INTEGER
}

function afterTheirNeeds(chains: readonly number[][], references: References): number[] {
  const wanted = new Set(chains.flat().flatMap((i) => references.needs(i, true).flat()))
  const gifts = new Map(chains.flat().map((i) => [i, references.gives(i, wanted)]))
  const given = new Set<string>()
  const waiting = [...chains]
  const read: number[] = []
  while (waiting.length > 0) {
    const ready = waiting.findIndex((chain) => isReady(chain, references, gifts, given))
    const [next = []] = waiting.splice(Math.max(0, ready), 1)
    for (const i of next) for (const key of gifts.get(i) ?? []) given.add(key)
    read.push(...next)
  }
  return read
}

/** Whether all that a chain needs and another chosen sentence gives is given before it or earlier in it. */
function isReady(
  chain: readonly number[],
  references: References,
  gifts: ReadonlyMap<number, readonly string[]>,
  given: ReadonlySet<string>,
): boolean {
  const known = new Set(given)
  return chain.every((i) => {
    const isKnown = references.needs(i, true).every((keys) => isGiven(keys, gifts, known))
    for (const key of gifts.get(i) ?? []) known.add(key)
    return isKnown
  })
}

/** Whether one of some keys is known, or no chosen sentence gives any: then there is nothing to wait for. */
function isGiven(
  keys: readonly string[],
  gifts: ReadonlyMap<number, readonly string[]>,
  known: ReadonlySet<string>,
): boolean {
  if (keys.some((key) => known.has(key))) return true
  return ![...gifts.values()].some((given) => keys.some((key) => given.includes(key)))
}
