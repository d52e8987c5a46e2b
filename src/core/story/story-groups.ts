import {
  averageLink,
  createLinks,
  joinValue,
  type AverageLinkOptions,
  type LinkNode,
} from './average-link.ts'

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
  /** The neighbourhood that it was last met in, and its node there. */
  met: number
  node: number
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
  /** The neighbourhood that it was last met in, and its node there. */
  met: number
  node: number
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
  /** The same for those of some articles that may still move. */
  readonly rescoreSome: (
    positions: readonly number[],
    logOddsOf: (position: number, edge: number, before: number) => number,
  ) => void
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
  const links = createLinks()
  // By position, as a ring: a map of numbers is several times slower.
  let ring: (Placed | undefined)[] = Array.from({ length: 256 })
  let next = 0
  let met = 0
  const groups = new Map<string, Group>()
  let firstFree = 0
  /** Articles without a date age by the count of later ones alone: time tells nothing about them. Oldest first. */
  const undated: number[] = []
  let oldest = 0
  let datedCount = 0

  function at(position: number): Placed | undefined {
    return position >= oldest && position < next ? ring[position & (ring.length - 1)] : undefined
  }
  function put(position: number, one: Placed): void {
    if (position - oldest >= ring.length) {
      const wider: (Placed | undefined)[] = Array.from({ length: ring.length * 2 })
      for (let from = oldest; from < next; from++) wider[from & (wider.length - 1)] = at(from)
      ring = wider
    }
    ring[position & (ring.length - 1)] = one
    next = position + 1
  }

  /**
   * The options for the stream as it is: among dated articles one without a date may be of any time and must speak more clearly;
   * where none has a date that tells nothing.
   */
  function asStreamIs(): AverageLinkOptions {
    const share = next === oldest ? 0 : datedCount / (next - oldest)
    return {
      ...options,
      undatedPenalty: options.undatedPenalty * share,
      undatedGapPenalty: options.undatedGapPenalty * share + options.undatedStreamGapPenalty * (1 - share),
    }
  }

  function freeze(position: number): void {
    const one = at(position)
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
      (edge, i) => (one.logOdds[i] ?? 0) >= options.threshold || at(edge)?.group === one.group,
    )
    one.edges = one.edges.filter((_, i) => kept[i])
    one.logOdds = one.logOdds.filter((_, i) => kept[i])
  }
  function advance(next: number, clockMs: number): void {
    for (; firstFree < next; firstFree++) {
      const one = at(firstFree)
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
    met++
    const found: number[] = []
    const visitGroup = (group: Group): void => {
      if (group.met === met) return
      group.met = met
      for (const member of group.members) if (at(member)?.frozen === false) visit(member)
    }
    const visit = (position: number): void => {
      const one = at(position)
      if (one === undefined || one.met === met) return
      if (one.frozen) {
        visitGroup(one.group)
        return
      }
      one.met = met
      found.push(position)
    }
    visit(start)
    for (let k = 0; k < found.length; k++) {
      if (found.length > most) return null
      const position = found[k] ?? start
      const one = at(position)
      if (one === undefined) continue
      const atLeast = position === start ? options.threshold : options.threshold + HOP_MARGIN
      for (let i = 0; i < one.edges.length; i++)
        if ((one.logOdds[i] ?? 0) >= atLeast) visit(one.edges[i] ?? -1)
      one.later.forEach(visit)
      one.together.forEach(visit)
      visitGroup(one.group)
    }
    return found.sort((a, b) => a - b)
  }

  function allFree(): number[] {
    met++
    const found: number[] = []
    for (let position = oldest; position < next; position++) {
      const one = at(position)
      if (one?.frozen !== false) continue
      one.met = met
      found.push(position)
    }
    return found
  }

  function settle(start: number, all: boolean): GroupMove[] {
    const isTurn = start % LARGE_EVERY === 0
    const free = all
      ? allFree()
      : neighbourhood(start, isTurn ? Number.POSITIVE_INFINITY : LARGE_NEIGHBOURHOOD)
    if (free === null) return joinBest(start)
    if (free.length === 1 && !isDrawn(start)) return []
    const frozenGroups = gather(free)
    const nodes = [...free.map(articleNode), ...frozenGroups.map(coreOf)]
    const { together, apart } = linkUp(free)
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

  /** Numbers the free articles and the frozen stories that take part: a group can only be joined over a strong edge. */
  function gather(free: readonly number[]): Group[] {
    const frozenGroups: Group[] = []
    const inPart = ++met
    const takePart = (position: number): void => {
      const one = at(position)
      if (one?.frozen !== true || one.group.met === inPart) return
      one.group.met = inPart
      one.group.node = free.length + frozenGroups.length
      frozenGroups.push(one.group)
    }
    free.forEach((position, node) => {
      const one = at(position)
      if (one === undefined) return
      one.met = inPart
      one.node = node
    })
    for (const position of free) {
      const one = at(position)
      if (one === undefined) continue
      for (let i = 0; i < one.edges.length; i++)
        if ((one.logOdds[i] ?? 0) >= options.threshold) takePart(one.edges[i] ?? -1)
      one.together.forEach(takePart)
    }
    return frozenGroups
  }
  /** The node of an article in the last gathering, or −1. */
  function nodeAt(position: number): number {
    const one = at(position)
    if (one === undefined) return -1
    if (one.met === met) return one.node
    return one.frozen && one.group.met === met ? one.group.node : -1
  }

  /** Fills `links` with what was measured between the nodes of the last gathering, and tells which belong together or apart. */
  function linkUp(free: readonly number[]): { together: [number, number][]; apart: Set<number> } {
    links.clear()
    const together: [number, number][] = []
    const apart = new Set<number>()
    free.forEach((position, a) => {
      const one = at(position)
      if (one === undefined) return
      for (let i = 0; i < one.edges.length; i++) {
        const b = nodeAt(one.edges[i] ?? -1)
        if (b >= 0) links.add(a, b, one.logOdds[i] ?? 0)
      }
      for (const other of one.together) {
        const b = nodeAt(other)
        if (b >= 0) together.push([a, b])
      }
      for (const other of one.apart) {
        const b = nodeAt(other)
        if (b >= 0) apart.add(pairKey(a, b))
      }
    })
    return { together, apart }
  }

  /** Whether an article has an edge over which it could join others. */
  function isDrawn(position: number): boolean {
    const one = at(position)
    return (
      one !== undefined &&
      (one.together.length > 0 || one.logOdds.some((value) => value >= options.threshold))
    )
  }

  function articleNode(position: number): LinkNode {
    const one = at(position)
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
      const one = at(member)
      if (one === undefined || !counts(one)) continue
      node.size++
      if (one.hasBody) node.withBody++
      if (one.isDated) node.dated++
      one.edges.forEach((edge, i) => {
        const other = at(edge)
        if (other?.group !== group || !counts(other)) return
        node.insideSum += one.logOdds[i] ?? 0
        node.insideSeen++
      })
    }
    return node
  }

  /** Puts an arrival in the group that it fits best as it stands; the large neighbourhood is settled when its turn comes. */
  function joinBest(position: number): GroupMove[] {
    const one = at(position)
    if (one === undefined) return []
    const now = asStreamIs()
    const sums = new Map<Group, { sum: number; seen: number }>()
    one.edges.forEach((edge, i) => {
      const group = at(edge)?.group
      if (group === undefined) return
      const known = sums.get(group) ?? { sum: 0, seen: 0 }
      known.sum += one.logOdds[i] ?? 0
      known.seen++
      sums.set(group, known)
    })
    let best: Group | null = at(one.together[0] ?? -1)?.group ?? null
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
      const group = at(position)?.group
      if (group?.frozen === 0) overlaps.set(group, (overlaps.get(group) ?? 0) + 1)
    }
    return [...overlaps].map(([group, overlap]) => ({ cluster, group, overlap }))
  }
  function moveTo(position: number, group: Group, moves: GroupMove[]): void {
    const one = at(position)
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
    const group: Group = { id, frozen: 0, core: null, whole: null, members: new Set(), met: 0, node: 0 }
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
    const one: Placed = {
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
      met: 0,
      node: 0,
    }
    put(position, one)
    noteLater(position, one)
  }
  function noteLater(position: number, one: Placed): void {
    one.edges.forEach((edge, i) => {
      if ((one.logOdds[i] ?? 0) >= options.threshold + HOP_MARGIN) at(edge)?.later.push(position)
    })
    for (const other of one.together) at(other)?.later.push(position)
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
      for (let position = oldest; position < next; position++) {
        const one = at(position)
        if (one !== undefined) one.later = []
      }
      for (let position = oldest; position < next; position++) {
        const one = at(position)
        if (one === undefined) continue
        one.logOdds = one.edges.map((edge) => logOddsOf(position, edge))
        one.group.core = null
        one.group.whole = null
        noteLater(position, one)
      }
    },
    rescoreSome(positions, logOddsOf) {
      for (const position of positions) {
        const one = at(position)
        if (one?.frozen !== false) continue
        for (const edge of one.edges) drop(at(edge)?.later ?? [], position)
        one.logOdds = one.edges.map((edge, i) => logOddsOf(position, edge, one.logOdds[i] ?? 0))
        one.group.core = null
        one.group.whole = null
        for (const other of one.together) drop(at(other)?.later ?? [], position)
        noteLater(position, one)
      }
    },
    restore(arrival, group) {
      advance(arrival.position, arrival.clockMs)
      place(arrival, groupNamed(group))
    },
    groupOf: (position) => at(position)?.group.id ?? '',
    membersOf: (id) => [...(groups.get(id)?.members ?? [])].sort((a, b) => a - b),
    merge(a, b) {
      const one = at(a)?.group
      const other = at(b)?.group
      if (one === undefined || other === undefined) return []
      const moves: GroupMove[] = []
      const [kept, gone] = other.members.size > one.members.size ? [other, one] : [one, other]
      if (kept !== gone)
        for (const member of [...gone.members].sort((x, y) => x - y)) moveTo(member, kept, moves)
      freezeGroup(kept)
      return moves
    },
    part(a, b) {
      const one = at(a)
      const other = at(b)
      if (one === undefined || other === undefined || one === other) return []
      // A manager's word comes before the same text.
      drop(one.together, b)
      drop(other.together, a)
      one.apart.push(b)
      other.apart.push(a)
      if (one.group !== other.group) return []
      const gone = closerTo(
        b,
        a,
        [...one.group.members].sort((x, y) => x - y),
        at,
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
        const one = at(from)
        if (one === undefined) continue
        drop(one.together, to)
        drop(one.apart, to)
      }
    },
    dropBefore(position) {
      for (; oldest < position; oldest++) {
        const one = at(oldest)
        if (one === undefined) continue
        freeze(oldest)
        drop(undated, oldest)
        leave(oldest, one)
        if (one.isDated) datedCount--
        ring[oldest & (ring.length - 1)] = undefined
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
  at: (position: number) => Placed | undefined,
): number[] {
  const pull = (from: number, to: number): number => {
    const [old, young] = from < to ? [from, to] : [to, from]
    const one = at(young)
    const edge = one?.edges.indexOf(old) ?? -1
    return edge < 0 ? -4 : (one?.logOdds[edge] ?? -4)
  }
  return members.filter((one) => one === b || (one !== a && pull(one, b) > pull(one, a)))
}
