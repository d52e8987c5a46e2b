import { COPY_KINDS, type Copy, type CopyKind } from './copy.ts'

/** What decides which of two articles was first. */
export interface CopyMember {
  readonly id: string
  /** Number of the arrival. */
  readonly order: number
  /** `null` where unknown or not to be believed. */
  readonly publishedAtMs: number | null
  /** Keys under which others credit this article. */
  readonly names: readonly string[]
  /** Keys of the sources that this article credits. */
  readonly credits: readonly string[]
}

/** That the newcomer and a live article share their text. */
export interface CopyLink {
  readonly other: CopyMember
  readonly kind: CopyKind
  readonly scores: Readonly<Record<string, number>>
  /** 0..1; the strongest original wins. */
  readonly strength: number
  /** Whether the words say that the other is the source; left out where they do not say. */
  readonly isOtherSource?: boolean
}

/** Every article is an original or the copy of one original: stars, so that no chain and no cycle can come to be. */
export interface CopyGroups {
  /**
   * Places a newcomer by its links and gives the verdicts that change, its own first. `sharesText` is asked whether the newcomer
   * shares enough with an original that it is linked to only through one of its copies.
   */
  place(newcomer: CopyMember, links: readonly CopyLink[], sharesText: (root: CopyMember) => boolean): Copy[]
  /** Takes an article out. Copies of it keep pointing to it, and later copies still find it through them. */
  remove(member: CopyMember): void
  /**
   * Puts back an article of an earlier run under the verdict that it had. Its original may come back later, or never.
   * @param live finds an article that is back already
   * @returns the verdicts that tie it to such articles, either way
   */
  restore(
    member: CopyMember,
    verdict: Copy | null,
    live: (id: string) => CopyMember | undefined,
  ): readonly Copy[]
}

/** From this strength on most of a text is in the one it is linked to: a group may move there. */
const SURE_STRENGTH = 0.45

/** From this strength on what a copy is tied to holds for a text that is linked to it. .45 ties two papers that share nothing with each other. */
const WHOLE_STRENGTH = 0.6

interface Group {
  root: CopyMember
  rootIsLive: boolean
  readonly copies: Map<CopyMember, Tie>
}

/** How a copy is tied to its original: by a likeness to it, or to another member of the group. */
interface Tie {
  readonly kind: CopyKind
  readonly scores: Readonly<Record<string, number>>
  readonly via: CopyMember | null
}

/** A way from the newcomer to the original of a group: straight, or through one of its copies. */
interface RootLink {
  readonly group: Group
  readonly link: CopyLink
  readonly via: CopyMember | null
}

/**
 * Whether `a` is taken for the source of `b`: `b` credits it, else both are dated and it is older, else the words say so,
 * else it came first.
 */
export function isEarlier(a: CopyMember, b: CopyMember, byWords?: boolean): boolean {
  const bCreditsA = a.names.some((name) => b.credits.includes(name))
  const aCreditsB = b.names.some((name) => a.credits.includes(name))
  if (bCreditsA !== aCreditsB) return bCreditsA
  if (a.publishedAtMs !== null && b.publishedAtMs !== null && a.publishedAtMs !== b.publishedAtMs) {
    return a.publishedAtMs < b.publishedAtMs
  }
  return byWords ?? a.order < b.order
}

/** Groups without members. */
export function createCopyGroups(): CopyGroups {
  const groupOf = new Map<CopyMember, Group>()
  /** Groups of an earlier run whose original is not back, by its id. */
  const awaited = new Map<string, Group>()

  const ensureGroup = (root: CopyMember): Group => {
    const known = groupOf.get(root)
    if (known !== undefined) return known
    const group: Group = { root, rootIsLive: true, copies: new Map() }
    groupOf.set(root, group)
    return group
  }

  const join = (member: CopyMember, group: Group, tie: Tie): Copy => {
    group.copies.set(member, tie)
    groupOf.set(member, group)
    return verdict(member, group.root, tie)
  }

  /** The best way to each group, the strongest group first. */
  const waysToRoots = (links: readonly CopyLink[], sharesText: (root: CopyMember) => boolean): RootLink[] => {
    const best = new Map<Group, RootLink>()
    for (const link of links) {
      const group = ensureGroup(link.other)
      const found = { group, link, via: group.root === link.other ? null : link.other }
      if (!reachesRoot(found) && !sharesText(group.root)) continue
      const known = best.get(group)
      if (known === undefined || isBetter(found, known)) best.set(group, found)
    }
    return [...best.values()].sort(
      (a, b) => b.link.strength - a.link.strength || a.group.root.order - b.group.root.order,
    )
  }

  /** Moves a group under another original; its copies keep the text that they repeat. */
  const move = (from: Group, to: Group, rootTie: Tie, direct: ReadonlyMap<CopyMember, CopyLink>): Copy[] => {
    const changed = [join(from.root, to, rootTie)]
    for (const [member, tie] of from.copies) {
      const link = direct.get(member)
      const isCloser = link !== undefined && (link.kind !== 'rewrite' || tie.kind === 'rewrite')
      const kept = { ...tie, kind: weaker(tie.kind, rootTie.kind), via: tie.via ?? from.root }
      changed.push(join(member, to, isCloser ? tieOf(link, null) : kept))
    }
    return changed
  }

  const takeOver = (newcomer: CopyMember, found: readonly RootLink[], links: readonly CopyLink[]): Copy[] => {
    const direct = new Map(links.map((link) => [link.other, link]))
    const own = ensureGroup(newcomer)
    return found.flatMap((way) => move(way.group, own, tieOfWay(way), direct))
  }

  /** Groups that the newcomer is the source of follow it to its own original. */
  const bringAlong = (newcomer: CopyMember, joined: RootLink, found: readonly RootLink[]): Copy[] =>
    found.flatMap((other) => {
      if (other === joined || other.via !== null || isRootFirst(other, newcomer)) return []
      if (!reachesRoot({ group: joined.group, link: other.link, via: newcomer })) return []
      const kind = weaker(other.link.kind, joined.link.kind)
      return move(other.group, joined.group, { ...tieOf(other.link, newcomer), kind }, new Map())
    })

  const awaitedGroup = (rootId: string): Group => {
    const known = awaited.get(rootId)
    if (known !== undefined) return known
    const group: Group = { root: goneMember(rootId), rootIsLive: false, copies: new Map() }
    awaited.set(rootId, group)
    return group
  }

  const joinAgain = (
    member: CopyMember,
    { copyOf, kind, scores, via }: Copy,
    live: (id: string) => CopyMember | undefined,
  ): readonly Copy[] => {
    if (copyOf === member.id) return []
    const original = live(copyOf)
    const group = original === undefined ? awaitedGroup(copyOf) : ensureGroup(original)
    const own = join(member, group, {
      kind,
      scores,
      via: via === undefined ? null : (live(via) ?? goneMember(via)),
    })
    return original === undefined ? [] : [own]
  }

  /** The original of a group is back; one that is a copy itself brings its copies to its own original. */
  const rootIsBack = (member: CopyMember, group: Group): readonly Copy[] => {
    const ties = [...group.copies]
    const home = groupOf.get(member)
    if (home !== undefined)
      return ties.map(([copy, tie]) => join(copy, home, { ...tie, via: tie.via ?? member }))
    group.root = member
    group.rootIsLive = true
    groupOf.set(member, group)
    return ties.map(([copy, tie]) => verdict(copy, member, tie))
  }

  return {
    place(newcomer, links, sharesText) {
      const ways = waysToRoots(links, sharesText)
      const earlier = ways.find((way) => isRootFirst(way, newcomer))
      const found = ways.filter((way) => isRootFirst(way, newcomer) || mayMove(way))
      if (earlier !== undefined) {
        const own = join(newcomer, earlier.group, tieOfWay(earlier))
        return [own, ...bringAlong(newcomer, earlier, found)]
      }
      return found.length === 0 ? [] : takeOver(newcomer, found, links)
    },
    remove(member) {
      const group = groupOf.get(member)
      groupOf.delete(member)
      if (group === undefined) return
      if (group.root === member) group.rootIsLive = false
      else group.copies.delete(member)
    },
    restore(member, verdict, live) {
      const own = verdict === null ? [] : joinAgain(member, verdict, live)
      const group = awaited.get(member.id)
      if (group === undefined) return own
      awaited.delete(member.id)
      return [...own, ...rootIsBack(member, group)]
    },
  }
}

/** Stands for an article that is not live: older than all that are. */
function goneMember(id: string): CopyMember {
  return { id, order: -1, publishedAtMs: null, names: [], credits: [] }
}

/** An original that is gone stays the original. */
function isRootFirst({ group, link, via }: RootLink, newcomer: CopyMember): boolean {
  if (!group.rootIsLive) return true
  return isEarlier(group.root, newcomer, via === null ? link.isOtherSource : undefined)
}

/**
 * Whether a copy of a copy is a copy of the original: two whole copies in a row reach it, so does a text that is mostly
 * in the copy; of two parts the second may be another part.
 */
function reachesRoot({ group, link, via }: RootLink): boolean {
  if (via === null || isWhole(link.kind) || link.strength >= WHOLE_STRENGTH) return true
  const kindToRoot = group.copies.get(via)?.kind ?? 'rewrite'
  return isWhole(kindToRoot) || (link.kind === 'rewrite') !== (kindToRoot === 'rewrite')
}

function isWhole(kind: CopyKind): boolean {
  return kind === 'exact' || kind === 'near'
}

/** A straight link says more, but the words of a copy more than a likeness to the original. */
function isBetter(a: RootLink, b: RootLink): boolean {
  const aIsText = a.link.kind !== 'rewrite'
  if (aIsText !== (b.link.kind !== 'rewrite')) return aIsText
  if ((a.via === null) !== (b.via === null)) return a.via === null
  return a.link.strength > b.link.strength
}

/** A likeness in other words never moves a group that is held together by its text, and a part of a text no group at all. */
function mayMove({ group, link }: RootLink): boolean {
  if (link.kind === 'rewrite') return [...group.copies.values()].every(({ kind }) => kind === 'rewrite')
  return group.copies.size === 0 || isWhole(link.kind) || link.strength >= SURE_STRENGTH
}

/** Through a copy an article is no more like the original than that copy is. */
function tieOfWay({ group, link, via }: RootLink): Tie {
  const tie = via === null ? undefined : group.copies.get(via)
  return { ...tieOf(link, via), kind: tie === undefined ? link.kind : weaker(link.kind, tie.kind) }
}

function weaker(a: CopyKind, b: CopyKind): CopyKind {
  return COPY_KINDS.indexOf(a) > COPY_KINDS.indexOf(b) ? a : b
}

function tieOf({ kind, scores }: CopyLink, via: CopyMember | null): Tie {
  return { kind, scores, via }
}

function verdict(copy: CopyMember, original: CopyMember, { kind, scores, via }: Tie): Copy {
  const base = { articleId: copy.id, copyOf: original.id, kind, scores }
  return via === null || via === original ? base : { ...base, via: via.id }
}
