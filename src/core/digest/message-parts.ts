import type { Subscription } from '../subscription/subscription.ts'
import { plural } from './count-words.ts'

/** One message of a digest: what it holds, and what is said of the rest. */
export interface MessageDraft<Section> {
  readonly sections: readonly Section[]
  /** Words on stories that are not in it, or `null`. */
  readonly foot: string | null
  /** Goes into a thread under the first. */
  readonly inThread: boolean
}

/**
 * Sections as messages, in order: at least one message; a group that would fit into one message is not torn apart. With `post` each group
 * has a message of its own.
 *
 * @param fits whether one message takes these sections together with head and foot; one section alone must fit
 */
export function packMessages<Section>(
  groups: readonly (readonly Section[])[],
  overflow: Subscription['overflow'],
  fits: (sections: readonly Section[]) => boolean,
): MessageDraft<Section>[] {
  const packed =
    overflow === 'post' ? groups.flatMap((group) => packGroups([group], fits)) : packGroups(groups, fits)
  if (packed.length === 0) packed.push([])
  const kept = overflow === 'drop' ? packed.slice(0, 1) : packed
  return kept.map((sections, part) => {
    const later = packed.slice(part + 1).reduce((sum, one) => sum + one.length, 0)
    const foot = later === 0 ? null : footWords(overflow, later, part)
    return { sections, foot, inThread: part > 0 && overflow === 'thread' }
  })
}

function packGroups<Section>(
  groups: readonly (readonly Section[])[],
  fits: (sections: readonly Section[]) => boolean,
): Section[][] {
  const messages: Section[][] = [[]]
  for (const group of groups) {
    const last = messages.at(-1) ?? []
    if (fits([...last, ...group])) last.push(...group)
    else if (fits(group)) messages.push([...group])
    else for (const section of group) addSection(messages, section, fits)
  }
  return messages.length > 1 && messages[0]?.length === 0 ? messages.slice(1) : messages
}

function addSection<Section>(
  messages: Section[][],
  section: Section,
  fits: (sections: readonly Section[]) => boolean,
): void {
  const last = messages.at(-1)
  if (last !== undefined && fits([...last, section])) last.push(section)
  else messages.push([section])
}

function footWords(overflow: Subscription['overflow'], later: number, part: number): string | null {
  const more = plural(later, 'more story', 'more stories')
  if (overflow === 'drop') return `${more} found no room here`
  if (overflow === 'post') return part === 0 ? `${more}, each on its own` : null
  return overflow === 'thread' && part === 0 ? `${more} in the thread` : `${more} below`
}
