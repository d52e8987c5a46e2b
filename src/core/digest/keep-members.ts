import type { StoryMember } from './digest.ts'

/** What of a member decides which copy stands for which text. */
export interface KeptMember extends Pick<StoryMember, 'copyOf' | 'copyKind'> {
  readonly article: { readonly id: string }
}

/**
 * Members that stay when others are not to be shown. A copy of one that is gone points to the earliest copy of it that stays, so
 * several copies of a hidden text are still one voice; that one is a copy no more.
 */
export function keepMembers<M extends KeptMember>(members: readonly M[], kept: readonly M[]): readonly M[] {
  if (members.length === kept.length) return kept
  const present = new Set(kept.map(({ article }) => article.id))
  const standIns = new Map<string, string>()
  return kept.map((member) => {
    const { copyOf, article } = member
    if (copyOf === null || present.has(copyOf)) return member
    const standIn = standIns.get(copyOf)
    if (standIn !== undefined) return { ...member, copyOf: standIn }
    standIns.set(copyOf, article.id)
    return { ...member, copyOf: null, copyKind: null }
  })
}
