/** A measured pair of nodes: the sum of the log-odds of its article pairs and how many were measured. */
export interface Link {
  readonly a: number
  readonly b: number
  readonly sum: number
  readonly seen: number
}

/** How groups are joined. */
export interface AverageLinkOptions {
  /** Log-odds from which two groups are one. */
  readonly threshold: number
  /** Weight of an article pair that was never measured, against 1 for a measured one. */
  readonly unseenWeight: number
  /** Log-odds that an unmeasured pair counts with. */
  readonly unseenLogOdds: number
}

/** What is to be grouped. */
export interface AverageLinkInput {
  /** Articles in each node. */
  readonly sizes: readonly number[]
  readonly links: readonly Link[]
  /** Pairs of nodes that are one group whatever is measured. */
  readonly together?: readonly (readonly [number, number])[]
  /** Whether two nodes may never be in one group. */
  readonly forbidden?: (a: number, b: number) => boolean
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
  const count = input.sizes.length
  const group = new Int32Array(count)
  const sizes = Float64Array.from(input.sizes)
  const members: number[][] = []
  const bonds: Map<number, Bond>[] = []
  for (let i = 0; i < count; i++) {
    group[i] = i
    members.push([i])
    bonds.push(new Map())
  }
  const heap = createHeap()
  let stamp = 0
  const valueOf = (a: number, b: number, bond: Bond): number => {
    const unseen = Math.max(0, (sizes[a] ?? 1) * (sizes[b] ?? 1) - bond.seen) * options.unseenWeight
    return (bond.sum + unseen * options.unseenLogOdds) / (bond.seen + unseen)
  }
  const offer = (a: number, b: number, bond: Bond): void => {
    bond.stamp = ++stamp
    const value = valueOf(a, b, bond)
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
    sizes[a] = (sizes[a] ?? 0) + (sizes[b] ?? 0)
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
