/** A manager's word on which articles belong together, as far as it changes what a tenant sees. */
export interface OverlayCorrection {
  readonly id: string
  readonly kind: 'must-link' | 'cannot-link'
  /** At least two. `must-link`: the later ones join the story of the first. `cannot-link`: the later ones, together, leave it. */
  readonly articleIds: readonly string[]
}

/** What the overlay needs to know of a member. */
export interface OverlayMember {
  readonly id: string
  readonly copyOf: string | null
}

/** A story as the overlay takes and gives it. */
export interface OverlayStory<M> {
  readonly id: string
  readonly members: readonly M[]
}

/** Beginning of the ids of stories that a correction cut off; the rest is the id of the correction. */
export const CUT_STORY_PREFIX = 'cut-'

/**
 * Stories as a tenant sees them after its corrections, applied in their order, so that a later word wins over an earlier one.
 *
 * A copy goes with its original. What is cut off becomes a story of its own with an id that stays; what is joined takes the id of the
 * story joined. A correction of articles that are not there changes nothing. Stories keep their order, cut off ones follow the one
 * they were part of, members of a joined one keep `order`. O(members × corrections).
 *
 * @param memberOf how to read a member
 * @param order sorts the members of a joined story
 */
export function overlayCorrections<M>(
  stories: readonly OverlayStory<M>[],
  corrections: readonly OverlayCorrection[],
  memberOf: (member: M) => OverlayMember,
  order: (a: M, b: M) => number,
): OverlayStory<M>[] {
  let parts = [...stories]
  for (const correction of corrections) {
    parts =
      correction.kind === 'must-link'
        ? joinStories(parts, correction, memberOf, order)
        : cutStory(parts, correction, memberOf)
  }
  return parts
}

function joinStories<M>(
  parts: readonly OverlayStory<M>[],
  { articleIds }: OverlayCorrection,
  memberOf: (member: M) => OverlayMember,
  order: (a: M, b: M) => number,
): OverlayStory<M>[] {
  const holders = new Set(articleIds.flatMap((id) => holderOf(parts, id, memberOf) ?? []))
  const [target] = holders
  if (target === undefined || holders.size < 2) return [...parts]
  const members = [...holders].flatMap((part) => part.members).sort(order)
  return parts.flatMap((part) => {
    if (part === target) return [{ id: target.id, members }]
    return holders.has(part) ? [] : [part]
  })
}

function cutStory<M>(
  parts: readonly OverlayStory<M>[],
  { id, articleIds }: OverlayCorrection,
  memberOf: (member: M) => OverlayMember,
): OverlayStory<M>[] {
  const [anchor, ...others] = articleIds
  const holder = anchor === undefined ? undefined : holderOf(parts, anchor, memberOf)
  if (holder === undefined) return [...parts]
  const leaving = new Set(others)
  leaving.delete(anchor ?? '')
  const cut: M[] = []
  const rest: M[] = []
  for (const member of holder.members) {
    const { id: articleId, copyOf } = memberOf(member)
    const goes = articleId !== anchor && (leaving.has(articleId) || (copyOf !== null && leaving.has(copyOf)))
    ;(goes ? cut : rest).push(member)
  }
  if (cut.length === 0) return [...parts]
  return parts.flatMap((part) =>
    part === holder
      ? [
          { id: holder.id, members: rest },
          { id: `${CUT_STORY_PREFIX}${id}`, members: cut },
        ]
      : [part],
  )
}

function holderOf<M>(
  parts: readonly OverlayStory<M>[],
  articleId: string,
  memberOf: (member: M) => OverlayMember,
): OverlayStory<M> | undefined {
  return parts.find(({ members }) => members.some((member) => memberOf(member).id === articleId))
}
