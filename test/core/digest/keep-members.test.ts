import { describe, expect, it } from 'vitest'
import type { StoryMember } from '../../../src/core/digest/digest.ts'
import { keepMembers } from '../../../src/core/digest/keep-members.ts'
import { makeArticle } from '../../support/make-article.ts'

function member(id: string, copyOf: string | null = null): StoryMember {
  return { article: makeArticle({ id }), copyOf, copyKind: copyOf === null ? null : 'near', why: '' }
}

function copies(members: readonly StoryMember[], keptIds: readonly string[]): (string | null)[] {
  return keepMembers(
    members,
    members.filter(({ article }) => keptIds.includes(article.id)),
  ).map(({ copyOf }) => copyOf)
}

describe('keepMembers()', () => {
  const members = [member('a'), member('b', 'a'), member('c', 'a'), member('d')]

  it('leaves copies of what stays', () => {
    expect(copies(members, ['a', 'b', 'd'])).toEqual([null, 'a', null])
  })

  it('makes the first copy of what is gone the voice of the others', () => {
    expect(copies(members, ['b', 'c', 'd'])).toEqual([null, 'b', null])
  })

  it('changes nothing where all stay', () => {
    expect(keepMembers(members, members)).toEqual(members)
  })
})
