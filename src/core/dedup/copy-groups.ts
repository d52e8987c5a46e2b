import { weakerKind, type Copy, type CopyKind } from './copy.ts'

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
}

/** From this strength on most of a text is in the copy it is linked to. */
const SURE_STRENGTH = 0.45

interface Group {
  root: CopyMember
  rootIsLive: boolean
  readonly copies: Map<CopyMember, CopyKind>
}

/** Whether `a` is taken for the source of `b`: `b` credits it, else both are dated and it is older, else it came first. */
export function isEarlier(a: CopyMember, b: CopyMember): boolean {
  const bCreditsA = a.names.some((name) => b.credits.includes(name))
  const aCreditsB = b.names.some((name) => a.credits.includes(name))
  if (bCreditsA !== aCreditsB) return bCreditsA
  if (a.publishedAtMs !== null && b.publishedAtMs !== null && a.publishedAtMs !== b.publishedAtMs) {
    return a.publishedAtMs < b.publishedAtMs
  }
  return a.order < b.order
}

/** Groups without members. */
export function createCopyGroups(): CopyGroups {
  const groupOf = new Map<CopyMember, Group>()

  const ensureGroup = (root: CopyMember): Group => {
    const known = groupOf.get(root)
    if (known !== undefined) return known
    const group: Group = { root, rootIsLive: true, copies: new Map() }
    groupOf.set(root, group)
    return group
  }

  const bestLinks = (links: readonly CopyLink[], sharesText: (root: CopyMember) => boolean): RootLink[] => {
    const byRoot = new Map<Group, RootLink>()
    for (const link of links) {
      const group = ensureGroup(link.other)
      const found = rootLink(group, link)
      if (!reachesRoot(found) && !sharesText(group.root)) continue
      const known = byRoot.get(group)
      if (known === undefined || isBetter(found, known)) byRoot.set(group, found)
    }
    return [...byRoot.values()].sort(
      (a, b) => b.link.strength - a.link.strength || a.group.root.order - b.group.root.order,
    )
  }

  const joinEarlier = (newcomer: CopyMember, { group, link, via }: RootLink): Copy[] => {
    group.copies.set(newcomer, link.kind)
    groupOf.set(newcomer, group)
    return [verdict(newcomer, group.root, link.kind, link, via)]
  }

  const takeOver = (newcomer: CopyMember, found: readonly RootLink[], links: readonly CopyLink[]): Copy[] => {
    const direct = new Map(links.map((link) => [link.other, link]))
    const own: Group = { root: newcomer, rootIsLive: true, copies: new Map() }
    groupOf.set(newcomer, own)
    const changed: Copy[] = []
    const adopt = (member: CopyMember, kindBefore: CopyKind, { group, link: linkToRoot }: RootLink): void => {
      const straight = direct.get(member)
      const link = straight ?? { ...linkToRoot, kind: weakerKind(kindBefore, linkToRoot.kind) }
      own.copies.set(member, link.kind)
      groupOf.set(member, own)
      changed.push(verdict(member, newcomer, link.kind, link, straight === undefined ? group.root : null))
    }
    for (const through of found) {
      adopt(through.group.root, 'exact', through)
      for (const [member, kind] of through.group.copies) adopt(member, kind, through)
    }
    return changed
  }

  return {
    place(newcomer, links, sharesText) {
      const found = bestLinks(links, sharesText)
      const earlier = found.find(({ group }) => !group.rootIsLive || isEarlier(group.root, newcomer))
      if (earlier !== undefined) return joinEarlier(newcomer, earlier)
      return found.length === 0 ? [] : takeOver(newcomer, found, links)
    },
    remove(member) {
      const group = groupOf.get(member)
      groupOf.delete(member)
      if (group === undefined) return
      if (group.root === member) group.rootIsLive = false
      else group.copies.delete(member)
    },
  }
}

/** How the newcomer is linked to the original of a group: straight, or through one of its copies. */
interface RootLink {
  readonly group: Group
  readonly link: CopyLink
  readonly via: CopyMember | null
}

function rootLink(group: Group, link: CopyLink): RootLink {
  return { group, link, via: group.root === link.other ? null : link.other }
}

/**
 * Whether a copy of a copy is a copy of the original: two whole copies in a row reach it, so does a text that is mostly
 * in the copy; of two parts the second may be another part.
 */
function reachesRoot({ group, link, via }: RootLink): boolean {
  if (via === null || isWhole(link.kind) || link.strength >= SURE_STRENGTH) return true
  const kindToRoot = group.copies.get(via) ?? 'rewrite'
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

function verdict(
  copy: CopyMember,
  original: CopyMember,
  kind: CopyKind,
  { scores }: CopyLink,
  via: CopyMember | null,
): Copy {
  const base = { articleId: copy.id, copyOf: original.id, kind, scores }
  return via === null ? base : { ...base, via: via.id }
}
