import { averageLink, joinValue, type AverageLinkOptions, type Link, type LinkNode } from './average-link.ts'

/** When stories may still change. */
export interface StoryGroupOptions extends AverageLinkOptions {
  /** `undatedGapPenalty` in a stream where no article has a date; between the two by share. */
  readonly undatedStreamGapPenalty: number
  /** An article may change its story for this long after it came (stream time). */
  readonly revisionMs: number
  /** … and while fewer than this many articles came after it. */
  readonly maxRevised: number
}

/** A change of an article's group after it was first placed. */
export interface GroupMove {
  readonly position: number
  readonly from: string
  readonly to: string
}

/** What is known of an arrival when it is grouped. */
export interface Arrival {
  readonly position: number
  readonly clockMs: number
  /** Earlier articles that it was measured against. */
  readonly edges: readonly number[]
  /** Log-odds of one event, for each edge. */
  readonly logOdds: readonly number[]
  readonly hasBody: boolean
  readonly isDated: boolean
  /** Whether all free articles are grouped anew, not only those around it. */
  readonly settleAll: boolean
  /** Live articles that belong with it, whatever is measured: copies, corrections. */
  readonly with: readonly number[]
  /** Live articles that may not be with it. */
  readonly without: readonly number[]
}

/** From the arrival's own neighbours on, only edges this much stronger lead further: the weakest ones connect half a newsroom. */
const HOP_MARGIN = 1.5

/** Free articles past which a neighbourhood is settled only at every so many arrivals, and how many: a big story stays cheap. */
const LARGE_NEIGHBOURHOOD = 48
const LARGE_EVERY = 16

interface Group {
  /** Name of the group: an id of its founding article. */
  readonly id: string
  /** Members that may no longer move. */
  frozen: number
  /** What the frozen members are to the grouping; `null` where it must be counted anew. */
  core: LinkNode | null
  /** The same for all members. */
  whole: LinkNode | null
  readonly members: Set<number>
}

interface Placed {
  group: Group
  readonly hasBody: boolean
  readonly isDated: boolean
  readonly clockMs: number
  edges: readonly number[]
  logOdds: readonly number[]
  /** Later articles with a strong edge to this one, or tied to it. */
  later: number[]
  readonly together: number[]
  readonly apart: number[]
  frozen: boolean
}

interface Cluster {
  readonly positions: number[]
  frozen: Group | null
}

/** Groups of articles under revision: average-link grouping of the newest articles around each arrival. */
export interface StoryGroups {
  /** Places an article and settles its neighbourhood; gives the moves of others. */
  readonly add: (arrival: Arrival) => GroupMove[]
  /** Replaces the log-odds of earlier arrivals; takes effect when their neighbourhood is settled next. */
  readonly rescore: (logOddsOf: (position: number, edge: number) => number) => void
  /** Places an article where it stood before, unsettled. */
  readonly restore: (arrival: Arrival, group: string) => void
  /** Name of the group that an article is in; `''` where it is not live. */
  readonly groupOf: (position: number) => string
  /** Live members, oldest first. */
  readonly membersOf: (group: string) => readonly number[]
  /** Makes one group of two articles' groups, for good. */
  readonly merge: (a: number, b: number) => GroupMove[]
  /** Parts two articles for good; the others of their group go with the one they are closer to. */
  readonly part: (a: number, b: number) => GroupMove[]
  /** Lets two articles go their own ways again. */
  readonly untie: (a: number, b: number) => void
  /** Forgets articles before a position. */
  readonly dropBefore: (position: number) => void
}

/** @param nameGroup a new name for a group that an article founds; `again` counts the names of it that are taken */
export function createStoryGroups(
  options: StoryGroupOptions,
  nameGroup: (position: number, again: number) => string,
): StoryGroups {
  const placed = new Map<number, Placed>()
  const groups = new Map<string, Group>()
  let firstFree = 0
  /** Articles without a date age by the count of later ones alone: time tells nothing about them. Oldest first. */
  const undated: number[] = []
  let oldest = 0
  let datedCount = 0

  /**
   * The options for the stream as it is: among dated articles one without a date may be of any time and must speak more clearly;
   * where none has a date that tells nothing.
   */
  function asStreamIs(): AverageLinkOptions {
    const share = placed.size === 0 ? 0 : datedCount / placed.size
    return {
      ...options,
      undatedPenalty: options.undatedPenalty * share,
      undatedGapPenalty: options.undatedGapPenalty * share + options.undatedStreamGapPenalty * (1 - share),
    }
  }

  function freeze(position: number): void {
    const one = placed.get(position)
    if (one === undefined || one.frozen) return
    one.frozen = true
    one.group.frozen++
    one.group.core = null
    one.later = []
    keepTelling(one)
  }
  /** Of an article that moves no more, only edges that could still matter are kept: inside its group, and strong ones. */
  function keepTelling(one: Placed): void {
    const kept = one.edges.map(
      (edge, i) => (one.logOdds[i] ?? 0) >= options.threshold || placed.get(edge)?.group === one.group,
    )
    one.edges = one.edges.filter((_, i) => kept[i])
    one.logOdds = one.logOdds.filter((_, i) => kept[i])
  }
  function advance(next: number, clockMs: number): void {
    for (; firstFree < next; firstFree++) {
      const one = placed.get(firstFree)
      // A clock of 0: the stream had told no time yet, so only the count of later articles ages it.
      const isYoung = one !== undefined && (one.clockMs === 0 || clockMs - one.clockMs <= options.revisionMs)
      if (isYoung && next - firstFree <= options.maxRevised) break
      if (one?.isDated === false) undated.push(firstFree)
      else freeze(firstFree)
    }
    while (next - (undated[0] ?? next) > options.maxRevised) freeze(undated.shift() ?? -1)
  }

  /** The free articles that strong edges connect with this one, directly or through a frozen story; `null` where they are more than `most`. */
  function neighbourhood(start: number, most: number): number[] | null {
    const found = new Set([start])
    const queue = [start]
    const seenGroups = new Set<Group>()
    const visitGroup = (group: Group): void => {
      if (seenGroups.has(group)) return
      seenGroups.add(group)
      for (const member of group.members) if (placed.get(member)?.frozen === false) visit(member)
    }
    const visit = (position: number): void => {
      const one = placed.get(position)
      if (one === undefined || found.has(position)) return
      if (one.frozen) {
        visitGroup(one.group)
        return
      }
      found.add(position)
      queue.push(position)
    }
    for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
      if (found.size > most) return null
      const one = placed.get(position)
      if (one === undefined) continue
      for (let i = 0; i < one.edges.length; i++)
        if (
          (one.logOdds[i] ?? 0) >= (position === start ? options.threshold : options.threshold + HOP_MARGIN)
        )
          visit(one.edges[i] ?? -1)
      one.later.forEach(visit)
      one.together.forEach(visit)
      visitGroup(one.group)
    }
    return [...found].sort((a, b) => a - b)
  }

  function settle(start: number, all: boolean): GroupMove[] {
    const isTurn = start % LARGE_EVERY === 0
    const free = all
      ? [...placed.keys()].filter((position) => placed.get(position)?.frozen === false)
      : neighbourhood(start, isTurn ? Number.POSITIVE_INFINITY : LARGE_NEIGHBOURHOOD)
    if (free === null) return joinBest(start)
    const nodeOf = new Map(free.map((position, node) => [position, node]))
    const nodes = free.map(articleNode)
    const frozenGroups: Group[] = []
    const frozenNode = new Map<Group, number>()
    const takePart = (position: number): void => {
      const one = placed.get(position)
      if (one?.frozen !== true || frozenNode.has(one.group)) return
      frozenNode.set(one.group, nodes.length)
      frozenGroups.push(one.group)
      nodes.push(coreOf(one.group))
    }
    const nodeAt = (position: number): number | undefined => {
      const node = nodeOf.get(position)
      const one = placed.get(position)
      return node !== undefined || one?.frozen !== true ? node : frozenNode.get(one.group)
    }
    if (free.length === 1 && !isDrawn(start)) return []
    // A group can only be joined over a strong edge, so only such frozen stories take part.
    for (const position of free) {
      const one = placed.get(position)
      if (one === undefined) continue
      for (let i = 0; i < one.edges.length; i++)
        if ((one.logOdds[i] ?? 0) >= options.threshold) takePart(one.edges[i] ?? -1)
      one.together.forEach(takePart)
    }
    const links: Link[] = []
    const together: [number, number][] = []
    const apart = new Set<number>()
    for (const position of free) {
      const one = placed.get(position)
      const a = nodeOf.get(position)
      if (one === undefined || a === undefined) continue
      for (let i = 0; i < one.edges.length; i++) {
        const b = nodeAt(one.edges[i] ?? -1)
        if (b !== undefined) links.push({ a, b, sum: one.logOdds[i] ?? 0, seen: 1 })
      }
      for (const other of one.together) {
        const b = nodeAt(other)
        if (b !== undefined) together.push([a, b])
      }
      for (const other of one.apart) {
        const b = nodeAt(other)
        if (b !== undefined) apart.add(pairKey(a, b))
      }
    }
    const count = free.length
    const forbidden = (a: number, b: number): boolean =>
      (a >= count && b >= count) || apart.has(pairKey(a, b))
    const checks = frozenGroups.length > 1 || apart.size > 0
    const result = averageLink(
      checks ? { nodes, links, together, forbidden } : { nodes, links, together },
      asStreamIs(),
    )
    return relabel(clustersOf(free, frozenGroups, result))
  }

  /** Whether an article has an edge over which it could join others. */
  function isDrawn(position: number): boolean {
    const one = placed.get(position)
    return (
      one !== undefined &&
      (one.together.length > 0 || one.logOdds.some((value) => value >= options.threshold))
    )
  }

  function articleNode(position: number): LinkNode {
    const one = placed.get(position)
    return {
      size: 1,
      withBody: one?.hasBody === true ? 1 : 0,
      dated: one?.isDated === true ? 1 : 0,
      insideSum: 0,
      insideSeen: 0,
    }
  }
  /** The frozen members of a group as one node. */
  function coreOf(group: Group): LinkNode {
    group.core ??= nodeOfMembers(group, (one) => one.frozen)
    return group.core
  }
  /** All members of a group as one node. */
  function wholeOf(group: Group): LinkNode {
    group.whole ??= nodeOfMembers(group, () => true)
    return group.whole
  }
  function nodeOfMembers(group: Group, counts: (one: Placed) => boolean): LinkNode {
    const node = { size: 0, withBody: 0, dated: 0, insideSum: 0, insideSeen: 0 }
    for (const member of group.members) {
      const one = placed.get(member)
      if (one === undefined || !counts(one)) continue
      node.size++
      if (one.hasBody) node.withBody++
      if (one.isDated) node.dated++
      one.edges.forEach((edge, i) => {
        const other = placed.get(edge)
        if (other?.group !== group || !counts(other)) return
        node.insideSum += one.logOdds[i] ?? 0
        node.insideSeen++
      })
    }
    return node
  }

  /** Puts an arrival in the group that it fits best as it stands; the large neighbourhood is settled when its turn comes. */
  function joinBest(position: number): GroupMove[] {
    const one = placed.get(position)
    if (one === undefined) return []
    const now = asStreamIs()
    const sums = new Map<Group, { sum: number; seen: number }>()
    one.edges.forEach((edge, i) => {
      const group = placed.get(edge)?.group
      if (group === undefined) return
      const known = sums.get(group) ?? { sum: 0, seen: 0 }
      known.sum += one.logOdds[i] ?? 0
      known.seen++
      sums.set(group, known)
    })
    let best: Group | null = placed.get(one.together[0] ?? -1)?.group ?? null
    let bestValue = best === null ? options.threshold : Number.POSITIVE_INFINITY
    for (const [group, { sum, seen }] of sums) {
      if (one.apart.some((other) => group.members.has(other))) continue
      const value = joinValue(wholeOf(group), articleNode(position), sum, seen, now)
      if (value < bestValue || (value === bestValue && best !== null)) continue
      best = group
      bestValue = value
    }
    const moves: GroupMove[] = []
    if (best !== null) moveTo(position, best, moves)
    return moves
  }

  /** Gives clusters their group: that of a frozen part, else that most of its articles had, else a new one. */
  function relabel(clusters: readonly Cluster[]): GroupMove[] {
    const taken = new Set<Group>()
    const chosen = new Map<Cluster, Group>()
    const claims: { cluster: Cluster; group: Group; overlap: number }[] = []
    for (const cluster of clusters) {
      if (cluster.frozen === null) claims.push(...claimsOf(cluster))
      else {
        taken.add(cluster.frozen)
        chosen.set(cluster, cluster.frozen)
      }
    }
    claims.sort((x, y) => y.overlap - x.overlap || firstOf(x) - firstOf(y))
    for (const { cluster, group } of claims) {
      if (chosen.has(cluster) || taken.has(group)) continue
      chosen.set(cluster, group)
      taken.add(group)
    }
    const moves: GroupMove[] = []
    for (const cluster of clusters) {
      const group = chosen.get(cluster) ?? found(cluster.positions[0] ?? 0)
      for (const position of cluster.positions) moveTo(position, group, moves)
    }
    return moves
  }
  function claimsOf(cluster: Cluster): { cluster: Cluster; group: Group; overlap: number }[] {
    const overlaps = new Map<Group, number>()
    for (const position of cluster.positions) {
      const group = placed.get(position)?.group
      if (group?.frozen === 0) overlaps.set(group, (overlaps.get(group) ?? 0) + 1)
    }
    return [...overlaps].map(([group, overlap]) => ({ cluster, group, overlap }))
  }
  function moveTo(position: number, group: Group, moves: GroupMove[]): void {
    const one = placed.get(position)
    if (one === undefined || one.group === group) return
    moves.push({ position, from: one.group.id, to: group.id })
    leave(position, one)
    group.members.add(position)
    if (one.frozen) group.frozen++
    group.core = null
    group.whole = null
    one.group = group
  }

  function found(position: number): Group {
    let again = 0
    let id = nameGroup(position, again)
    while (groups.has(id)) id = nameGroup(position, ++again)
    return groupNamed(id)
  }
  function groupNamed(id: string): Group {
    const known = groups.get(id)
    if (known !== undefined) return known
    const group: Group = { id, frozen: 0, core: null, whole: null, members: new Set() }
    groups.set(id, group)
    return group
  }
  function leave(position: number, one: Placed): void {
    one.group.members.delete(position)
    if (one.frozen) one.group.frozen--
    one.group.core = null
    one.group.whole = null
    if (one.group.members.size === 0) groups.delete(one.group.id)
  }

  function place(arrival: Arrival, group: Group): void {
    const { position, edges, logOdds } = arrival
    if (arrival.isDated) datedCount++
    group.members.add(position)
    placed.set(position, {
      group,
      hasBody: arrival.hasBody,
      isDated: arrival.isDated,
      clockMs: arrival.clockMs,
      edges,
      logOdds,
      later: [],
      together: [...arrival.with],
      apart: [...arrival.without],
      frozen: false,
    })
    const one = placed.get(position)
    if (one !== undefined) noteLater(position, one)
  }
  function noteLater(position: number, one: Placed): void {
    one.edges.forEach((edge, i) => {
      if ((one.logOdds[i] ?? 0) >= options.threshold + HOP_MARGIN) placed.get(edge)?.later.push(position)
    })
    for (const other of one.together) placed.get(other)?.later.push(position)
  }

  function freezeGroup(group: Group): void {
    for (const member of group.members) freeze(member)
  }

  return {
    add(arrival) {
      advance(arrival.position, arrival.clockMs)
      place(arrival, found(arrival.position))
      return settle(arrival.position, arrival.settleAll).filter(
        ({ position }) => position !== arrival.position,
      )
    },
    rescore(logOddsOf) {
      for (const one of placed.values()) one.later = []
      for (const [position, one] of placed) {
        one.logOdds = one.edges.map((edge) => logOddsOf(position, edge))
        one.group.core = null
        one.group.whole = null
        noteLater(position, one)
      }
    },
    restore(arrival, group) {
      advance(arrival.position, arrival.clockMs)
      place(arrival, groupNamed(group))
    },
    groupOf: (position) => placed.get(position)?.group.id ?? '',
    membersOf: (id) => [...(groups.get(id)?.members ?? [])].sort((a, b) => a - b),
    merge(a, b) {
      const one = placed.get(a)?.group
      const other = placed.get(b)?.group
      if (one === undefined || other === undefined) return []
      const moves: GroupMove[] = []
      const [kept, gone] = other.members.size > one.members.size ? [other, one] : [one, other]
      if (kept !== gone)
        for (const member of [...gone.members].sort((x, y) => x - y)) moveTo(member, kept, moves)
      freezeGroup(kept)
      return moves
    },
    part(a, b) {
      const one = placed.get(a)
      const other = placed.get(b)
      if (one === undefined || other === undefined || one === other) return []
      one.apart.push(b)
      other.apart.push(a)
      if (one.group !== other.group) return []
      const gone = closerTo(
        b,
        a,
        [...one.group.members].sort((x, y) => x - y),
        placed,
      )
      const moves: GroupMove[] = []
      const group = found(gone[0] ?? b)
      for (const member of gone) moveTo(member, group, moves)
      freezeGroup(one.group)
      freezeGroup(group)
      return moves
    },
    untie(a, b) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        const one = placed.get(from)
        if (one === undefined) continue
        drop(one.together, to)
        drop(one.apart, to)
      }
    },
    dropBefore(position) {
      for (; oldest < position; oldest++) {
        const one = placed.get(oldest)
        if (one === undefined) continue
        freeze(oldest)
        drop(undated, oldest)
        leave(oldest, one)
        if (one.isDated) datedCount--
        placed.delete(oldest)
      }
      firstFree = Math.max(firstFree, oldest)
    },
  }
}

function drop(list: number[], value: number): void {
  const at = list.indexOf(value)
  if (at >= 0) list.splice(at, 1)
}

function pairKey(a: number, b: number): number {
  return Math.min(a, b) * 2 ** 24 + Math.max(a, b)
}

function firstOf(claim: { readonly cluster: Cluster }): number {
  return claim.cluster.positions[0] ?? 0
}

function clustersOf(free: readonly number[], frozenGroups: readonly Group[], result: Int32Array): Cluster[] {
  const clusters = new Map<number, Cluster>()
  for (let node = 0; node < result.length; node++) {
    const root = result[node] ?? node
    const cluster = clusters.get(root) ?? { positions: [], frozen: null }
    clusters.set(root, cluster)
    const position = free[node]
    if (position === undefined) cluster.frozen ??= frozenGroups[node - free.length] ?? null
    else cluster.positions.push(position)
  }
  return [...clusters.values()]
}

/** The members that edges tie more to `b` than to `a`, `b` itself first of all; `a` is never among them. */
function closerTo(
  b: number,
  a: number,
  members: readonly number[],
  placed: ReadonlyMap<number, Placed>,
): number[] {
  const pull = (from: number, to: number): number => {
    const [old, young] = from < to ? [from, to] : [to, from]
    const one = placed.get(young)
    const at = one?.edges.indexOf(old) ?? -1
    return at < 0 ? -4 : (one?.logOdds[at] ?? -4)
  }
  return members.filter((one) => one === b || (one !== a && pull(one, b) > pull(one, a)))
}
