import { averageLink, type AverageLinkOptions, type Link } from './average-link.ts'

/** When stories may still change. */
export interface StoryGroupOptions extends AverageLinkOptions {
  /** An article may change its story for this long after it came (stream time). */
  readonly revisionMs: number
  /** … and while fewer than this many articles came after it. */
  readonly maxRevised: number
}

/** A change of an article's group after it was first placed. Groups are named by the position of the founding article. */
export interface GroupMove {
  readonly position: number
  readonly from: number
  readonly to: number
}

interface Group {
  readonly id: number
  /** Articles that may no longer move. */
  frozen: number
  /** Positions of all members. */
  readonly members: Set<number>
}

interface Placed {
  group: Group
  readonly clockMs: number
  readonly edges: readonly number[]
  readonly logOdds: readonly number[]
  /** Later articles with a strong edge to this one. */
  readonly later: number[]
  frozen: boolean
}

/** Groups of articles under revision: average-link grouping of the newest articles around each arrival. */
export interface StoryGroups {
  /** Places an article and settles its neighbourhood; gives the moves of others. */
  readonly add: (position: number, clockMs: number, edges: readonly number[], logOdds: readonly number[]) => GroupMove[]
  readonly groupOf: (position: number) => number
  readonly membersOf: (group: number) => readonly number[]
  /** Forgets articles before a position. */
  readonly dropBefore: (position: number) => void
}

export function createStoryGroups(options: StoryGroupOptions): StoryGroups {
  const placed = new Map<number, Placed>()
  const groups = new Map<number, Group>()
  let firstFree = 0
  let oldest = 0

  function freeze(position: number): void {
    const one = placed.get(position)
    if (one === undefined || one.frozen) return
    one.frozen = true
    one.group.frozen++
    one.later.length = 0
  }
  function advance(next: number, clockMs: number): void {
    for (; firstFree < next; firstFree++) {
      const one = placed.get(firstFree)
      if (one !== undefined && next - firstFree <= options.maxRevised && clockMs - one.clockMs <= options.revisionMs) return
      freeze(firstFree)
    }
  }

  /** The free articles that strong edges connect with this one, directly or through frozen stories' neighbours. */
  function neighbourhood(start: number): number[] {
    const found = new Set([start])
    const queue = [start]
    const seenGroups = new Set<number>()
    const visit = (position: number): void => {
      const one = placed.get(position)
      if (one === undefined || found.has(position)) return
      if (!one.frozen) {
        found.add(position)
        queue.push(position)
      } else visitGroup(one.group)
    }
    const visitGroup = (group: Group): void => {
      if (seenGroups.has(group.id)) return
      seenGroups.add(group.id)
      for (const member of group.members) if (!(placed.get(member)?.frozen ?? true)) visit(member)
    }
    for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
      const one = placed.get(position)
      if (one === undefined) continue
      for (let i = 0; i < one.edges.length; i++)
        if ((one.logOdds[i] ?? 0) >= options.threshold) visit(one.edges[i] ?? -1)
      for (const later of one.later) visit(later)
      visitGroup(one.group)
    }
    return [...found].sort((a, b) => a - b)
  }

  function settle(start: number): GroupMove[] {
    const free = neighbourhood(start)
    if (free.length === 1 && !hasStrongEdge(start)) return []
    const nodeOf = new Map<number, number>()
    const frozenNodes = new Map<number, number>()
    const sizes: number[] = free.map((position, node) => {
      nodeOf.set(position, node)
      return 1
    })
    const frozenGroups: Group[] = []
    const links: Link[] = []
    for (const position of free) {
      const one = placed.get(position)
      const a = nodeOf.get(position) ?? 0
      for (let i = 0; i < (one?.edges.length ?? 0); i++) {
        const target = one?.edges[i] ?? -1
        const other = placed.get(target)
        if (other === undefined) continue
        let b = nodeOf.get(target)
        if (b === undefined) {
          if (!other.frozen) continue
          b = frozenNodes.get(other.group.id)
          if (b === undefined) {
            b = sizes.length
            frozenNodes.set(other.group.id, b)
            frozenGroups.push(other.group)
            sizes.push(other.group.frozen)
          }
        }
        links.push({ a, b, sum: one?.logOdds[i] ?? 0, seen: 1 })
      }
    }
    const forbidden = (a: number, b: number): boolean => a >= free.length && b >= free.length
    const result = averageLink(frozenGroups.length > 1 ? { sizes, links, forbidden } : { sizes, links }, options)
    return relabel(free, frozenGroups, result)
  }

  function hasStrongEdge(position: number): boolean {
    return placed.get(position)?.logOdds.some((value) => value >= options.threshold) ?? false
  }

  /** Gives clusters their group: that of a frozen part, else that most of its articles had, else a new one. */
  function relabel(free: readonly number[], frozenGroups: readonly Group[], result: Int32Array): GroupMove[] {
    const clusters = new Map<number, { positions: number[]; frozen: Group | null }>()
    for (let node = 0; node < result.length; node++) {
      const root = result[node] ?? node
      const cluster = clusters.get(root) ?? { positions: [], frozen: null }
      clusters.set(root, cluster)
      const position = free[node]
      if (position === undefined) cluster.frozen = frozenGroups[node - free.length] ?? null
      else cluster.positions.push(position)
    }
    const claims: { cluster: { positions: number[] }; group: Group; overlap: number }[] = []
    const taken = new Set<number>()
    const chosen = new Map<{ positions: number[] }, Group>()
    for (const cluster of clusters.values()) {
      if (cluster.frozen !== null) {
        taken.add(cluster.frozen.id)
        chosen.set(cluster, cluster.frozen)
        continue
      }
      const overlaps = new Map<Group, number>()
      for (const position of cluster.positions) {
        const group = placed.get(position)?.group
        if (group !== undefined) overlaps.set(group, (overlaps.get(group) ?? 0) + 1)
      }
      for (const [group, overlap] of overlaps) if (group.frozen === 0) claims.push({ cluster, group, overlap })
    }
    claims.sort(
      (x, y) => y.overlap - x.overlap || x.group.id - y.group.id || (x.cluster.positions[0] ?? 0) - (y.cluster.positions[0] ?? 0),
    )
    for (const { cluster, group } of claims) {
      if (chosen.has(cluster) || taken.has(group.id)) continue
      chosen.set(cluster, group)
      taken.add(group.id)
    }
    const moves: GroupMove[] = []
    for (const cluster of clusters.values()) {
      const group = chosen.get(cluster) ?? found(cluster.positions[0] ?? 0)
      for (const position of cluster.positions) {
        const one = placed.get(position)
        if (one === undefined || one.group === group) continue
        moves.push({ position, from: one.group.id, to: group.id })
        leave(position, one.group)
        group.members.add(position)
        one.group = group
      }
    }
    return moves
  }

  function found(position: number): Group {
    let id = position
    while (groups.has(id)) id += 1 / 1024
    const group: Group = { id, frozen: 0, members: new Set() }
    groups.set(id, group)
    return group
  }
  function leave(position: number, group: Group): void {
    group.members.delete(position)
    if (group.members.size === 0) groups.delete(group.id)
  }

  return {
    add(position, clockMs, edges, logOdds) {
      advance(position, clockMs)
      const group = found(position)
      group.members.add(position)
      placed.set(position, { group, clockMs, edges, logOdds, later: [], frozen: false })
      edges.forEach((edge, i) => {
        const other = placed.get(edge)
        if (other?.frozen === false && (logOdds[i] ?? 0) >= options.threshold) other.later.push(position)
      })
      return settle(position)
    },
    groupOf: (position) => placed.get(position)?.group.id ?? position,
    membersOf: (id) => [...(groups.get(id)?.members ?? [])],
    dropBefore(position) {
      for (; oldest < position; oldest++) {
        const one = placed.get(oldest)
        if (one === undefined) continue
        freeze(oldest)
        leave(oldest, one.group)
        placed.delete(oldest)
      }
      firstFree = Math.max(firstFree, oldest)
    },
  }
}
