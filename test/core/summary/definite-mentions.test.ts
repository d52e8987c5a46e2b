import { describe, expect, it } from 'vitest'
import { definiteMentions } from '../../../src/core/summary/definite-mentions.ts'
import { isVerb } from '../../../src/core/summary/first-mentions.ts'

/** The descriptions of a sentence, each as `form noun`. */
function described(text: string): string[] {
  return definiteMentions(text, isVerb).map(({ form, word }) => `${form} ${word}`)
}

describe('definiteMentions()', () => {
  it.each([
    ['The barge sank near Marholm.', ['bare barge']],
    ['The old iron barge sank near Marholm.', ['modified barge']],
    ['The barge in Marholm sank.', ['placed barge']],
    ['The owner of a barge and the man who sold it spoke.', ['told owner', 'told man']],
    ['The Marholm barge sank.', ['named barge']],
    ['Ada Quill saw the barge’s cargo.', ['bare barge']],
    ['The barge shows a red light.', ['bare barge']],
    ['The town holds Otto Vance to it.', ['bare town']],
    ['The Senate met in the Marholm Hall.', []],
    ['The largest barge and the only ferry sank.', []],
    ['Barges sank near Marholm.', []],
    ['Ada Quill missed the long session due to a letter.', ['modified session']],
    ['Otto Vance saw the barges other than by night.', ['bare barges']],
  ])('reads %s', (text, mentions) => {
    expect(described(text)).toEqual(mentions)
  })

  it('tells where a description stands', () => {
    const text = 'Ada Quill sold the barge.'
    const [mention] = definiteMentions(text, isVerb)
    expect(text.slice(mention?.start, mention?.end)).toBe('the barge')
  })

  it('reads a long text without sentences', () => {
    expect(definiteMentions('the '.repeat(20_000), isVerb)).toEqual([])
  })
})
