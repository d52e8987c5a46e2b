/** Measured pairs of nodes: the sum of the log-odds of their article pairs and how many were measured. Filled anew for each grouping. */
export interface Links {
  readonly clear: () => void
  /** Adds a measured pair of articles of two nodes; several of the same two nodes add up. */
  readonly add: (a: number, b: number, logOdds: number) => void
  readonly count: () => number
  readonly a: (link: number) => number
  readonly b: (link: number) => number
  readonly logOdds: (link: number) => number
}

/** No links. The memory is kept when they are cleared. */
export function createLinks(): Links {
  let ends = new Int32Array(1 << 10)
  let values = new Float64Array(1 << 9)
  let count = 0
  return {
    clear() {
      count = 0
    },
    add(a, b, logOdds) {
      if (count === values.length) {
        ends = wider(ends, new Int32Array(count * 4))
        values = wider(values, new Float64Array(count * 2))
      }
      ends[count * 2] = a
      ends[count * 2 + 1] = b
      values[count++] = logOdds
    },
    count: () => count,
    a: (link) => ends[link * 2] ?? 0,
    b: (link) => ends[link * 2 + 1] ?? 0,
    logOdds: (link) => values[link] ?? 0,
  }
}

function wider<A extends Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from)
  return to
}

/** How groups are joined. Log-odds are natural. */
export interface AverageLinkOptions {
  /** Log-odds from which two groups are one. */
  readonly threshold: number
  /** Weight of an article pair that was never measured, against 1 for a measured one. */
  readonly unseenWeight: number
  /** Pairs of two groups that can be expected to have been measured, for each article: each article is measured against a few others only. */
  readonly measurablePerArticle: number
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
  /** Asked in addition of two articles without dates that both stand alone: nothing tells yet how tight a story of theirs would be. */
  readonly undatedLonePenalty: number
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
  readonly links: Links
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
  const measurable = Math.min(a.size * b.size, options.measurablePerArticle * (a.size + b.size))
  const unseen = Math.max(0, measurable - seen) * options.unseenWeight
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
    options.undatedPenalty * bodies * undated -
    (tight.insideSeen === 0 ? options.undatedLonePenalty * undated : 0)
  )
}

function insideMean({ insideSum, insideSeen }: LinkNode): number {
  return insideSeen === 0 ? Number.NEGATIVE_INFINITY : insideSum / insideSeen
}

/** Nodes up to which bonds are found through a square table; above, through a map. */
const MAX_SQUARE = 256

/** The bonds between groups: by pair, and by group as chains of neighbours. Bonds are numbered from 1; 0 is none. */
class Bonds {
  readonly sum: number[] = [0]
  readonly seen: number[] = [0]
  readonly stamp: number[] = [0]
  readonly #count: number
  readonly #square: Int32Array | null
  readonly #map = new Map<number, number>()
  /** First neighbour of each group; the chain's links hold a neighbour and the next link. */
  readonly #first: Int32Array
  readonly #neighbour: number[] = [0]
  readonly #next: number[] = [0]

  constructor(count: number) {
    this.#count = count
    this.#square = count <= MAX_SQUARE ? new Int32Array(count * count) : null
    this.#first = new Int32Array(count)
  }

  find(a: number, b: number): number {
    const key = a < b ? a * this.#count + b : b * this.#count + a
    return this.#square === null ? (this.#map.get(key) ?? 0) : (this.#square[key] ?? 0)
  }
  tie(a: number, b: number, bond: number): void {
    this.#set(a, b, bond)
    this.#chain(a, b)
    this.#chain(b, a)
  }
  cut(a: number, b: number): void {
    this.#set(a, b, 0)
  }
  create(a: number, b: number): number {
    this.sum.push(0)
    this.seen.push(0)
    const bond = this.stamp.push(0) - 1
    this.tie(a, b, bond)
    return bond
  }
  /** The first link of a group's chain, and what a link holds; neighbours whose bond was cut are still in it. */
  first(a: number): number {
    return this.#first[a] ?? 0
  }
  next(link: number): number {
    return this.#next[link] ?? 0
  }
  neighbour(link: number): number {
    return this.#neighbour[link] ?? 0
  }
  #set(a: number, b: number, bond: number): void {
    const key = a < b ? a * this.#count + b : b * this.#count + a
    if (this.#square !== null) this.#square[key] = bond
    else if (bond === 0) this.#map.delete(key)
    else this.#map.set(key, bond)
  }
  #chain(from: number, to: number): void {
    this.#next.push(this.#first[from] ?? 0)
    this.#first[from] = this.#neighbour.push(to) - 1
  }
}

/**
 * Agglomerative average-link grouping: the best two groups are joined first, while their mean log-odds reach the threshold.
 *
 * @returns for each node the lowest node of its group. O(links · log links); ties go to the lower nodes.
 */
export function averageLink(input: AverageLinkInput, options: AverageLinkOptions): Int32Array {
  const count = input.nodes.length
  const group = Int32Array.from({ length: count }, (_, i) => i)
  const nodes: LinkNode[] = [...input.nodes]
  const members: number[][] = input.nodes.map((_, i) => [i])
  const bonds = new Bonds(count)
  const heap = createHeap()
  let stamp = 0
  const offer = (a: number, b: number, bond: number): void => {
    const sum = bonds.sum[bond] ?? 0
    bonds.stamp[bond] = ++stamp
    const value = joinValue(nodes[a] ?? NO_NODE, nodes[b] ?? NO_NODE, sum, bonds.seen[bond] ?? 0, options)
    if (value >= options.threshold) heap.push(value, Math.min(a, b), Math.max(a, b), stamp)
  }
  const { links } = input
  for (let link = 0; link < links.count(); link++) {
    const [a, b] = [links.a(link), links.b(link)]
    if (a === b) continue
    const bond = bonds.find(a, b) || bonds.create(a, b)
    bonds.sum[bond] = (bonds.sum[bond] ?? 0) + links.logOdds(link)
    bonds.seen[bond] = (bonds.seen[bond] ?? 0) + 1
  }
  for (const [one, other] of input.together ?? []) {
    const a = Math.min(group[one] ?? one, group[other] ?? other)
    const b = Math.max(group[one] ?? one, group[other] ?? other)
    if (a !== b) join(a, b)
  }
  for (let a = 0; a < count; a++) {
    for (let link = bonds.first(a); link !== 0; link = bonds.next(link)) {
      const b = bonds.neighbour(link)
      const bond = a < b ? bonds.find(a, b) : 0
      if (bond !== 0) offer(a, b, bond)
    }
  }
  for (let top = heap.pop(); top !== null; top = heap.pop()) {
    if (bonds.stamp[bonds.find(top.a, top.b)] !== top.stamp) continue
    if (isForbidden(members[top.a] ?? [], members[top.b] ?? [], input.forbidden)) continue
    join(top.a, top.b)
  }
  function join(a: number, b: number): void {
    for (const member of members[b] ?? []) {
      members[a]?.push(member)
      group[member] = a
    }
    members[b] = []
    const between = bonds.find(a, b)
    nodes[a] = joined(
      nodes[a] ?? NO_NODE,
      nodes[b] ?? NO_NODE,
      bonds.sum[between] ?? 0,
      bonds.seen[between] ?? 0,
    )
    bonds.cut(a, b)
    for (let link = bonds.first(b); link !== 0; link = bonds.next(link)) {
      const other = bonds.neighbour(link)
      const bond = bonds.find(b, other)
      if (bond === 0) continue
      bonds.cut(b, other)
      const shared = bonds.find(a, other)
      if (shared === 0) bonds.tie(a, other, bond)
      else {
        bonds.sum[shared] = (bonds.sum[shared] ?? 0) + (bonds.sum[bond] ?? 0)
        bonds.seen[shared] = (bonds.seen[shared] ?? 0) + (bonds.seen[bond] ?? 0)
      }
    }
    for (let link = bonds.first(a); link !== 0; link = bonds.next(link)) {
      const other = bonds.neighbour(link)
      const bond = bonds.find(a, other)
      if (bond !== 0) offer(a, other, bond)
    }
  }
  return group
}

const NO_NODE: LinkNode = { size: 1, withBody: 0, dated: 0, insideSum: 0, insideSeen: 0 }

function joined(a: LinkNode, b: LinkNode, sum: number, seen: number): LinkNode {
  return {
    size: a.size + b.size,
    withBody: a.withBody + b.withBody,
    dated: a.dated + b.dated,
    insideSum: a.insideSum + b.insideSum + sum,
    insideSeen: a.insideSeen + b.insideSeen + seen,
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
