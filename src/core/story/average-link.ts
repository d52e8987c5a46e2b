/** A measured pair of nodes: the sum of the log-odds of its article pairs and how many were measured. */
export interface Link {
  readonly a: number
  readonly b: number
  readonly sum: number
  readonly seen: number
}

/** How groups are joined. Log-odds are natural. */
export interface AverageLinkOptions {
  /** Log-odds from which two groups are one. */
  readonly threshold: number
  /** Weight of an article pair that was never measured, against 1 for a measured one. */
  readonly unseenWeight: number
  /** Log-odds that an unmeasured pair counts with. */
  readonly unseenLogOdds: number
  /** Asked in addition for each doubling of the smaller group, where articles have a body and a date: joining two grown groups needs more. */
  readonly sizePenalty: number
  /** Doublings past which nothing more is asked. */
  readonly maxDoublings: number
  /** Share of the drop below the mean inside the tighter group that is taken off: a story does not loosen at once. */
  readonly gapPenalty: number
  /**
   * The same for groups without dates, where tightness is all that tells an event from the next of its kind; taken in full where
   * many pairs inside the tighter group were measured: what one pair says of it may be chance.
   */
  readonly undatedGapPenalty: number
  /** The same for headlines alone. */
  readonly headlineGapPenalty: number
  /** Asked in addition of groups without dates. */
  readonly undatedPenalty: number
}

/** What is joined: an article, or a group that stays as it is. */
export interface LinkNode {
  /** Articles in it, how many of them have a body, and how many a date. */
  readonly size: number
  readonly withBody: number
  readonly dated: number
  /** Sum and number of the measured pairs inside it. */
  readonly insideSum: number
  readonly insideSeen: number
}

/** What is to be grouped. */
export interface AverageLinkInput {
  readonly nodes: readonly LinkNode[]
  readonly links: readonly Link[]
  /** Pairs of nodes that are one group whatever is measured. */
  readonly together?: readonly (readonly [number, number])[]
  /** Whether two nodes may never be in one group. */
  readonly forbidden?: (a: number, b: number) => boolean
}

/** Measured pairs inside a group from which its tightness counts half. 2 and 4 are as good where the share is raised to match. */
const HALF_SURE_PAIRS = 1

/** The value of joining two groups: comparable with the threshold. Shared by all ways of placing an article. */
export function joinValue(
  a: LinkNode,
  b: LinkNode,
  sum: number,
  seen: number,
  options: AverageLinkOptions,
): number {
  const unseen = Math.max(0, a.size * b.size - seen) * options.unseenWeight
  const mean = (sum + unseen * options.unseenLogOdds) / (seen + unseen)
  const size = a.size + b.size
  const bodies = (a.withBody + b.withBody) / size
  // The share of pairs between them whose days apart cannot be told.
  const undated = 1 - (a.dated / a.size) * (b.dated / b.size)
  const doublings = Math.min(options.maxDoublings, Math.log2(Math.min(a.size, b.size)))
  const tight = insideMean(a) > insideMean(b) ? a : b
  const inside = insideMean(tight)
  const sure = tight.insideSeen / (tight.insideSeen + HALF_SURE_PAIRS)
  const gap =
    bodies * ((1 - undated) * options.gapPenalty + undated * options.undatedGapPenalty * sure) +
    (1 - bodies) * options.headlineGapPenalty
  return (
    mean -
    bodies * (1 - undated) * options.sizePenalty * doublings -
    gap * Math.max(0, inside - mean) -
    options.undatedPenalty * bodies * undated
  )
}

function insideMean({ insideSum, insideSeen }: LinkNode): number {
  return insideSeen === 0 ? Number.NEGATIVE_INFINITY : insideSum / insideSeen
}

interface Bond {
  sum: number
  seen: number
  stamp: number
}

/**
 * Agglomerative average-link grouping: the best two groups are joined first, while their mean log-odds reach the threshold.
 *
 * @returns for each node the lowest node of its group. O(links · log links); ties go to the lower nodes.
 */
export function averageLink(input: AverageLinkInput, options: AverageLinkOptions): Int32Array {
  const count = input.nodes.length
  const group = new Int32Array(count)
  const nodes: LinkNode[] = [...input.nodes]
  const members: number[][] = []
  const bonds: Map<number, Bond>[] = []
  for (let i = 0; i < count; i++) {
    group[i] = i
    members.push([i])
    bonds.push(new Map())
  }
  const heap = createHeap()
  let stamp = 0
  const offer = (a: number, b: number, bond: Bond): void => {
    bond.stamp = ++stamp
    const value = joinValue(nodes[a] ?? NO_NODE, nodes[b] ?? NO_NODE, bond.sum, bond.seen, options)
    if (value >= options.threshold) heap.push(value, Math.min(a, b), Math.max(a, b), stamp)
  }
  for (const link of input.links) {
    if (link.a === link.b) continue
    const known = bonds[link.a]?.get(link.b)
    if (known !== undefined) {
      known.sum += link.sum
      known.seen += link.seen
      continue
    }
    const bond = { sum: link.sum, seen: link.seen, stamp: 0 }
    bonds[link.a]?.set(link.b, bond)
    bonds[link.b]?.set(link.a, bond)
  }
  for (const [one, other] of input.together ?? []) {
    const a = Math.min(group[one] ?? one, group[other] ?? other)
    const b = Math.max(group[one] ?? one, group[other] ?? other)
    if (a !== b) join(a, b)
  }
  for (let a = 0; a < count; a++) {
    for (const [b, bond] of bonds[a] ?? []) if (a < b) offer(a, b, bond)
  }
  for (let top = heap.pop(); top !== null; top = heap.pop()) {
    const bond = bonds[top.a]?.get(top.b)
    if (bond?.stamp !== top.stamp) continue
    if (isForbidden(members[top.a] ?? [], members[top.b] ?? [], input.forbidden)) continue
    join(top.a, top.b)
  }
  function join(a: number, b: number): void {
    const kept = bonds[a]
    const gone = bonds[b]
    if (kept === undefined || gone === undefined) return
    for (const member of members[b] ?? []) {
      members[a]?.push(member)
      group[member] = a
    }
    members[b] = []
    nodes[a] = joined(nodes[a] ?? NO_NODE, nodes[b] ?? NO_NODE, kept.get(b))
    kept.delete(b)
    for (const [other, bond] of gone) {
      if (other === a) continue
      bonds[other]?.delete(b)
      const shared = kept.get(other)
      if (shared === undefined) {
        kept.set(other, bond)
        bonds[other]?.set(a, bond)
      } else {
        shared.sum += bond.sum
        shared.seen += bond.seen
      }
    }
    gone.clear()
    for (const [other, bond] of kept) offer(a, other, bond)
  }
  return group
}

const NO_NODE: LinkNode = { size: 1, withBody: 0, dated: 0, insideSum: 0, insideSeen: 0 }

function joined(a: LinkNode, b: LinkNode, bond: Bond | undefined): LinkNode {
  return {
    size: a.size + b.size,
    withBody: a.withBody + b.withBody,
    dated: a.dated + b.dated,
    insideSum: a.insideSum + b.insideSum + (bond?.sum ?? 0),
    insideSeen: a.insideSeen + b.insideSeen + (bond?.seen ?? 0),
  }
}

function isForbidden(
  a: readonly number[],
  b: readonly number[],
  forbidden: ((a: number, b: number) => boolean) | undefined,
): boolean {
  return forbidden !== undefined && a.some((one) => b.some((other) => forbidden(one, other)))
}

interface Offer {
  readonly value: number
  readonly a: number
  readonly b: number
  readonly stamp: number
}

function isBefore(one: Offer, other: Offer): boolean {
  if (one.value !== other.value) return one.value > other.value
  return one.a !== other.a ? one.a < other.a : one.b < other.b
}

/** A binary heap of offers, best first. */
function createHeap(): {
  push: (value: number, a: number, b: number, stamp: number) => void
  pop: () => Offer | null
} {
  const items: Offer[] = []
  return {
    push(value, a, b, stamp) {
      const item = { value, a, b, stamp }
      let at = items.length
      items.push(item)
      while (at > 0) {
        const parent = (at - 1) >> 1
        const above = items[parent]
        if (above === undefined || !isBefore(item, above)) break
        items[at] = above
        at = parent
      }
      items[at] = item
    },
    pop() {
      const top = items[0]
      const last = items.pop()
      if (top === undefined || last === undefined) return null
      if (items.length === 0) return top
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        let below = items[child]
        if (below === undefined) break
        const right = items[child + 1]
        if (right !== undefined && isBefore(right, below)) {
          below = right
          child++
        }
        if (!isBefore(below, last)) break
        items[at] = below
        at = child
      }
      items[at] = last
      return top
    },
  }
}
