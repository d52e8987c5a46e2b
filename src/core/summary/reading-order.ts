import type { StoryText } from './story-text.ts'

/**
 * Chosen sentences in the order they are read: the first given stays first, the rest go by time of their article, then by place in it.
 *
 * A sentence that uses a surname alone waits for the one that gives it in full.
 */
export function inReadingOrder(chosen: readonly number[], story: StoryText): number[] {
  const [lead, ...rest] = chosen
  if (lead === undefined) return []
  const byTime = rest.sort((a, b) => timeOf(story, a) - timeOf(story, b) || a - b)
  return afterTheirNames([lead, ...byTime], story)
}

/** Chosen sentences by time alone. */
export function inTimeOrder(chosen: readonly number[], story: StoryText): number[] {
  return [...chosen].sort((a, b) => timeOf(story, a) - timeOf(story, b) || a - b)
}

function timeOf(story: StoryText, sentence: number): number {
  return story.docs[story.sentences[sentence]?.doc ?? 0]?.publishedAtMs ?? Number.MAX_SAFE_INTEGER
}

function afterTheirNames(order: readonly number[], story: StoryText): number[] {
  const uses = new Map(order.map((i) => [i, story.names[i] ?? { needs: [], gives: [] }]))
  const given = new Set<string>()
  const waiting = [...order]
  const read: number[] = []
  while (waiting.length > 0) {
    const ready = waiting.findIndex((i) => uses.get(i)?.needs.every((name) => given.has(name)) === true)
    const [next = 0] = waiting.splice(Math.max(0, ready), 1)
    for (const name of uses.get(next)?.gives ?? []) given.add(name)
    read.push(next)
  }
  return read
}
