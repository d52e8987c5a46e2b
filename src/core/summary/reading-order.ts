import type { StoryText } from './story-text.ts'

/**
 * Chosen sentences in the order they are read: the first given stays first, the rest go by time of their article, then by place in it.
 *
 * Sentences that stand side by side in their article stay so. One that uses a surname alone waits for the one that gives it in full.
 */
export function inReadingOrder(chosen: readonly number[], story: StoryText): number[] {
  const [lead] = chosen
  if (lead === undefined) return []
  const chains = chainsOf(chosen, story).sort(
    (a, b) => timeOf(story, a[0]) - timeOf(story, b[0]) || (a[0] ?? 0) - (b[0] ?? 0),
  )
  const first = chains.filter((chain) => chain.includes(lead))
  return afterTheirNames([...first, ...chains.filter((chain) => !chain.includes(lead))], story)
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

function afterTheirNames(chains: readonly number[][], story: StoryText): number[] {
  const given = new Set<string>()
  const waiting = [...chains]
  const read: number[] = []
  while (waiting.length > 0) {
    const ready = waiting.findIndex((chain) => isReady(chain, story, given))
    const [next = []] = waiting.splice(Math.max(0, ready), 1)
    for (const i of next) for (const name of story.names[i]?.gives ?? []) given.add(name)
    read.push(...next)
  }
  return read
}

/** Whether each surname of a chain is given before it or earlier in it. */
function isReady(chain: readonly number[], story: StoryText, given: ReadonlySet<string>): boolean {
  const known = new Set(given)
  return chain.every((i) => {
    const { needs = [], gives = [] } = story.names[i] ?? {}
    const isKnown = story.sentences[i]?.position === 0 || needs.every((name) => known.has(name))
    for (const name of gives) known.add(name)
    return isKnown
  })
}
